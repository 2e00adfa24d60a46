"""Runs of erasure logs become evidence: matched by the medium's own serial, judged, kept with the verdict's reasons.

The disk erased in a dock is matched by its serial, never by the machine it was plugged into.
"""

from datetime import datetime

from sqlalchemy import select

from reemploi.bench.capture import SeenMedium
from reemploi.bench.drives import kind_of_model
from reemploi.bench.kept_sentences import kept, told
from reemploi.bench.matching import medium_with_serial, refuse_away
from reemploi.bench.media import place_medium, waits
from reemploi.bench.models import CapturedFile
from reemploi.bench.taking import Outcome, Taken
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.numbering import in_groups
from reemploi.journey.actions import lock
from reemploi.journey.facts import clear_medium
from reemploi.journey.identity import fold_serial, serial_key
from reemploi.journey.journal import record
from reemploi.journey.models import Device, StorageMedium
from reemploi.sentences import N_, Sentence, sentence
from reemploi.wiping import answers
from reemploi.wiping.frozen_runs import fingerprint, freeze_run
from reemploi.wiping.models import PendingWipe, WipeEvidence
from reemploi.wiping.queries import clock_confirmed, evidence_with, pending_of_medium
from reemploi.wiping.rules import LONGEST_LOGGED_SERIAL, Context, MediumFacts, Verdict, judge
from reemploi.wiping.runs import WipeRun


def take_run(run: WipeRun, file: CapturedFile, number: int, scanned: Device | None, *, acting: Acting) -> Taken:
    """Judge one run and keep the verdict; an accepted one lets its device go on. The same run twice changes nothing.

    Raises Refused when the scanned device is not here.
    """
    key = serial_key(run.serial)
    medium = _medium_of(run, scanned, acting)
    if medium is None or medium.device_id is None:
        return _without_medium(run, file, number, scanned, acting)
    (device,) = lock([medium.device_id])
    db.session.refresh(medium)
    name = fingerprint(run)
    if answer := _already(device, medium, name):
        return Taken(*answer, device.id, key)
    verdict = judge(run, _facts_of(medium), _context(device, name, acting, file.received_at))
    if verdict.needs_second_person or verdict.needs_clock_confirmation:
        return _wait_for_somebody(run, file, number, medium, device, verdict, acting)
    evidence = evidence_of_run(run, verdict, medium, device, acting=acting, file=file, number=number)
    if verdict.accepted:
        accept(evidence, medium, acting=acting)
        return Taken("done", (answers.accepted(device, medium, verdict), *answers.next_step(device.id)), device.id, key)
    if repeated := _repeats(evidence):
        return Taken("same", repeated, device.id, key)
    refuse(evidence, device, medium.name, acting=acting)
    return Taken("refused", (answers.refused(device, medium), *verdict.refusals), device.id, key)


def _medium_of(run: WipeRun, scanned: Device | None, acting: Acting) -> StorageMedium | None:
    """The medium the log names by its serial; one unknown so far enters the scanned device."""
    found = medium_with_serial(run.serial) or _cut_serial(run.serial)
    if scanned is None or serial_key(run.serial) is None:
        return found
    if found is not None and found.device_id is not None:
        return found
    refuse_away(scanned)
    (device,) = lock([scanned.id])
    return place_medium(device, seen_by(run), acting=acting, source=run.tool, sure=False).medium


def _cut_serial(serial: str | None) -> StorageMedium | None:
    """nwipe cuts a serial after twenty signs: the only medium that begins so, to say why it cannot be proved."""
    folded = fold_serial(serial)
    if len(folded) != LONGEST_LOGGED_SERIAL:
        return None
    found = db.session.scalars(
        select(StorageMedium).where(StorageMedium.serial_folded.startswith(folded, autoescape=True)).limit(2)
    ).all()
    return found[0] if len(found) == 1 else None


def seen_by(run: WipeRun) -> SeenMedium:
    """The medium as the log shows it."""
    bus = (run.bus or "").upper()
    kind = "nvme" if "NVME" in bus else "ssd" if "SSD" in bus else kind_of_model(run.model)
    return SeenMedium(kind=kind, model=run.model, serial=run.serial, bytes=run.bytes_total or run.device_bytes)


def _facts_of(medium: StorageMedium | None) -> MediumFacts:
    if medium is None:
        return MediumFacts(serial=None)
    return MediumFacts(medium.serial or None, medium.bytes, medium.kind, medium.model or None)


def _context(device: Device | None, name: str, acting: Acting, received_at: datetime, **settled: bool) -> Context:
    return Context(
        received_at=received_at,
        now=acting.now,
        zone=acting.zone,
        last_in_hands_at=device.in_hands_at if device else None,
        clock_confirmed=settled.get("clock_confirmed", False) or (device is not None and clock_confirmed(device)),
        second_person=settled.get("second_person", False),
        file_already_used=any(row.accepted for row in evidence_with(name)),
    )


def judge_again(run: WipeRun, pending: PendingWipe, *, acting: Acting) -> Verdict:
    """The verdict once a second person confirmed what was doubtful; today's facts count."""
    context = _context(
        pending.device,
        fingerprint(run),
        acting,
        pending.declared_at,
        second_person=True,
        clock_confirmed=pending.doubt == "clock",
    )
    return judge(run, _facts_of(pending.medium), context)


