"""Vendored fonts and their measures."""

import hashlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reemploi.papers.typefaces import FONTS, covers, face, shortened, width

VENDORED = (FONTS / "VENDORED.md").read_text(encoding="utf-8")
DIGESTS = dict(re.findall(r"^\| `(\S+\.ttf)` \| `([0-9a-f]{64})` \|$", VENDORED, flags=re.MULTILINE))


def test_each_font_is_the_one_that_was_vendored() -> None:
    found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in FONTS.glob("*.ttf")}
    assert found == DIGESTS


def test_each_licence_named_is_there() -> None:
    named = set(re.findall(r"`((?:OFL|LICENSE)\S+\.txt)`", VENDORED))
    assert named == {file.name for file in FONTS.glob("*.txt")}


@pytest.mark.parametrize("sign", "aÉœŸ€…«»’–·°×0Ελ😀\u202f\u00a0\ufffd")
def test_signs_of_our_documents_are_covered(sign: str) -> None:
    assert covers(sign)


@pytest.mark.parametrize("sign", ["中", "\ue000", "🦄"])
def test_signs_without_a_glyph_are_known(sign: str) -> None:
    assert not covers(sign)


def test_figures_of_the_monospace_are_all_as_wide() -> None:
    mono = face("AtkinsonHyperlegibleMono-Regular")
    assert len({mono.advance(sign) for sign in "0123456789 ABCxyz"}) == 1


def test_bold_is_wider() -> None:
    text = "Portable Dell Latitude"
    assert width(text, 10, name="AtkinsonHyperlegible-Bold") > width(text, 10) > 0


@settings(deadline=None)
@given(st.text(max_size=60), st.floats(0, 400))
def test_a_shortened_text_fits_its_room(text: str, room: float) -> None:
    short = shortened(text, 10, room)
    assert width(short, 10) <= room + 1e-9
    assert short == text or short == "" or (short.endswith("…") and text.startswith(short[:-1].rstrip()))
