"""Labels to PDF: both codes drawn at whole printer dots, text cut to its room, sheets and rolls."""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from reemploi.errors import Refused
from reemploi.labels.codes import MM_PER_INCH, RESOLUTIONS, code128_modules, path
from reemploi.labels.content import LabelContent
from reemploi.labels.formats import LabelFormat
from reemploi.labels.layout import MM_PER_POINT, Layout, Line, layout_of
from reemploi.labels.qr import qr_modules
from reemploi.papers.rendering import compile_pdf
from reemploi.papers.typefaces import shortened, width
from reemploi.papers.typography import printable
from reemploi.sentences import N_

TEMPLATE = Path(__file__).parent / "templates" / "labels.typ"
MOST_OFFSET_MM = 10.0

REGULAR = "AtkinsonHyperlegible-Regular"
BOLD = "AtkinsonHyperlegible-Bold"
MONO = "AtkinsonHyperlegibleMono-Regular"
FONTS = (REGULAR, BOLD, MONO)

layout_for = cache(layout_of)


def draw(
    labels: Sequence[LabelContent],
    format: LabelFormat,
    *,
    start_at: int = 1,
    dpi: int | None = None,
    offset_x_mm: float = 0.0,
    offset_y_mm: float = 0.0,
    created: datetime,
    title: str = N_("Étiquettes"),
) -> bytes:
    """Print labels as PDF/UA-1, the first one at place `start_at` of the first sheet.

    `dpi` (203 or 300) is the printer's resolution, by default the format's; the offsets move everything right and down.
    Raises Refused: nothing to print, a place beyond the sheet, another resolution, an offset beyond 10 mm, a tag that
    Code 128 cannot hold, a label too small for both codes.
    """
    dpi = format.dpi if dpi is None else dpi
    _check(labels, format, start_at=start_at, dpi=dpi, offsets=(offset_x_mm, offset_y_mm))
    dot = MM_PER_INCH / dpi
    pages: list[list[dict[str, Any]]] = []
    for place, label in enumerate(labels, start=start_at - 1):
        if not pages or place % format.per_page == 0:
            pages.append([])
        left, top = format.corner(place % format.per_page)
        corner = _snapped(left + offset_x_mm, dot), _snapped(top + offset_y_mm, dot)
        pages[-1].append({"corner": corner, **_drawn(label, format, dpi)})
    sheet = {
        "title": title,
        "page": format.page,
        "dots": [round(format.label_width / dot), round(format.label_height / dot)],
        "dot": dot,
        "pages": pages,
    }
    return compile_pdf(TEMPLATE, {"sheet": json.dumps(sheet, ensure_ascii=False)}, created=created)


def _check(
    labels: Sequence[LabelContent], format: LabelFormat, *, start_at: int, dpi: int, offsets: tuple[float, float]
) -> None:
    if not labels:
        raise Refused(N_("Aucune étiquette à imprimer. Choisissez d'abord des appareils."))
    if not 1 <= start_at <= format.per_page:
        raise Refused(
            N_("La planche a %(places)s places : commencez entre 1 et %(places)s, et non à %(start_at)s."),
            places=format.per_page,
            start_at=start_at,
        )
    if dpi not in RESOLUTIONS:
        raise Refused(
            N_("La résolution de %(dpi)s points par pouce n'est pas prévue : choisissez 203 ou 300."), dpi=dpi
        )
    if not all(abs(offset) <= MOST_OFFSET_MM for offset in offsets):
        raise Refused(
            N_("Le décalage dépasse %(most)s mm. Vérifiez plutôt le format choisi."), most=int(MOST_OFFSET_MM)
        )


def _drawn(label: LabelContent, format: LabelFormat, dpi: int) -> dict[str, Any]:
    qr = qr_modules(label.page_url)
    layout = layout_for(format, dpi=dpi, qr_size=len(qr))
    bars = path(
        (code128_modules(label.tag),),
        left=layout.bars_left,
        top=layout.bars_top,
        width=layout.bars_module,
        height=layout.bars_height,
    )
    square = layout.qr_module
    return {
        "codes": bars + path(qr, left=layout.qr_left, top=layout.qr_top, width=square, height=square),
        "alt": f"{label.tag_groups}, {printable(label.page_url)}",
        "lines": _lines(label, layout),
    }


def _lines(label: LabelContent, layout: Layout) -> list[tuple[float, float, float, int, str]]:
    """Left, base line, size, font and text of each line, in reading order; what does not fit ends with an ellipsis."""
    tail = f"S/N …{label.serial_tail}" if label.serial_tail else ""
    lines = [
        _line(layout.name, BOLD, label.device_name),
        _line(layout.last_four, BOLD, label.last_four),
        _line(layout.serial, MONO, tail),
        _line(layout.tag, MONO, label.tag_groups),
        _line(layout.association, REGULAR, _signed(label, layout.association)),
    ]
    return [line for line in lines if line[-1]]


def _line(line: Line, font: str, text: str) -> tuple[float, float, float, int, str]:
    one_line = " ".join(printable(text).split())
    fitting = shortened(one_line, line.size * MM_PER_POINT, line.room, name=font)
    return round(line.left, 3), round(line.base, 3), line.size, FONTS.index(font), fitting


def _signed(label: LabelContent, line: Line) -> str:
    """Association and telephone; a long name gives way, the telephone is kept whole."""
    size = line.size * MM_PER_POINT
    room = line.room - width(f" · {label.telephone}", size, name=REGULAR)
    association = (
        shortened(printable(label.association), size, room, name=REGULAR) if label.telephone else label.association
    )
    return " · ".join(part for part in (association, label.telephone) if part)


def _snapped(millimetres: float, dot: float) -> float:
    return round(round(millimetres / dot) * dot, 5)
