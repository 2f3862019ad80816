"""Newsletters by e-mail, with a real mail server and the bot's own pages over HTTP."""

import ssl
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
import trustme

from alliance.addresses import AddressState, normalised
from alliance.delivery import State
from alliance.edition import Edition, Section
from alliance.newsletters import Content, Plan
from bot.mail import Letter, composed, message_id
from bot.mailpages import MailPages, confirm_at, leave_at
from bot.mailrender import MailRenderer
from bot.notices import Notices
from bot.pacing import Pacing
from bot.reconcile import Reconciler
from bot.sender import Sender
from bot.smtp import MailPoster, client_for
from storage import addresses, deliveries, newsletters, personal, readers
from storage.eventedits import Editor
from storage.store import Store
from tests.bot.office import Steps
from tests.bot.postoffice import PASSWORD, USER, Served, address
from tests.bot.serving import visiting

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)
LAN, CLAIRE = Editor("U0LAN", NOW), Editor("U0CLAIRE", NOW)
PUBLIC = "https://bot.example.org"
CONTENT = Content(
    editions={
        "en": Edition("en", "April news", (Section("Migration", "A **call** on [9 April](https://ilo.org/x)."),)),
        "fr": Edition("fr", "Nouvelles d’avril", (Section("Migration", "Un **appel** le 9 avril."),)),
    },
    waived=frozenset({"es"}),
    plan=Plan(mail=True),
)


class Desk:
    """The bot's parts for e-mail, moved by hand."""

    def __init__(self, store: Store, served: Served, url: str = "") -> None:
        self.store, self.office, self.now, self.steps = store, served.office, NOW, Steps()
        poster = MailPoster(client_for(url or served.url), store, address("news"), "Alliance 8.7", self.clock)
        self.sender = Sender(
            store,
            poster,
            MailRenderer(store, PUBLIC),
            Notices(store),
            Pacing(self.steps, 60_000),
            self.clock,
            self.steps,
            mail=True,
        )  # fmt: skip

    def clock(self) -> datetime:
        return self.now

    async def post(self, seconds: int = 2) -> None:
        for _second in range(seconds):
            await self.sender.tick()
            self.later(1)

    def later(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.steps.seconds += seconds

    async def confirmed(self, *names: str) -> None:
        """These people were asked and said yes."""
        await addresses.add(self.store, LAN, [(address(name), "fr" if name == "amina" else "en") for name in names])
        await self.post()
        for number in range(1, len(names) + 1):
            reader = await addresses.get(self.store, f"mail:{number}")
            assert reader is not None
            await addresses.confirm(self.store, reader.token, self.now)
        self.office.got.clear()

    async def approved(self) -> None:
        made = await newsletters.add(self.store, LAN, CONTENT)
        await newsletters.submit(self.store, LAN, made.id, 1)
        found = await readers.of(self.store, CONTENT.plan, CONTENT.issue, "UTC")
        await newsletters.approve(self.store, CLAIRE, made.id, 2, found.readers)

    async def states(self) -> dict[str, str]:
        rows = [row for state in State for row in await deliveries.recent(self.store, state, 100)]
        return {row.target: f"{row.state} {row.reason or ''}".strip() for row in rows if row.kind == "newsletter"}


@pytest.fixture
def served() -> Iterator[Served]:
    with Served() as found:
        yield found


@pytest.fixture
async def desk(store: Store, served: Served) -> Desk:
    return Desk(store, served)


def part(message: Any, kind: str) -> str:
    return str(message.get_body((kind,)).get_content())


async def test_only_who_confirms_gets_it_in_their_language_and_can_leave_with_one_click(desk: Desk) -> None:
    assert await addresses.add(desk.store, LAN, [(address("amina"), "fr"), (address("luis"), "en")]) == 2
    assert await addresses.add(desk.store, LAN, [(address("amina"), "en")]) == 0
    await desk.post()
    assert sorted(str(one["Subject"]) for one in desk.office.got) == [
        "Do you want the newsletters of Alliance 8.7?",
        "Souhaitez-vous recevoir les infolettres de l’Alliance 8.7\u202f?",
    ]
    amina = await addresses.get(desk.store, "mail:1")
    assert amina is not None
    [asked] = [one for one in desk.office.got if one["To"] == address("amina")]
    assert confirm_at(PUBLIC, amina.token) in part(asked, "plain")
    await addresses.confirm(desk.store, amina.token, desk.now)
    desk.office.got.clear()
    await desk.approved()
    await desk.post()
    [letter] = desk.office.got
    assert (letter["To"], letter["Subject"], letter["From"]) == (
        address("amina"),
        "Nouvelles d’avril",
        f'"Alliance 8.7" <{address("news")}>',
    )
    assert letter["List-Unsubscribe"] == f"<{leave_at(PUBLIC, amina.token)}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert part(letter, "plain").splitlines()[:6] == [
        "Nouvelles d’avril", "=================", "", "Migration", "---------", "",
    ]  # fmt: skip
    assert "Un <strong>appel</strong> le 9 avril." in part(letter, "html")
    assert 'lang="fr"' in part(letter, "html")
    assert max(len(line) for line in letter.as_bytes().splitlines()) <= 998


