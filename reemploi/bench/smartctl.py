"""Reads `smartctl -x --json`: one drive per document, ATA, NVMe, SCSI, or behind a USB bridge.

The exit status is a mask of bits and no failure (smartctl(8), EXIT STATUS): bit 0 a wrong command, bit 1 the drive
could not be opened, bit 2 some answer was missing, bit 3 the drive says it is failing, bits 4 to 7 older worries.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from reemploi.bench.capture import Capture, Health, SeenMedium
from reemploi.bench.documents import Content, Unreadable, items, mapping, whole, words
from reemploi.bench.drives import kind_of_model
from reemploi.journey.identity import is_usable_serial
from reemploi.sentences import N_, Sentence, sentence

PROTOCOLS = {"ATA": "sata", "NVMe": "nvme", "SCSI": "scsi"}
USB_BRIDGES = ("usb", "snt")
"""Drivers of smartctl that reach a drive through a USB bridge begin so: `usbjmicron`, `sntrealtek`."""

OTHER_FORMATS = re.compile(r"^smartctl \d+\.\d+ \d{4}-\d\d-\d\d r\d+|^json\.smartctl\b|^smartctl:\s*$", re.MULTILINE)
FAILING = 1 << 3
BELOW_THRESHOLD = 1 << 4
LOGGED_ERRORS = 1 << 6
NEVER_AFTER = 4_102_444_800
"""The year 2100: a clock beyond it says nothing."""

REALLOCATED, PENDING = 5, 197
"""Numbers of the ATA attributes for reallocated and for pending sectors."""


def looks_like(content: Content) -> bool:
    """Whether the content, not the name, is an output of `smartctl` in any of its formats."""
    if content.documents is None:
        return bool(OTHER_FORMATS.search(content.text[:20_000]))
    return any(_is_report(item) for value in content.documents.values for item in items(value))


def read(content: Content) -> Capture:
    """The drives described by one or several outputs of `smartctl --json`; the machine itself stays unknown.

    Raises `Unreadable` with the remedy for another output format, a mere list of drives, drives that did not answer.
    """
    if content.documents is None:
        raise content.problem or Unreadable(
            N_("Cette sortie de smartctl n'est pas en JSON : relancez « sudo smartctl -x --json /dev/sda ».")
        )
    reports = [item for value in content.documents.values for item in items(value) if _is_report(item)]
    media: list[SeenMedium] = []
    warnings: list[Sentence] = []
    for report in reports:
        medium = _medium(report)
        if medium is None:
            warnings.append(_silence(report))
        else:
            media.append(medium)
            warnings.extend(_worries(report, medium))
    if not media:
        raise Unreadable(warnings[0] if warnings else NOTHING)
    if not content.documents.complete:
        warnings.append(sentence(N_("Ce fichier est incomplet : relancez smartctl.")))
    return Capture(
        tool="smartctl",
        tool_version=_version(reports[0]),
        captured_at=_time(reports[0]),
        media=tuple(media),
        complete=content.documents.complete,
        warnings=tuple(warnings),
    )


NOTHING = sentence(N_("Ce fichier de smartctl ne décrit aucun disque : relancez « sudo smartctl -x --json /dev/sda »."))


def _is_report(value: Any) -> bool:
    report = mapping(value)
    if isinstance(report.get("smartctl"), dict):
        return True
    return mapping(report.get("device")).get("protocol") in PROTOCOLS and "local_time" in report


def _medium(report: Mapping[str, Any]) -> SeenMedium | None:
    """The drive of a report, or None when it is no disk or gave neither model nor serial."""
    device = mapping(report.get("device"))
    terminology = str(mapping(report.get("device_type")).get("scsi_terminology"))
    vendor = report.get("scsi_vendor") or report.get("vendor")
    product = report.get("scsi_product") or report.get("product")
    named = " ".join(filter(None, (words(vendor), words(product))))
    model = words(report.get("model_name")) or words(report.get("scsi_model_name")) or named or None
    serial = words(report.get("serial_number"))
    if "CD/DVD" in terminology or not (model or serial):
        return None
    return SeenMedium(
        kind=_kind(report, model),
        bus=_bus(device),
        model=model,
        serial=serial if is_usable_serial(serial) else None,
        bytes=_size(report),
        device_path=words(device.get("name")),
        health=_health(report),
    )


def _bus(device: Mapping[str, Any]) -> str | None:
    if str(device.get("type")).startswith(USB_BRIDGES) or "USB" in str(device.get("info_name")):
        return "usb"
    protocol = device.get("protocol")
    return PROTOCOLS.get(protocol) if isinstance(protocol, str) else None


def _kind(report: Mapping[str, Any], model: str | None) -> str | None:
    if mapping(report.get("device")).get("protocol") == "NVMe":
        return "nvme"
    rotation = whole(report.get("rotation_rate"))
    if rotation is None:
        return kind_of_model(model)
    return "hdd" if rotation else "ssd"


def _size(report: Mapping[str, Any]) -> int | None:
    namespaces = [mapping(item) for item in items(report.get("nvme_namespaces"))]
    sizes = [_bytes_of(namespace.get("size")) or 0 for namespace in namespaces]
    if len(sizes) > 1 and all(sizes):
        return sum(sizes)
    own = _bytes_of(report.get("user_capacity")) or (sizes[0] if sizes else None)
    return own or whole(report.get("nvme_total_capacity")) or None


def _bytes_of(capacity: Any) -> int | None:
    capacity = mapping(capacity)
    return whole(capacity.get("bytes")) or whole(capacity.get("bytes_s")) or None


def _health(report: Mapping[str, Any]) -> Health:
    status = mapping(report.get("smart_status")).get("passed")
    nvme = mapping(report.get("nvme_smart_health_information_log"))
    worn = whole(nvme.get("percentage_used"))
    if worn is None:
        worn = whole(mapping(report.get("endurance_used")).get("current_percent"))
    reallocated = _attribute(report, REALLOCATED)
    if reallocated is None:
        reallocated = whole(report.get("scsi_grown_defect_list"))
    hours = whole(mapping(report.get("power_on_time")).get("hours"))
    return Health(
        passed=False if _exit_status(report) & FAILING else status if isinstance(status, bool) else None,
        power_on_hours=whole(nvme.get("power_on_hours")) if hours is None else hours,
        reallocated_sectors=reallocated,
        pending_sectors=_attribute(report, PENDING),
        wear_percent=worn,
    )


def _attribute(report: Mapping[str, Any], number: int) -> int | None:
    """The raw count of an ATA attribute; its text form, since makers pack other counters in the number's high bits."""
    for row in map(mapping, items(mapping(report.get("ata_smart_attributes")).get("table"))):
        if whole(row.get("id")) == number:
            raw = mapping(row.get("raw"))
            shown = re.match(r"\d{1,18}", words(raw.get("string")) or "")
            return int(shown.group()) if shown else whole(raw.get("value"))
    return None


