"""Rules watched while every test runs: who writes a status, and that each journal row can be told."""

import sys
from typing import Any

from sqlalchemy import event

from reemploi.journey.models import Device, Event
from reemploi.journey.rules import MOVES
from reemploi.journey.stories import STORIES

WRITER = "journey/actions.py"


def watch() -> None:
    """Watch from now on; once per session."""
    event.listen(Device.status, "set", _written_by_move)
    event.listen(Event, "before_insert", _can_be_told)


def _written_by_move(_device: Device, value: Any, before: Any, _initiator: Any) -> None:
    if value == before:
        return
    frame = sys._getframe()
    while frame is not None and not frame.f_code.co_filename.endswith(WRITER):
        frame = frame.f_back  # type: ignore[assignment]
    assert frame is not None, "a device's status is written by journey.actions.move alone"


def _can_be_told(_mapper: Any, _connection: Any, row: Event) -> None:
    assert row.kind in STORIES or row.kind in MOVES, f"add the sentence of {row.kind!r} to journey/stories.py"
