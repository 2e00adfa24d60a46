"""Questions about the bench: captures, checklists, repairs, what was installed last."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from reemploi.bench.checklists import FAIL, NOT_TESTED, Line, lines_of
from reemploi.bench.models import Capture, CapturedFile, CheckedLine, DroppedPart, FileDrop, Repair
from reemploi.errors import NotFound
from reemploi.extensions import db
from reemploi.journey.models import Device, Event
from reemploi.sentences import N_

LAST_DROPS = 20


@dataclass(frozen=True)
class Control:
    """One line of a device's checklist with its answer since the device was last in hands."""

    line: Line
    outcome: str
    checked: CheckedLine | None = None


@dataclass(frozen=True)
class Checklist:
    """The answers of a device, and what they say together."""

    controls: tuple[Control, ...]

    @property
    def untested(self) -> list[Line]:
        """Required lines without an answer."""
        return [one.line for one in self.controls if one.line.required and one.outcome == NOT_TESTED]

    @property
    def failed(self) -> list[Line]:
        """Lines with a fault."""
        return [one.line for one in self.controls if one.outcome == FAIL]

    @property
    def blocking(self) -> list[Line]:
        """Faults that would lock the next holder out."""
        return [line for line in self.failed if line.blocking]


def checklist(device: Device) -> Checklist:
    """The device's checklist; answers older than its last time in hands count no more."""
    rows = db.session.scalars(
        select(CheckedLine).where(CheckedLine.device_id == device.id, CheckedLine.checked_at >= device.in_hands_at)
    )
    answers = {row.line: row for row in rows}
    return Checklist(
        tuple(
            Control(line, answers[line.code].outcome, answers[line.code]) if line.code in answers
            else Control(line, NOT_TESTED)
            for line in lines_of(device.category)
        )
    )  # fmt: skip


def repairs(device: Device) -> list[Repair]:
    """The repairs of a device, open ones first, then newest first."""
    rows = db.session.scalars(select(Repair).where(Repair.device_id == device.id).order_by(Repair.id.desc()))
    return sorted(rows, key=lambda row: row.done_at is not None)


def open_repairs(device: Device) -> list[Repair]:
    """The repairs of a device that wait for a hand."""
    return [row for row in repairs(device) if row.done_at is None]


def repair_at(device: Device, address: str) -> Repair:
    """One repair of a device; raises NotFound."""
    row = db.session.scalars(select(Repair).where(Repair.address == address, Repair.device_id == device.id)).first()
    if row is None:
        raise NotFound(N_("Cette réparation n'existe pas. Revenez à la fiche de l'appareil."), code="unknown_repair")
    return row


def captures(device: Device) -> list[tuple[Capture, CapturedFile]]:
    """What the tools said of a device, newest first, each with its file."""
    rows = db.session.execute(
        select(Capture, CapturedFile)
        .join(CapturedFile, CapturedFile.id == Capture.file_id)
        .where(Capture.device_id == device.id)
        .order_by(Capture.id.desc())
    )
    return [(capture, file) for capture, file in rows]


def health_by_medium(rows: Iterable[Capture]) -> dict[int, dict[str, Any]]:
    """The newest health each medium gave of itself, from captures newest first."""
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        for one in row.facts.get("media", ()):
            if one.get("health"):
                found.setdefault(one["medium"], one["health"])
    return found


def last_system() -> dict[str, str]:
    """Name, version and language of the system last installed here, to propose it again."""
    facts = db.session.scalars(
        select(Event.facts).where(Event.kind == "system_installed").order_by(Event.id.desc()).limit(1)
    ).first()
    return {name: str(facts.get(name, "")) for name in ("name", "version", "language")} if facts else {}


def drop_at(address: str) -> FileDrop:
    """Files dropped together, by their address; raises NotFound."""
    row = db.session.scalars(select(FileDrop).where(FileDrop.address == address)).first()
    if row is None:
        raise NotFound(N_("Ce dépôt n'existe pas. Revenez à l'atelier."), code="unknown_drop")
    return row


def part_at(drop: str, address: str) -> DroppedPart:
    """One part of a drop that still waits for its device; raises NotFound."""
    row = db.session.scalars(
        select(DroppedPart)
        .join(FileDrop, FileDrop.id == DroppedPart.drop_id)
        .where(FileDrop.address == drop, DroppedPart.address == address, DroppedPart.outcome == "unknown")
    ).first()
    if row is None:
        raise NotFound(N_("Ce fichier n'attend plus son appareil. Rouvrez le dépôt."), code="unknown_part")
    return row


def last_drops() -> list[FileDrop]:
    """The newest drops."""
    return list(db.session.scalars(select(FileDrop).order_by(FileDrop.id.desc()).limit(LAST_DROPS)))


def unknown_parts(*, serials: Iterable[str] | None = None, limit: int = 50) -> list[DroppedPart]:
    """Parts that wait for their device, oldest first; those that speak of these serials when some are given."""
    wanted = select(DroppedPart).where(DroppedPart.outcome == "unknown").order_by(DroppedPart.id).limit(limit)
    if serials is not None:
        wanted = wanted.where(DroppedPart.serial_folded.in_(list(serials)))
    return list(db.session.scalars(wanted))


def no_such_move() -> NotFound:
    """The refusal for a move this stage does not make."""
    return NotFound(N_("Ce passage ne se fait pas depuis l'atelier."), code="no_such_move")
