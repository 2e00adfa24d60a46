"""Reads nwipe's text log (ShredOS, or nwipe on any live system), releases 0.30 to 0.42: one run per disk.

Nothing is concluded here: a run says what the log says, what it does not say, and where it contradicts itself.
`wiping.rules.judge` decides. A PDF of nwipe is recognised and refused: its text log is the evidence.
"""

import re
from collections.abc import Iterator, Mapping

from reemploi.bench.documents import Content, Unreadable
from reemploi.sentences import N_
from reemploi.wiping.nwipe_grammar import BANNER, Row, Session, sessions
from reemploi.wiping.nwipe_story import Story, tell
from reemploi.wiping.runs import WipeRun

STATUSES = {" Erased ": "erased", "-FAILED-": "failed", "UABORTED": "aborted", "INSANITY": "inconsistent"}
VERIFICATIONS = {"NV": "none", "VL": "last", "VA": "all"}
ENDS_WITH_RANDOM = "RCMP TSSIT OPS-II"
"""This method leaves a verified random pattern, whatever the blanking option says."""

LONGEST_SERIAL = 20
"""nwipe keeps twenty signs of a serial; before 0.36 it printed rubbish behind the twentieth in its last table."""

HOST_SERIAL = re.compile(r"system-serial-number = (.*)", re.ASCII)

LOOK = re.compile(
    r"^\[\d{4}/\d\d/\d\d \d\d:\d\d:\d\d\] .*(\bnwipe\b|/dev/)|Model/Serial Number\s*$", re.ASCII | re.MULTILINE
)


def looks_like(content: Content) -> bool:
    """Whether the content, not the name, comes from nwipe: its text log, or one of its PDF reports."""
    if content.data.startswith(b"%PDF"):
        return b"nwipe" in content.data[:4096].lower()
    return content.documents is None and bool(LOOK.search(content.text))


def read(content: Content) -> tuple[WipeRun, ...]:
    """The runs of a recognised file. Raises `Unreadable` for a PDF and for a log without any erasure."""
    if content.data.startswith(b"%PDF"):
        raise Unreadable(
            N_("Le PDF de nwipe ne suffit pas : déposez le journal texte (nwipe.log) qui l'accompagne sur la clé.")
        )
    runs = read_log(content.text)
    if not runs:
        raise Unreadable(
            N_("Ce journal de nwipe ne contient aucun effacement : déposez le journal complet, du début à la fin.")
        )
    return runs


def read_log(text: str) -> tuple[WipeRun, ...]:
    """Every disk of every session of a log, in the order in which their erasures began. Raises nothing."""
    return tuple(run for session in sessions(text) for run in _runs(session))


def _runs(session: Session) -> Iterator[WipeRun]:
    stories = tell(session.entries)
    version = _version(session)
    host = _host_serial(session)
    serials = [serial for story in stories.values() for serial in story.serials if serial]
    names = [sorted(row.name for row in rows) for rows in session.tables.values()]
    uneven = session.malformed or any(other != names[0] for other in names)
    for story in stories.values():
        if story.method is not None:
            if uneven:
                story.contradictions.add("tables")
            if any(serials.count(serial) > 1 for serial in story.serials):
                story.contradictions.add("shared_serial")
            yield _run(session, story, version, host)


def _version(session: Session) -> str | None:
    found = {match.group(1) for entry in session.entries if (match := BANNER.fullmatch(entry.message))}
    return found.pop() if len(found) == 1 else None


def _host_serial(session: Session) -> str | None:
    matches = (HOST_SERIAL.fullmatch(entry.message) for entry in session.entries)
    return next((match.group(1).strip() or None for match in matches if match), None)


