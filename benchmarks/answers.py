"""What an answer costs: `/alliance events` over 100,000 and 1,000,000 events, and a click."""

from pathlib import Path

from benchmarks import apps, data
from benchmarks.measure import Row, milliseconds, p50_in_turns
from handlers import SUBJECTS
from handlers.answers import Nothing, View
from handlers.call import Call, Deps
from handlers.subject import Subject
from storage.store import Store

FEW, MANY, MOST = 1_000, 100_000, 1_000_000
TIMES = 500


async def answers(folder: Path, api: str, scale: float) -> list[Row]:
    """The answers' rows of the table. `scale` below 1 shrinks the larger databases, for a quick look."""
    many, most = int(MANY * scale), int(MOST * scale)
    stores = [await data.with_events(folder / f"{count}.db", count) for count in (FEW, many, most)]
    async with (
        apps.bots(stores[0], api) as small,
        apps.bots(stores[1], api) as large,
        apps.bots(stores[2], api) as huge,
    ):
        bare = apps.command(apps.bare(api), "")
        answer, hi = await p50_in_turns(apps.command(large, "événements"), bare, TIMES)
        in_huge, in_small = await p50_in_turns(
            apps.command(huge, "événements"), apps.command(small, "événements"), TIMES
        )
    rows = [
        Row(
            f"/alliance events, French, 20 rows of {many:,}",
            milliseconds(answer),
            f'bare ack("hi"): {milliseconds(hi)}',
            answer / hi,
            0.15,
        ),
        Row(
            f"the same of {most:,} events",
            milliseconds(in_huge),
            f"of {FEW:,}: {milliseconds(in_small)}",
            in_huge / in_small,
            1.2,
        ),
        await _click(stores[0], api),
    ]
    for store in stores:
        await store.close()
    return rows


async def _pong(_call: Call, _deps: Deps) -> View:
    return Nothing()


PING = Subject(
    words=("ping",),
    help_line=lambda t: "",
    examples=lambda t: (),
    command=_pong,
    actions={"ping.pong": _pong},
)
"""A subject that does next to nothing, so that only the way to it is measured."""


async def _click(store: Store, api: str) -> Row:
    async with apps.bots(store, api, (*SUBJECTS, PING)) as full, apps.bots(store, api, (PING,)) as single:
        every, one = await p50_in_turns(apps.click(full, "ping.pong", "x"), apps.click(single, "ping.pong", "x"), TIMES)
    actions = sum(len(subject.actions) for subject in SUBJECTS) + 1
    return Row(
        f"a click, {actions} actions registered",
        milliseconds(every),
        f"one action: {milliseconds(one)}",
        every / one,
        1.1,
    )
