"""What two people do about an erasure: the first declares it, the second confirms or rejects."""

from datetime import datetime

from sqlalchemy.orm.attributes import set_committed_value

from reemploi.bench.actions import HELPERS
from reemploi.bench.kept_sentences import kept
from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.settings import setting
from reemploi.journey import facts
from reemploi.journey.actions import lock, refuse_future
from reemploi.journey.identity import is_usable_serial, serial_key
from reemploi.journey.journal import record
from reemploi.journey.models import Device, StorageMedium
from reemploi.roles import BENCH
from reemploi.sentences import N_, sentence
from reemploi.wiping.evidence import accept, evidence_of_run, judge_again, refuse
from reemploi.wiping.frozen_runs import thaw_run
from reemploi.wiping.inspection import ALWAYS_HOLDS
from reemploi.wiping.methods import METHODS, Method, methods_for
from reemploi.wiping.models import PendingWipe, WipeEvidence
from reemploi.wiping.queries import pending_of_medium, same_clock_doubt

INNER_MEMORY = N_("Mémoire interne")
"""What the memory inside a phone or tablet is called, which bears neither model nor serial of its own."""


def declare(
    device: Device,
    medium: StorageMedium | None,
    method: str,
    *,
    acting: Acting,
    happened_at: datetime,
    note: str = "",
    serial: str = "",
    photo_digest: str | None = None,
) -> PendingWipe:
    """A first person says how a medium was erased, removed or destroyed; a second one confirms.

    Without `medium`, it is the memory inside a phone or tablet, entered now if need be. `serial` completes a medium
    that has none. Raises Refused when the way does not fit, the date is impossible, or a declaration waits already.
    """
    acting.require(*BENCH)
    (device,) = lock([device.id])
    chosen = next((one for one in methods_for(device, medium) if one.code == method), None)
    if chosen is None:
        raise Refused(N_("Cette façon de faire ne va pas à ce support. Choisissez-en une autre."), code="method")
    _refuse_date(device, happened_at, acting)
    medium = medium or _internal_memory(device, acting)
    if pending_of_medium(medium) is not None:
        raise Refused(
            N_("Ce support attend déjà une seconde personne. Faites-la trancher d'abord."), code="already_pending"
        )
    _complete_serial(medium, serial, chosen)
    pending = PendingWipe(
        association_id=device.association_id,
        medium_id=medium.id,
        device_id=device.id,
        kind="declared",
        method=chosen.code,
        note=note.strip(),
        photo_digest=photo_digest,
        facts={},
        happened_at=happened_at,
        declared_by=acting.member_id,
        declared_at=acting.now,
    )
    db.session.add(pending)
    db.session.flush()
    record(device, "wipe_declared", acting=acting, facts={"name": medium.name, "method": chosen.label})
    set_committed_value(pending, "medium", medium)
    set_committed_value(pending, "device", device)
    return pending


def _refuse_date(device: Device, happened_at: datetime, acting: Acting) -> None:
    refuse_future(happened_at, acting=acting)
    if happened_at <= device.in_hands_at:
        raise Refused(
            N_("Un effacement d'avant le dernier retour de l'appareil (%(since)s) ne vaut plus. Corrigez la date."),
            code="before_return",
            since=device.in_hands_at,
        )


def _internal_memory(device: Device, acting: Acting) -> StorageMedium:
    known = next((one for one in device.media if one.kind == "internal" and one.ended_at is None), None)
    if known is not None:
        return known
    if device.category not in ALWAYS_HOLDS:
        raise Refused(N_("Choisissez le support dont vous parlez."), code="no_medium_chosen")
    return facts.see_medium(device, acting=acting, kind="internal", model=INNER_MEMORY, source="declared")


def _complete_serial(medium: StorageMedium, serial: str, chosen: Method) -> None:
    """A removed or destroyed part is named by its serial, read on it when no tool could."""
    if is_usable_serial(serial) and not medium.serial_folded:
        medium.serial, medium.serial_folded = serial.strip(), serial_key(serial)
        db.session.flush()
    if chosen.code == "removed" and not medium.serial_folded:
        raise Refused(
            N_("Lisez le numéro de série sur le support retiré : il le suit jusqu'à son effacement."), code="no_serial"
        )


def confirm(pending: PendingWipe, *, acting: Acting) -> WipeEvidence:
    """The second person saw it too: the evidence is accepted and the device goes on.

    Raises Refused to the first person (unless the association's setting allows it), when it was settled already, when
    the device came back since, or when a log is refused on a second look.
    """
    acting.require(*(BENCH if pending.kind == "log" else HELPERS))
    one_person = _settle(pending, True, acting)
    if pending.kind == "log":
        evidence = _confirm_log(pending, one_person, acting)
        for other in same_clock_doubt(pending):
            if judge_again(thaw_run(other.facts), other, acting=acting).accepted:
                _confirm_log(other, _settle(other, True, acting, alone_too=True), acting)
        return evidence
    return _confirm_declared(pending, one_person, acting)


