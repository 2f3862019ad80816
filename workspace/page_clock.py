"""The clock's buttons on the page: April 2019, today, any moment, and the app's next reminder."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from workspace.clock import REPORT_YEAR, Clock
from workspace.errors import Json
from workspace.page_shows import Mistake, clock_state

NextReminder = Callable[[], Awaitable[datetime | None]]
StartsOver = Callable[[], Awaitable[None]]

BACK = timedelta(minutes=1)
"""The page's form knows no seconds: who asks for this minute does not mean to go back."""


class PageClock:
    """Moves the clock as the page asks. Forwards, time passes; a switch, or a step back, starts over."""

    def __init__(self, clock: Clock, next_reminder: NextReminder | None, starts_over: StartsOver | None) -> None:
        self._clock = clock
        self._next_reminder = next_reminder
        self._starts_over = starts_over

    async def move(self, asked: Json) -> Json:
        """POST /page/clock. Answers when the app has begun anew, where it had to."""
        to, following, again = str(asked.get("to", "")), None, False
        match to:
            case "today" | "2019":
                again = self._switch(to)
            case "next_reminder":
                following = await self._next_reminder() if self._next_reminder is not None else None
                if following is not None and following > self._clock.now():
                    self._clock.move_to(following)
            case _:
                again = self._go_to(to)
        if again and self._starts_over is not None:
            await self._starts_over()
        next_one = following.isoformat() if following else None
        return {
            "ok": True,
            **clock_state(self._clock),
            "next": next_one,
            "started_over": again and self._starts_over is not None,
        }

    def _switch(self, to: str) -> bool:
        """Whether that is another time."""
        if to == "today" == self._clock.mode:
            return False
        if to == "today":
            self._clock.use_today()
        else:
            self._clock.move_to(REPORT_YEAR)
        return True

    def _go_to(self, to: str) -> bool:
        """Whether that is back. Raises Mistake."""
        before = self._clock.now()
        try:
            moment = datetime.fromisoformat(to)
            self._clock.move_to(moment)
        except ValueError as error:
            raise Mistake("the clock needs a date and time with a zone, such as 2019-06-12T09:00+02:00") from error
        return moment <= before - BACK
