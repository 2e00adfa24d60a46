"""The bench's queues: which devices wait for which hand, who waits longest first, and why.

Each list and each count costs the same number of queries whatever its length; counts stop at a hundred.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select, tuple_
from sqlalchemy.orm import selectinload

from reemploi.bench.checklists import CHECKLISTS, NOT_TESTED, OTHERS, required_codes
from reemploi.bench.media import waits
from reemploi.bench.models import CheckedLine, Repair
from reemploi.extensions import db
from reemploi.journey.models import Device, StorageMedium
from reemploi.journey.rules import COMPUTERS, ENDED, HOLDS_DATA, MAY_HOLD_DATA, MOVES, barred
from reemploi.sentences import N_, Sentence, sentence
from reemploi.wiping.models import PendingWipe
from reemploi.wiping.queries import refusals_by_medium

PER_PAGE = 50
ENOUGH = 100

TABS: Mapping[str, tuple[str, str]] = {
    "wipe": (N_("À effacer"), N_("Rien n'attend d'être effacé.")),
    "second": (N_("Seconde personne attendue"), N_("Personne n'attend de confirmation.")),
    "install": (N_("À installer"), N_("Aucun ordinateur n'attend son système.")),
    "check": (N_("À contrôler"), N_("Rien n'attend son contrôle.")),
    "grade": (N_("À grader"), N_("Rien n'attend son grade.")),
    "repair": (N_("En réparation"), N_("Rien n'est en réparation.")),
    "loose": (N_("Supports retirés"), N_("Aucun support retiré n'attend son effacement.")),
    "stopped": (N_("Arrêt de sécurité"), N_("Aucun appareil n'est à l'arrêt.")),
}
"""Each list with its name and what an empty one means."""


@dataclass(frozen=True)
class Waiting:
    """One row of a queue: the device, why it is here, and since when."""

    device: Device
    why: Sentence
    since: datetime


@dataclass(frozen=True)
class Queue:
    """One page of a queue and the key of the next one, if any."""

    rows: list[Waiting]
    next_key: str | None


def _required() -> ColumnElement[int]:
    counts = {category: len(required_codes(category)) for category in CHECKLISTS}
    return case(counts, value=Device.category, else_=sum(line.required for line in OTHERS))


def _answered() -> ColumnElement[int]:
    known = [
        and_(Device.category == category, CheckedLine.line.in_(required_codes(category))) for category in CHECKLISTS
    ]
    others = and_(Device.category.not_in(list(CHECKLISTS)), CheckedLine.line.in_(required_codes("")))
    return (
        select(func.count(CheckedLine.id))
        .where(
            CheckedLine.device_id == Device.id,
            CheckedLine.outcome != NOT_TESTED,
            CheckedLine.checked_at >= Device.in_hands_at,
            or_(*known, others),
        )
        .correlate(Device)
        .scalar_subquery()
    )


def _condition(tab: str) -> ColumnElement[bool]:
    """Which devices a list holds; a device stands in one list."""
    if tab == "stopped":
        return and_(Device.safety_stop.is_(True), Device.status.not_in(ENDED))
    here = Device.safety_stop.is_(False)
    if tab == "repair":
        return and_(here, Device.status == "in_repair")
    holds = Device.category.in_(HOLDS_DATA | MAY_HOLD_DATA)
    if tab == "wipe":
        return and_(here, or_(Device.status == "to_wipe", and_(Device.status.in_(("received", "returned")), holds)))
    installed = or_(
        Device.category.not_in(COMPUTERS),
        func.coalesce(Device.system_installed_at >= Device.in_hands_at, False),
    )
    if tab == "install":
        return and_(here, Device.status == "wiped", ~installed)
    ready = or_(and_(Device.status == "wiped", installed), and_(Device.status.in_(("received", "returned")), ~holds))
    tested = _answered() >= _required()
    return and_(here, ready, tested if tab == "grade" else ~tested)


def _loose() -> ColumnElement[bool]:
    """Media taken out and not erased since."""
    return and_(
        StorageMedium.ended_how == "removed",
        or_(StorageMedium.cleared_at.is_(None), StorageMedium.cleared_at < Device.in_hands_at),
    )


def counts() -> dict[str, int]:
    """How many rows each list has, at most a hundred, in one query."""
    found = {
        tab: select(Device.id).where(_condition(tab)).limit(ENOUGH) for tab in TABS if tab not in ("second", "loose")
    }
    found["second"] = select(PendingWipe.id).where(PendingWipe.settled_at.is_(None)).limit(ENOUGH)
    found["loose"] = (
        select(StorageMedium.id).join(Device, Device.id == StorageMedium.device_id).where(_loose()).limit(ENOUGH)
    )
    row = db.session.execute(
        select(*(select(func.count()).select_from(one.subquery()).scalar_subquery() for one in found.values()))
    ).one()
    return dict(zip(found, row, strict=True))


def devices_waiting(tab: str, after: str = "", per_page: int = PER_PAGE) -> Queue:
    """One page of a list of devices, who waits longest first."""
    wanted = (
        select(Device)
        .where(_condition(tab))
        .order_by(Device.moved_at, Device.id)
        .limit(per_page + 1)
        .options(selectinload(Device.media))
    )
    if key := _read_key(after):
        wanted = wanted.where(tuple_(Device.moved_at, Device.id) > tuple_(*key))
    devices = list(db.session.scalars(wanted))
    shown = devices[:per_page]
    reasons = _reasons(tab, shown)
    last = shown[-1] if len(devices) > per_page else None
    return Queue(
        [Waiting(device, reasons[device.id], device.moved_at) for device in shown],
        f"{int(last.moved_at.timestamp())}-{last.id}" if last else None,
    )


def people_waited_for(after: str = "", per_page: int = PER_PAGE) -> tuple[list[PendingWipe], str | None]:
    """What waits for a second person, oldest first, and the key of the next page."""
    wanted = (
        select(PendingWipe)
        .where(PendingWipe.settled_at.is_(None))
        .order_by(PendingWipe.declared_at, PendingWipe.id)
        .limit(per_page + 1)
    )
    if key := _read_key(after):
        wanted = wanted.where(tuple_(PendingWipe.declared_at, PendingWipe.id) > tuple_(*key))
    rows = list(db.session.scalars(wanted))
    last = rows[per_page - 1] if len(rows) > per_page else None
    return rows[:per_page], f"{int(last.declared_at.timestamp())}-{last.id}" if last else None


def loose_media(after: str = "", per_page: int = PER_PAGE) -> tuple[list[tuple[StorageMedium, Device]], str | None]:
    """Media taken out of their device and not erased since, longest first, and the key of the next page."""
    wanted = (
        select(StorageMedium, Device)
        .join(Device, Device.id == StorageMedium.device_id)
        .where(_loose())
        .order_by(StorageMedium.ended_at, StorageMedium.id)
        .limit(per_page + 1)
    )
    if key := _read_key(after):
        wanted = wanted.where(tuple_(StorageMedium.ended_at, StorageMedium.id) > tuple_(*key))
    rows = [(medium, device) for medium, device in db.session.execute(wanted)]
    last = rows[per_page - 1][0] if len(rows) > per_page else None
    key_of_next = f"{int(last.ended_at.timestamp())}-{last.id}" if last and last.ended_at else None
    return rows[:per_page], key_of_next


def _read_key(text: str) -> tuple[datetime, int] | None:
    seconds, _, number = text.partition("-")
    if not (text.isascii() and seconds.isdigit() and number.isdigit() and len(seconds) < 12 and len(number) < 16):
        return None
    return datetime.fromtimestamp(int(seconds), UTC), int(number)


def _reasons(tab: str, devices: Sequence[Device]) -> dict[int, Sentence]:
    if tab == "wipe":
        return _why_not_wiped(devices)
    if tab == "repair":
        return _repairs_open(devices)
    told = {
        "install": N_("Effacé : installez le système."),
        "check": N_("Il reste des lignes à contrôler."),
        "grade": N_("Contrôlé : donnez le grade."),
        "stopped": N_("Dangereux : ne le chargez pas, ne le déplacez pas sans le technicien."),
    }[tab]
    graded = N_("Gradé %(grade)s : rendez-le disponible.")
    return {
        device.id: sentence(graded, grade=device.grade)
        if tab == "grade" and barred(MOVES["make_available"], "wiped", device.facts) is None
        else sentence(told)
        for device in devices
    }


def _why_not_wiped(devices: Sequence[Device]) -> dict[int, Sentence]:
    media = [medium.id for device in devices for medium in device.media]
    refusals = refusals_by_medium(media)
    pending = set(
        db.session.scalars(
            select(PendingWipe.medium_id).where(PendingWipe.settled_at.is_(None), PendingWipe.medium_id.in_(media))
        )
    )
    return {device.id: _why(device, refusals, pending) for device in devices}


def _why(device: Device, refusals: Mapping[int, Sequence[Sentence]], pending: set[int]) -> Sentence:
    left = [medium for medium in device.media if waits(device, medium)]
    refused = next((medium for medium in left if refusals.get(medium.id) and medium.id not in pending), None)
    if refused is not None:
        return sentence(
            N_("Preuve refusée pour %(name)s : %(reason)s"), name=refused.name, reason=refusals[refused.id][0]
        )
    if left and all(medium.id in pending for medium in left):
        return sentence(N_("Attend la confirmation d'une seconde personne."))
    if left:
        return sentence(N_("À effacer : %(names)s"), names=" · ".join(medium.name for medium in left))
    reason = barred(MOVES["clear"], "to_wipe", device.facts)
    return Sentence(reason.reason, reason.params) if reason else sentence(N_("Tout est effacé."))


def _repairs_open(devices: Sequence[Device]) -> dict[int, Sentence]:
    rows = db.session.execute(
        select(Repair.device_id, func.count().label("n"))
        .where(Repair.done_at.is_(None), Repair.device_id.in_([device.id for device in devices]))
        .group_by(Repair.device_id)
    )
    open_ones = {row.device_id: row.n for row in rows}
    return {
        device.id: sentence(N_("Réparations ouvertes : %(n)s."), n=open_ones.get(device.id, 0)) for device in devices
    }
