"""The grammar of nwipe's text log, releases 0.30 to 0.42, from its source (`logging.c`, `method.c`, `device.c`).

A file holds one or several sessions (nwipe appends). A session is a preamble (one `Found` line per disk), the options,
the run (dated lines, several disks mixed), then up to three tables closed by a footer:

    Error Summary     from 0.31: two counters, from 0.32: three; the device's name on 6 signs, on 8 from 0.33
    Erasure Summary   from 0.41, and not for methods that only verify
    Drive Status      always; titled from 0.31

Every pattern matches a whole line. A drive's model may contain a line break: lines that begin no entry and no row
continue the one before.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from itertools import dropwhile

LONGEST_ENTRY = 2048
STAMP = r"\[(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d)\]"
PATH = r"(/dev/[\w./-]*\w)"
SIZE = r"\d{1,20} ?[KMGTP]?B"
NUMBER = r"(\d{1,20})"

ENTRY = re.compile(STAMP + r" {1,4}(debug|info|notice|warning|error|fatal|sanity|level \d+): ?(.*)", re.ASCII)
FOOTER = re.compile(STAMP + rf" Total Throughput +{SIZE}/s, (.+), (\d{{1,9}})R\+(N?B)\+(NV|VL|VA)", re.ASCII)
TITLE = re.compile(r"\*{20,} (Error Summary|Erasure Summary|Drive Status) \*{20,}", re.ASCII)
UNTITLED = re.compile(r"! +Device \| Status \| Thru-put \| HH:MM:SS \| Model/Serial Number", re.ASCII)
HEADING = re.compile(r"! +Device \|.*", re.ASCII)
DASHES = re.compile(r"-{79,80}", re.ASCII)
STARS = re.compile(r"\*{79,80}", re.ASCII)

ERROR_ROW = re.compile(rf"([! ]) ( *[\w./-]+) \| +{NUMBER} \| +{NUMBER}(?: \| +{NUMBER}| \|)", re.ASCII)
ERASURE_ROW = re.compile(rf"([! ]) ( *[\w./-]+) \| +{NUMBER} \| +{NUMBER} \| +(\d{{1,9}}\.\d+%|N/A)", re.ASCII)
STATUS_ROW_START = re.compile(rf"[! ] +[\w./-]+ \|.{{8}}\| +{SIZE}/s \| \d+:\d\d:\d\d \| ", re.ASCII)
STATUS_ROW = re.compile(rf"([! ]) ( *[\w./-]+) \|(.{{8}})\| +{SIZE}/s \| (\d+:\d\d:\d\d) \| (.*)", re.ASCII | re.DOTALL)

BANNER = re.compile(r"(?: *banner *= )?nwipe (\d+\.\d[\w.]*)", re.ASCII)
OPTIONS = "Program options are set as follows..."
CONCLUSION = re.compile(r"Nwipe (successfully|was aborted|exited with errors, check)\b", re.ASCII)
CONTINUED = ("Found ", "Linux version ")
"""What may run over several lines: a drive's model as its maker wrote it, the system's name that nwipe folds."""

FOUND = re.compile(rf"Found {PATH}, ([ \w-]{{1,9}}), (.*), +{SIZE}, S/N=(.*)", re.ASCII | re.DOTALL)
INVOKED = re.compile(rf"Invoking method '(.+)' on {PATH}", re.ASCII)


@dataclass(frozen=True)
class Entry:
    """One dated line with its continuations."""

    at: datetime | None
    level: str
    message: str


@dataclass(frozen=True)
class Row:
    """One row of a table; `width` is how many signs of the device's name the table shows."""

    flagged: bool
    name: str
    width: int
    cells: tuple[str, ...]


@dataclass
class Session:
    """What one start of nwipe wrote."""

    entries: list[Entry] = field(default_factory=list)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    footer: tuple[str, ...] | None = None
    footer_at: datetime | None = None
    malformed: bool = False
    has_options: bool = False
    is_running: bool = False
    is_over: bool = False

    def starts_anew(self, message: str) -> bool:
        """Whether this message can only be the beginning of the next session: behind a footer stands one sentence."""
        if self.footer is not None:
            return self.is_over or not CONCLUSION.match(message)
        if BANNER.fullmatch(message) and "banner" not in message:
            return bool(self.entries)
        return (message == OPTIONS and self.has_options) or (self.is_running and bool(FOUND.fullmatch(message)))

    def add(self, entry: Entry) -> None:
        """Add a dated line; the sentence behind the footer only ends the session."""
        if self.footer is not None:
            self.is_over = True
            return
        self.entries.append(entry)
        self.has_options |= entry.message == OPTIONS
        if INVOKED.fullmatch(entry.message):
            self.is_running = True
            self.malformed |= not self.has_options


