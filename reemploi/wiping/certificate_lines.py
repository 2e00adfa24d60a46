"""The lines of a certificate of erasure: one per medium, one per phone, in the reader's words."""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import format_decimal

from reemploi.journey.models import Device
from reemploi.journey.rules import CATEGORIES
from reemploi.papers.shapes import MediumLine, PhoneLine, Result
from reemploi.sentences import N_, Sentence, sentence
from reemploi.web.wording import say
from reemploi.wiping.locks import LOCKS, OUTCOMES
from reemploi.wiping.lots import Proved
from reemploi.wiping.methods import LEVELS, METHODS
from reemploi.wiping.models import LockCheck, WipeEvidence
from reemploi.wiping.rules import FLASH

KINDS = {
    "hdd": N_("disque dur"),
    "ssd": N_("SSD"),
    "nvme": N_("SSD NVMe"),
    "emmc": N_("mémoire soudée"),
    "internal": N_("mémoire interne"),
    "other": N_("support"),
}
VERIFICATIONS = {
    "last": N_("dernière passe relue par l'outil"),
    "all": N_("toutes les passes relues par l'outil"),
    "none": N_("sans relecture"),
    "seen_by_two": N_("vu par deux personnes"),
    "seen_by_one": N_("vu par une seule personne"),
    "": "",
}
EVIDENCE = {
    "upload": N_("journal déposé à la main (SHA-256 %(digest)s)"),
    "stick": N_("journal envoyé par la clé de capture (SHA-256 %(digest)s)"),
    "manual": N_("déclaré par une personne, confirmé par une autre"),
    "third_party": N_("certificat d'un prestataire, vu par deux personnes"),
}
ALONE = N_("déclaré et confirmé par la même personne")
FLASH_NOTE = N_(
    "Un SSD garde des cellules de réserve hors d'atteinte d'un écrasement : le niveau « Clear » le dit. "
    "Pour « Purge », demandez une commande du disque lui-même."
)


def tells_flash(one: Proved) -> bool:
    """Whether cells out of reach may keep data after this overwriting."""
    evidence, medium = one.evidence, one.medium
    return (
        evidence is not None and medium is not None and evidence.result == "erased"
        and evidence.tool == "nwipe" and medium.kind in FLASH
    )  # fmt: skip


def medium_line(one: Proved, names: Mapping[int, str], maker: str) -> MediumLine:
    """One medium and what became of it; a device without any when there is none."""
    medium, evidence, device = one.medium, one.evidence, one.device
    if medium is None or evidence is None:
        return _no_medium(device, names)
    method = METHODS.get(evidence.method)
    return MediumLine(
        tag=device.tag,
        device=device_name(device),
        device_serial=device.serial,
        medium_model=medium.model,
        medium_serial=medium.serial,
        kind=say(KINDS[medium.kind]),
        capacity=capacity(medium.bytes),
        method=say(method.label) if method else _logged(evidence),
        level=say(LEVELS[evidence.level]) if evidence.level else "",
        tool=evidence.tool,
        tool_version=evidence.tool_version,
        start=moment(evidence.started_at),
        end=moment(evidence.ended_at),
        verification=say(VERIFICATIONS[_verification(evidence)]),
        result=_result(evidence),
        result_note=say(N_("gardé par l'association, reste à effacer")) if one.still_holds else "",
        operator=names.get(evidence.operator_id or 0, ""),
        verifier=names.get(evidence.verifier_id or 0, maker),
        evidence=say(_came(evidence)),
    )


def phone_line(one: Proved, names: Mapping[int, str], maker: str) -> PhoneLine:
    """One phone or tablet, its reset and its locks."""
    evidence, locks = one.evidence, one.locks
    assert evidence is not None
    reset = sentence(
        N_("%(method)s, %(level)s, le %(ended_at)s"),
        method=Sentence(METHODS[evidence.method].label) if evidence.method in METHODS else evidence.method,
        level=Sentence(LEVELS[evidence.level or "clear"]),
        ended_at=evidence.ended_at,
    )
    return PhoneLine(
        tag=one.device.tag,
        device=device_name(one.device),
        imei=locks.imei.split() if locks else [],
        reset=say(reset),
        locks=_locks(locks),
        operator=names.get(evidence.operator_id or 0, ""),
        verifier=names.get(evidence.verifier_id or 0, maker),
        evidence=say(_came(evidence)),
    )


def _locks(check: LockCheck | None) -> list[str]:
    """Each lock and how it was found."""
    if check is None:
        return [say(N_("verrous non contrôlés"))]
    return [
        f"{say(lock.label)} : {say(OUTCOMES[check.lines[lock.code]])}" for lock in LOCKS if lock.code in check.lines
    ]


def _no_medium(device: Device, names: Mapping[int, str]) -> MediumLine:
    seen = sentence(
        N_("constaté le %(seen_on)s par %(person)s"),
        seen_on=device.no_storage_at.date() if device.no_storage_at else "",
        person=names.get(device.no_storage_by or 0, ""),
    )
    empty = dict.fromkeys(
        ("medium_model", "medium_serial", "kind", "capacity", "method", "level", "tool", "tool_version", "start", "end",
         "verification", "verifier", "evidence"),
        "",
    )  # fmt: skip
    return MediumLine(
        tag=device.tag,
        device=device_name(device),
        device_serial=device.serial,
        result="no_medium",
        result_note=say(seen),
        operator=names.get(device.no_storage_by or 0, ""),
        **empty,  # type: ignore[typeddict-item]
    )


def device_name(device: Device) -> str:
    """The category and the name of a device."""
    return f"{say(CATEGORIES[device.category])} {device.name}".strip()


def capacity(size: int | None) -> str:
    """A capacity as makers count it."""
    return f"{format_decimal(round(size / 10**9))} {say(N_('Go'))}" if size else ""


def moment(value: datetime | None) -> str:
    """A date and time in the reader's language."""
    return say(sentence("%(moment)s", moment=value)) if value else ""


def _logged(evidence: WipeEvidence) -> str:
    return f"{evidence.method} × {evidence.rounds}" if evidence.rounds else evidence.method


def _result(evidence: WipeEvidence) -> Result:
    results: dict[str, Result] = {"erased": "erased", "removed": "removed", "destroyed": "destroyed"}
    return results[evidence.result]


def _verification(evidence: WipeEvidence) -> str:
    return "seen_by_one" if evidence.verification == "seen_by_two" and evidence.one_person else evidence.verification


def _came(evidence: WipeEvidence) -> Sentence:
    if evidence.source == "manual" and evidence.one_person:
        return sentence(ALONE)
    return sentence(EVIDENCE[evidence.source], digest=(evidence.file_digest or "")[:16] + "…")
