"""What can happen to a handover: prepared or handed over at once, signed on paper, declined, undone, renewed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.numbering import in_groups, next_number
from reemploi.handover.agreement import Signing, make_agreement
from reemploi.handover.models import Handover, HandoverLine
from reemploi.handover.queries import (
    last_move,
    lines_of,
    locked,
    open_line_of,
    prescription_lines,
    today,
)
from reemploi.handover.rules import (
    ACCESSORIES,
    LONGEST_LOAN,
    MOVE_OF_KIND,
    STATE_OF_KIND,
    STATES,
    UNDO_WITHIN,
)
from reemploi.journey.actions import lock, move
from reemploi.journey.journal import record
from reemploi.journey.models import Device
from reemploi.papers.actions import cancel_document
from reemploi.prescription.actions import serve_line, unserve_line, withdraw
from reemploi.prescription.models import Prescription, PrescriptionLine
from reemploi.prescription.rules import ACCEPTED
from reemploi.roles import TABLE, Role
from reemploi.sentences import N_, Sentence

SERIES = "REM"


@dataclass(frozen=True)
class Item:
    """A device about to be handed over, with its accessories and a short word on its condition."""

    device: Device
    accessories: tuple[str, ...] = ()
    condition: str = ""


@dataclass(frozen=True)
class Terms:
    """What is agreed: loan or gift, until when (None: without term), at which site."""

    kind: str
    site_id: int
    due_on: date | None = None


def hand_over(
    prescription: Prescription, items: Sequence[Item], *, acting: Acting, terms: Terms, signing: Signing
) -> Handover:
    """Hand devices over to the household of a prescription, or prepare it when no signature is drawn.

    The paper is frozen in the same transaction. Raises Refused for a device that is not there for this prescription,
    already in a handover, or not ready; for a due date out of bounds; for a deposit that would be given away.
    """
    acting.require(*TABLE)
    _refuse_terms(prescription, items, terms, acting)
    devices = {device.id: device for device in lock(item.device.id for item in items)}
    served = _served_lines(prescription, list(devices.values()))
    later = signing.drawing is None
    for device in devices.values():
        _refuse_device(device, terms, later=later)
    handover = Handover(
        association_id=acting.association_id,
        number=next_number(SERIES, acting=acting),
        kind=terms.kind,
        state="prepared",
        prescription_id=prescription.id,
        household_id=prescription.household_id,
        site_id=terms.site_id,
        due_on=terms.due_on if terms.kind == "loan" else None,
        prepared_at=acting.now,
        prepared_by=acting.member_id,
    )
    db.session.add(handover)
    db.session.flush()
    rows = [(_line(handover, item, served[item.device.id]), devices[item.device.id]) for item in items]
    handover.document_id = make_agreement(handover, rows, signing, acting=acting).id
    db.session.flush()
    if not later:
        _hand(handover, acting=acting, how="screen", when=acting.now)
    return handover


def close_on_paper(handover: Handover, *, acting: Acting, happened_at: datetime | None = None) -> Handover:
    """The paper is signed by hand: the devices leave; `happened_at` may be past. Raises Refused unless prepared."""
    acting.require(*TABLE)
    standing = _in_state(handover, "prepared")
    _hand(standing, acting=acting, how="paper", when=happened_at or acting.now)
    return standing


def decline(handover: Handover, *, acting: Acting) -> Handover:
    """Declined at the table before it left: the devices are available again, the paper is cancelled."""
    acting.require(*TABLE)
    standing = _in_state(handover, "prepared")
    for line in lines_of(standing):
        _end(line, "declined", acting)
        if line.prescription_line_id and _asked(line).device_id == line.device_id:
            withdraw(_asked(line), acting=acting, reason="declined")
    _close(standing, "declined", acting)
    return standing


def undo(handover: Handover, *, acting: Acting) -> Handover:
    """Undo within ten minutes what never left the counter; it does not count as time in hands.

    Raises Refused when it is later, or when something else happened to a device since.
    """
    acting.require(*TABLE)
    standing = _in_state(handover, STATE_OF_KIND[handover.kind])
    if standing.recorded_at is None or acting.now - standing.recorded_at > UNDO_WITHIN:
        raise Refused(
            N_("Plus de dix minutes ont passé. Enregistrez un retour : l'appareil repassera par l'effacement."),
            code="too_late",
        )
    lines = lines_of(standing)
    devices = lock(line.device_id for line in lines)
    for device in devices:
        latest = last_move(device)
        if (
            latest is None
            or latest.kind != MOVE_OF_KIND[standing.kind]
            or (latest.facts.get("handover") != standing.number)
        ):
            raise Refused(
                N_("%(tag)s a bougé depuis : cette remise ne s'annule plus. Enregistrez un retour."),
                code="moved_since",
                tag=in_groups(device.tag),
            )
    move(devices, "undo_handover", acting=acting, facts={"handover": standing.number})
    for line in lines:
        _end(line, "undone", acting)
        if line.prescription_line_id:
            unserve_line(_asked(line), acting=acting)
    _close(standing, "undone", acting)
    return standing


def renew(handover: Handover, *, acting: Acting, due_on: date | None) -> Handover:
    """Another due date for a running loan, or none: an open-ended loan. Raises Refused for a date not later."""
    acting.require(Role.COORDINATOR)
    standing = _in_state(handover, "running")
    _refuse_due(due_on, acting)
    if due_on is not None and standing.due_on is not None and due_on <= standing.due_on:
        raise Refused(N_("La nouvelle échéance doit venir après l'ancienne."), code="not_later")
    standing.due_on = due_on
    until = due_on.isoformat() if due_on else "—"
    for device in lock(line.device_id for line in lines_of(standing) if line.ended_at is None):
        record(device, "renewed", acting=acting, facts={"handover": standing.number, "due_on": until})
    db.session.flush()
    return standing


def _hand(handover: Handover, *, acting: Acting, how: str, when: datetime) -> None:
    lines = lines_of(handover)
    devices = lock(line.device_id for line in lines)
    _served_lines(db.session.get_one(Prescription, handover.prescription_id), devices)
    move(
        devices,
        MOVE_OF_KIND[handover.kind],
        acting=acting,
        happened_at=when,
        facts={"handover": handover.number},
    )
    by_id = {device.id: device for device in devices}
    for line in lines:
        if line.prescription_line_id:
            serve_line(_asked(line), by_id[line.device_id], acting=acting)
        if handover.kind == "gift":
            _end(line, "given", acting, when)
    handover.state = STATE_OF_KIND[handover.kind]
    handover.handed_at, handover.recorded_at = when, acting.now
    handover.handed_by, handover.signed_how = acting.member_id, how
    db.session.flush()


def _line(handover: Handover, item: Item, asked: PrescriptionLine | None) -> HandoverLine:
    row = HandoverLine(
        association_id=handover.association_id,
        handover_id=handover.id,
        device_id=item.device.id,
        prescription_line_id=asked.id if asked else None,
        accessories_out=[code for code in ACCESSORIES if code in item.accessories],
    )
    row.condition_out = item.condition or None
    db.session.add(row)
    db.session.flush()
    return row


def _asked(line: HandoverLine) -> PrescriptionLine:
    return db.session.get_one(PrescriptionLine, line.prescription_line_id)


def _end(line: HandoverLine, outcome: str, acting: Acting, when: datetime | None = None) -> None:
    line.ended_at, line.ended_by, line.outcome = when or acting.now, acting.member_id, outcome
    db.session.flush()


def _close(handover: Handover, state: str, acting: Acting) -> None:
    handover.state, handover.ended_at = state, acting.now
    if handover.document_id:
        cancel_document(handover.document_id, acting=acting)
    db.session.flush()


def _in_state(handover: Handover, state: str) -> Handover:
    standing = locked(handover)
    if standing.state != state:
        raise Refused(
            N_("La remise %(number)s est « %(state)s » : ce geste n'est plus possible."),
            code="wrong_state",
            number=standing.number,
            state=Sentence(STATES[standing.state].label),
        )
    return standing


def _refuse_terms(prescription: Prescription, items: Sequence[Item], terms: Terms, acting: Acting) -> None:
    if not items:
        raise Refused(N_("Choisissez au moins un appareil."), code="no_device")
    if prescription.status not in ACCEPTED:
        raise Refused(N_("Cette prescription n'attend pas de remise."), code="not_accepted")
    if terms.kind == "loan":
        _refuse_due(terms.due_on, acting)


def _refuse_due(due_on: date | None, acting: Acting) -> None:
    if due_on is not None and not today(acting) < due_on <= today(acting) + LONGEST_LOAN:
        raise Refused(N_("L'échéance doit être à venir, dans cinq ans au plus. Corrigez-la."), code="due_out_of_bounds")


def _refuse_device(device: Device, terms: Terms, *, later: bool) -> None:
    standing = open_line_of(device)
    if standing is not None:
        raise Refused(
            N_("%(tag)s est déjà dans la remise %(number)s. Ouvrez-la, ou choisissez un autre appareil."),
            code="in_a_handover",
            tag=in_groups(device.tag),
            number=standing[1].number,
        )
    if terms.kind == "gift" and device.legal_origin == "loan_deposit":
        raise Refused(
            N_("%(tag)s est en dépôt : il n'est pas à l'association, il se prête et ne se donne pas."),
            code="deposit",
            tag=in_groups(device.tag),
        )
    if later and device.status != "reserved":
        raise Refused(
            N_("%(tag)s n'est pas réservé : pour signer plus tard, proposez-le d'abord sur la prescription."),
            code="not_reserved",
            tag=in_groups(device.tag),
        )


def _served_lines(prescription: Prescription, devices: Sequence[Device]) -> dict[int, PrescriptionLine | None]:
    """For each device the line it serves; raises Refused for one that is reserved for another prescription."""
    asked = prescription_lines(prescription)
    proposed = {line.device_id: line for line in asked if line.state == "proposed"}
    waiting = [line for line in asked if line.state == "waiting"]
    served: dict[int, PrescriptionLine | None] = {}
    for device in devices:
        if device.status == "reserved" and device.id not in proposed:
            raise Refused(
                N_("%(tag)s est réservé pour une autre prescription. Choisissez un autre appareil."),
                code="reserved_elsewhere",
                tag=in_groups(device.tag),
            )
        found = proposed.get(device.id) or next((one for one in waiting if one.category == device.category), None)
        if found is not None and found in waiting:
            waiting.remove(found)
        served[device.id] = found
    return served