def sessions(text: str) -> list[Session]:
    """The sessions of a log, in order, from its first dated line. Reads every line once; raises nothing."""
    reader = _Reader()
    lines = (line.rstrip("\r") for line in text.split("\n"))
    for line in dropwhile(lambda line: not ENTRY.fullmatch(line), lines):
        reader.take(line)
    reader.close()
    return reader.sessions


def instant(stamp: str) -> datetime | None:
    """A stamp of the log as a time without zone, or None for a day that does not exist."""
    year, month, day, hour, minute, second = map(int, re.split("[/ :]", stamp))
    try:
        return datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None


class _Reader:
    """Walks the lines: dated entries outside the tables, rows inside."""

    def __init__(self) -> None:
        self.sessions: list[Session] = [Session()]
        self.lines: list[str] = []
        self.length = 0
        self.table: str | None = None

    @property
    def session(self) -> Session:
        return self.sessions[-1]

    def take(self, line: str) -> None:
        title = TITLE.fullmatch(line)
        footer = FOOTER.fullmatch(line)
        if title or (self.table is None and UNTITLED.fullmatch(line)):
            self.close()
            self._open(title.group(1) if title else "Drive Status")
        elif footer:
            self.close()
            self._end(footer)
        elif ENTRY.fullmatch(line):
            self.close()
            self.session.malformed |= self.table is not None
            self.table = None
            self._begin(line)
        elif self.table:
            self._take_in_table(line)
        elif STARS.fullmatch(line):
            self.close()
        else:
            self._continue(line)

    def close(self) -> None:
        """End the entry or the row under way."""
        text, self.lines = "\n".join(self.lines), []
        if text and self.table:
            self._add_row(text)
        elif text:
            self._add_entry(text)

    def _begin(self, line: str) -> None:
        self.lines, self.length = [line], len(line)

    def _continue(self, line: str) -> None:
        """Add a line to the entry or row under way; one that is too long already, or ended, takes no more."""
        if not self.lines and line.strip() and self.session.footer is None:
            self.session.malformed = True
        self.length += len(line) + 1
        if self.lines and self.length < LONGEST_ENTRY:
            self.lines.append(line)

    def _open(self, title: str) -> None:
        self.table = title
        if title in self.session.tables or self.session.footer:
            self.session.malformed = True
        self.session.tables.setdefault(title, [])

    def _end(self, footer: re.Match[str]) -> None:
        session = self.session
        session.malformed |= self.table != "footer" or session.footer is not None
        session.footer = footer.groups()[1:]
        session.footer_at = instant(footer.group(1))
        self.table = None

    def _take_in_table(self, line: str) -> None:
        if DASHES.fullmatch(line):
            self.close()
            if self.table == "Drive Status" and self.session.tables["Drive Status"]:
                self.table = "footer"
        elif STARS.fullmatch(line):
            self.close()
            self.session.malformed |= self.table == "Drive Status" and bool(self.session.tables["Drive Status"])
            if self.table != "Drive Status":
                self.table = None
        elif HEADING.fullmatch(line):
            self.close()
        elif self.table == "Drive Status" and self.lines and not STATUS_ROW_START.match(line):
            self._continue(line)
        else:
            self.close()
            self._begin(line)

    def _add_row(self, text: str) -> None:
        patterns = {"Error Summary": ERROR_ROW, "Erasure Summary": ERASURE_ROW, "Drive Status": STATUS_ROW}
        pattern = patterns.get(self.table or "")
        row = pattern.fullmatch(text) if pattern and len(text) < LONGEST_ENTRY else None
        if row is None:
            self.session.malformed = True
            return
        flag, name, *cells = row.groups()
        self.session.tables[self.table or ""].append(Row(flag == "!", name.strip(), len(name), tuple(cells)))

    def _add_entry(self, text: str) -> None:
        first, _, rest = text.partition("\n")
        entry = ENTRY.fullmatch(first)
        if entry is None:
            return
        stamp, level, message = entry.groups()
        may_continue = message.startswith(CONTINUED)
        message = f"{message}\n{rest}".rstrip("\n")
        if self.session.starts_anew(message):
            self.sessions.append(Session())
        if rest.strip() and not may_continue and self.session.footer is None:
            self.session.malformed = True
        self.session.add(Entry(instant(stamp), level, message))
