"""Questions about handovers; a household is read only by those with the right, and the caller logs it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from reemploi.errors import NotFound
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.handover.models import Handover, HandoverLine
from reemploi.handover.rules import GIFT_FOLLOWED
from reemploi.journey.models import Device, Event
from reemploi.papers.models import Document
from reemploi.people.models import Member
from reemploi.prescription.models import Appointment, Household, Prescription, PrescriptionLine
from reemploi.prescription.rules import ACCEPTED
from reemploi.roles import Role
from reemploi.sentences import N_

MOST = 200
UNKNOWN = N_("Cette remise n'existe pas, ou n'est pas ouverte à votre rôle. Vérifiez le numéro.")


def today(acting: Acting) -> date:
    """The day it is where the association is."""
    return acting.now.astimezone(acting.zone).date()


def _day_of(acting: Acting) -> tuple[datetime, datetime]:
    start = datetime.combine(today(acting), time(), acting.zone).astimezone(UTC)
    return start, start + timedelta(days=1)


def _at_the_table(acting: Acting) -> Select[Appointment]:
    """Today's appointments: at their own site for a shift, everywhere for a coordinator; missed and moved ones out."""
    start, end = _day_of(acting)
    wanted = select(Appointment).where(
        Appointment.at >= start, Appointment.at < end, (Appointment.outcome.is_(None)) | (Appointment.outcome == "kept")
    )
    if not acting.has_one_of((Role.COORDINATOR,)):
        wanted = wanted.where(
            Appointment.site_id.in_(select(Member.site_id).where(Member.id == acting.member_id, Member.site_id > 0))
        )
    return wanted


@dataclass(frozen=True)
class Expected:
    """An appointment of today with its case."""

    appointment: Appointment
    prescription: Prescription


def expected_today(*, acting: Acting) -> list[Expected]:
    """Who comes today and is not served yet, by hour."""
    rows = db.session.scalars(
        _at_the_table(acting)
        .where(Appointment.outcome.is_(None))
        .options(joinedload(Appointment.site))
        .order_by(Appointment.at)
        .limit(MOST)
    ).all()
    cases = db.session.scalars(
        select(Prescription)
        .where(Prescription.id.in_({row.prescription_id for row in rows}))
        .options(selectinload(Prescription.lines).joinedload(PrescriptionLine.device))
    )
    by_id = {case.id: case for case in cases}
    return [Expected(row, by_id[row.prescription_id]) for row in rows]


def case_at(address: str, *, acting: Acting) -> Prescription:
    """An accepted case this person may serve now; raises NotFound, the same for absent and forbidden."""
    wanted = (
        select(Prescription)
        .where(Prescription.address == address)
        .options(selectinload(Prescription.lines).joinedload(PrescriptionLine.device))
    )
    if acting.has_one_of((Role.COORDINATOR,)):
        wanted = wanted.where(Prescription.status.in_(ACCEPTED))
    else:
        wanted = wanted.where(Prescription.id.in_(_at_the_table(acting).with_only_columns(Appointment.prescription_id)))
    found = db.session.scalars(wanted).first()
    if found is None:
        raise NotFound(UNKNOWN, code="unknown")
    return found


def appointment_site(prescription: Prescription) -> int | None:
    """The site where the household is expected, if any."""
    return db.session.scalars(
        select(Appointment.site_id).where(Appointment.prescription_id == prescription.id, Appointment.outcome.is_(None))
    ).first()


def household_of(case: Prescription | Handover) -> Household:
    """The household, to be shown after the reading is logged."""
    return db.session.get_one(Household, case.household_id)


def household_names(ids: set[int]) -> dict[int, str]:
    """Names by household; the caller has logged the reading."""
    rows = db.session.scalars(select(Household).where(Household.id.in_(ids)))
    return {row.id: row.name for row in rows}


def may_read_household(handover: Handover, *, acting: Acting) -> bool:
    """Whether the household may be shown: to a coordinator until the end of the loan or six months after a gift, to a
    shift today at their own site."""
    if acting.has_one_of((Role.COORDINATOR,)):
        if handover.kind == "gift" and handover.handed_at and handover.state == "done":
            return acting.now - handover.handed_at <= GIFT_FOLLOWED
        return handover.ended_at is None
    if Role.SHIFT not in acting.roles:
        return False
    coming = _at_the_table(acting).where(Appointment.prescription_id == handover.prescription_id)
    return db.session.scalars(coming.limit(1)).first() is not None


def _with_lines() -> Select[Handover]:
    return select(Handover).options(
        joinedload(Handover.site), selectinload(Handover.lines).joinedload(HandoverLine.device)
    )


def handover_at(address: str) -> Handover:
    """A handover by its address, with lines and devices; raises NotFound."""
    found = db.session.scalars(_with_lines().where(Handover.address == address)).unique().first()
    if found is None:
        raise NotFound(UNKNOWN, code="unknown")
    return found


def handover_named(code: str) -> Handover:
    """A handover by its number, or by the verification address printed on its paper; raises NotFound."""
    wanted = code.strip().rstrip("/").rsplit("/", 1)[-1]
    found = db.session.scalars(
        select(Handover)
        .join(Document, Document.id == Handover.document_id)
        .where((Handover.number == wanted.upper()) | (Document.address == wanted))
    ).first()
    if found is None:
        raise NotFound(UNKNOWN, code="unknown")
    return found


def document_of(handover: Handover) -> Document:
    """The paper of a handover."""
    return db.session.get_one(Document, handover.document_id)


def locked(handover: Handover) -> Handover:
    """The handover, locked and read afresh."""
    return db.session.scalars(
        select(Handover).where(Handover.id == handover.id).with_for_update().execution_options(populate_existing=True)
    ).one()


def lines_of(handover: Handover) -> list[HandoverLine]:
    """The lines of a handover, in order."""
    return list(
        db.session.scalars(
            select(HandoverLine).where(HandoverLine.handover_id == handover.id).order_by(HandoverLine.id)
        )
    )


def open_line_of(device: Device) -> tuple[HandoverLine, Handover] | None:
    """The open handover line of a device, and its handover."""
    row = db.session.execute(
        select(HandoverLine, Handover)
        .join(Handover, Handover.id == HandoverLine.handover_id)
        .where(HandoverLine.device_id == device.id, HandoverLine.ended_at.is_(None))
    ).first()
    return (row[0], row[1]) if row else None


def prescription_lines(prescription: Prescription) -> list[PrescriptionLine]:
    """The lines of a prescription as they stand now."""
    return list(
        db.session.scalars(
            select(PrescriptionLine)
            .where(PrescriptionLine.prescription_id == prescription.id)
            .order_by(PrescriptionLine.id)
            .execution_options(populate_existing=True)
        )
    )


def last_move(device: Device) -> Event | None:
    """The device's latest change of status."""
    return db.session.scalars(
        select(Event)
        .where(Event.device_id == device.id, Event.to_status.is_not(None))
        .order_by(Event.seq.desc())
        .limit(1)
    ).first()


def running_loans(limit: int = MOST) -> list[Handover]:
    """Running loans, the most overdue first, those without term last: the device side only."""
    return list(
        db.session.scalars(
            _with_lines()
            .where(Handover.state == "running")
            .order_by(Handover.due_on.is_(None), Handover.due_on, Handover.id)
            .limit(limit)
        ).unique()
    )


def prepared(limit: int = MOST) -> list[Handover]:
    """Handovers whose paper waits for its signature, oldest first."""
    return list(
        db.session.scalars(
            _with_lines().where(Handover.state == "prepared").order_by(Handover.id).limit(limit)
        ).unique()
    )
