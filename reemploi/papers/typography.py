"""Text as French printers set it, and as the document fonts can print it. Pure functions."""

import re
import unicodedata
from functools import lru_cache

from reemploi.papers import typefaces

NO_BREAK = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"
UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"

_UNITS = r"€|%|‰|°C|[kMGT]?o|[KMGT]B|k?g|[kcm]?m|m²|k?Wh?|V|mAh|[MG]?Hz|h|min|s|ans?|mois|jours?|pouces?|exemplaires?"
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_NARROW_BEFORE = re.compile(r"(?<=\S) (?=[;!?](?:[\s;!?»)]|$))")
_NO_BREAK_PLACES = re.compile(
    r"(?<=\S) (?=:(?:\s|$))"  # before a colon
    r"|(?<=«) | (?=»)"
    rf"|(?<=\d) (?=(?:{_UNITS})(?!\w))"
    rf"|(?<=\d) (?=(?:{_MONTHS})\b)|(?<=\b1er) (?=(?:{_MONTHS})\b)"
    r"|(?<=\b\d{5}) (?=[A-ZÀ-Ý])"  # postal code and town
    r"|(?<=\bn°) |(?<=\bM\.) |(?<=\bMme) |(?<=\bart\.) |(?<=\barticle) (?=\d)|(?<=\b[DLR]\.) (?=\d)"
)
_GROUPED_NUMBER = re.compile(r"(?<![\d,.])(?<!\d )\d{1,3}(?: \d{3})+(?! ?\d)")
_TELEPHONE = re.compile(r"(?<!\d)0\d(?: \d\d){4}(?! ?\d)")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_DIRECTION_OVERRIDES = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def french(text: str) -> str:
    """The text with curved apostrophes and its ordinary spaces made no-break where a line must not end.

    No space is added, so that addresses (https://…) and times (12:30) stay as they are.

    Narrow before `;`, `!`, `?` and between thousands; full before `:`, inside « », between number and unit, day and
    month, within a telephone number (Lexique des règles typographiques en usage à l'Imprimerie nationale).
    """
    text = _APOSTROPHE.sub("’", text)
    if " " not in text:
        return text
    text = _NARROW_BEFORE.sub(NARROW, text)
    text = _GROUPED_NUMBER.sub(lambda found: found[0].replace(" ", NARROW), text)
    text = _TELEPHONE.sub(lambda found: found[0].replace(" ", NO_BREAK), text)
    return _NO_BREAK_PLACES.sub(NO_BREAK, text)


def printable(text: str) -> str:
    """The text composed (NFC), without control signs and direction overrides; signs without a glyph become �."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text.replace("\t", " ").replace("\r\n", "\n"))
    return "".join(_printed(sign) for sign in composed.translate(_DIRECTION_OVERRIDES))


@lru_cache(maxsize=4096)
def _printed(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Cc":
        return sign if sign == "\n" else ""
    if typefaces.covers(sign):
        return sign
    if category in {"Zs", "Zl", "Zp"}:
        return " "
    return "" if category in {"Cf", "Mn", "Me"} else UNPRINTABLE