def reject(pending: PendingWipe, *, acting: Acting, reason: str) -> WipeEvidence:
    """The second person did not find it so: kept as a refused evidence with the reason; the medium still waits."""
    acting.require(*(BENCH if pending.kind == "log" else HELPERS))
    if not reason.strip():
        raise Refused(N_("Dites en quelques mots ce qui ne va pas : la première personne le lira."), code="no_reason")
    _settle(pending, False, acting)
    pending.reason = reason.strip()[:280]
    row = _declared_row(pending, acting, one_person=pending.declared_by == acting.member_id)
    row.accepted, row.result, row.level = False, "refused", None
    row.refusals = kept([sentence(N_("Non confirmé par la seconde personne : %(reason)s"), reason=pending.reason)])
    refuse(row, pending.device, pending.medium.name, acting=acting)
    return row


def _settle(pending: PendingWipe, confirmed: bool, acting: Acting, *, alone_too: bool = False) -> bool:
    """Close what waited; returns whether one person did both."""
    lock([pending.device_id])
    db.session.refresh(pending)
    if pending.settled_at is not None:
        raise Refused(N_("Quelqu'un a déjà tranché cette déclaration."), code="settled")
    alone = pending.declared_by == acting.member_id
    if confirmed and alone and not alone_too and not setting("one_person_may_verify", acting=acting):
        raise Refused(
            N_("Vous avez fait cette déclaration : une autre personne doit la confirmer."), code="same_person"
        )
    pending.settled_at, pending.settled_by, pending.confirmed = acting.now, acting.member_id, confirmed
    pending.one_person = confirmed and alone
    db.session.flush()
    return alone


def _confirm_log(pending: PendingWipe, one_person: bool, acting: Acting) -> WipeEvidence:
    run = thaw_run(pending.facts)
    verdict = judge_again(run, pending, acting=acting)
    if not verdict.accepted:
        reasons = [*verdict.refusals, *verdict.doubts]
        raise Refused(N_("Ce journal n'est plus recevable : %(reason)s"), code="log_refused", reason=reasons[0])
    evidence = evidence_of_run(
        run,
        verdict,
        pending.medium,
        pending.device,
        acting=acting,
        file=None,
        number=pending.run,
        operator_id=pending.declared_by,
        verifier_id=acting.member_id,
        one_person=one_person,
    )
    evidence.file_id = pending.file_id
    accept(evidence, pending.medium, acting=acting)
    return evidence


def _confirm_declared(pending: PendingWipe, one_person: bool, acting: Acting) -> WipeEvidence:
    (device,) = lock([pending.device_id])
    if pending.medium.device_id != device.id:
        raise Refused(N_("Ce support a changé d'appareil depuis. Déclarez-le à nouveau."), code="medium_moved")
    _refuse_date(device, pending.happened_at, acting)
    method = METHODS[pending.method]
    row = _declared_row(pending, acting, one_person=one_person)
    if method.result == "erased":
        accept(row, pending.medium, acting=acting, told_as=method.label)
    else:
        _end(row, pending.medium, method, acting)
    return row


def _end(row: WipeEvidence, medium: StorageMedium, method: Method, acting: Acting) -> None:
    db.session.add(row)
    db.session.flush()
    assert row.ended_at is not None
    if medium.ended_at is None:
        facts.end_medium(medium, method.result, acting=acting, happened_at=row.ended_at, evidence_id=row.id)
    elif method.result == "removed":
        raise Refused(N_("Ce support est déjà retiré."), code="medium_ended")


def _declared_row(pending: PendingWipe, acting: Acting, *, one_person: bool) -> WipeEvidence:
    method = METHODS.get(pending.method)
    return WipeEvidence(
        association_id=pending.association_id,
        medium_id=pending.medium_id,
        device_id=pending.device_id,
        file_id=pending.file_id,
        run=pending.run,
        fingerprint=pending.fingerprint,
        source=method.source if method else "upload",
        serial=pending.medium.serial,
        method=pending.method,
        level=method.level if method else None,
        verification=method.verification if method else "",
        result=method.result if method else "refused",
        ended_at=pending.happened_at,
        operator_id=pending.declared_by,
        verifier_id=acting.member_id,
        one_person=one_person,
        note=pending.note,
        photo_digest=pending.photo_digest,
        accepted=True,
        refusals=[],
        recorded_at=acting.now,
    )
