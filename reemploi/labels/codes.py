"""The codes of a label as modules and as paths: Code 128 of the tag here, QR of the page's address in `qr.py`.

Sizes: ISO/IEC 15417 and 18004 for the quiet zones; the least widths are those that office scanners and telephones
read reliably from a 203 dpi print.
"""

import math
import re
from functools import lru_cache

from barcode import Code128

from reemploi.errors import Refused
from reemploi.sentences import N_

CODE128_QUIET = 10
CODE128_LEAST_MM = 0.25
QR_QUIET = 4
QR_LEAST_MM = 0.33
RESOLUTIONS = (203, 300)
MM_PER_INCH = 25.4

_RUN = re.compile(rb"\x01+")


def code128_modules(tag: str) -> bytes:
    """Bars (1) and spaces (0) of a ten-digit tag in Code 128 set C, without quiet zones: 90 modules.

    Raises Refused for anything but ten digits, and for a leading 99, which python-barcode 0.16.1 leaves out (it takes
    the value 99 for the switch to set C).
    """
    if not re.fullmatch(r"[0-9]{10}", tag):
        raise Refused(N_("Le numéro %(tag)s ne peut pas être imprimé : il faut dix chiffres."), tag=tag)
    if tag.startswith("99"):
        raise Refused(N_("Le numéro %(tag)s ne peut pas être imprimé : aucun numéro ne commence par 99."), tag=tag)
    (modules,) = Code128(tag).build()
    return bytes(module == "1" for module in modules)


def dots_per_module(least_mm: float, dpi: int) -> int:
    """Whole printer dots of a module that is at least `least_mm` wide."""
    return math.ceil(least_mm * dpi / MM_PER_INCH)


def path(rows: tuple[bytes, ...], *, left: int, top: int, width: int, height: int) -> str:
    """One SVG path, in dots, of all dark modules, each `width` by `height`."""
    return "".join(
        _box(left + start * width, top + index * height, (end - start) * width, height)
        for index, row in enumerate(rows)
        for start, end in [run.span() for run in _RUN.finditer(row)]
    )


@lru_cache(maxsize=2**15)
def _box(left: int, top: int, width: int, height: int) -> str:
    return f"M{left} {top}h{width}v{height}h-{width}z"
