"""Ways to end a medium's data that people declare, and what each is worth.

Levels: NIST SP 800-88 Rev. 2 (September 2025), techniques of IEEE 2883. Where a tool may do either, the lower level is
kept: a firmware's own button seldom tells which command it sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from reemploi.journey.models import Device, StorageMedium
from reemploi.journey.rules import LOCKABLE
from reemploi.sentences import N_

ANY = frozenset({"hdd", "ssd", "nvme", "emmc", "internal", "other"})


@dataclass(frozen=True)
class Method:
    """One way: its French name, what it ends in, its level (None for a removal), the kinds of media it fits."""

    code: str
    label: str
    result: str
    level: str | None
    kinds: frozenset[str]
    verification: str = "seen_by_two"
    source: str = "manual"


METHODS: Mapping[str, Method] = {
    method.code: method
    for method in (
        Method("factory_reset", N_("Réinitialisation d'usine, appareil chiffré"), "erased", "purge",
               frozenset({"internal", "emmc"})),
        Method("firmware_erase", N_("Effacement par le firmware (BIOS, UEFI, outil du fabricant)"), "erased", "clear",
               frozenset({"hdd", "ssd", "nvme", "emmc", "other"})),
        Method("ata_enhanced", N_("ATA : effacement sécurisé renforcé"), "erased", "purge", frozenset({"hdd"})),
        Method("ata_sanitize", N_("ATA sanitize : blocs ou clé (hdparm)"), "erased", "purge",
               frozenset({"hdd", "ssd", "other"})),
        Method("ata_erase", N_("ATA : effacement sécurisé (hdparm)"), "erased", "clear",
               frozenset({"hdd", "ssd", "other"})),
        Method("nvme_sanitize", N_("NVMe sanitize : blocs ou clé"), "erased", "purge", frozenset({"nvme", "other"})),
        Method("nvme_crypto", N_("NVMe format --ses=2 (clé)"), "erased", "purge", frozenset({"nvme", "other"})),
        Method("nvme_format", N_("NVMe format --ses=1"), "erased", "clear", frozenset({"nvme", "other"})),
        Method("overwrite", N_("Écrasement lu à l'écran (numéro de série illisible ou coupé)"), "erased", "clear",
               frozenset({"hdd", "ssd", "nvme", "emmc", "other"})),
        Method("third_party", N_("Effacement par un prestataire, avec son certificat"), "erased", "clear", ANY,
               source="third_party"),
        Method("removed", N_("Retiré de l'appareil et gardé"), "removed", None, ANY - {"internal"}),
        Method("destroyed", N_("Détruit"), "destroyed", "destroy", ANY),
    )
}  # fmt: skip

LEVELS: Mapping[str, str] = {
    "clear": N_("Clear (effacement)"),
    "purge": N_("Purge (assainissement)"),
    "destroy": N_("Destroy (destruction)"),
}


def methods_for(device: Device, medium: StorageMedium | None) -> list[Method]:
    """The ways that fit a medium, or the memory inside a phone or tablet."""
    kind = medium.kind if medium is not None else "internal"
    return [
        method
        for method in METHODS.values()
        if kind in method.kinds and (method.code != "factory_reset" or device.category in LOCKABLE | {"basic_phone"})
    ]
