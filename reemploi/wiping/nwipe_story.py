"""What the dated lines of a nwipe log tell of each disk, in their order: begun, written, read back, ended, failed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from reemploi.wiping.nwipe_grammar import FOUND, INVOKED, NUMBER, OPTIONS, PATH, Entry

COUNT = r"(\d{1,9})"
HAS_SERIAL = re.compile(rf"{PATH} has serial number (.*)", re.ASCII | re.DOTALL)
GEOMETRY = re.compile(rf"{PATH}: Device geometry is as follows\.\.\.", re.ASCII)
TOTAL_BYTES = re.compile(rf" *Total device bytes += {NUMBER}", re.ASCII)
SECTORS = re.compile(rf"{PATH}, sect/blk/dev \d{{1,9}}/\d{{1,9}}/{NUMBER}", re.ASCII)
ROUND_STARTED = re.compile(rf"Starting round {COUNT} of {COUNT} on {PATH}", re.ASCII)
PASS_STARTED = re.compile(rf"Starting pass {COUNT}/{COUNT}, round {COUNT}/{COUNT}, on {PATH}", re.ASCII)
PASS_DONE = re.compile(rf"Finished pass {COUNT}/{COUNT}, round {COUNT}/{COUNT}, on {PATH}", re.ASCII)
ROUND_DONE = re.compile(rf"Finished round {COUNT} of {COUNT} on {PATH}", re.ASCII)
WRITTEN = re.compile(rf"{NUMBER} bytes written to {PATH}", re.ASCII)
PASS_VERIFIED = re.compile(rf"Verified pass {COUNT} of {COUNT}, round {COUNT} of {COUNT}, on '{PATH}'\.", re.ASCII)
LAST_ROUND_DONE = re.compile(rf"Finished final round {COUNT} of {COUNT} on {PATH}", re.ASCII)
VERIFIED_EMPTY = re.compile(rf"\[SUCCESS\] Verified that {PATH} is empty\.", re.ASCII)
BLANKED = re.compile(rf"\[SUCCESS\] Blanked device {PATH}", re.ASCII)
FINAL_VERIFIED = re.compile(rf"\[SUCCESS\] Verified FRP on '{PATH}' matches", re.ASCII)
HIDDEN = re.compile(rf".*HIDDEN SECTORS DETECTED.* on {PATH}.*", re.ASCII)
NOT_HIDDEN = re.compile(rf"No hidden sectors on {PATH}", re.ASCII)
FAILURE = re.compile(r"\[FAILURE\]|Buffer flush failure|Nwipe exited with|Skipping verification", re.ASCII)
ANY_PATH = re.compile(PATH, re.ASCII)


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
    rounds_done: int = 0
    passes: int = 0
    passes_done: int = 0
    open_pass: int = 0
    written: int | None = None
    least_written: int | None = None
    has_told_serial: bool = False
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

    def must_be_written_whole(self) -> None:
        """What was begun must have been written from the first byte to the last, once."""
        if self.written is None or self.written != self.device_bytes:
            self.contradictions.add("size")
        self.written = None

    def follows(self, is_next: bool) -> None:
        """A line is, or is not, the one that can come next."""
        if not is_next:
            self.contradictions.add("order")


Happenings = tuple[tuple[re.Pattern[str], Callable[[Story, re.Match[str], Entry], None]], ...]


def tell(entries: list[Entry]) -> dict[str, Story]:
    """The stories of the disks named in the lines of one session, by path, in the order of their first line."""
    stories: dict[str, Story] = {}
    geometry: str | None = None
    happenings = BEFORE_OPTIONS
    for entry in entries:
        if entry.message == OPTIONS:
            happenings = HAPPENINGS
        if found := GEOMETRY.fullmatch(entry.message):
            geometry = found.group(1)
        elif geometry and (total := TOTAL_BYTES.fullmatch(entry.message)):
            stories.setdefault(geometry, Story(geometry)).sized(int(total.group(1)))
            geometry = None
        else:
            for path in dict.fromkeys(ANY_PATH.findall(entry.message)):
                _take(stories.setdefault(path, Story(path)), entry, happenings)
    return stories


def _take(story: Story, entry: Entry, happenings: Happenings) -> None:
    """One line about one disk. Errors before the erasure begins are the tool's own probing of the disk."""
    said_failed = entry.level in ("error", "fatal", "sanity") or FAILURE.search(entry.message)
    if said_failed and story.method is not None:
        story.contradictions.add("error_line")
    for pattern, happen in happenings:
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
    story.serials.add(serial.strip(" "))


