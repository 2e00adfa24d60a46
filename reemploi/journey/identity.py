"""Which machine is this? The rule: serial and maker; a placeholder serial leaves the board's; else nothing.

A network address or a firmware's UUID never identifies a machine alone: the first moves with a card, the second is
shared by whole series. Measured on 162,852 published DMI dumps.
"""

import re

from reemploi.journey.makers import fold_maker, maker_name
from reemploi.journey.placeholders import is_placeholder

__all__ = [
    "fold_maker",
    "fold_serial",
    "identity_of",
    "is_masked",
    "is_placeholder",
    "is_usable_serial",
    "maker_name",
    "serial_key",
]

SHORTEST_SERIAL = 4
MASK = re.compile(r"([X?*#•])\1{3,}")


def fold_serial(text: str | None) -> str:
    """A serial as it is compared: upper case, no white space, no control characters; empty for nothing."""
    return "".join(sign for sign in text or "" if sign.isprintable() and not sign.isspace()).upper()


def is_masked(text: str | None) -> bool:
    """Whether a serial was made unreadable on purpose: `????????`, `9RK1XXXX`, `[REMOVED]`, `REDACTED`."""
    folded = fold_serial(text)
    return bool(MASK.search(folded)) or folded in ("[REMOVED]", "REDACTED")


def is_usable_serial(text: str | None) -> bool:
    """Whether a serial may tell one machine or medium from another: no placeholder, no mask, four signs at least."""
    return not is_placeholder(text) and not is_masked(text) and len(fold_serial(text)) >= SHORTEST_SERIAL


def identity_of(maker: str | None, serial: str | None, board_serial: str | None) -> str | None:
    """The key under which two captures are of one machine, or None when nothing can tell.

    `DELL|7TK2QN2` for a machine's serial, `ASUS|BOARD|1312…` for its board's: the two never meet by chance.
    """
    folded_maker = fold_maker(maker)
    if folded_maker is None:
        return None
    if is_usable_serial(serial):
        return f"{folded_maker.upper()}|{fold_serial(serial)}"
    if is_usable_serial(board_serial):
        return f"{folded_maker.upper()}|BOARD|{fold_serial(board_serial)}"
    return None


def serial_key(text: str | None) -> str | None:
    """A serial as the database compares it, or None when it could not tell one thing from another."""
    return fold_serial(text) if is_usable_serial(text) else None
