"""Labels as PDF: places, text, refusals."""

import re
from typing import Any

import pytest

from reemploi.errors import Refused
from reemploi.labels.codes import code128_modules
from reemploi.labels.drawing import draw
from reemploi.labels.formats import format_named, formats
from reemploi.labels.layout import layout_of
from tests.labels.reading import CREATED, content, rasters, read
from tests.papers.reading import page_texts, text_of

L7160 = format_named("L7160")
ROLL = format_named("zebra-51x25")


def boxes(pdf: bytes, dpi: int) -> list[bool]:
    """For each place of an L7160 page, whether anything is printed there."""
    (raster,) = rasters(pdf, dpi)
    dots = dpi / 25.4
    inked = []
    for place in range(L7160.per_page):
        x, y = L7160.corner(place)
        area = (x * dots, y * dots, (x + L7160.label_width) * dots, (y + L7160.label_height) * dots)
        inked.append(raster.crop(tuple(map(int, area))).getextrema()[0] < 250)
    return inked


@pytest.mark.parametrize("start_at", [1, 2, 13, 21])
def test_a_used_sheet_is_continued_at_place_k(start_at: int) -> None:
    pdf = draw([content()], L7160, start_at=start_at, created=CREATED)
    assert boxes(pdf, 100) == [place == start_at - 1 for place in range(21)]


def test_labels_run_over_sheets() -> None:
    labels = [content(index) for index in range(30)]
    pages = page_texts(draw(labels, L7160, start_at=20, created=CREATED))
    assert [len(re.findall(r"S/N", page)) for page in pages] == [2, 21, 7]


def test_a_label_says_what_it_must_and_nothing_else() -> None:
    text = page_texts(draw([content()], L7160, created=CREATED))[0]
    assert [line.strip() for line in text.replace("\xa0", " ").splitlines() if line.strip()] == [
        "Portable Dell Latitude E6440",
        "8158 S/N …DP01",
        "1 4072 8815 8",
        "La Passerelle numérique · 04 78 00 11 22",
    ]


def test_content_gives_the_tag_in_groups_and_the_everyday_name() -> None:
    assert (content().tag_groups, content().last_four) == ("1 4072 8815 8", "8158")


def test_empty_lines_are_left_out() -> None:
    bare = content(device_name="", serial_tail="", association="", telephone="")
    assert text_of(draw([bare], L7160, created=CREATED)) == "81581407288158"


@pytest.mark.parametrize("name", formats())
@pytest.mark.parametrize(
    "text", ["W" * 80, "a" * 10_000, "نور 😀 Ελλάδα #panic() *x* $ " * 9, "ligne\nsuite\t\x00fin " * 20]
)
def test_no_text_leaves_its_label(name: str, text: str) -> None:
    format = format_named(name)
    label = content(device_name=text, serial_tail=text, association=text, telephone=text)
    first = rasters(draw([label], format, created=CREATED), 200)[0]
    dots, (x, y) = 200 / 25.4, format.corner(0)
    right, foot = (x + format.label_width - format.safe_x) * dots, (y + format.label_height) * dots
    assert first.crop((int(right) + 2, 0, first.width, first.height)).getextrema()[0] > 250
    if foot < first.height - 1:
        assert first.crop((0, int(foot) + 1, first.width, first.height)).getextrema()[0] > 250
    assert len(read(draw([label], format, created=CREATED), 300)) == 2


def test_a_long_association_gives_way_to_the_telephone() -> None:
    text = page_texts(draw([content(association="Association " * 12)], L7160, created=CREATED))[0]
    assert re.search(r"Association.*… · 04 78 00 11 22", text.replace("\xa0", " "))


def test_markup_is_printed_as_text() -> None:
    name = '#panic("x") *x* $y$ \\ <z>'
    assert name.replace(" ", "") in text_of(draw([content(device_name=name)], L7160, created=CREATED))


def test_the_same_labels_give_the_same_bytes() -> None:
    labels = [content(index) for index in range(5)]
    assert draw(labels, ROLL, created=CREATED) == draw(labels, ROLL, created=CREATED)
    assert draw(labels, ROLL, created=CREATED) != draw(labels[::-1], ROLL, created=CREATED)


def test_labels_are_tagged_and_their_codes_described() -> None:
    pdf = draw([content()], L7160, created=CREATED)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/Figure" in pdf


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("name", ["L7160", "3474", "zebra-51x25", "DK-11209"])
def test_every_bar_is_a_whole_number_of_dots(name: str, dpi: int) -> None:
    format = format_named(name)
    place = format.per_page // 2
    layout = layout_of(format, dpi=dpi, qr_size=33)
    pdf = draw([content()], format, start_at=place + 1, dpi=dpi, created=CREATED)
    (raster,) = rasters(pdf, dpi)
    x, y = (round(edge * dpi / 25.4) for edge in format.corner(place))
    bars = range(x + layout.bars_left, x + layout.bars_left + 90 * layout.bars_module)
    row = [raster.getpixel((at, y + layout.bars_top + layout.bars_height // 2)) for at in bars]
    assert max(min(grey, 255 - grey) for grey in row) <= 2, "an edge falls between two dots"
    modules = code128_modules(content().tag)
    assert [grey < 128 for grey in row] == [module == 1 for module in modules for _ in range(layout.bars_module)]


@pytest.mark.parametrize(("x", "y"), [(3.0, 0.0), (0.0, 2.5), (-1.5, -1.0)])
def test_offsets_move_everything(x: float, y: float) -> None:
    plain = {code.kind: code for code in read(draw([content()], L7160, created=CREATED), 300)}
    for moved in read(draw([content()], L7160, offset_x_mm=x, offset_y_mm=y, created=CREATED), 300):
        assert moved.x - plain[moved.kind].x == pytest.approx(x, abs=0.2)
        assert moved.y - plain[moved.kind].y == pytest.approx(y, abs=0.2)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"start_at": 0}, "commencez entre 1 et 21, et non à 0"),
        ({"start_at": 22}, "commencez entre 1 et 21, et non à 22"),
        ({"start_at": -3}, "La planche a 21 places"),
        ({"format": ROLL, "start_at": 2}, "commencez entre 1 et 1"),
        ({"labels": []}, "Aucune étiquette à imprimer"),
        ({"dpi": 72}, "choisissez 203 ou 300"),
        ({"offset_x_mm": 10.5}, "décalage dépasse 10 mm"),
        ({"offset_y_mm": float("nan")}, "décalage dépasse 10 mm"),
        ({"labels": [content(tag="9900000000")]}, "ne commence par 99"),
        ({"labels": [content(page_url="https://a.example/" + "x" * 180)], "format": ROLL}, "ne tiennent pas"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_a_sentence(changes: dict[str, Any], sentence: str) -> None:
    asked: dict[str, Any] = {"labels": [content()], "format": L7160, **changes}
    with pytest.raises(Refused, match=sentence):
        draw(asked.pop("labels"), asked.pop("format"), created=CREATED, **asked)
