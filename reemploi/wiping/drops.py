"""Files dropped at the bench: read and cleaned with no lock held, then each part taken in a transaction of its own.

One bad file never loses the good ones. Captures come before erasure logs, in whatever order they were dropped, so that
a log finds the media its captures bring.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import FileStorage

from reemploi.bench.actions import keep_file
from reemploi.bench.capture import Capture
from reemploi.bench.documents import MAX_BYTES, Unreadable
from reemploi.bench.kept_sentences import kept
from reemploi.bench.media import LONGEST_SERIAL
from reemploi.bench.models import CapturedFile, DroppedPart, FileDrop
from reemploi.bench.queries import drop_at, unknown_parts
from reemploi.bench.recognise import recognise
from reemploi.bench.redaction import redact
from reemploi.bench.scanned import scanned_device
from reemploi.bench.taking import Taken, take_drive, take_machine
from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.columns import new_address
from reemploi.ground.database import reading, writing
from reemploi.ground.files import FileStore
from reemploi.journey.identity import serial_key
from reemploi.journey.models import Device
from reemploi.roles import BENCH
from reemploi.sentences import N_, Sentence, sentence
from reemploi.web.uploads import MAX_FILES, accept_uploads, display_name
from reemploi.wiping.evidence import take_run
from reemploi.wiping.readers import READERS

ORDER = ("lshw", "smartctl", "nwipe", "")
UNCLEAN = sentence(N_("Ce fichier ne peut pas être nettoyé de ses données personnelles : il n'est pas gardé."))


@dataclass(frozen=True)
class Dropped:
    """A file as it came, or why it was not let in."""

    name: str
    content: bytes = b""
    refusal: Sentence | None = None


@dataclass(frozen=True)
class Prepared:
    """A file recognised, read, cleaned and kept in the store; or the sentence that says what to do."""

    name: str
    kind: str = ""
    reading: Any = None
    digest: str = ""
    size: int = 0
    problem: Sentence | None = None


def let_in(files: Sequence[FileStorage]) -> list[Dropped]:
    """The files of a form, each through the upload gate: one that is not let in keeps its sentence.

    Raises Refused when there is none, or too many.
    """
    chosen = [file for file in files if file and file.filename]
    if not 0 < len(chosen) <= MAX_FILES:
        accept_uploads(chosen)
    return [_let_in(file) for file in chosen]


def _let_in(file: FileStorage) -> Dropped:
    try:
        (upload,) = accept_uploads([file], max_bytes=MAX_BYTES)
    except Refused as refused:
        return Dropped(display_name(file.filename or ""), refusal=refused.sentence)
    return Dropped(upload.name, upload.content)


def device_scanned(text: str) -> tuple[Device | None, Sentence | None]:
    """The device typed beside the files; a number that names none does not lose them, it is told."""
    if not text:
        return None, None
    try:
        return scanned_device(text), None
    except Refused as refused:
        return None, refused.sentence


def drop_files(files: Sequence[Dropped], scanned_id: int | None, *, acting: Acting, store: FileStore) -> str:
    """Take files in and return the address of their results. `scanned_id`: the device whose tag was given.

    For views marked `own_transactions`. Raises NotAllowed.
    """
    acting.require(*BENCH)
    prepared = sorted((_prepare(file, store) for file in files), key=lambda one: ORDER.index(one.kind))
    address = new_address()
    with writing() as session:
        session.add(
            FileDrop(
                association_id=acting.association_id,
                address=address,
                device_id=scanned_id,
                dropped_at=acting.now,
                dropped_by=acting.member_id,
            )
        )
    serials: set[str] = set()
    for one in prepared:
        for part in range(_count(one)):
            serials |= _take_part(address, one, part, scanned_id, acting)
    if serials:
        _take_up_waiting(serials, acting, store)
    return address


def settle_part(part: DroppedPart, device: Device, *, acting: Acting, store: FileStore) -> None:
    """Read a kept file again for the device just scanned. Raises Refused, and the part still waits.

    For views marked `own_transactions`.
    """
    acting.require(*BENCH)
    with reading() as session:
        file = session.get_one(CapturedFile, part.file_id)
    prepared = _read_again(file, part.name, store)
    with writing():
        taken = _take(prepared, part.part, file, db.session.get_one(Device, device.id), acting)
        _settle(part.id, taken, acting)
    if taken.new_serials:
        _take_up_waiting(set(taken.new_serials), acting, store)


def _prepare(file: Dropped, store: FileStore) -> Prepared:
    if file.refusal is not None:
        return Prepared(file.name, problem=file.refusal)
    found = recognise(file.content, READERS)
    kind = found.kind or ""
    if found.problem is not None:
        return Prepared(file.name, kind, problem=found.problem)
    try:
        clean = redact(kind, file.content)
    except Unreadable as unreadable:
        return Prepared(file.name, kind, problem=unreadable.sentence)
    return Prepared(file.name, kind, found.reading, store.put(clean), len(clean))


def _read_again(file: CapturedFile, name: str, store: FileStore) -> Prepared:
    found = recognise(store.get(file.digest), READERS)
    return Prepared(name, found.kind or "", found.reading, file.digest, file.size, found.problem)


def _count(one: Prepared) -> int:
    """How many parts a file has: one per machine, drive or erasure; one for a file nobody can read."""
    if one.problem is not None or one.kind == "lshw":
        return 1
    return len(one.reading.media if isinstance(one.reading, Capture) else one.reading)


def _take_part(address: str, one: Prepared, part: int, scanned_id: int | None, acting: Acting) -> set[str]:
    """Take one part in its own transaction; a refusal undoes it and is kept as its result."""
    try:
        with writing() as session:
            file = _file_row(one, acting)
            scanned = session.get_one(Device, scanned_id) if scanned_id else None
            taken = _take(one, part, file, scanned, acting)
            _write(address, one, part, file, taken, acting)
    except Refused as refused:
        with writing():
            file = _file_row(one, acting)
            taken = Taken("refused", (refused.sentence,), scanned_id)
            _write(address, one, part, file, taken, acting)
    return set(taken.new_serials)


def _file_row(one: Prepared, acting: Acting) -> CapturedFile | None:
    if not one.digest:
        return None
    return keep_file(acting=acting, digest=one.digest, kind=one.kind, name=one.name, size=one.size)


def _take(one: Prepared, part: int, file: CapturedFile | None, scanned: Device | None, acting: Acting) -> Taken:
    db.session.expire_all()
    if one.problem is not None or file is None:
        return Taken("refused", (one.problem or UNCLEAN,))
    if one.kind == "nwipe":
        return take_run(one.reading[part], file, part, scanned, acting=acting)
    if one.kind == "smartctl":
        return take_drive(one.reading, one.reading.media[part], file, scanned, acting=acting)
    return take_machine(one.reading, file, scanned, acting=acting)


def _write(address: str, one: Prepared, part: int, file: CapturedFile | None, taken: Taken, acting: Acting) -> None:
    db.session.add(
        DroppedPart(
            association_id=acting.association_id,
            drop_id=drop_at(address).id,
            file_id=file.id if file else None,
            name=one.name,
            kind=one.kind,
            part=part,
            serial_folded=(taken.serial or _serial_of(one, part) or "")[:LONGEST_SERIAL] or None,
            device_id=taken.device_id,
            outcome=taken.outcome,
            sentences=kept(taken.sentences),
            settled_at=None if taken.outcome == "unknown" else acting.now,
        )
    )


def _serial_of(one: Prepared, part: int) -> str | None:
    if one.problem is not None:
        return None
    subject = (
        one.reading
        if one.kind == "lshw"
        else (one.reading.media[part] if isinstance(one.reading, Capture) else one.reading[part])
    )
    return serial_key(subject.serial)


def _settle(part_id: int, taken: Taken, acting: Acting) -> None:
    row = db.session.get_one(DroppedPart, part_id)
    row.outcome = taken.outcome
    row.sentences = kept(taken.sentences)
    row.device_id = taken.device_id
    row.settled_at = None if taken.outcome == "unknown" else acting.now


def _take_up_waiting(serials: Iterable[str], acting: Acting, store: FileStore) -> None:
    """Logs and drives that waited for a medium nobody knew: a capture has just brought it."""
    with reading():
        waiting = [part for part in unknown_parts(serials=serials) if part.kind != "lshw"]
        files = {part.id: db.session.get_one(CapturedFile, part.file_id) for part in waiting}
    for part in sorted(waiting, key=lambda one: ORDER.index(one.kind)):
        prepared = _read_again(files[part.id], part.name, store)
        with suppress(Refused), writing():
            _settle(part.id, _take(prepared, part.part, files[part.id], None, acting), acting)
