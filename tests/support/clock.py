"""A clock that stands still until the test moves it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import time_machine

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Clock:
    """The present instant of the test, for actions and pages alike."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self._traveller = traveller
        self.now = START

    def move(self, **lapse: float) -> datetime:
        """Let time pass (`minutes=10`, `days=1`…) and return the new instant."""
        return self.set(self.now + timedelta(**lapse))

    def set(self, instant: datetime) -> datetime:
        """Go to an instant."""
        self.now = instant
        self._traveller.move_to(instant, tick=False)
        return instant


@contextmanager
def standing_still() -> Iterator[Clock]:
    """Stop the clock at `START`."""
    with time_machine.travel(START, tick=False) as traveller:
        yield Clock(traveller)
