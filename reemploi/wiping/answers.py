"""What the deposit of an erasure log answers, in sentences."""

from reemploi.bench.media import waits
from reemploi.extensions import db
from reemploi.ground.numbering import in_groups
from reemploi.journey.models import Device, StorageMedium
from reemploi.sentences import N_, Sentence, sentence
from reemploi.wiping.rules import Verdict
from reemploi.wiping.runs import WipeRun


def accepted(device: Device, medium: StorageMedium, verdict: Verdict) -> Sentence:
    """An erasure was accepted for a medium."""
    return sentence(
        N_("Effacement accepté : %(medium)s (%(tag)s), %(method)s."),
        medium=medium.name,
        tag=in_groups(device.tag),
        method=verdict.method,
    )


def next_step(device_id: int) -> tuple[Sentence, ...]:
    """What is left to do with the device."""
    device = db.session.get_one(Device, device_id)
    left = [medium.name for medium in device.media if waits(device, medium)]
    if left:
        return (sentence(N_("Il reste à effacer : %(names)s."), names=" · ".join(left)),)
    if device.status == "wiped":
        return (sentence(N_("L'appareil est effacé : installez le système, puis contrôlez-le.")),)
    return ()


def refused(device: Device, medium: StorageMedium) -> Sentence:
    """An evidence was refused for a medium."""
    return sentence(
        N_("Preuve refusée pour %(medium)s (%(tag)s), gardée avec ses raisons."),
        medium=medium.name,
        tag=in_groups(device.tag),
    )


def refused_run(run: WipeRun) -> Sentence:
    """An evidence was refused, and no medium of ours can be named."""
    return sentence(N_("Preuve refusée pour le disque %(device)s du journal."), device=run.device)


def unknown(run: WipeRun) -> Sentence:
    """No medium of ours bears the serial."""
    return sentence(
        N_("Disque inconnu (%(name)s) : déposez la capture de sa machine, ou scannez le numéro de son appareil."),
        name=" ".join(filter(None, (run.model, run.serial))),
    )
