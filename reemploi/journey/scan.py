"""What was scanned? Any text becomes ordered candidates; the check digit decides, then the stock, never a guess.

Pure and total: a scanner may type through a French keyboard, with Caps Lock, with a prefix; a person may type or paste.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from stdnum import imei

from reemploi.ground.numbering import is_tag
from reemploi.journey.keyboards import Retyped, retyped

LONGEST = 300
LONGEST_SERIAL = 60


class Kind(StrEnum):
    """What a reading may be; the first five are tags, told apart by their first digit."""

    DEVICE = "device"
    PLACE = "place"
    AGREEMENT = "agreement"
    BADGE = "badge"
    COMMAND = "command"
    LINK = "link"
    IMEI = "imei"
    LAST_FOUR = "last_four"
    PRODUCT = "product"
    SERIAL = "serial"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Reading:
    """One candidate: its kind and value, with the maker and model the code itself tells.

    `layout`: the keyboard under which it reads so; `repaired`: signs were mapped back, so only an exact match in the
    stock, a check digit or a person makes it true.
    """

    kind: Kind
    value: str
    maker: str = ""
    model: str = ""
    layout: str = "us"
    caps: bool = False

    @property
    def repaired(self) -> bool:
        """True when the text had to be read through another keyboard."""
        return self.layout != "us"


FAMILIES = {
    **dict.fromkeys("1234", Kind.DEVICE),
    "5": Kind.PLACE,
    "6": Kind.AGREEMENT,
    "7": Kind.BADGE,
    "8": Kind.COMMAND,
}
CHECKED = frozenset({*FAMILIES.values(), Kind.LINK, Kind.IMEI})
"""Kinds that carry their own proof: a check digit, or 100 random bits."""

_SYMBOLOGY = re.compile(r"^\][A-Za-z][0-9A-Za-z](?=.)")
_SEPARATORS = re.compile(r"[\s\-._]+")
_LINK = re.compile(r"^https?://[^\s/]+(?:/[^\s?#]*)?/a/([a-z2-7]{20})/?$", re.I | re.A)
_DEVICE_PAGE = re.compile(r"^https?://[^\s/]+(?:/[^\s?#]*)?/appareils/([0-9]{10})/?$", re.I)
_IMEI_WORD = re.compile(r"^IMEI\s*[12]?\s*:?\s*", re.I)
_SERIAL_WORD = re.compile(
    r"^(?:S/N|N/S|SN(?=\s*[:#])|SER(?:IAL)?(?:\s*(?:NO|NUMBER|N°))?\.?(?=\s*[:#])|(?:SVC|SERVICE)\s*TAG)"
    r"\s*[:#.]?\s*(?=\S)",
    re.I,
)
_PRODUCT_WORD = re.compile(
    r"^(?:P/N|PN(?=\s*[:#])|PROD(?:UCT)?\s*(?:ID|NO|N°)?(?=\s*[:#])|MTM(?=\s*[:#]))\s*[:#.]?\s*(?=\S)", re.I
)
_SERIAL = re.compile(r"^(?=.*[A-Z0-9].*[A-Z0-9])(?!\D* )[A-Z0-9][A-Z0-9 ./_+#\-]{3,}$")
_HP_PRODUCT = re.compile(r"^[A-Z0-9]{5,8}#[A-Z0-9]{3}$")
_DELL_EXPRESS = re.compile(r"^[0-9]{10,11}$")
_APPLE = re.compile(r"^S([A-Z0-9]{10,12})$")


def read_scan(text: str) -> tuple[Reading, ...]:
    """Every meaning a scanned, typed or pasted text may have, the surest first; at least one, `unknown` at worst.

    Order: what proves itself (tags, links, IMEI), the end of a tag, product numbers, serials as read, serials repaired.
    """
    clean = _clean(text)
    found: dict[tuple[Kind, str], Reading] = {}
    for ways in (_proven, _plain, _repaired):
        for reading in ways(clean):
            found.setdefault((reading.kind, reading.value), reading)
    return tuple(found.values()) or (Reading(Kind.UNKNOWN, clean),)


def _clean(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:LONGEST]


def _proven(clean: str) -> Iterator[Reading]:
    for way in retyped(clean):
        for kind, value in _proofs(_bare(way.text)):
            yield Reading(kind, value, layout=way.layout, caps=way.caps)


def _bare(text: str) -> str:
    """Without the scanner's symbology prefix (`]C0`) and the asterisks that frame a Code 39."""
    bare = _SYMBOLOGY.sub("", text.strip())
    return bare[1:-1] if len(bare) > 2 and bare[0] == bare[-1] == "*" else bare


