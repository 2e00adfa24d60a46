"""The storage media in a tree of `lshw`: the machine's own, and what was plugged into it.

Never forgets a fixed medium in doubt: a disk of no known kind is the machine's own, and a controller whose disk lshw
could not read is reported as a medium without serial, so that nobody takes the machine for one without storage.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from reemploi.bench.capture import SeenMedium
from reemploi.bench.documents import items, mapping, whole, words
from reemploi.bench.drives import kind_of_model
from reemploi.journey.identity import is_usable_serial
from reemploi.sentences import N_, Sentence, sentence

Node = tuple[Mapping[str, Any], tuple[Mapping[str, Any], ...]]

WHOLE_DISK = re.compile(r"(?:/dev/)?(sd[a-z]+|hd[a-z]+|vd[a-z]+|xvd[a-z]+|nvme\d+n\d+|mmcblk\d+)")
OPTICAL_OR_FLOPPY = re.compile(r"(?:/dev/)?(sr\d+|scd\d+|fd\d+|cdrom.*|dvd.*)")
OPTICAL_CAPABILITIES = frozenset({"cd-r", "cd-rw", "dvd", "dvd-r", "dvd-ram", "audio"})
NVME = re.compile("nvme|non-volatile memory", re.IGNORECASE)
BUS_BY_NAME = (("nvme", "nvme"), ("mmcblk", "mmc"), ("vd", "virtio"), ("xvd", "virtio"), ("hd", "ide"))


@dataclass
class Found:
    """What a walk found."""

    own: tuple[SeenMedium, ...] = ()
    removable: tuple[SeenMedium, ...] = ()
    warnings: list[Sentence] = field(default_factory=list)


@dataclass(frozen=True)
class Disk:
    """A disk's node with what its ancestors say of it."""

    node: Mapping[str, Any]
    above: tuple[Mapping[str, Any], ...]
    name: str | None

    @property
    def bus(self) -> str | None:
        """How the disk is attached; the nearest ancestor that tells, tells."""
        for start, bus in BUS_BY_NAME:
            if self.name and self.name.startswith(start):
                return bus
        chain = (self.node, *reversed(self.above))
        attached = [words(node.get("businfo")) or "" for node in chain]
        drivers = {words(mapping(node.get("configuration")).get("driver")) for node in self.above}
        if any(info.startswith("usb@") for info in attached) or drivers & {"usb-storage", "uas"}:
            return "usb"
        if any(info.startswith("firewire@") for info in attached):
            return "ieee1394"
        described = (words(self.node.get("description")) or "").upper()
        if attached[0].startswith("ide@"):
            return "ide"
        return "sata" if "ATA" in described else "scsi" if "SCSI" in described else None

    @property
    def holder(self) -> Mapping[str, Any]:
        """The node that bears the serial and the model: the controller for NVMe, the card for MMC, else the disk."""
        if words(self.node.get("serial")) or self.bus not in ("nvme", "mmc"):
            return self.node
        return next((node for node in reversed(self.above) if _holds(node, self.bus)), self.node)

    @property
    def size(self) -> int | None:
        """Bytes of the disk, or of the medium in its reader; None when it tells none."""
        own = whole(self.node.get("size"))
        inside = (whole(mapping(child).get("size")) for child in items(self.node.get("children")))
        return own or next((size for size in inside if size), None)


def find_media(every: Iterable[Node]) -> Found:
    """The media among the nodes of a tree, in the tree's order; optical drives, floppies and empty readers are none."""
    every = list(every)
    own: dict[object, SeenMedium] = {}
    removable: dict[object, SeenMedium] = {}
    warnings: list[Sentence] = []
    for disk in filter(None, map(_disk, every)):
        medium = _medium(disk)
        key = _key(disk, medium)
        if medium.removable:
            if medium.bytes:
                removable.setdefault(key, medium)
        elif key in own:
            own[key] = _with_namespace(own[key], medium)
        else:
            own[key] = medium
    for controller in _silent_nvme(every):
        own[id(controller)] = _unread_nvme(controller)
        warnings.append(
            sentence(N_("lshw n'a pas lu le disque NVMe : ajoutez la sortie de « smartctl -x --json » pour ce disque."))
        )
    for medium in own.values():
        if medium.serial is None:
            warnings.append(
                sentence(
                    N_("Le disque %(model)s n'a pas de numéro de série lisible : relevez-le sur son étiquette."),
                    model=medium.model or medium.device_path or "?",
                )
            )
    if not own:
        warnings.append(_nothing_seen(every))
    return Found(tuple(own.values()), tuple(removable.values()), warnings)


