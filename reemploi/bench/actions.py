"""What happens at the bench: files kept, lines controlled, grade given, system installed, repairs."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from reemploi.bench.checklists import FAIL, NOT_TESTED, OUTCOMES, PASS, lines_of
from reemploi.bench.kept_sentences import listed
from reemploi.bench.matching import refuse_away
from reemploi.bench.models import CapturedFile, CheckedLine, Repair
from reemploi.bench.queries import checklist, open_repairs
from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.columns import upsert
from reemploi.journey import facts
from reemploi.journey.actions import lock, move, settle
from reemploi.journey.journal import record
from reemploi.journey.models import Device
from reemploi.journey.rules import MOVES, barred
from reemploi.roles import BENCH, Role
from reemploi.sentences import N_, Sentence

HELPERS = (Role.VOLUNTEER, *BENCH)
"""Who may help at the bench: controls, systems and safety stops; evidence, grades and repairs are the technicians'."""

GRADES = ("A", "B", "C", "D")


def keep_file(*, acting: Acting, digest: str, kind: str, name: str, size: int, source: str = "upload") -> CapturedFile:
    """The row of a file that the store keeps under its digest; the same content is one row."""
    db.session.execute(
        upsert(db.session(), CapturedFile)
        .values(
            association_id=acting.association_id,
            digest=digest,
            kind=kind,
            name=name,
            size=size,
            received_at=acting.now,
            received_by=acting.member_id,
            source=source,
        )
        .on_conflict_do_nothing(index_elements=["association_id", "digest"])
    )
    return db.session.scalars(select(CapturedFile).where(CapturedFile.digest == digest)).one()


def save_checks(device: Device, outcomes: Mapping[str, str], *, acting: Acting) -> Device:
    """Record the answers of a checklist that changed; a new fault opens a repair.

    Raises Refused for a line or an answer that does not exist.
    """
    acting.require(*HELPERS)
    (device,) = lock([device.id])
    refuse_away(device)
    lines = {line.code for line in lines_of(device.category)}
    if not set(outcomes) <= lines or not set(outcomes.values()) <= set(OUTCOMES):
        raise Refused(N_("Cette liste de contrôle n'est pas celle de l'appareil. Rouvrez sa page."), code="checklist")
    before = {one.line.code: one for one in checklist(device).controls}
    changed = {code: outcome for code, outcome in outcomes.items() if outcome != before[code].outcome}
    if not changed:
        return device
    for code, outcome in changed.items():
        _answer(device, code, outcome, acting)
        if outcome == FAIL:
            _open_for(device, code, acting)
    after = checklist(device)
    counts = {"passed": sum(one.outcome == PASS for one in after.controls), "failed": len(after.failed)}
    record(device, "checked", acting=acting, facts={**counts, "lines": changed})
    return settle(device, acting=acting)


def all_works(device: Device, *, acting: Acting, except_for: Mapping[str, str] | None = None) -> Device:
    """The card « tout fonctionne »: every line without an answer is good, but those of `except_for`."""
    filled = {one.line.code: PASS for one in checklist(device).controls if one.outcome == NOT_TESTED}
    return save_checks(device, {**filled, **(except_for or {})}, acting=acting)


def _answer(device: Device, code: str, outcome: str, acting: Acting) -> None:
    row = db.session.scalars(
        select(CheckedLine).where(CheckedLine.device_id == device.id, CheckedLine.line == code)
    ).first()
    if row is None:
        row = CheckedLine(association_id=device.association_id, device_id=device.id, line=code)
        db.session.add(row)
    row.outcome, row.checked_at, row.checked_by = outcome, acting.now, acting.member_id
    db.session.flush()


def _open_for(device: Device, code: str, acting: Acting) -> None:
    if all(repair.line != code for repair in open_repairs(device)):
        db.session.add(
            Repair(
                association_id=device.association_id,
                device_id=device.id,
                line=code,
                opened_at=acting.now,
                opened_by=acting.member_id,
            )
        )
        db.session.flush()


