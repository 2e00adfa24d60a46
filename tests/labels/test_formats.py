"""Formats and the places on a label."""

import pytest

from reemploi.errors import Refused
from reemploi.labels.codes import CODE128_LEAST_MM, CODE128_QUIET, QR_LEAST_MM, QR_QUIET, RESOLUTIONS
from reemploi.labels.formats import RollFormat, SheetFormat, format_named, formats
from reemploi.labels.layout import CODE128_WIDTH, layout_of

SHEETS = [known for known in formats().values() if isinstance(known, SheetFormat)]
QR_SIZES = (25, 29, 33)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_margins_pitches_and_labels_add_up_to_the_page(sheet: SheetFormat) -> None:
    across = 2 * sheet.left + (sheet.columns - 1) * sheet.pitch_x + sheet.label_width
    down = 2 * sheet.top + (sheet.rows - 1) * sheet.pitch_y + sheet.label_height
    assert across == pytest.approx(sheet.page_width, abs=0.11)
    assert down == pytest.approx(sheet.page_height, abs=0.11)
    assert sheet.pitch_x >= sheet.label_width
    assert sheet.pitch_y >= sheet.label_height


def test_the_common_sheet_has_its_exact_measures() -> None:
    sheet = format_named("L7160")
    assert isinstance(sheet, SheetFormat)
    assert (sheet.per_page, sheet.label_width, sheet.label_height) == (21, 63.5, 38.1)
    assert sheet.corner(0) == (7.21, 15.15)
    assert sheet.corner(20) == pytest.approx((7.21 + 2 * 66.04, 15.15 + 6 * 38.1))


def test_a_roll_has_one_label_to_a_page() -> None:
    roll = format_named("DK-11209")
    assert isinstance(roll, RollFormat)
    assert (roll.page, roll.per_page, roll.corner(0)) == ((62, 29), 1, (0, 0))


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(Refused, match="« L9999 » n'est pas connu"):
        format_named("L9999")


@pytest.mark.parametrize("dpi", RESOLUTIONS)
@pytest.mark.parametrize("size", QR_SIZES)
@pytest.mark.parametrize("name", formats())
def test_nothing_overlaps_on_any_format(name: str, size: int, dpi: int) -> None:
    label = format_named(name)
    layout = layout_of(label, dpi=dpi, qr_size=size)
    dot = 25.4 / dpi
    assert layout.bars_module * dot >= CODE128_LEAST_MM
    assert layout.qr_module * dot >= QR_LEAST_MM

    quiet = layout.bars_module * CODE128_QUIET
    bars_left, bars_right = layout.bars_left - quiet, layout.bars_left - quiet + layout.bars_module * CODE128_WIDTH
    qr_quiet, qr_side = layout.qr_module * QR_QUIET, layout.qr_module * (size + 2 * QR_QUIET)
    qr_left, qr_top = layout.qr_left - qr_quiet, layout.qr_top - qr_quiet
    assert 0 <= bars_left < bars_right <= qr_left < qr_left + qr_side <= (label.label_width - label.safe_x) / dot
    assert label.safe_y / dot <= qr_top < qr_top + qr_side <= (label.label_height - label.safe_y) / dot
    assert layout.name.base / dot <= min(layout.bars_top, qr_top + qr_quiet)
    assert layout.last_four.base < layout.bars_top * dot
    assert (layout.bars_top + layout.bars_height) * dot < layout.tag.base < layout.association.base
    assert layout.association.base < label.label_height - label.safe_y
    for line in (layout.serial, layout.tag):
        assert line.left + line.room <= (qr_left + 1) * dot
    for line in (layout.name, layout.association):
        assert label.safe_x <= line.left < line.left + line.room <= label.label_width - label.safe_x + 1e-9


def test_a_label_too_small_for_both_codes_is_refused() -> None:
    small = RollFormat(name="small", title="Petite", label_width=25.4, label_height=10, safe_x=1, safe_y=1)
    for dpi in RESOLUTIONS:
        with pytest.raises(Refused, match="ne tiennent pas sur l'étiquette Petite"):
            layout_of(small, dpi=dpi, qr_size=29)


def test_a_long_address_is_refused_rather_than_printed_too_small() -> None:
    with pytest.raises(Refused, match="ne tiennent pas"):
        layout_of(format_named("zebra-51x25"), dpi=203, qr_size=57)
