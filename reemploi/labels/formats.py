"""Sheets and rolls of labels, in exact millimetres.

The figures are the makers' (Avery, Brother, Dymo, Zebra), checked by closure: left margin, pitches, last label and
right margin add up to the page. `safe_x` keeps the outer labels of edge-to-edge sheets out of the 4.2 mm that office
printers leave white. Another format is one more line of `formats.json`.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reemploi.errors import Refused
from reemploi.sentences import N_

SOURCE = Path(__file__).parent / "formats.json"
LASER_DPI = 300  # and every multiple of it


@dataclass(frozen=True, kw_only=True)
class Label:
    """One label. `safe_x`, `safe_y`: border where nothing is printed; `dpi`: resolution of the usual printer."""

    name: str
    title: str
    label_width: float
    label_height: float
    safe_x: float
    safe_y: float
    dpi: int = LASER_DPI


@dataclass(frozen=True, kw_only=True)
class RollFormat(Label):
    """Labels printed one by one, each on a page of its own."""

    @property
    def page(self) -> tuple[float, float]:
        return self.label_width, self.label_height

    @property
    def per_page(self) -> int:
        return 1

    def corner(self, position: int) -> tuple[float, float]:
        """Upper left corner of the label at `position`, from 0, in millimetres from that of the page."""
        return 0.0, 0.0


@dataclass(frozen=True, kw_only=True)
class SheetFormat(Label):
    """Labels in columns and rows on a page; positions run along the rows."""

    page_width: float
    page_height: float
    columns: int
    rows: int
    left: float
    top: float
    pitch_x: float
    pitch_y: float

    @property
    def page(self) -> tuple[float, float]:
        return self.page_width, self.page_height

    @property
    def per_page(self) -> int:
        return self.columns * self.rows

    def corner(self, position: int) -> tuple[float, float]:
        row, column = divmod(position, self.columns)
        return self.left + column * self.pitch_x, self.top + row * self.pitch_y


LabelFormat = SheetFormat | RollFormat


@cache
def formats() -> dict[str, LabelFormat]:
    """Every known format by name, sheets first."""
    listed = json.loads(SOURCE.read_text(encoding="utf-8"))
    known: list[LabelFormat] = [SheetFormat(**values) for values in listed["sheets"]]
    known += [RollFormat(**values) for values in listed["rolls"]]
    return {format.name: format for format in known}


def format_named(name: str) -> LabelFormat:
    """The format of that name; raises Refused when there is none."""
    if name not in formats():
        raise Refused(
            N_("Le format d'étiquettes « %(name)s » n'est pas connu. Choisissez-en un dans la liste."), name=name
        )
    return formats()[name]
