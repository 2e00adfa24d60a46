"""What the vendored fonts can print, and how wide: read from the TrueType tables, without a font library."""

import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
FALLBACK = "DejaVuSans"


@dataclass(frozen=True)
class Face:
    """One font file: the glyph of each sign and the advance of each glyph, in units of the em square."""

    glyphs: dict[int, int]
    advances: tuple[int, ...]
    units_per_em: int

    def advance(self, sign: str) -> float | None:
        """Width of a sign as a share of the font size; None when the font has no glyph for it."""
        glyph = self.glyphs.get(ord(sign), 0)
        if not glyph:
            return None
        return self.advances[min(glyph, len(self.advances) - 1)] / self.units_per_em


@cache
def face(name: str) -> Face:
    """Read the font `name`, a file of the folder `fonts` without its ending (OpenType 1.9: cmap, head, hhea, hmtx)."""
    raw = (FONTS / f"{name}.ttf").read_bytes()
    (count,) = struct.unpack_from(">H", raw, 4)
    offsets = {raw[at : at + 4]: struct.unpack_from(">I", raw, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
    (units_per_em,) = struct.unpack_from(">H", raw, offsets[b"head"] + 18)
    (measured,) = struct.unpack_from(">H", raw, offsets[b"hhea"] + 34)
    advances = struct.unpack_from(f">{2 * measured}H", raw, offsets[b"hmtx"])[::2]
    return Face(_glyphs(raw, offsets[b"cmap"]), advances, units_per_em)


def covers(sign: str) -> bool:
    """Whether one of the document fonts prints this sign."""
    return any(face(name).advance(sign) is not None for name in ("AtkinsonHyperlegible-Regular", FALLBACK))


def width(text: str, size: float, *, name: str = "AtkinsonHyperlegible-Regular") -> float:
    """Width of a line of `text` in the unit of `size`, kerning left out; signs of neither font count a full em."""
    return size * sum(_advance(name, sign) for sign in text)


def shortened(text: str, size: float, room: float, *, name: str = "AtkinsonHyperlegible-Regular") -> str:
    """The text, or its beginning with an ellipsis, such that it is no wider than `room` (same unit as `size`)."""
    if width(text, size, name=name) <= room:
        return text
    left = room - width("…", size, name=name)
    for length, sign in enumerate(text):
        left -= size * _advance(name, sign)
        if left < 0:
            return text[:length].rstrip() + "…" if length else ""
    return text


@cache
def _advance(name: str, sign: str) -> float:
    for candidate in (name, FALLBACK):
        found = face(candidate).advance(sign)
        if found is not None:
            return found
    return 1.0


def _glyphs(raw: bytes, cmap: int) -> dict[int, int]:
    (count,) = struct.unpack_from(">H", raw, cmap + 2)
    glyphs: dict[int, int] = {}
    for record in range(count):
        (offset,) = struct.unpack_from(">I", raw, cmap + 8 + 8 * record)
        (kind,) = struct.unpack_from(">H", raw, cmap + offset)
        if kind == 4:
            glyphs |= _segments(raw, cmap + offset)
        elif kind == 12:
            glyphs |= _groups(raw, cmap + offset)
    return glyphs


def _segments(raw: bytes, at: int) -> dict[int, int]:
    """Format 4: segments of the basic plane, each with a shift or an array of glyphs."""
    (double,) = struct.unpack_from(">H", raw, at + 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", raw, at + 14)
    starts = struct.unpack_from(f">{count}H", raw, at + 16 + double)
    shifts = struct.unpack_from(f">{count}H", raw, at + 16 + 2 * double)
    ranges_at = at + 16 + 3 * double
    ranges = struct.unpack_from(f">{count}H", raw, ranges_at)
    glyphs: dict[int, int] = {}
    for index, (start, end, shift, range_) in enumerate(zip(starts, ends, shifts, ranges, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if range_:
                (glyph,) = struct.unpack_from(">H", raw, ranges_at + 2 * index + range_ + 2 * (code - start))
            if glyph:
                glyphs[code] = (glyph + shift) & 0xFFFF
    return glyphs


def _groups(raw: bytes, at: int) -> dict[int, int]:
    """Format 12: groups over all planes."""
    (count,) = struct.unpack_from(">I", raw, at + 12)
    glyphs: dict[int, int] = {}
    for group in range(count):
        first, last, glyph = struct.unpack_from(">3I", raw, at + 16 + 12 * group)
        glyphs.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
    return glyphs