def grade(device: Device, letter: str, *, acting: Acting) -> Device:
    """Give the cosmetic grade A to D.

    Raises Refused while a required line is untested, or when a fault would lock the next holder out.
    """
    acting.require(*BENCH)
    if letter not in GRADES:
        raise Refused(N_("Choisissez un grade de A à D."), code="grade")
    (device,) = lock([device.id])
    answers = checklist(device)
    if answers.untested:
        raise Refused(
            N_("Pas de grade tant qu'une ligne obligatoire n'est pas testée : %(lines)s."),
            code="untested",
            lines=listed(line.label for line in answers.untested),
        )
    if answers.blocking:
        raise Refused(
            N_("Pas de grade tant que l'appareil reste verrouillé : %(lines)s. Levez le verrou, puis recontrôlez."),
            code="locked",
            lines=listed(line.label for line in answers.blocking),
        )
    return facts.give_grade(device, letter, acting=acting)


def install(device: Device, *, acting: Acting, name: str, version: str, language: str, happened_at: datetime) -> Device:
    """Record the system installed.

    Raises Refused before the device is erased (erasing would take the system away), or for a date before that.
    """
    acting.require(*HELPERS)
    (device,) = lock([device.id])
    if reason := barred(MOVES["clear"], "to_wipe", device.facts):
        raise Refused(
            N_("Effacez d'abord, installez ensuite. %(reason)s"),
            code="not_cleared",
            reason=Sentence(reason.reason, reason.params),
        )
    cleared = [medium.cleared_at for medium in device.media if medium.cleared_at and medium.ended_at is None]
    since = max([device.in_hands_at, *cleared])
    if happened_at.astimezone(acting.zone).date() < since.astimezone(acting.zone).date():
        raise Refused(
            N_("Le système ne peut pas dater d'avant l'effacement (%(since)s). Corrigez la date."),
            code="before_wipe",
            since=since.astimezone(acting.zone).date(),
        )
    return facts.install_system(
        device,
        acting=acting,
        name=name,
        version=version,
        language=language,
        happened_at=max(happened_at, since),
    )


def stop(device: Device, *, acting: Acting) -> Device:
    """Stop a dangerous device; whoever helps may."""
    acting.require(*HELPERS)
    return facts.set_safety_stop(device, True, acting=acting)


def lift_stop(device: Device, *, acting: Acting) -> Device:
    """Lift the safety stop; a technician's or coordinator's decision."""
    acting.require(*BENCH)
    return facts.set_safety_stop(device, False, acting=acting)


def open_repair(device: Device, *, acting: Acting, fault: str, move_it: bool = True) -> Repair:
    """Open a repair by hand; with `move_it` the device leaves the available ones. Raises Refused."""
    acting.require(*BENCH)
    if not fault.strip():
        raise Refused(N_("Dites le défaut en quelques mots."), code="no_fault")
    (device,) = lock([device.id])
    refuse_away(device)
    repair = Repair(
        association_id=device.association_id,
        device_id=device.id,
        fault=fault.strip(),
        opened_at=acting.now,
        opened_by=acting.member_id,
    )
    db.session.add(repair)
    db.session.flush()
    record(device, "repair_opened", acting=acting, facts={"repair": repair.id})
    if move_it and device.status != "in_repair":
        move([device], "start_repair", acting=acting)
    return repair


def end_repair(repair: Repair, *, acting: Acting, work: str, cost_cents: int, minutes: int) -> Device:
    """Close a repair: work done, cost in cents, time in minutes. Its line is to be controlled again.

    With the last one, a device in repair goes on: to the control when it is erased, else to the erasure. Raises
    Refused when the repair is closed already.
    """
    acting.require(*BENCH)
    (device,) = lock([repair.device_id])
    db.session.refresh(repair)
    if repair.done_at is not None:
        raise Refused(N_("Cette réparation est déjà close."), code="repair_closed")
    repair.done_at, repair.done_by = acting.now, acting.member_id
    repair.work, repair.cost_cents, repair.minutes = work.strip(), cost_cents, minutes
    db.session.flush()
    record(
        device, "repair_done", acting=acting, facts={"repair": repair.id, "minutes": minutes, "cost_cents": cost_cents}
    )
    if repair.line and _is_failed(device, repair.line):
        _answer(device, repair.line, NOT_TESTED, acting)
    if device.status != "in_repair" or open_repairs(device):
        return device
    cleared = barred(MOVES["end_repair"], device.status, device.facts) is None
    return move([device], "end_repair" if cleared else "end_repair_unwiped", acting=acting)[0]


def _is_failed(device: Device, code: str) -> bool:
    return any(one.line.code == code and one.outcome == FAIL for one in checklist(device).controls)
