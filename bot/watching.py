"""Watching from a terminal how far the sending is: a bar, or lines where there is no terminal.

It reads the ledger, which the bot writes from its own process: whoever stops watching stops nothing else.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rich.console import Console, RenderableType
from rich.progress import BarColumn, TaskProgressColumn, TextColumn
from rich.progress import Progress as Bar
from rich.text import Text

from alliance.pace import a_minute, ends_at
from storage import deliveries, runs, sending
from storage.runs import EVERYTHING, RECENTLY, Progress
from storage.sending import Pause
from storage.store import Store

BAR_SECONDS: Final = 1.0
LINE_SECONDS: Final = 5.0
"""Where nobody says how often it is looked."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the ledger says at the instant `at` (UTC), counted since `began`. `a_minute`: how many were sent of late."""

    began: datetime
    at: datetime
    figures: Progress
    pause: Pause | None
    a_minute: int
    ends_at: datetime

    def counts(self) -> str:
        """In words; what is zero and unusual is left out."""
        figures = self.figures
        parts = (
            (True, f"{figures.sent} sent"),
            (True, f"{figures.due + figures.under_way} due"),
            (figures.failed, f"{figures.failed} failed"),
            (figures.unknown, f"{figures.unknown} unknown"),
            (figures.skipped, f"{figures.skipped} skipped"),
        )
        return ", ".join(words for shown, words in parts if shown)

    def speed(self) -> str:
        """How fast, and until when."""
        if not self.figures.left:
            return "finished"
        if self.pause:
            return f"paused since {self.pause.since:%Y-%m-%d %H:%M} UTC, 'alliance-bot deliveries resume' goes on"
        if self.a_minute:
            return f"{self.a_minute} a minute, until about {self.ends_at:%H:%M:%S} UTC"
        if self.at - self.began >= RECENTLY:
            return "nothing sent for a minute: is the bot running?"
        return f"at the bot's pace until about {self.ends_at:%H:%M:%S} UTC"

    def line(self) -> str:
        """All of it."""
        figures = self.figures
        percent = figures.done * 100 // figures.total if figures.total else 100
        return f"{self.at:%H:%M:%S} {figures.done} of {figures.total} ({percent}%): {self.counts()}; {self.speed()}"


class _Bar(Bar):
    """A bar with a line of words below it, so that it has room in a narrow terminal."""

    below = ""

    def get_renderables(self) -> Iterable[RenderableType]:
        """The bar, and the words."""
        yield from super().get_renderables()
        yield Text(self.below)


@dataclass(frozen=True, slots=True)
class Watch:
    """`limit`: what the bot may post in a minute."""

    store: Store
    clock: Callable[[], datetime]
    limit: float

    async def looks(self, every: float) -> AsyncGenerator[Look, None]:
        """A look each so many seconds, the last one when nothing is left. A run that is going on counts as a whole."""
        began, notice = self.clock(), ""
        while True:
            for run in await runs.not_closed(self.store):
                if run.subject == EVERYTHING and not run.ended_at:
                    began, notice = run.began_at, run.notice
            look = await self._look(began, notice)
            yield look
            if not look.figures.left:
                return
            await asyncio.sleep(every)

    async def _look(self, began: datetime, notice: str) -> Look:
        now = self.clock()
        figures = await runs.since(self.store, began, now, notice)
        measured = a_minute(figures.recent, min(RECENTLY, now - began))
        end = ends_at(figures.left, measured, self.limit, now)
        return Look(began, now, figures, await sending.paused(self.store), round(measured), end)

    async def show(self, console: Console, every: float | None = None) -> None:
        """Until nothing is due any more, a look each so many seconds."""
        first = await self._look(self.clock(), "")
        if not first.figures.left:
            due = await deliveries.next_due(self.store)
            after = f" The next delivery is due at {due:%Y-%m-%d %H:%M} UTC." if due else ""
            console.print(f"Nothing is due.{after}", highlight=False)
            return
        if console.is_terminal:
            await self._bar(console, every or BAR_SECONDS)
        else:
            await self._lines(console, every or LINE_SECONDS)

    async def _lines(self, console: Console, every: float) -> None:
        async for look in self.looks(every):
            console.print(look.line(), highlight=False, soft_wrap=True)

    async def _bar(self, console: Console, every: float) -> None:
        columns = BarColumn(bar_width=None), TaskProgressColumn(), TextColumn("{task.completed} of {task.total}")
        with _Bar(*columns, console=console, expand=True) as bar:
            task = bar.add_task("", total=None)
            async for look in self.looks(every):
                bar.below = f"{look.counts()}; {look.speed()}"
                bar.update(task, total=look.figures.total, completed=look.figures.done)
