"""What the dated lines of a nwipe log tell of each disk, in their order: begun, written, read back, ended, failed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from reemploi.wiping.nwipe_grammar import FOUND, INVOKED, NUMBER, PATH, Entry

COUNT = r"(\d{1,9})"
HAS_SERIAL = re.compile(rf"{PATH} has serial number (.*)", re.DOTALL)
GEOMETRY = re.compile(rf"{PATH}: Device geometry is as follows\.\.\.")
TOTAL_BYTES = re.compile(rf" *Total device bytes += {NUMBER}")
SECTORS = re.compile(rf"{PATH}, sect/blk/dev \d{{1,9}}/\d{{1,9}}/{NUMBER}")
ROUND_STARTED = re.compile(rf"Starting round {COUNT} of {COUNT} on {PATH}")
PASS_STARTED = re.compile(rf"Starting pass {COUNT}/{COUNT}, round {COUNT}/{COUNT}, on {PATH}")
WRITTEN = re.compile(rf"{NUMBER} bytes written to {PATH}")
PASS_VERIFIED = re.compile(rf"Verified pass {COUNT} of {COUNT}, round {COUNT} of {COUNT}, on '{PATH}'\.")
LAST_ROUND_DONE = re.compile(rf"Finished final round {COUNT} of {COUNT} on {PATH}")
VERIFIED_EMPTY = re.compile(rf"\[SUCCESS\] Verified that {PATH} is empty\.")
BLANKED = re.compile(rf"\[SUCCESS\] Blanked device {PATH}")
FINAL_VERIFIED = re.compile(rf"\[SUCCESS\] Verified FRP on '{PATH}' matches")
HIDDEN = re.compile(rf".*HIDDEN SECTORS DETECTED.* on {PATH}.*")
NOT_HIDDEN = re.compile(rf"No hidden sectors on {PATH}")
FAILURE = re.compile(r"\[FAILURE\]|Buffer flush failure|Nwipe exited with|Skipping verification")
ANY_PATH = re.compile(PATH)


@dataclass
class Story:
    """What the lines said of one disk so far; `contradictions` name what cannot be true together."""

    path: str
    models: set[str] = field(default_factory=set)
    serials: set[str] = field(default_factory=set)
    bus: str | None = None
    device_bytes: int | None = None
    method: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    rounds: int = 0
    round: int = 0
    passes: int = 0
    written: list[int] = field(default_factory=list)
    last_pass_verified: bool = False
    finished: bool = False
    empty: bool = False
    blanked: bool = False
    final_verified: bool = False
    hidden: bool = False
    contradictions: set[str] = field(default_factory=set)

    def sized(self, size: int) -> None:
        """The system says how many bytes the disk has."""
        if self.device_bytes not in (None, size):
            self.contradictions.add("size")
        self.device_bytes = size


def tell(entries: list[Entry]) -> dict[str, Story]:
    """The stories of the disks named in the lines of one session, by path, in the order of their first line."""
    stories: dict[str, Story] = {}
    geometry: str | None = None
    for entry in entries:
        if found := GEOMETRY.fullmatch(entry.message):
            geometry = found.group(1)
        elif geometry and (total := TOTAL_BYTES.fullmatch(entry.message)):
            stories.setdefault(geometry, Story(geometry)).sized(int(total.group(1)))
            geometry = None
        else:
            for path in dict.fromkeys(ANY_PATH.findall(entry.message)):
                _take(stories.setdefault(path, Story(path)), entry)
    return stories


def _take(story: Story, entry: Entry) -> None:
    """One line about one disk. Errors before the erasure begins are the tool's own probing of the disk."""
    said_failed = entry.level in ("error", "fatal", "sanity") or FAILURE.search(entry.message)
    if said_failed and story.method is not None:
        story.contradictions.add("error_line")
    for pattern, happen in HAPPENINGS:
        if found := pattern.fullmatch(entry.message):
            if story.path in found.groups():
                happen(story, found, entry)
            break
    if story.method is not None:
        if entry.at is None or (story.ended_at is not None and entry.at < story.ended_at):
            story.contradictions.add("date")
        story.ended_at = entry.at


def _found(story: Story, match: re.Match[str], _entry: Entry) -> None:
    _path, bus, model, serial = match.groups()
    story.bus = bus.strip()
    story.models.add(model.strip())
    story.serials.add(serial.strip())


def _has_serial(story: Story, match: re.Match[str], _entry: Entry) -> None:
    story.serials.add(match.group(2).strip())


def _sectors(story: Story, match: re.Match[str], _entry: Entry) -> None:
    story.sized(int(match.group(2)))


def _invoked(story: Story, match: re.Match[str], entry: Entry) -> None:
    if story.method is not None:
        story.contradictions.add("order")
    story.method = match.group(1)
    story.started_at = entry.at


def _round_started(story: Story, match: re.Match[str], _entry: Entry) -> None:
    number, story.rounds = int(match.group(1)), int(match.group(2))
    if number != story.round + 1 or story.method is None:
        story.contradictions.add("order")
    story.round = number
    story.finished = False


def _pass_started(story: Story, match: re.Match[str], _entry: Entry) -> None:
    story.passes = int(match.group(2))
    story.last_pass_verified = False


def _written(story: Story, match: re.Match[str], _entry: Entry) -> None:
    story.written.append(int(match.group(1)))


def _pass_verified(story: Story, match: re.Match[str], _entry: Entry) -> None:
    number, passes, turn, rounds = map(int, match.groups()[:4])
    story.last_pass_verified = number == passes == story.passes and turn == rounds == story.rounds


def _last_round_done(story: Story, match: re.Match[str], _entry: Entry) -> None:
    story.finished = story.method is not None and int(match.group(1)) == int(match.group(2)) == story.round


def _verified_empty(story: Story, _match: re.Match[str], _entry: Entry) -> None:
    story.empty = story.finished


def _blanked(story: Story, _match: re.Match[str], _entry: Entry) -> None:
    story.blanked = story.empty


def _final_verified(story: Story, _match: re.Match[str], _entry: Entry) -> None:
    story.final_verified = story.finished


def _hidden(story: Story, _match: re.Match[str], _entry: Entry) -> None:
    story.hidden = True


def _not_hidden(story: Story, _match: re.Match[str], _entry: Entry) -> None:
    story.hidden = False


HAPPENINGS: tuple[tuple[re.Pattern[str], Callable[[Story, re.Match[str], Entry], None]], ...] = (
    (FOUND, _found),
    (HAS_SERIAL, _has_serial),
    (SECTORS, _sectors),
    (INVOKED, _invoked),
    (ROUND_STARTED, _round_started),
    (PASS_STARTED, _pass_started),
    (WRITTEN, _written),
    (PASS_VERIFIED, _pass_verified),
    (LAST_ROUND_DONE, _last_round_done),
    (VERIFIED_EMPTY, _verified_empty),
    (BLANKED, _blanked),
    (FINAL_VERIFIED, _final_verified),
    (HIDDEN, _hidden),
    (NOT_HIDDEN, _not_hidden),
)