def _run(session: Session, story: Story, version: str | None, host: str | None) -> WipeRun:
    rows = {title: _row(story, table) for title, table in session.tables.items()}
    method, rounds, blank, verify = session.footer or (None, None, None, None)
    status, serial = _outcome(story, rows.get("Drive Status"), version)
    errors = _counters(rows.get("Error Summary"))
    erased, total = _bytes(story, rows.get("Erasure Summary"))
    _confront(story, session, rows, method, rounds, total)
    return WipeRun(
        tool="nwipe",
        tool_version=version,
        device=story.path,
        status=status,
        model=next(iter(story.models), None),
        serial=serial,
        bus=story.bus,
        method=story.method,
        rounds=int(rounds) if rounds else None,
        passes=story.passes or None,
        blanked=blank == "B" if blank else None,
        verification=VERIFICATIONS.get(verify or ""),
        verified=_is_verified(story, blank),
        finished=story.finished and session.footer is not None,
        only_verified=(story.method or "").startswith("Verify"),
        pass_errors=errors[0],
        verification_errors=errors[1],
        sync_errors=errors[2],
        bytes_erased=erased,
        bytes_total=total,
        device_bytes=story.device_bytes,
        hidden_sectors=story.hidden,
        started_at=story.started_at,
        ended_at=story.ended_at,
        reported_at=session.footer_at,
        host_serial=host,
        contradictions=frozenset(story.contradictions),
    )


def _row(story: Story, table: list[Row]) -> Row | None:
    """The disk's only row; a name cut to the column's width is compared by its end."""
    base = story.path.removeprefix("/dev/").rpartition("/")[2]
    rows = [row for row in table if (base[-row.width :] if len(row.name) == row.width else base) == row.name]
    if len(rows) != 1:
        story.contradictions.add("tables")
        return None
    if rows[0].flagged:
        story.contradictions.add("flag")
    return rows[0]


def _outcome(story: Story, row: Row | None, version: str | None) -> tuple[str, str | None]:
    """The status and the serial, once the summary and the dated lines agree on the serial and the model."""
    serial = next(iter(story.serials), None) or None
    if len(story.serials) != 1 or len(story.models) != 1 or story.has_told_serial != (serial is not None):
        story.contradictions.add("serial")
    if row is None:
        return "unfinished", serial
    status, _duration, label = row.cells
    ending = f"/{serial or ''}"
    before, found, after = label.rpartition(ending) if serial else (label[:-1], label[-1:], "")
    rubbish = version is not None and version < "0.36" and len(serial or "") == LONGEST_SERIAL
    model = " ".join(next(iter(story.models), "").split())
    if found != ending or (after and not rubbish) or not model.startswith(" ".join(before.split())):
        story.contradictions.add("serial")
    return STATUSES.get(status, "inconsistent"), serial


def _counters(row: Row | None) -> tuple[int | None, int | None, int | None]:
    cells = [int(cell) if cell else None for cell in row.cells] if row else [None] * 3
    return cells[0], cells[1], cells[2]


def _bytes(story: Story, row: Row | None) -> tuple[int | None, int | None]:
    """Bytes erased and in all: by the table, or before 0.41 by the dated lines."""
    if row is not None:
        return int(row.cells[0]), int(row.cells[1])
    return story.least_written, story.device_bytes


def _is_verified(story: Story, blank: str | None) -> bool:
    """Whether the last thing written was read back well: what it was depends on the method and on the options."""
    if story.method == ENDS_WITH_RANDOM:
        return story.final_verified
    return story.blanked if blank == "B" else story.last_pass_verified


def _confront(
    story: Story,
    session: Session,
    rows: Mapping[str, Row | None],
    method: str | None,
    rounds: str | None,
    total: int | None,
) -> None:
    if session.footer is not None and (method != story.method or rounds != str(story.rounds)):
        story.contradictions.add("method")
    if rows.get("Erasure Summary") and (total or 0) < (story.device_bytes or 0):
        story.contradictions.add("size")
    if session.footer is not None and (session.footer_at is None or None in (story.started_at, story.ended_at)):
        story.contradictions.add("date")
