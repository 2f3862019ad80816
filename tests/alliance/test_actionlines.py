"""'@who what by when', as people write it in three languages."""

from datetime import date

import pytest

from alliance.actionlines import SaidItem, read_item
from alliance.saiddates import NoSuchDay

TODAY = date(2019, 4, 9)
MAY = date(2019, 5, 14)


@pytest.mark.parametrize(
    "line",
    [
        "<@U0AMINA> send the survey by 14 May",
        "<@U0AMINA>: send the survey, 14 May 2019",
        "<@U0AMINA> send the survey before 14 May 2019",
        "send the survey until 2019-05-14 <@U0AMINA>",
        "<@U0AMINA> - send the survey – 14/05/2019",
        "<@U0AMINA> send the survey by Tuesday 14 May",
        "<@U0AMINA> send the survey by May 14.",
        "<@U0AMINA> send the survey pour le 14 mai",
        "<@U0AMINA> send the survey d’ici au 14 mai 2019",
        "<@U0AMINA> send the survey avant le 14 mai",
        "<@U0AMINA> send the survey para el 14 de mayo",
        "<@U0AMINA> send the survey antes del 14 de mayo de 2019",
    ],
)
def test_who_what_and_until_when(line: str) -> None:
    assert read_item(line, TODAY) == SaidItem("U0AMINA", "send the survey", MAY)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("send the survey", SaidItem("", "send the survey", None)),
        ("<@U0LAN> read the report of 2018", SaidItem("U0LAN", "read the report of 2018", None)),
        ("<@U0LAN> plan the World Day of 12 June", SaidItem("U0LAN", "plan the World Day of 12 June", None)),
        ("<@U0LAN> call Nepal by Friday", SaidItem("U0LAN", "call Nepal", date(2019, 4, 12))),
        ("<@U0LAN> a poster by July 2019", SaidItem("U0LAN", "a poster", date(2019, 7, 31))),
        ("<@U0LAN> invite <@U0AMINA>, tomorrow", SaidItem("U0LAN", "invite <@U0AMINA>", date(2019, 4, 10))),
        ("<@U0LAN>", SaidItem("U0LAN", "", None)),
        ("<@U0LAN> by 14 May", SaidItem("U0LAN", "", MAY)),
        ("", SaidItem("", "", None)),
    ],
)
def test_what_is_not_said_is_not_made_up(line: str, said: SaidItem) -> None:
    assert read_item(line, TODAY) == said


def test_a_day_that_the_calendar_does_not_have_is_refused() -> None:
    with pytest.raises(NoSuchDay):
        read_item("<@U0LAN> send the survey by 30 February", TODAY)
