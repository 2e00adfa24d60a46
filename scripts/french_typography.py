"""No-break spaces of French typography, put into texts that were written with ordinary spaces.

Rules of the Imprimerie nationale's *Lexique*: a narrow one before `;`, `!`, `?`, a full one before `:`, inside
« … », and between a figure and `%` or `€`.
"""

import re

NARROW, FULL = "\u202f", "\u00a0"
UNTOUCHED = re.compile(r"(<[a-zA-Z/][^>]*>)")
RULES = (
    (re.compile(r" (?=[;!?]+(?!=))"), NARROW),
    (re.compile(r" (?=:(?![/=]))"), FULL),
    (re.compile(r"(?<=«) "), FULL),
    (re.compile(r" (?=»)"), FULL),
    (re.compile(r" (?=(?:€|%%|%(?![\w(])))"), FULL),
)


def typeset(text: str) -> str:
    """The text with its no-break spaces; what stands inside an HTML tag stays as it is."""
    pieces = UNTOUCHED.split(text)
    return "".join(piece if UNTOUCHED.fullmatch(piece) else _typeset_words(piece) for piece in pieces)


def _typeset_words(words: str) -> str:
    for pattern, space in RULES:
        words = pattern.sub(space, words)
    return words