def evidence_of_run(
    run: WipeRun,
    verdict: Verdict,
    medium: StorageMedium | None,
    device: Device | None,
    *,
    acting: Acting,
    file: CapturedFile | None,
    number: int,
    operator_id: int | None = None,
    verifier_id: int | None = None,
    one_person: bool = False,
) -> WipeEvidence:
    """The evidence row of one judged run, not yet kept; the operator is who dropped the log."""
    ended = verdict.erased_at if verdict.accepted else None
    lasted = run.ended_at - run.started_at if run.ended_at and run.started_at else None
    return WipeEvidence(
        association_id=acting.association_id,
        medium_id=medium.id if medium else None,
        device_id=device.id if device else None,
        file_id=file.id if file else None,
        file_digest=file.digest if file else None,
        run=number,
        fingerprint=fingerprint(run),
        source=_source(file),
        tool=run.tool,
        tool_version=run.tool_version or "",
        serial=(run.serial or "")[:200],
        method=(run.method or "")[:200],
        rounds=run.rounds,
        level=verdict.level if verdict.accepted else None,
        verification=run.verification or "none",
        result="erased" if verdict.accepted else "refused",
        started_at=ended - lasted if ended and lasted else None,
        ended_at=ended,
        operator_id=operator_id or acting.member_id,
        verifier_id=verifier_id,
        one_person=one_person,
        accepted=verdict.accepted,
        refusals=kept(verdict.refusals),
        recorded_at=acting.now,
    )


def refuse(evidence: WipeEvidence, device: Device | None, name: str, *, acting: Acting) -> None:
    """Keep a refused evidence, and tell the device's journal."""
    db.session.add(evidence)
    db.session.flush()
    if device is not None:
        facts = {"name": name, "medium": evidence.medium_id, "evidence": evidence.id}
        record(device, "evidence_refused", acting=acting, facts=facts)


def _source(file: CapturedFile | None) -> str:
    return "stick" if file is not None and file.source == "stick" else "upload"


def accept(evidence: WipeEvidence, medium: StorageMedium, *, acting: Acting, told_as: str = "") -> None:
    """Keep an accepted evidence and tell the journey; the device moves on when this was its last medium."""
    db.session.add(evidence)
    db.session.flush()
    assert evidence.ended_at is not None and evidence.level is not None
    clear_medium(
        medium,
        acting=acting,
        cleared_at=evidence.ended_at,
        evidence_id=evidence.id,
        level=evidence.level,
        method=told_as or " ".join(filter(None, (evidence.tool, evidence.tool_version, evidence.method))),
    )


def _already(device: Device, medium: StorageMedium, name: str) -> tuple[Outcome, tuple[Sentence, ...]] | None:
    """The answer when this run already serves this medium, or waits for somebody."""
    pending = pending_of_medium(medium)
    if pending is not None and pending.fingerprint == name:
        return "same", (sentence(N_("Déjà déposé : une autre personne doit confirmer, dans la file de l'atelier.")),)
    used = next((row for row in evidence_with(name) if row.accepted and row.medium_id == medium.id), None)
    if used is None or waits(device, medium):
        return None
    told_when = sentence(
        N_("Déjà accepté le %(recorded_at)s pour %(medium)s (%(tag)s) : rien ne change."),
        recorded_at=used.recorded_at,
        medium=medium.name,
        tag=in_groups(device.tag),
    )
    return "same", (told_when,)


def _repeats(evidence: WipeEvidence) -> tuple[Sentence, ...]:
    """The sentences when the same run was refused for the same reasons before."""
    for row in evidence_with(evidence.fingerprint or ""):
        same = row.medium_id == evidence.medium_id and row.device_id == evidence.device_id
        if same and not row.accepted and row.refusals == evidence.refusals:
            already = sentence(N_("Déjà refusé le %(recorded_at)s : rien ne change."), recorded_at=row.recorded_at)
            return (already, *told(row.refusals))
    return ()


def _without_medium(run: WipeRun, file: CapturedFile, number: int, scanned: Device | None, acting: Acting) -> Taken:
    """No medium of ours bears the serial: refused when no serial can be proved, else its device is to be scanned."""
    key = serial_key(run.serial)
    if key is not None:
        return Taken("unknown", (answers.unknown(run),), serial=key)
    verdict = judge(run, _facts_of(None), _context(scanned, fingerprint(run), acting, file.received_at))
    evidence = evidence_of_run(run, verdict, None, scanned, acting=acting, file=file, number=number)
    device_id = scanned.id if scanned else None
    if repeated := _repeats(evidence):
        return Taken("same", repeated, device_id)
    refuse(evidence, scanned, run.serial or run.device, acting=acting)
    return Taken("refused", (answers.refused_run(run), *verdict.refusals), device_id)


def _wait_for_somebody(
    run: WipeRun,
    file: CapturedFile,
    number: int,
    medium: StorageMedium,
    device: Device,
    verdict: Verdict,
    acting: Acting,
) -> Taken:
    if pending_of_medium(medium) is not None:
        busy = sentence(
            N_("%(medium)s attend déjà une seconde personne : faites d'abord trancher cette déclaration."),
            medium=medium.name,
        )
        return Taken("refused", (busy,), device.id, serial_key(run.serial))
    db.session.add(
        PendingWipe(
            association_id=acting.association_id,
            medium_id=medium.id,
            device_id=device.id,
            kind="log",
            method=(run.method or "")[:200],
            file_id=file.id,
            run=number,
            fingerprint=fingerprint(run),
            doubt="clock" if verdict.needs_clock_confirmation else "zone",
            facts=freeze_run(run),
            happened_at=verdict.erased_at or file.received_at,
            declared_by=acting.member_id,
            declared_at=file.received_at,
        )
    )
    db.session.flush()
    waiting = sentence(
        N_("%(medium)s : une autre personne doit confirmer, dans la file de l'atelier."), medium=medium.name
    )
    return Taken("attention", (waiting, *verdict.doubts), device.id, serial_key(run.serial))
