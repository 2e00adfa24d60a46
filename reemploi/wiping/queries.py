"""Questions about erasures: evidence of a device, what waits for a second person, locks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from reemploi.bench.kept_sentences import told
from reemploi.bench.media import waits
from reemploi.bench.models import Capture, CapturedFile
from reemploi.errors import NotFound
from reemploi.extensions import db
from reemploi.ground.tenancy import across_associations
from reemploi.intake.models import Arrival
from reemploi.journey.models import Device, StorageMedium
from reemploi.papers.models import Document
from reemploi.sentences import N_, Sentence
from reemploi.wiping.models import LockCheck, PendingWipe, WipeEvidence


def medium_at(device: Device, address: str) -> StorageMedium:
    """One medium of a device; raises NotFound."""
    found = next((medium for medium in device.media if medium.address == address), None)
    if found is None:
        raise NotFound(N_("Ce support n'est pas dans cet appareil. Revenez à sa fiche."), code="unknown_medium")
    return found


def evidence_of(device: Device) -> list[WipeEvidence]:
    """Every evidence shown for a device or for a medium now in it, newest first."""
    ids = [medium.id for medium in device.media]
    return list(
        db.session.scalars(
            select(WipeEvidence)
            .where(or_(WipeEvidence.device_id == device.id, WipeEvidence.medium_id.in_(ids)))
            .order_by(WipeEvidence.id.desc())
        )
    )


def evidence_with(fingerprint: str) -> list[WipeEvidence]:
    """Every evidence drawn from one run of a log, newest first."""
    return list(
        db.session.scalars(
            select(WipeEvidence).where(WipeEvidence.fingerprint == fingerprint).order_by(WipeEvidence.id.desc())
        )
    )


def refusals_by_medium(media: Iterable[int]) -> dict[int, list[Sentence]]:
    """Why the newest evidence of each medium was refused; media whose newest evidence was accepted are left out."""
    rows = db.session.scalars(
        select(WipeEvidence).where(WipeEvidence.medium_id.in_(list(media))).order_by(WipeEvidence.id)
    )
    newest = {row.medium_id: row for row in rows}
    return {medium: told(row.refusals) for medium, row in newest.items() if medium and not row.accepted}


@dataclass(frozen=True)
class MediumState:
    """One medium as the bench shows it: whether it waits, its newest evidence, what waits for a second person."""

    medium: StorageMedium
    waits: bool
    evidence: WipeEvidence | None
    pending: PendingWipe | None

    @property
    def refusals(self) -> list[Sentence]:
        """Why the newest evidence was refused."""
        return [] if self.evidence is None or self.evidence.accepted else told(self.evidence.refusals)


def media_states(device: Device, evidence: Sequence[WipeEvidence]) -> list[MediumState]:
    """The media of a device, those that wait first. `evidence`: newest first."""
    pending = {row.medium_id: row for row in open_pending(device)}
    newest: dict[int, WipeEvidence] = {}
    for row in evidence:
        if row.medium_id is not None:
            newest.setdefault(row.medium_id, row)
    states = [
        MediumState(medium, waits(device, medium), newest.get(medium.id), pending.get(medium.id))
        for medium in device.media
    ]
    return sorted(states, key=lambda state: (not state.waits, state.medium.ended_at is not None, state.medium.id))


def open_pending(device: Device) -> list[PendingWipe]:
    """What waits for a second person about a device."""
    return list(
        db.session.scalars(
            select(PendingWipe).where(PendingWipe.device_id == device.id, PendingWipe.settled_at.is_(None))
        )
    )


def pending_of_medium(medium: StorageMedium) -> PendingWipe | None:
    """What waits for a second person about a medium."""
    return db.session.scalars(
        select(PendingWipe).where(PendingWipe.medium_id == medium.id, PendingWipe.settled_at.is_(None))
    ).first()


def pending_at(address: str) -> PendingWipe:
    """What waits for a second person, by its address; raises NotFound."""
    row = db.session.scalars(select(PendingWipe).where(PendingWipe.address == address)).first()
    if row is None:
        raise NotFound(N_("Cette déclaration n'existe pas. Revenez à l'atelier."), code="unknown_pending")
    return row


def last_delivery_id(device: Device) -> int | None:
    """The delivery a device came with last."""
    return db.session.scalars(
        select(Arrival.delivery_id).where(Arrival.device_id == device.id).order_by(Arrival.id.desc()).limit(1)
    ).first()


def clock_confirmed(device: Device) -> bool:
    """Whether somebody confirmed the dates of dead clocks for the delivery this device came with, since it came."""
    delivery = last_delivery_id(device)
    if delivery is None:
        return False
    return (
        db.session.scalars(
            select(PendingWipe.id)
            .join(Arrival, Arrival.device_id == PendingWipe.device_id)
            .where(
                Arrival.delivery_id == delivery,
                PendingWipe.doubt == "clock",
                PendingWipe.confirmed.is_(True),
                PendingWipe.declared_at >= device.in_hands_at,
            )
            .limit(1)
        ).first()
        is not None
    )


def same_clock_doubt(pending: PendingWipe) -> list[PendingWipe]:
    """The other open doubts about a dead clock in the delivery of this one."""
    delivery = last_delivery_id(pending.device)
    if pending.doubt != "clock" or delivery is None:
        return []
    return list(
        db.session.scalars(
            select(PendingWipe)
            .join(Arrival, Arrival.device_id == PendingWipe.device_id)
            .where(
                Arrival.delivery_id == delivery,
                PendingWipe.doubt == "clock",
                PendingWipe.settled_at.is_(None),
                PendingWipe.id != pending.id,
            )
            .distinct()
        )
    )


def last_lock_check(device: Device) -> LockCheck | None:
    """The newest control of a device's locks since it was last in hands."""
    return db.session.scalars(
        select(LockCheck)
        .where(LockCheck.device_id == device.id, LockCheck.checked_at >= device.in_hands_at)
        .order_by(LockCheck.id.desc())
        .limit(1)
    ).first()


def refuse_unshown_photo(device: Device, digest: str) -> None:
    """Raise NotFound unless this photo was shown about this device."""
    shown = db.session.scalars(
        select(PendingWipe.id).where(PendingWipe.device_id == device.id, PendingWipe.photo_digest == digest).limit(1)
    ).first()
    if shown is None:
        raise NotFound(N_("Cette photo n'est pas de cet appareil."), code="unknown_photo")


def file_of(device: Device, digest: str) -> CapturedFile:
    """A kept file that a capture or an evidence of this device came from; raises NotFound."""
    captures = select(Capture.file_id).where(Capture.device_id == device.id)
    evidence = select(WipeEvidence.file_id).where(WipeEvidence.device_id == device.id)
    row = db.session.scalars(
        select(CapturedFile).where(
            CapturedFile.digest == digest, or_(CapturedFile.id.in_(captures), CapturedFile.id.in_(evidence))
        )
    ).first()
    if row is None:
        raise NotFound(N_("Ce fichier n'est pas de cet appareil."), code="unknown_file")
    return row


def certificate_at(address: str) -> Document:
    """A certificate of erasure by its address; raises NotFound."""
    row = db.session.scalars(
        select(Document).where(Document.address == address, Document.kind == "erasure_certificate")
    ).first()
    if row is None:
        raise NotFound(N_("Ce certificat n'existe pas. Revenez à la liste."), code="unknown_certificate")
    return row


def digests_of(number: str) -> list[str]:
    """The digests of the documents of this number, whatever the association; none that is not sealed."""
    with across_associations():
        return list(
            db.session.scalars(select(Document.digest).where(Document.number == number.upper(), Document.digest != ""))
        )