async def test_a_server_that_refuses_delays_or_breaks_off(desk: Desk) -> None:
    await desk.confirmed("amina", "busy", "gone", "lost", "spam")
    desk.office.at_rcpt |= {"gone": ["550 5.1.1 no such user"], "busy": ["451 4.7.1 come again later"]}
    desk.office.at_data["spam"] = ["554 5.7.1 we do not like this"]
    desk.office.breaks_off["lost"] = 1
    await desk.approved()
    await desk.post()
    assert await desk.states() == {
        "mail:1": "sent",
        "mail:2": "planned",
        "mail:3": "failed address_refused",
        "mail:4": "unknown",
        "mail:5": "failed mail_refused",
    }
    assert [one.address for one in await addresses.refusals(desk.store)] == [address("gone")]
    desk.later(61)
    no_slack: Any = None
    await Reconciler(desk.store, no_slack, desk.clock, desk.sender.busy).run()
    await desk.post()
    assert {target: state for target, state in (await desk.states()).items() if state == "sent"}.keys() == {
        "mail:1", "mail:2", "mail:4",
    }  # fmt: skip
    assert {to: len(mails) for to, mails in desk.office.mailboxes().items()} == {
        address("amina"): 1,
        address("busy"): 1,
        address("lost"): 1,
    }
    assert sum(one["To"] == address("lost") for one in desk.office.got) == 2


async def test_who_left_before_it_went_out_gets_nothing(desk: Desk) -> None:
    await desk.confirmed("amina")
    await desk.approved()
    amina = await addresses.get(desk.store, "mail:1")
    assert amina is not None
    await addresses.leave(desk.store, amina.token, desk.now)
    await desk.post()
    assert (desk.office.got, await desk.states()) == ([], {"mail:1": "skipped does not want it"})


async def test_a_server_that_cannot_be_reached_is_tried_again(store: Store) -> None:
    with Served() as gone:
        desk = Desk(store, gone)
        await desk.confirmed("amina")
    desk = Desk(store, gone)
    await desk.approved()
    await desk.post()
    assert await desk.states() == {"mail:1": "planned"}


AUTHORITY = trustme.CA()


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[Served]:
    """A server that takes nothing without TLS and a login. Its certificate is signed by AUTHORITY."""
    shown = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    AUTHORITY.issue_cert("localhost").configure_cert(shown)
    AUTHORITY.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    with Served(shown) as found:
        yield found


def with_login(served: Served, password: str, query: str = "") -> str:
    return served.url.replace("smtp://", f"smtp://{USER}:{quote(password, safe='')}@") + query


