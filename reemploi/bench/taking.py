"""What a read capture brings to a device: description, media, health, and the sentences that say so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from reemploi.bench.capture import Capture, SeenMedium
from reemploi.bench.kept_sentences import kept
from reemploi.bench.matching import device_of, medium_with_serial, refuse_unfit, swapped
from reemploi.bench.media import LONGEST_SERIAL, Placed, place_medium, waits
from reemploi.bench.models import Capture as CaptureRow
from reemploi.bench.models import CapturedFile
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.columns import Facts
from reemploi.ground.numbering import in_groups
from reemploi.journey.actions import lock
from reemploi.journey.facts import describe
from reemploi.journey.identity import serial_key
from reemploi.journey.journal import record
from reemploi.journey.models import Device
from reemploi.journey.rules import CATEGORIES, COMPUTERS
from reemploi.sentences import N_, Sentence, sentence

Outcome = Literal["done", "attention", "refused", "unknown", "same"]


@dataclass(frozen=True)
class Taken:
    """What became of one part of a file: its outcome, the sentences, the device and the serial it speaks of."""

    outcome: Outcome
    sentences: tuple[Sentence, ...]
    device_id: int | None = None
    serial: str | None = None
    new_serials: frozenset[str] = frozenset()


def take_machine(capture: Capture, file: CapturedFile, scanned: Device | None, *, acting: Acting) -> Taken:
    """Record what lshw said of a machine. The same file twice changes nothing.

    Raises Refused when labels seem exchanged, or when the device is not here.
    """
    serial = serial_key(capture.serial) or serial_key(capture.board_serial)
    device, sure = device_of(capture, scanned)
    if device is None:
        return Taken("unknown", (_unknown_machine(capture), *capture.warnings), serial=serial)
    refuse_unfit(device)
    (device,) = lock([device.id])
    if row := _earlier(device, file):
        return Taken("same", (_same(device, row),), device.id, serial)
    seen_before = [medium for medium in device.media if medium.ended_at is None]
    device = _described(device, capture, acting)
    placed = [place_medium(device, seen, acting=acting, source="lshw", sure=sure) for seen in capture.media]
    record(device, "captured", acting=acting, facts={"tool": capture.tool, "file": file.id})
    _keep_capture(device, file, capture, placed, acting=acting)
    db.session.expire(device, ["media"])
    ids = {one.medium.id for one in placed}
    missing = [medium.name for medium in seen_before if medium.id not in ids and capture.complete]
    notes = [*_missing(missing), *_other_kind(device, capture), *capture.warnings]
    return Taken(
        "attention" if notes else "done",
        (_obtained(device), *_media(device), *_plugged(capture.removable_media), *notes),
        device.id,
        serial,
        frozenset(filter(None, (one.medium.serial_folded for one in placed))),
    )


def take_drive(
    capture: Capture, seen: SeenMedium, file: CapturedFile, scanned: Device | None, *, acting: Acting
) -> Taken:
    """Record what smartctl said of one drive: the device is that of the drive's serial, else the scanned one.

    Raises Refused when the drive is known in another device than the scanned one.
    """
    key = serial_key(seen.serial)
    known = medium_with_serial(seen.serial)
    owner = db.session.get(Device, known.device_id) if known is not None and known.device_id else None
    if owner is not None and scanned is not None and owner.id != scanned.id:
        raise swapped(scanned, owner)
    device = owner or scanned
    if device is None:
        return Taken("unknown", (_unknown_drive(seen),), serial=key)
    (device,) = lock([device.id])
    row = _earlier(device, file)
    if row and known is not None and any(one["medium"] == known.id for one in row.facts["media"]):
        return Taken("same", (_same(device, row),), device.id, key)
    placed = place_medium(device, seen, acting=acting, source="smartctl", sure=owner is not None)
    if row:
        row.facts = {**row.facts, "media": [*row.facts["media"], placed.facts]}
    else:
        record(device, "captured", acting=acting, facts={"tool": capture.tool, "file": file.id})
        _keep_capture(device, file, capture, [placed], acting=acting)
    worries = _worries(capture, seen)
    return Taken(
        "attention" if worries else "done",
        (_health(device, seen), *worries),
        device.id,
        key,
        frozenset({key} if key else ()),
    )


def _earlier(device: Device, file: CapturedFile) -> CaptureRow | None:
    return db.session.scalars(
        select(CaptureRow).where(CaptureRow.device_id == device.id, CaptureRow.file_id == file.id)
    ).first()


def _described(device: Device, capture: Capture, acting: Acting) -> Device:
    """What a person typed of maker, model and serial stays; what only the machine knows is taken from it."""
    serial = capture.serial if len(capture.serial or "") <= LONGEST_SERIAL else None
    typed = {"maker": (capture.maker or "")[:100], "model": _without_maker(capture), "serial": serial}
    known = {name: value for name, value in typed.items() if value and not getattr(device, name)}
    return describe(
        device,
        acting=acting,
        board_serial=capture.board_serial or "",
        source=capture.tool,
        processor=capture.processor,
        memory_bytes=capture.memory_bytes,
        **known,
    )


def _without_maker(capture: Capture) -> str | None:
    """The model without the maker's name in front, which the device's name already begins with."""
    product, maker = capture.product or "", f"{capture.maker} "
    return product[len(maker) :] if product.lower().startswith(maker.lower()) else capture.product


def _keep_capture(
    device: Device, file: CapturedFile, capture: Capture, placed: Sequence[Placed], *, acting: Acting
) -> None:
    facts: Facts = {
        name: getattr(capture, name)
        for name in ("tool_version", "maker", "product", "sku", "serial", "kind", "keyboard", "complete")
    }
    facts["media"] = [one.facts for one in placed]
    facts["removable"] = [_label(seen) for seen in capture.removable_media]
    facts["batteries"] = [vars(battery) for battery in capture.batteries]
    facts["warnings"] = kept(capture.warnings)
    db.session.add(
        CaptureRow(
            association_id=device.association_id,
            device_id=device.id,
            file_id=file.id,
            tool=capture.tool,
            facts=facts,
            read_at=acting.now,
        )
    )
    db.session.flush()


def _label(seen: SeenMedium) -> str:
    return " ".join(filter(None, (seen.model or seen.device_path or seen.kind, seen.serial)))


def _same(device: Device, row: CaptureRow) -> Sentence:
    return sentence(
        N_("Ce fichier a déjà été lu pour %(tag)s le %(read_at)s : rien ne change."),
        tag=in_groups(device.tag),
        read_at=row.read_at,
    )


def _obtained(device: Device) -> Sentence:
    name = device.name or Sentence(CATEGORIES[device.category])
    if device.memory_bytes and device.processor:
        return sentence(
            N_("%(tag)s reconnu : %(name)s, %(processor)s, %(memory)s Go de mémoire."),
            tag=in_groups(device.tag),
            name=name,
            processor=device.processor,
            memory=max(1, round(device.memory_bytes / 2**30)),
        )
    return sentence(N_("%(tag)s reconnu : %(name)s."), tag=in_groups(device.tag), name=name)


def _media(device: Device) -> Iterable[Sentence]:
    waiting = [medium.name for medium in device.media if waits(device, medium)]
    if waiting:
        yield sentence(N_("À effacer : %(names)s. Déposez ensuite le journal de nwipe."), names=" · ".join(waiting))
    elif device.media:
        yield sentence(N_("Tous ses supports ont leur effacement accepté."))


def _plugged(removable: Sequence[SeenMedium]) -> Iterable[Sentence]:
    if removable:
        yield sentence(
            N_("Branchés mais amovibles, non retenus : %(names)s."), names=" · ".join(map(_label, removable))
        )


def _missing(names: Sequence[str]) -> Iterable[Sentence]:
    if names:
        yield sentence(
            N_("Connus mais non vus cette fois : %(names)s. S'ils ont été retirés, déclarez leur retrait."),
            names=" · ".join(names),
        )


def _other_kind(device: Device, capture: Capture) -> Iterable[Sentence]:
    kinds = {device.category, capture.kind}
    if kinds <= COMPUTERS and len(kinds) == 2 and "laptop" in kinds:
        yield sentence(
            N_("La machine se dit « %(seen)s », la fiche dit « %(typed)s » : vérifiez la catégorie."),
            seen=Sentence(CATEGORIES[capture.kind or ""]),
            typed=Sentence(CATEGORIES[device.category]),
        )


def _unknown_machine(capture: Capture) -> Sentence:
    return sentence(
        N_("Appareil inconnu (%(name)s) : scannez son numéro d'inventaire. S'il n'en a pas, recevez-le d'abord."),
        name=" ".join(filter(None, (capture.maker, capture.product, capture.serial))) or "?",
    )


def _unknown_drive(seen: SeenMedium) -> Sentence:
    return sentence(
        N_("Disque inconnu (%(name)s) : scannez le numéro de l'appareil où il se trouve."), name=_label(seen) or "?"
    )


STATES = {True: N_("bon état annoncé"), False: N_("panne annoncée"), None: N_("état non dit")}


def _health(device: Device, seen: SeenMedium) -> Sentence:
    hours = seen.health.power_on_hours
    return sentence(
        N_("%(tag)s, disque %(name)s : %(state)s, %(hours)s h de marche."),
        tag=in_groups(device.tag),
        name=_label(seen),
        state=Sentence(STATES[seen.health.passed]),
        hours="?" if hours is None else hours,
    )


def _worries(capture: Capture, seen: SeenMedium) -> tuple[Sentence, ...]:
    """The warnings about this drive, and with the file's first drive those about no drive in particular."""
    names = {medium.model or medium.device_path for medium in capture.media}
    mine = seen.model or seen.device_path
    return tuple(
        warning
        for warning in capture.warnings
        if warning.params.get("name") == mine or (warning.params.get("name") not in names and seen == capture.media[0])
    )
