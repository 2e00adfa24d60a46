"""The device behind what was scanned or typed beside a file: one, or a sentence."""

from reemploi.errors import Refused
from reemploi.ground.numbering import in_groups
from reemploi.journey.models import Device
from reemploi.journey.queries import devices_named
from reemploi.journey.scan import Kind, read_scan
from reemploi.sentences import N_

NAMES = frozenset({Kind.DEVICE, Kind.SERIAL, Kind.LAST_FOUR, Kind.UNKNOWN})


def scanned_device(text: str) -> Device:
    """The one device a scanned or typed text names. Raises Refused when there is none, or several."""
    for reading in read_scan(text):
        if reading.kind not in NAMES:
            continue
        found = devices_named(reading.value)
        if len(found) == 1:
            return found[0]
        if found:
            raise Refused(
                N_("« %(text)s » désigne plusieurs appareils (%(tags)s). Scannez le numéro entier."),
                code="ambiguous",
                text=text,
                tags=" · ".join(in_groups(device.tag) for device in found[:4]),
            )
    raise Refused(
        N_("« %(text)s » ne désigne aucun appareil. Vérifiez l'étiquette, ou recevez d'abord l'appareil."),
        code="unknown_device",
        text=text,
    )
