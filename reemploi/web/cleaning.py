"""Texts as people type or paste them, made plain: composed signs, single spaces, nothing invisible."""

import unicodedata

JOINERS = "\u200c\u200d"  # joined emoji, Persian and Arabic words need them
BECOME_SPACES = {"Cc", "Zl", "Zp", "Zs"}
LEAVE = {"Cf", "Cs"}
SLACK = 100


class _Signs(dict[int, str]):
    """What each sign becomes, worked out once per sign."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        category = unicodedata.category(sign)
        leaves = category in LEAVE and sign not in JOINERS
        self[code] = " " if category in BECOME_SPACES else "" if leaves else sign
        return self[code]


_SIGNS = _Signs()


def clean_line(text: str) -> str:
    """One line: composed signs, no control or direction sign, single spaces."""
    plain = " ".join(unicodedata.normalize("NFC", text).translate(_SIGNS).split())
    return plain if plain.strip(JOINERS + " ") else ""


def clean_text(text: str) -> str:
    """Several lines, each cleaned; at most one empty line in a row."""
    lines = [clean_line(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    kept = [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
    return "\n".join(kept).strip("\n")


def is_far_too_long(text: str, longest: int) -> bool:
    """True when a text cannot fit even once cleaned; composing a million signs would cost minutes, so look first."""
    return len(text) > 4 * longest + SLACK


def search_words(text: str | None, longest: int = 200) -> str:
    """What a search was asked, cleaned and cut: safe to hand to either database."""
    return clean_line((text or "")[:longest])