@pytest.mark.parametrize("query", ["", "?starttls=required"])
async def test_it_logs_in_after_starttls_where_the_certificate_is_trusted(
    store: Store, strict: Served, query: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    desk = Desk(store, strict, with_login(strict, PASSWORD, query))
    await desk.confirmed("amina")
    await desk.approved()
    await desk.post()
    assert (len(desk.office.got), await desk.states()) == (1, {"mail:1": "sent"})


async def test_nothing_goes_to_a_server_whose_certificate_nobody_vouches_for(
    store: Store, strict: Served, capfd: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(store, strict, with_login(strict, PASSWORD))
    await desk.confirmed("amina")
    await desk.approved()
    await desk.post()
    assert (desk.office.got, await desk.states()) == ([], {"mail:1": "planned"})
    assert PASSWORD not in "".join(capfd.readouterr())


async def test_a_wrong_password_loses_nothing_and_is_in_no_log(
    store: Store, strict: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """What waits is sent once the password is right."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    desk = Desk(store, strict, with_login(strict, "wrong-password"))
    await desk.confirmed("amina")
    await desk.approved()
    await desk.post()
    assert (desk.office.got, await desk.states()) == ([], {"mail:1": "planned"})
    assert "wrong-password" not in "".join(capfd.readouterr())
    right = Desk(store, strict, with_login(strict, PASSWORD))
    right.later(120)
    await right.post()
    assert (len(right.office.got), await right.states()) == (1, {"mail:1": "sent"})


async def test_tls_that_is_required_is_never_done_without(store: Store, served: Served) -> None:
    desk = Desk(store, served, f"{served.url}?starttls=required")
    await desk.confirmed("amina")
    await desk.approved()
    await desk.post()
    assert (desk.office.got, await desk.states()) == ([], {"mail:1": "planned"})


@pytest.fixture
async def pages(store: Store) -> AsyncIterator[aiohttp.ClientSession]:
    """The bot's pages on a real port."""
    async with visiting(MailPages(store, lambda: NOW).routes()) as session:
        yield session


async def test_a_link_asks_and_only_its_button_confirms_or_leaves(store: Store, pages: aiohttp.ClientSession) -> None:
    await addresses.add(store, LAN, [(address("amina"), "fr")])
    amina = await addresses.get(store, "mail:1")
    assert amina is not None

    async def state() -> AddressState:
        found = await addresses.get(store, "mail:1")
        assert found is not None
        return found.state

    for path, after, said in (
        (confirm_at("", amina.token), AddressState.CONFIRMED, "Merci. Vous recevrez la prochaine infolettre."),
        (leave_at("", amina.token), AddressState.LEFT, "Vous ne recevrez plus d’infolettres."),
    ):
        before = await state()
        async with pages.get(path) as answer:
            assert (answer.status, '<form method="post">' in await answer.text()) == (200, True)
        assert await state() is before
        async with pages.post(path, data={"List-Unsubscribe": "One-Click"}) as answer:
            assert said in await answer.text()
        assert await state() is after
    async with pages.post(leave_at("", amina.token)) as answer:
        again = f'<form method="post" action="{confirm_at("", amina.token)}"><button>Me les envoyer de nouveau</button>'
        assert again in await answer.text()
    async with pages.post(leave_at("", "x" * 43)) as answer:
        assert answer.status == 404


async def test_addresses_are_taken_out_and_who_left_is_never_asked_again(desk: Desk) -> None:
    await desk.confirmed("amina", "luis", "typo")
    luis = await addresses.get(desk.store, "mail:2")
    assert luis is not None
    await addresses.leave(desk.store, luis.token, desk.now)
    await addresses.refused(desk.store, "mail:3", "550", desk.now)
    await desk.approved()
    names = [address(name) for name in ("amina", "luis", "typo", "unknown")]
    assert await addresses.take_out(desk.store, LAN, names) == 2
    assert await addresses.add(desk.store, LAN, [(name, "en") for name in names[:3]]) == 2
    await desk.post()
    assert sorted(str(one["To"]) for one in desk.office.got) == [address("amina"), address("typo")]
    assert {str(one["Subject"]) for one in desk.office.got} == {"Do you want the newsletters of Alliance 8.7?"}


async def test_a_member_s_address_that_was_refused_is_tried_once_more_and_one_that_left_is_not(desk: Desk) -> None:
    for _given_twice in range(2):
        assert await addresses.give(desk.store, LAN, address("lan"), "en")
    await addresses.refused(desk.store, "mail:1", "550", desk.now)
    assert await addresses.give(desk.store, LAN, address("lan"), "en")
    asked = await addresses.of_member(desk.store, "U0LAN")
    assert asked is not None
    assert asked.state is AddressState.ASKED
    await addresses.leave(desk.store, asked.token, desk.now)
    assert await addresses.give(desk.store, LAN, address("lan"), "en")
    left = await addresses.of_member(desk.store, "U0LAN")
    assert left is not None
    assert left.state is AddressState.LEFT


async def test_nobody_can_have_a_mailbox_asked_again_and_again(desk: Desk) -> None:
    """The owner of the mailbox said no to a question that a member caused."""
    assert await addresses.give(desk.store, LAN, address("victim"), "en")
    await desk.post()
    asked = await addresses.of_member(desk.store, "U0LAN")
    assert asked is not None
    await addresses.leave(desk.store, asked.token, desk.now)
    assert await addresses.give(desk.store, LAN, address("lan"), "en")
    assert not await addresses.give(desk.store, LAN, address("victim"), "en")
    await personal.erase(desk.store, "U0LAN", desk.now)
    assert not await addresses.give(desk.store, LAN, address("victim"), "en")
    await desk.post()
    assert [str(one["To"]) for one in desk.office.got] == [address("victim")]


async def test_a_member_s_new_address_keeps_the_number_and_is_asked_alone(desk: Desk) -> None:
    assert await addresses.give(desk.store, LAN, address("old"), "en")
    desk.later(1)
    assert await addresses.give(desk.store, Editor("U0LAN", desk.now), address("new"), "en")
    await desk.post()
    assert [str(one["To"]) for one in desk.office.got] == [address("new")]
    assert await addresses.get(desk.store, "mail:2") is None


@pytest.mark.parametrize(
    "text",
    ["", "amina", f"{address('a')}\nBcc: {address('b')}", f"{address('a')},{address('b')}", f"A <{address('a')}>",
     f" {address('a')} ", "a@localhost", f"{'a' * 65}@example.org"],
)  # fmt: skip
def test_what_is_no_single_plain_address_is_refused(text: str) -> None:
    assert normalised(text) is None


def test_nothing_begins_another_header() -> None:
    letter = Letter(address("amina"), "News", "text", "<p>text</p>", "https://bot.example.org/x")
    for wrong in (
        Letter(f"{address('a')}\nBcc: {address('b')}", "News", "", "", ""),
        Letter(letter.to, "News\nBcc: x", "", "", ""),
    ):
        with pytest.raises(ValueError):  # noqa: PT011 (either of two libraries says it)
            composed(wrong, "key", address("news"), "Alliance 8.7", NOW)
    one, two = (composed(letter, "newsletter:1", address("news"), "Alliance 8.7", NOW) for _copy in range(2))
    assert one["Message-ID"] == two["Message-ID"] == message_id("newsletter:1", address("news"))


@pytest.mark.parametrize("url", ["", "http://x", "smtp://", "smtp:host"])
def test_an_address_of_a_server_that_is_none_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match="write smtp://user:password@host:587"):
        client_for(url)