def _exit_status(report: Mapping[str, Any]) -> int:
    return whole(mapping(report.get("smartctl")).get("exit_status")) or 0


def _worries(report: Mapping[str, Any], medium: SeenMedium) -> list[Sentence]:
    name = medium.model or medium.device_path or "?"
    status = _exit_status(report)
    worries = []
    if medium.health.passed is False:
        worries.append(sentence(N_("Le disque %(name)s annonce sa panne : remplacez-le."), name=name))
    elif status & BELOW_THRESHOLD:
        worries.append(sentence(N_("Le disque %(name)s a un indicateur sous son seuil : surveillez-le."), name=name))
    if status & LOGGED_ERRORS:
        worries.append(sentence(N_("Le disque %(name)s a des erreurs dans son journal : testez-le."), name=name))
    if medium.serial is None:
        worries.append(
            sentence(N_("Le disque %(name)s ne donne pas de numéro de série : relevez-le sur l'étiquette."), name=name)
        )
    return worries


def _silence(report: Mapping[str, Any]) -> Sentence:
    if "devices" in report and "device" not in report:
        return sentence(N_("Cette sortie ne fait que lister les disques : relancez « smartctl -x --json » sur chacun."))
    messages = (words(mapping(message).get("string")) for message in items(_run(report).get("messages")))
    return sentence(
        N_("smartctl n'a pas pu lire %(path)s (%(message)s) : relancez-le en administrateur, ou avec « -d sat »."),
        path=words(mapping(report.get("device")).get("name")) or "?",
        message=next(filter(None, messages), None) or _exit_status(report),
    )


def _run(report: Mapping[str, Any]) -> Mapping[str, Any]:
    return mapping(report.get("smartctl"))


def _version(report: Mapping[str, Any]) -> str | None:
    numbers = [whole(number) for number in items(_run(report).get("version"))[:3]]
    return ".".join(str(number) for number in numbers if number is not None) or None


def _time(report: Mapping[str, Any]) -> datetime | None:
    seconds = whole(mapping(report.get("local_time")).get("time_t"))
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None and seconds < NEVER_AFTER else None
