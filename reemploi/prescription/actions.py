"""What can happen to a prescription. `step` is the only writer of its status."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from reemploi.errors import NotAllowed, Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.crypto import name_digests
from reemploi.ground.numbering import next_number
from reemploi.journey.actions import move
from reemploi.journey.models import Device
from reemploi.people.models import Member
from reemploi.prescription.models import Appointment, Household, HouseholdWord, Prescription, PrescriptionLine
from reemploi.prescription.rules import REASONS, STATES, STEPS
from reemploi.sentences import N_, Sentence


@dataclass(frozen=True)
class Wanted:
    """One line asked for: which kind, for whom."""

    category: str
    for_whom: str


def prescribe(
    *,
    acting: Acting,
    name: str,
    channel: str,
    municipality: str,
    neighbourhood: str,
    adults: int,
    schooled_children: int,
    devices_at_home: int | None,
    lines: Sequence[Wanted],
    need: str,
    urgency: str,
    criterion: str,
    criterion_seen_at: datetime,
    note: str = "",
    as_gift: bool = False,
) -> Prescription:
    """A prescription sent by a social worker for a household of their structure.

    The person's agreement and the criterion seen are dated; name, channel and note are sealed.
    """
    household = _welcome(
        name,
        channel,
        acting=acting,
        organisation_id=_structure_of(acting),
        municipality=municipality,
        neighbourhood=neighbourhood,
        adults=adults,
        schooled_children=schooled_children,
        devices_at_home=devices_at_home,
    )
    prescription = Prescription(
        association_id=acting.association_id,
        number=next_number("PRE", acting=acting),
        household_id=household.id,
        organisation_id=household.organisation_id,
        prescriber_id=acting.member_id,
        status="draft",
        need=need,
        urgency=urgency,
        criterion=criterion,
        criterion_seen_at=criterion_seen_at,
        agreed_at=acting.now,
        as_gift=as_gift,
        written_at=acting.now,
    )
    prescription.note = note or None
    db.session.add(prescription)
    db.session.flush()
    _write_lines(prescription, lines)
    step(prescription, "submit", acting=acting)
    prescription.submitted_at = acting.now
    db.session.flush()
    return prescription


def _welcome(name: str, channel: str, *, acting: Acting, organisation_id: int, **facts: Any) -> Household:
    household = Household(
        association_id=acting.association_id,
        organisation_id=organisation_id,
        created_at=acting.now,
        created_by=acting.member_id,
        **facts,
    )
    household.name = name
    household.channel = channel or None
    db.session.add(household)
    db.session.flush()
    db.session.add_all(
        HouseholdWord(association_id=acting.association_id, household_id=household.id, digest=digest)
        for digest in name_digests(acting.association_id, name)
    )
    return household


def _write_lines(prescription: Prescription, lines: Sequence[Wanted]) -> None:
    db.session.add_all(
        PrescriptionLine(
            association_id=prescription.association_id,
            prescription_id=prescription.id,
            category=wanted.category,
            for_whom=wanted.for_whom,
        )
        for wanted in lines
    )


def _structure_of(acting: Acting) -> int:
    member = db.session.get(Member, acting.member_id) if acting.member_id else None
    if member is None or member.organisation_id is None:
        raise Refused(
            N_("Votre compte n'est rattaché à aucune structure. Demandez à l'administrateur de l'association."),
            code="no_structure",
        )
    return member.organisation_id


def step(prescription: Prescription, name: str, *, acting: Acting) -> None:
    """Take one step of the prescription's life; raises Refused with the reason, NotAllowed for the role."""
    chosen = STEPS[name]
    if not acting.has_one_of(tuple(chosen.roles)):  # type: ignore[arg-type]
        raise NotAllowed(N_("Votre rôle ne permet pas ce geste. Demandez à votre coordinateur."), code="role")
    locked = db.session.scalars(
        select(Prescription)
        .where(Prescription.id == prescription.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if locked.status not in chosen.sources:
        raise Refused(
            N_("« %(step)s » n'est pas possible : la prescription est « %(state)s »."),
            code="wrong_state",
            step=Sentence(chosen.label),
            state=Sentence(STATES[locked.status].label),
        )
    locked.status = chosen.target
    db.session.flush()


def decide(prescription: Prescription, name: str, *, acting: Acting, reason: str = "") -> None:
    """Accept, refuse, redirect or ask for information; a refusal needs a reason of the list."""
    if name in ("refuse", "redirect") and reason not in REASONS:
        raise Refused(N_("Choisissez un motif : il sera montré au prescripteur."), code="reason")
    step(prescription, name, acting=acting)
    prescription.decided_at, prescription.decided_by = acting.now, acting.member_id
    prescription.reason = reason or None
    db.session.flush()


def propose(line: PrescriptionLine, device: Device, *, acting: Acting) -> None:
    """Reserve a device for one line; the device leaves the available ones in the same act.

    Raises Refused when the line has one already, when the device is of another kind or no longer available.
    """
    prescription = db.session.get_one(Prescription, line.prescription_id)
    if line.state != "waiting":
        raise Refused(N_("Cette ligne a déjà sa proposition. Retirez-la d'abord."), code="line_proposed")
    if device.category != line.category:
        raise Refused(N_("Cet appareil n'est pas du type demandé."), code="other_kind")
    step(prescription, "propose", acting=acting)
    move([device], "reserve", acting=acting, facts={"prescription": prescription.id})
    line.state, line.device_id = "proposed", device.id
    line.proposed_at, line.proposed_by = acting.now, acting.member_id
    db.session.flush()


def withdraw(line: PrescriptionLine, *, acting: Acting, reason: str = "") -> None:
    """Take a proposal back, or record that the person declined it: the device is available again, the rank kept."""
    if line.state != "proposed" or line.device_id is None:
        raise Refused(N_("Cette ligne n'a pas de proposition."), code="no_proposal")
    prescription = db.session.get_one(Prescription, line.prescription_id)
    device = db.session.get_one(Device, line.device_id)
    move([device], "release", acting=acting, facts={"prescription": prescription.id})
    line.state, line.device_id, line.declined_reason = "waiting", None, reason or None
    db.session.flush()
    others = select(PrescriptionLine.id).where(
        PrescriptionLine.prescription_id == prescription.id, PrescriptionLine.state == "proposed"
    )
    if db.session.scalars(others).first() is None:
        _close_appointment(prescription, "moved")
        step(prescription, "withdraw", acting=acting)


def serve_line(line: PrescriptionLine, device: Device, *, acting: Acting) -> None:
    """Record that a device was handed over for one line: the one proposed, or one taken from the available ones.

    The prescription is served once all its lines are; what remains keeps its rank. Raises Refused when the line is
    served or ended already, or waits for another device.
    """
    prescription = db.session.get_one(Prescription, line.prescription_id)
    db.session.refresh(line, with_for_update=True)
    if line.state not in ("waiting", "proposed") or line.device_id not in (None, device.id):
        raise Refused(N_("Cette ligne n'attend pas cet appareil. Rouvrez la prescription."), code="line_not_open")
    line.state, line.device_id = "served", device.id
    line.proposed_at = line.proposed_at or acting.now
    line.proposed_by = line.proposed_by or acting.member_id
    db.session.flush()
    left = _states(prescription)
    if "proposed" not in left:
        _close_appointment(prescription, "kept")
        step(prescription, "serve_part" if "waiting" in left else "serve", acting=acting)


def unserve_line(line: PrescriptionLine, *, acting: Acting) -> None:
    """Take a handover that never took place back: the line waits again with its rank."""
    if line.state != "served":
        raise Refused(N_("Cette ligne n'est pas servie."), code="line_not_served")
    prescription = db.session.get_one(Prescription, line.prescription_id)
    line.state, line.device_id = "waiting", None
    db.session.flush()
    if prescription.status == "served":
        step(prescription, "unserve", acting=acting)


def _states(prescription: Prescription) -> set[str]:
    return set(
        db.session.scalars(select(PrescriptionLine.state).where(PrescriptionLine.prescription_id == prescription.id))
    )


def fix_appointment(prescription: Prescription, *, acting: Acting, site_id: int, at: datetime) -> Appointment:
    """Fix, or move, the appointment; raises Refused for a time already past."""
    if at <= acting.now:
        raise Refused(N_("Le rendez-vous doit être à venir. Choisissez une autre date."), code="past")
    step(prescription, "fix", acting=acting)
    _close_appointment(prescription, "moved")
    appointment = Appointment(
        association_id=acting.association_id,
        prescription_id=prescription.id,
        site_id=site_id,
        at=at,
        fixed_at=acting.now,
        fixed_by=acting.member_id,
    )
    db.session.add(appointment)
    db.session.flush()
    return appointment


def _close_appointment(prescription: Prescription, outcome: str) -> None:
    standing = db.session.scalars(
        select(Appointment).where(Appointment.prescription_id == prescription.id, Appointment.outcome.is_(None))
    ).first()
    if standing is not None:
        standing.outcome = outcome
        db.session.flush()
