"""What is controlled on each kind of device: pure data. At most eight required lines per category."""

from collections.abc import Mapping
from dataclasses import dataclass

from reemploi.sentences import N_

PASS, FAIL, NOT_TESTED, NOT_APPLICABLE = "pass", "fail", "not_tested", "not_applicable"
OUTCOMES: Mapping[str, str] = {
    PASS: N_("bon"),
    FAIL: N_("défaut"),
    NOT_TESTED: N_("non testé"),
    NOT_APPLICABLE: N_("sans objet"),
}


@dataclass(frozen=True)
class Line:
    """One line: `required` before a grade; a fail of a `blocking` one bars it, since the next holder is locked out."""

    code: str
    label: str
    required: bool = True
    blocking: bool = False


STARTS = Line("starts", N_("Démarre et s'arrête normalement"))
SCREEN = Line("screen", N_("Écran : image, pixels, luminosité"))
KEYS = Line("keys", N_("Clavier et pavé tactile"))
PORTS = Line("ports", N_("Ports et lecteurs"))
NETWORK = Line("network", N_("Wi-Fi ou réseau"))
SOUND = Line("sound", N_("Son, micro et caméra"))
BATTERY = Line("battery", N_("Batterie : charge et tient"))
UNLOCKED = Line("unlocked", N_("Ni mot de passe de firmware, ni inscription (Autopilot, Apple, MDM)"), blocking=True)
TOUCH = Line("touch", N_("Tactile : toute la surface répond"))
BUTTONS = Line("buttons", N_("Boutons"))
CALLS = Line("calls", N_("Appel, micro et haut-parleur"))
CAMERAS = Line("cameras", N_("Caméras"))
CASE = Line("case", N_("Boîtier, charnières, pieds"))
CLEAN = Line("clean", N_("Nettoyé, anciennes étiquettes retirées"), required=False)
BACK = Line("back", N_("Coque et vitre arrière"), required=False)
STAND = Line("stand", N_("Pied et fixation"), required=False)
FINGERPRINT = Line("fingerprint", N_("Puce TPM et empreintes vidées"), required=False)
WORKS = Line("works", N_("Fonctionne comme prévu"))

CHECKLISTS: Mapping[str, tuple[Line, ...]] = {
    "laptop": (STARTS, SCREEN, KEYS, PORTS, NETWORK, SOUND, BATTERY, UNLOCKED, FINGERPRINT, CLEAN),
    "desktop": (STARTS, PORTS, NETWORK, Line("sound", N_("Son")), CASE, UNLOCKED, FINGERPRINT, CLEAN),
    "all_in_one": (STARTS, SCREEN, PORTS, NETWORK, SOUND, CASE, UNLOCKED, FINGERPRINT, CLEAN),
    "monitor": (STARTS, SCREEN, PORTS, BUTTONS, CASE, STAND, CLEAN),
    "tablet": (STARTS, SCREEN, TOUCH, BUTTONS, NETWORK, SOUND, BATTERY, CASE, CLEAN),
    "smartphone": (STARTS, SCREEN, TOUCH, BUTTONS, NETWORK, CALLS, BATTERY, CAMERAS, BACK, CLEAN),
}
OTHERS = (STARTS, WORKS, CLEAN)
"""For printers, routers, telephones and accessories."""


def lines_of(category: str) -> tuple[Line, ...]:
    """The lines of a category, in the order in which they are done."""
    return CHECKLISTS.get(category, OTHERS)


def required_codes(category: str) -> frozenset[str]:
    """The lines to answer before a grade."""
    return frozenset(line.code for line in lines_of(category) if line.required)