def _disk(entry: Node) -> Disk | None:
    node, above = entry
    logical = [name for name in map(words, items(node.get("logicalname"))) if name]
    found = next((match for match in map(WHOLE_DISK.fullmatch, logical) if match), None)
    node_class, identifier = node.get("class"), str(node.get("id"))
    if (
        node_class not in ("disk", "generic")
        or identifier.startswith("medium")
        or _is_optical(node, identifier, logical)
    ):
        return None
    if found is None and (node_class != "disk" or not (words(node.get("serial")) or whole(node.get("size")))):
        return None
    return Disk(node, above, found.group(1) if found else None)


def _holds(node: Mapping[str, Any], bus: str) -> bool:
    if bus == "nvme":
        return node.get("class") == "storage"
    return (words(node.get("businfo")) or "").startswith("mmc@")


def _is_optical(node: Mapping[str, Any], identifier: str, logical: list[str]) -> bool:
    return (
        identifier.startswith(("cdrom", "floppy"))
        or any(OPTICAL_OR_FLOPPY.fullmatch(name) for name in logical)
        or bool(OPTICAL_CAPABILITIES & mapping(node.get("capabilities")).keys())
    )


def _medium(disk: Disk) -> SeenMedium:
    bus = disk.bus
    holder = disk.holder
    model = words(holder.get("product")) or words(disk.node.get("product"))
    serial = words(holder.get("serial"))
    abilities = {**mapping(holder.get("capabilities")), **mapping(disk.node.get("capabilities"))}
    is_card = bus == "mmc" and ("sd" in abilities or holder.get("class") == "disk") and "mmc" not in abilities
    return SeenMedium(
        kind=_kind(bus, model, abilities, is_card=is_card),
        bus=bus,
        model=model,
        serial=_mmc_serial(serial) if bus == "mmc" else serial if is_usable_serial(serial) else None,
        bytes=disk.size,
        device_path=f"/dev/{disk.name}" if disk.name else None,
        removable=bus in ("usb", "ieee1394") or is_card,
    )


def _kind(bus: str | None, model: str | None, abilities: Mapping[str, Any], *, is_card: bool) -> str | None:
    if bus == "mmc":
        return "sd" if is_card else "emmc"
    if bus in ("nvme", "usb"):
        return bus
    if any(ability.endswith("rpm") for ability in abilities):
        return "hdd"
    return kind_of_model(model)


def _mmc_serial(serial: str | None) -> str | None:
    """`lshw` prints in decimal the number that every other tool prints as `0x1a2b3c4d`."""
    number = whole(serial)
    return f"0x{number:08x}" if number else None


def _key(disk: Disk, medium: SeenMedium) -> object:
    """Namespaces of one NVMe controller are one medium; a disk named twice is one disk."""
    if medium.bus == "nvme" and disk.holder is not disk.node:
        return id(disk.holder)
    return medium.device_path or id(disk.node)


def _with_namespace(medium: SeenMedium, other: SeenMedium) -> SeenMedium:
    if medium.device_path == other.device_path:
        return medium
    total = (medium.bytes or 0) + (other.bytes or 0)
    return SeenMedium(medium.kind, medium.bus, medium.model, medium.serial, total or None, medium.device_path)


def _silent_nvme(every: list[Node]) -> list[Mapping[str, Any]]:
    """NVMe controllers under which no disk is listed: releases of lshw before 2020 stop there."""
    speaking = {id(parent) for node, above in every if node.get("class") == "disk" for parent in above}
    return [
        node
        for node, _above in every
        if node.get("class") == "storage" and id(node) not in speaking and NVME.search(_described(node))
    ]


def _described(node: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (words(node.get(key)) for key in ("id", "product", "description"))))


def _unread_nvme(controller: Mapping[str, Any]) -> SeenMedium:
    serial = words(controller.get("serial"))
    return SeenMedium(
        kind="nvme",
        bus="nvme",
        model=words(controller.get("product")),
        serial=serial if is_usable_serial(serial) else None,
    )


def _nothing_seen(every: list[Node]) -> Sentence:
    for node, _above in every:
        if node.get("class") == "storage" and "RAID" in _described(node):
            return sentence(N_("Aucun disque vu, mais le contrôleur est en mode RAID : passez-le en AHCI, relancez."))
    return sentence(N_("Aucun support de stockage n'a été vu : vérifiez dans le firmware, ou en ouvrant l'appareil."))