def _proofs(text: str) -> Iterator[tuple[Kind, str]]:
    if link := _LINK.match(text):
        yield Kind.LINK, link[1].lower()
    if (page := _DEVICE_PAGE.match(text)) and is_tag(page[1]):
        yield FAMILIES[page[1][0]], page[1]
    digits = _SEPARATORS.sub("", text)
    if is_tag(digits):
        yield FAMILIES[digits[0]], digits
    for part in re.split(r"[/,; ]+", _SERIAL_WORD.sub("", _IMEI_WORD.sub("", text))):
        if len(part) == 15 and part.isascii() and part.isdigit() and imei.is_valid(part):
            yield Kind.IMEI, part


def _plain(clean: str) -> Iterator[Reading]:
    yield from _described(Retyped(clean, "us"))


def _repaired(clean: str) -> Iterator[Reading]:
    """Serials behind another keyboard, when the text as it stands shows signs of one."""
    if _plausible(clean) and any(sign.isdigit() for sign in clean) and not clean.islower():
        return
    for way in retyped(clean):
        if way.layout != "us":
            yield from _described(way)


def _described(way: Retyped) -> Iterator[Reading]:
    text = _bare(way.text).upper()

    def reading(kind: Kind, value: str, maker: str = "", model: str = "") -> Reading:
        return Reading(kind, value, maker, model, way.layout, way.caps)

    if len(text) == 4 and text.isascii() and text.isdigit():
        yield reading(Kind.LAST_FOUR, text)
    if _PRODUCT_WORD.match(text) or _HP_PRODUCT.match(text):
        yield reading(Kind.PRODUCT, _PRODUCT_WORD.sub("", text))
        return
    serial = _SERIAL_WORD.sub("", text)
    for maker in MAKERS:
        yield from (reading(Kind.SERIAL, value, name, model) for value, name, model in maker(serial))
    if _plausible(serial):
        yield reading(Kind.SERIAL, serial)
    for maker in MAKERS_AFTER:
        yield from (reading(Kind.SERIAL, value, name, model) for value, name, model in maker(serial))


def _plausible(text: str) -> bool:
    return len(text) <= LONGEST_SERIAL and bool(_SERIAL.match(_bare(text).upper()))


Told = Iterator[tuple[str, str, str]]


def _lenovo(text: str) -> Told:
    """`1S` + machine type and model + serial: 2+10+8 signs, or 2+7+7 on older ones."""
    if text.startswith("1S") and text.isalnum():
        for model_length, serial_length in ((10, 8), (7, 7)):
            if len(text) == 2 + model_length + serial_length:
                yield text[-serial_length:], "Lenovo", text[2 : 2 + model_length]


def _apple(text: str) -> Told:
    """Apple prints an S before its serials of 10 to 12 signs; other makers have serials that begin with one."""
    if found := _APPLE.match(text):
        yield found[1], "Apple", ""


def _dell(text: str) -> Told:
    """Dell's express service code is its service tag in base 36: `5RFDP01` ⇄ `12542331601`."""
    if _DELL_EXPRESS.match(text) and 36**6 <= int(text) < 36**7:
        yield service_tag(int(text)), "Dell", ""


def service_tag(express_code: int) -> str:
    """A Dell service tag (seven signs) from its numeric express code."""
    signs = ""
    while express_code:
        express_code, rest = divmod(express_code, 36)
        signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest] + signs
    return signs.rjust(7, "0")


MAKERS: tuple[Callable[[str], Told], ...] = (_lenovo,)
"""Formats sure enough to come before the text as read."""

MAKERS_AFTER: tuple[Callable[[str], Told], ...] = (_apple, _dell)
"""Formats another maker's serial may have by chance: offered after the text as read."""
