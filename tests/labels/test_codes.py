"""Modules and paths of codes."""

import re

import pytest
import segno
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from reemploi.errors import Refused
from reemploi.labels.codes import CODE128_QUIET, code128_modules, dots_per_module, path
from reemploi.labels.qr import LEVEL, MASK, qr_modules

TAGS = st.from_regex(r"[0-9]{10}", fullmatch=True).filter(lambda tag: not tag.startswith("99"))
TOKENS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", min_size=16, max_size=16)


@settings(deadline=None)
@given(TAGS)
def test_a_tag_is_ninety_modules_in_set_c_and_reads_back(tag: str) -> None:
    modules = code128_modules(tag)
    assert len(modules) == 90
    quiet = bytes(CODE128_QUIET)
    row = bytes(0 if module else 255 for module in quiet + modules + quiet)
    image = Image.frombytes("L", (len(row), 1), row).resize((len(row) * 2, 30), Image.Resampling.NEAREST)
    (found,) = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.Code128)
    assert found.text == tag


@pytest.mark.parametrize("tag", ["9900000000", "9912345678"])
def test_a_leading_99_is_refused(tag: str) -> None:
    with pytest.raises(Refused, match="aucun numéro ne commence par 99"):
        code128_modules(tag)


@pytest.mark.parametrize("tag", ["", "123", "12345678901", "12345 7890", "١٢٣٤٥٦٧٨٩٠", "ABCDEFGHIJ", "1234567890\n"])
def test_only_ten_digits_are_a_tag(tag: str) -> None:
    with pytest.raises(Refused, match="il faut dix chiffres"):
        code128_modules(tag)


@settings(deadline=None)
@given(TOKENS)
def test_a_qr_code_is_the_one_of_the_library(token: str) -> None:
    url = f"https://parc.passerelle.example/a/{token}"
    reference = segno.make_qr(url, error=LEVEL, mask=MASK, boost_error=False)
    assert qr_modules(url) == tuple(map(bytes, reference.matrix))


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=120))
def test_any_plain_address_gives_the_code_of_the_library(address: str) -> None:
    reference = segno.make_qr(address.encode(), error=LEVEL, mask=MASK, boost_error=False, mode="byte")
    assert qr_modules(address) == tuple(map(bytes, reference.matrix))


@pytest.mark.parametrize("address", ["", "https://é.example/", "https://a.example/" + "x" * 200])
def test_an_address_that_no_label_holds_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="ne tient pas dans un code QR"):
        qr_modules(address)


@pytest.mark.parametrize(
    ("least_mm", "dpi", "dots"), [(0.25, 203, 2), (0.25, 300, 3), (0.33, 203, 3), (0.33, 300, 4), (0.25, 600, 6)]
)
def test_modules_are_whole_dots_and_wide_enough(least_mm: float, dpi: int, dots: int) -> None:
    assert dots_per_module(least_mm, dpi) == dots
    assert dots * 25.4 / dpi >= least_mm > (dots - 1) * 25.4 / dpi


@given(st.lists(st.binary(min_size=5, max_size=5).map(lambda row: bytes(sign & 1 for sign in row)), max_size=6))
def test_a_path_covers_exactly_the_dark_modules(rows: list[bytes]) -> None:
    drawn = set()
    for box in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)h-(\d+)z", path(tuple(rows), left=7, top=3, width=2, height=4)):
        x, y, wide, high, back = map(int, box)
        assert (wide, high) == (back, 4)
        drawn |= {((x - 7) // 2 + step, (y - 3) // 4) for step in range(wide // 2)}
    assert drawn == {(x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module}
