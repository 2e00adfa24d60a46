"""Where things go on a label of a given size, computed once for a print. Codes in dots, text in millimetres.

name of the device, in full width
8158  S/N …4F7K2        [QR]
|||||||||||||||||       [QR]
1 4072 8815 8           [QR]
association · telephone
"""

from dataclasses import dataclass

from reemploi.errors import Refused
from reemploi.labels.codes import (
    CODE128_LEAST_MM,
    CODE128_QUIET,
    MM_PER_INCH,
    QR_LEAST_MM,
    QR_QUIET,
    dots_per_module,
)
from reemploi.labels.formats import Label
from reemploi.sentences import N_

CODE128_WIDTH = 90 + 2 * CODE128_QUIET
MM_PER_POINT = 25.4 / 72
CAPITALS = 0.67  # height of capitals and figures of Atkinson Hyperlegible, as a share of the size
DEPTH = 0.25  # what hangs below the line
LEAST_BARS_MM = 5.0
MOST_BARS_MM = 13.0
MOST_QR_MM = 22.0
MOST_BAR_MODULE_MM = 0.38
GAP = 0.9


@dataclass(frozen=True)
class Line:
    """A line of text: left end and base line in millimetres, size in points, room in millimetres."""

    left: float
    base: float
    size: float
    room: float


@dataclass(frozen=True)
class Layout:
    """Places on one label, from its upper left corner. `qr_*` and `bars_*` exclude the quiet zones and are in dots."""

    name: Line
    last_four: Line
    serial: Line
    tag: Line
    association: Line
    qr_module: int
    qr_left: int
    qr_top: int
    bars_module: int
    bars_left: int
    bars_top: int
    bars_height: int


def layout_of(label: Label, *, dpi: int, qr_size: int) -> Layout:
    """Places for both codes and the text on a label; `qr_size` is the QR code's side in modules.

    Raises Refused, with the reason, when the label cannot hold both codes at that resolution.
    """
    dot = MM_PER_INCH / dpi
    right, foot = label.label_width - label.safe_x, label.label_height - label.safe_y
    name_size, foot_size, tag_size, big_size = _sizes(foot - label.safe_y)
    top = label.safe_y + (CAPITALS + DEPTH) * name_size * MM_PER_POINT + GAP
    bottom = foot - (CAPITALS + DEPTH) * foot_size * MM_PER_POINT - GAP
    qr_side = qr_size + 2 * QR_QUIET
    qr_module = _module(dpi, QR_LEAST_MM, room=min(bottom - top, MOST_QR_MM) / qr_side)
    column_right = right - qr_module * qr_side * dot
    bars_room = min((column_right - label.safe_x) / CODE128_WIDTH, MOST_BAR_MODULE_MM)
    bars_module = _module(dpi, CODE128_LEAST_MM, room=bars_room)
    bars_room_top = top + _capitals(big_size) + GAP
    bars_room_height = bottom - _capitals(tag_size) - GAP - bars_room_top
    if not (qr_module and bars_module and bars_room_height >= LEAST_BARS_MM):
        raise _too_small(label, dpi)

    bars_height = min(bars_room_height, MOST_BARS_MM)
    bars_top = bars_room_top + (bars_room_height - bars_height) / 2
    left = label.safe_x + bars_module * CODE128_QUIET * dot
    big_width = 2.6 * big_size * MM_PER_POINT
    return Layout(
        name=Line(left, label.safe_y + _capitals(name_size), name_size, right - left),
        last_four=Line(left, bars_top - GAP, big_size, big_width),
        serial=Line(left + big_width, bars_top - GAP, tag_size, column_right - left - big_width),
        tag=Line(left, bars_top + bars_height + GAP + _capitals(tag_size), tag_size, column_right - left),
        association=Line(left, foot - DEPTH * foot_size * MM_PER_POINT, foot_size, right - left),
        qr_module=qr_module,
        qr_left=int(right / dot) - qr_module * (qr_side - QR_QUIET),
        qr_top=round(((top + bottom) / dot - qr_module * qr_size) / 2),
        bars_module=bars_module,
        bars_left=round(left / dot),
        bars_top=round(bars_top / dot),
        bars_height=int(bars_height / dot),
    )


def _module(dpi: int, least_mm: float, *, room: float) -> int:
    """The most whole dots that a module of at least `least_mm` has in `room` millimetres; 0 when it has no room."""
    dots = int(room * dpi / MM_PER_INCH)
    return dots if dots >= dots_per_module(least_mm, dpi) else 0


def _too_small(label: Label, dpi: int) -> Refused:
    return Refused(
        N_(
            "Les deux codes ne tiennent pas sur l'étiquette %(format)s à %(dpi)s points par pouce. "
            "Prenez-la plus grande."
        ),
        format=label.title,
        dpi=dpi,
    )


def _sizes(height: float) -> tuple[float, float, float, float]:
    """Sizes in points of the name, the foot, the tag and the last four digits for a label of that inner height."""
    shares = ((0.27, 6.5, 10.0), (0.2, 6.0, 8.0), (0.25, 6.5, 9.0), (0.58, 12.0, 21.0))
    name, foot, tag, big = (min(max(share * height, least), most) for share, least, most in shares)
    return name, foot, tag, big


def _capitals(size: float) -> float:
    return CAPITALS * size * MM_PER_POINT
