"""Labels made for tests, and the print read back as a scanner would."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image

from reemploi.labels.content import LabelContent

CREATED = datetime(2026, 3, 14, tzinfo=UTC)
MM_PER_INCH = 25.4


@dataclass(frozen=True)
class Code:
    """A code that was read: kind, text, page from 0, centre in millimetres from the page's upper left corner."""

    kind: str
    text: str
    page: int
    x: float
    y: float


def content(index: int = 0, **changes: Any) -> LabelContent:
    """The label of an invented device."""
    facts = {
        "tag": str(1_407_288_158 + 791_919 * index),
        "device_name": "Portable Dell Latitude E6440",
        "serial_tail": "DP01",
        "association": "La Passerelle numérique",
        "telephone": "04 78 00 11 22",
        "page_url": f"https://parc.passerelle.example/a/Zk3{index:05}qWnTfXy8",
    }
    return LabelContent(**{**facts, **changes})


def rasters(pdf: bytes, dpi: int) -> list[Image.Image]:
    """Each page as the printer would see it, in greys: dots counted from the upper left corner, none stretched."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_raster(page, dpi / 72) for page in document]


def _raster(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    width, height = page.get_size()
    across, down = ((math.ceil(side * scale - 0.01) - 0.001) / scale for side in (width, height))
    page.set_mediabox(0, height - down, across, height)
    return page.render(scale=scale).to_pil().convert("L")


def read(pdf: bytes, dpi: int) -> list[Code]:
    """Every code found on the print at that resolution."""
    codes = []
    for number, raster in enumerate(rasters(pdf, dpi)):
        for found in zxingcpp.read_barcodes(raster):
            corners = [
                getattr(found.position, name) for name in ("top_left", "top_right", "bottom_left", "bottom_right")
            ]
            x, y = (sum(getattr(corner, axis) for corner in corners) / 4 * MM_PER_INCH / dpi for axis in "xy")
            codes.append(Code(found.format.name, found.text, number, x, y))
    return codes


def texts_of(codes: list[Code], kind: str) -> list[str]:
    """The texts of all codes of a kind, sorted."""
    return sorted(code.text for code in codes if code.kind == kind)
