"""Proof, not hope: whole sheets and rolls are printed, rasterised and read back, code by code."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reemploi.labels.codes import RESOLUTIONS
from reemploi.labels.content import LabelContent
from reemploi.labels.drawing import draw
from reemploi.labels.formats import LabelFormat, format_named, formats
from tests.labels.reading import CREATED, content, read, texts_of
from tests.long_form import amount

pytestmark = pytest.mark.labels

COUNT = amount("labels", regular=0, long=1000)
TAGS = st.from_regex(r"[1-8][0-9]{9}", fullmatch=True)
TOKENS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", min_size=16, max_size=16)


def assert_all_read(labels: list[LabelContent], format: LabelFormat, dpi: int) -> None:
    """Each label's two codes, and no other, are read at the label's own place."""
    codes = read(draw(labels, format, dpi=dpi, created=CREATED), dpi)
    assert texts_of(codes, "Code128") == sorted(label.tag for label in labels)
    assert texts_of(codes, "QRCode") == sorted(label.page_url for label in labels)
    places = {text: place for place, label in enumerate(labels) for text in (label.tag, label.page_url)}
    for code in codes:
        page, place = divmod(places[code.text], format.per_page)
        x, y = format.corner(place)
        assert code.page == page
        assert x < code.x < x + format.label_width
        assert y < code.y < y + format.label_height


@pytest.mark.parametrize("dpi", RESOLUTIONS)
@pytest.mark.parametrize("name", formats())
def test_every_code_of_a_sheet_or_a_roll_of_ten_is_read(name: str, dpi: int) -> None:
    format = format_named(name)
    count = COUNT or (format.per_page if format.per_page > 1 else 10)
    assert_all_read([content(index) for index in range(count)], format, dpi)


@pytest.mark.parametrize("dpi", RESOLUTIONS)
@settings(max_examples=15, deadline=None)
@given(
    printed=st.dictionaries(TAGS, TOKENS, min_size=1, max_size=3).filter(
        lambda tags: len(set(tags.values())) == len(tags)
    )
)
def test_any_tag_and_any_token_are_read(dpi: int, printed: dict[str, str]) -> None:
    labels = [content(tag=tag, page_url=f"https://parc.passerelle.example/a/{token}") for tag, token in printed.items()]
    assert_all_read(labels, format_named("zebra-51x25"), dpi)


@pytest.mark.parametrize("base", ["http://a.fr/a/", "https://parc.un-nom-de-domaine-assez-long.association.example/a/"])
@pytest.mark.parametrize("dpi", RESOLUTIONS)
def test_short_and_long_addresses_are_read(base: str, dpi: int) -> None:
    labels = [content(index, page_url=f"{base}Zk3{index:05}qWnTfXy8") for index in range(21)]
    assert_all_read(labels, format_named("L7160"), dpi)
