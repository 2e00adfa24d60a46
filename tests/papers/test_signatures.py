"""Signatures drawn on a screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reemploi.errors import Refused
from reemploi.papers.signatures import MAX_BYTES, read_signature
from tests.papers.documents import SIGNATURE

CURVE = '<path d="M 10.000,20.000 C 11.000,21.000 12.000,22.000 30.000,40.000" stroke-width="2.000"></path>'
DOT = '<circle r="1" cx="3" cy="4" fill="black"></circle>'


def test_strokes_and_dots_are_read_and_cropped() -> None:
    drawing = read_signature(f"<svg>{CURVE}</svg>")
    assert drawing == {
        "width": 24.0,
        "height": 24.0,
        "strokes": [[2.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0, 22.0, 22.0]],
        "dots": [],
    }


def test_a_whole_drawing_keeps_every_element() -> None:
    drawing = read_signature(SIGNATURE)
    assert (len(drawing["strokes"]), len(drawing["dots"])) == (5, 1)
    xs = [x for stroke in drawing["strokes"] for x in stroke[1::2]]
    ys = [y for stroke in drawing["strokes"] for y in stroke[2::2]]
    assert 0 < min(xs) <= max(xs) < drawing["width"]
    assert 0 < min(ys) <= max(ys) < drawing["height"]


def test_a_single_dot_is_a_signature() -> None:
    assert read_signature(DOT)["dots"] == [[2.0, 2.0, 1.0]]


@pytest.mark.parametrize(
    "foreign",
    [
        '<image href="file:///etc/passwd" width="10"/>',
        "<script>alert(1)</script>",
        '<style>path{fill:url("http://example.org")}</style>',
        '<!DOCTYPE svg [<!ENTITY a "b">]>',
        '<foreignObject><p onclick="x">&a;</p></foreignObject>',
    ],
)
def test_anything_else_in_the_file_is_left_out(foreign: str) -> None:
    assert read_signature(f"<svg>{foreign}{CURVE}{DOT}</svg>") == read_signature(f"<svg>{CURVE}{DOT}</svg>")


@pytest.mark.parametrize(
    ("svg", "sentence"),
    [
        ("", "est vide"),
        ("<svg></svg>", "est vide"),
        ("x" * (MAX_BYTES + 1), "trop lourde"),
        ('<circle r="1" cx="1" cy="1">' * 17_000 + "<line>", "lue"),
        ('<path d="" stroke-width="1">', "lue"),
        ('<path d="M 1,1 C 2,2 3,3" stroke-width="1">', "lue"),
        ('<path d="M 1,1 L 2,2" stroke-width="1">', "lue"),
        (CURVE.replace("10.000", "NaN"), "lue"),
        (CURVE.replace("10.000", "1e300"), "lue"),
        (CURVE.replace("10.000", "99999"), "lue"),
        (CURVE.replace("2.000", "url(#a)"), "lue"),
        ('<circle r="1" cx="Infinity" cy="4">', "lue"),
    ],
)
def test_what_is_no_signature_is_refused_with_a_sentence(svg: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        read_signature(svg)


@given(st.text(alphabet='<>/pathcirlnedMCxyr=" -.,0123456789eSs\n', max_size=300))
def test_no_text_makes_the_reader_stumble(text: str) -> None:
    try:
        drawing = read_signature(text)
    except Refused:
        return
    assert drawing["strokes"] or drawing["dots"]
