"""Signatures drawn on a screen: read as points and drawn anew, so that no foreign SVG enters a document."""

import re
from typing import TypedDict

from reemploi.errors import Refused
from reemploi.sentences import N_

MAX_BYTES = 500_000
LARGEST = 10_000.0

_ELEMENT = re.compile(r"<(path|line|circle)\b([^<>]*)>")
_ATTRIBUTE = re.compile(r"\b([a-z][a-z0-9-]{0,20})=[\"']([^\"']*)[\"']")
_NUMBER = re.compile(r"-?\d{1,20}(?:\.\d{1,20})?(?:e-?\d{1,3})?")


class Drawing(TypedDict):
    """A signature in its own box: `strokes` are cubic curves (width, then four points), `dots` are (x, y, radius)."""

    width: float
    height: float
    strokes: list[list[float]]
    dots: list[list[float]]


def read_signature(svg: str) -> Drawing:
    """The curves and dots of an SVG drawn by signature_pad 5 (`toSVG()`), cropped to what was drawn.

    Everything else in the text is ignored. Raises Refused when it is too large, holds no stroke or impossible numbers.
    """
    if len(svg) > MAX_BYTES:
        raise Refused(N_("La signature est trop lourde. Effacez-la et signez d'un seul trait simple."))
    strokes: list[list[float]] = []
    dots: list[list[float]] = []
    for kind, raw in _ELEMENT.findall(svg):
        attributes = dict(_ATTRIBUTE.findall(raw))
        if kind == "circle":
            dots.append(_dot(attributes))
        else:
            strokes.append(_curve(attributes) if kind == "path" else _line(attributes))
    if not strokes and not dots:
        raise Refused(N_("La signature est vide. Signez dans le cadre, puis validez."))
    return _cropped(strokes, dots)


def _curve(attributes: dict[str, str]) -> list[float]:
    start, _, rest = attributes.get("d", "").strip().removeprefix("M").partition("C")
    points = [_bounded(value) for part in (start, rest) for value in re.split(r"[,\s]+", part.strip())]
    if len(points) != 8:
        raise _unreadable()
    return [_size(attributes, "stroke-width"), *points]


def _line(attributes: dict[str, str]) -> list[float]:
    x1, y1, x2, y2 = (_bounded(attributes.get(name, "")) for name in ("x1", "y1", "x2", "y2"))
    return [_size(attributes, "stroke-width"), x1, y1, x1, y1, x2, y2, x2, y2]


def _dot(attributes: dict[str, str]) -> list[float]:
    return [_bounded(attributes.get("cx", "")), _bounded(attributes.get("cy", "")), _size(attributes, "r")]


def _size(attributes: dict[str, str], name: str) -> float:
    return abs(_bounded(attributes.get(name, "")))


def _bounded(text: str) -> float:
    if not _NUMBER.fullmatch(text) or abs(value := float(text)) > LARGEST:
        raise _unreadable()
    return value


def _unreadable() -> Refused:
    return Refused(N_("La signature n'a pas pu être lue. Effacez-la et signez de nouveau."))


def _cropped(strokes: list[list[float]], dots: list[list[float]]) -> Drawing:
    edge = max([stroke[0] / 2 for stroke in strokes] + [dot[2] for dot in dots]) + 1
    xs = [x for stroke in strokes for x in stroke[1::2]] + [dot[0] for dot in dots]
    ys = [y for stroke in strokes for y in stroke[2::2]] + [dot[1] for dot in dots]
    left, top = min(xs) - edge, min(ys) - edge

    def moved(points: list[float]) -> list[float]:
        return [round(value - (top if odd % 2 else left), 2) for odd, value in enumerate(points)]

    return Drawing(
        width=round(max(xs) + edge - left, 2),
        height=round(max(ys) + edge - top, 2),
        strokes=[[round(stroke[0], 2), *moved(stroke[1:])] for stroke in strokes],
        dots=[[*moved(dot[:2]), round(dot[2], 2)] for dot in dots],
    )
