"""What the bot says of a rule, and that it understands its own words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance.languages import LANGUAGES, Language
from alliance.rhythm import Rhythm, RhythmError
from alliance.rhythmreading import parse
from handlers.tongue import Tongue
from handlers.views.rhythm import in_words, mistake, said
from tests.alliance.rhythms import RHYTHMS, TODAY


@settings(max_examples=150, deadline=None)
@given(RHYTHMS, st.sampled_from(LANGUAGES))
def test_what_the_bot_says_of_a_rule_it_understands_as_the_same_rule(rhythm: Rhythm, language: Language) -> None:
    assert parse(in_words(rhythm, Tongue(language)), TODAY).rhythm == rhythm


@pytest.mark.parametrize(
    ("rule", "english", "french", "spanish"),
    [
        (
            "FREQ=MONTHLY;BYDAY=2TU",
            "every month on the second Tuesday",
            "chaque mois, le deuxième mardi",
            "cada mes, el segundo martes",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;UNTIL=20191231",
            "every 2 weeks on Monday and Thursday, until 31 December 2019",
            "toutes les 2 semaines, le lundi et le jeudi, jusqu’au 31 décembre 2019",
            "cada 2 semanas, el lunes y el jueves, hasta el 31 de diciembre de 2019",
        ),
        (
            "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=12",
            "every year on 12 June",
            "chaque année, le 12 juin",
            "cada año, el 12 de junio",
        ),
        (
            "FREQ=YEARLY;BYMONTH=4;BYDAY=1MO;COUNT=3",
            "every year on the first Monday of April, 3 times",
            "chaque année, le premier lundi d’avril, 3 fois",
            "cada año, el primer lunes de abril, 3 veces",
        ),
        (
            "FREQ=YEARLY;BYMONTH=3,6,9,12;BYDAY=-1FR",
            "every quarter on the last Friday",
            "chaque trimestre, le dernier vendredi",
            "cada trimestre, el último viernes",
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=1", "every month on day 1", "chaque mois, le 1er", "cada mes, el día 1"),
        (
            "FREQ=YEARLY;BYWEEKNO=20",
            "by a rule of its own (FREQ=YEARLY;BYWEEKNO=20)",
            "selon une règle particulière (FREQ=YEARLY;BYWEEKNO=20)",
            "según una regla propia (FREQ=YEARLY;BYWEEKNO=20)",
        ),
    ],
)
def test_a_rule_reads_like_a_sentence(rule: str, english: str, french: str, spanish: str) -> None:
    assert [said(rule, Tongue(language)) for language in LANGUAGES] == [english, french, spanish]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("every fortnihgt", "This does not say how often. Write for example: every month on the second Tuesday."),
        ("every week, maybe", "I do not understand “maybe”. Write for example: every month on the second Tuesday."),
        (
            "every second Tuesday",
            "“every second Tuesday” can mean several things. Write for example “every month on the second Tuesday” or "
            "“every 2 weeks on Tuesday”.",
        ),
        ("every year on 31 June", "“31 June” names a day that never comes. Please write another one."),
        (
            "every 500 weeks",
            "“500 weeks” goes on for too long: at most 50 years and 2,000 times. Without an end it is fine.",
        ),
        ("daily until 2 April 2019", "“daily until 2 April 2019” ends before it begins. Please write a later end."),
    ],
)
def test_a_mistake_is_named_with_what_to_write_instead(words: str, answer: str) -> None:
    with pytest.raises(RhythmError) as refused:
        parse(words, TODAY)
    assert mistake(refused.value, Tongue("en")) == answer