def _has_serial(story: Story, match: re.Match[str], _entry: Entry) -> None:
    story.serials.add(match.group(2).strip(" "))
    story.has_told_serial = True


def _sectors(story: Story, match: re.Match[str], _entry: Entry) -> None:
    story.sized(int(match.group(2)))


def _invoked(story: Story, match: re.Match[str], entry: Entry) -> None:
    story.follows(story.method is None)
    story.method = match.group(1)
    story.started_at = entry.at


def _round_started(story: Story, match: re.Match[str], _entry: Entry) -> None:
    number, rounds = int(match.group(1)), int(match.group(2))
    story.follows(story.method is not None and number == story.rounds_done + 1 and story.round < number)
    story.follows(story.rounds in (0, rounds))
    story.round, story.rounds, story.passes_done, story.finished = number, rounds, 0, False


def _pass_started(story: Story, match: re.Match[str], _entry: Entry) -> None:
    number, passes, turn, rounds = map(int, match.groups()[:4])
    story.follows(number == story.passes_done + 1 and (turn, rounds) == (story.round, story.rounds))
    story.follows(story.passes in (0, passes))
    story.passes, story.open_pass, story.written = passes, number, None
    story.last_pass_verified = False


def _pass_done(story: Story, match: re.Match[str], _entry: Entry) -> None:
    number, passes, turn, rounds = map(int, match.groups()[:4])
    story.follows(number == story.open_pass and (passes, turn, rounds) == (story.passes, story.round, story.rounds))
    story.must_be_written_whole()
    story.passes_done, story.open_pass = number, 0


def _round_done(story: Story, match: re.Match[str], _entry: Entry) -> None:
    number, rounds = int(match.group(1)), int(match.group(2))
    story.follows(number == story.round < rounds == story.rounds and story.passes_done == story.passes)
    story.rounds_done = number


def _written(story: Story, match: re.Match[str], _entry: Entry) -> None:
    story.follows(story.written is None)
    story.written = int(match.group(1))
    story.least_written = min(story.written, story.least_written or story.written)


def _pass_verified(story: Story, match: re.Match[str], _entry: Entry) -> None:
    number, passes, turn, rounds = map(int, match.groups()[:4])
    story.last_pass_verified = number == passes == story.passes and turn == rounds == story.rounds


def _last_round_done(story: Story, match: re.Match[str], _entry: Entry) -> None:
    number, rounds = int(match.group(1)), int(match.group(2))
    story.follows(number == story.round == rounds == story.rounds and story.passes_done == story.passes)
    story.rounds_done = number
    story.finished = "order" not in story.contradictions


def _verified_empty(story: Story, _match: re.Match[str], _entry: Entry) -> None:
    story.empty = story.finished
    story.must_be_written_whole()


def _blanked(story: Story, _match: re.Match[str], _entry: Entry) -> None:
    story.blanked = story.empty


def _final_verified(story: Story, _match: re.Match[str], _entry: Entry) -> None:
    story.final_verified = story.finished
    story.must_be_written_whole()


def _hidden(story: Story, _match: re.Match[str], _entry: Entry) -> None:
    story.hidden = True


def _not_hidden(story: Story, _match: re.Match[str], _entry: Entry) -> None:
    story.hidden = False


BEFORE_OPTIONS: Happenings = ((FOUND, _found), (HIDDEN, _hidden), (NOT_HIDDEN, _not_hidden))
"""What nwipe says of a disk while it looks for disks, before it tells its options."""

HAPPENINGS: Happenings = (
    (FOUND, _found),
    (HAS_SERIAL, _has_serial),
    (SECTORS, _sectors),
    (INVOKED, _invoked),
    (ROUND_STARTED, _round_started),
    (PASS_STARTED, _pass_started),
    (PASS_DONE, _pass_done),
    (ROUND_DONE, _round_done),
    (WRITTEN, _written),
    (PASS_VERIFIED, _pass_verified),
    (LAST_ROUND_DONE, _last_round_done),
    (VERIFIED_EMPTY, _verified_empty),
    (BLANKED, _blanked),
    (FINAL_VERIFIED, _final_verified),
    (HIDDEN, _hidden),
    (NOT_HIDDEN, _not_hidden),
)
