"""Whatever a scanner, a keyboard or a hand makes of a code, it is read as what it is, or as nothing: never a guess."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import damm

from reemploi.ground.numbering import in_groups, reads_two_ways
from reemploi.journey.keyboards import LAYOUTS, US_PLAIN, US_SHIFT, Layout
from reemploi.journey.scan import CHECKED, FAMILIES, Kind, read_scan, service_tag

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
BY_NAME = {layout.name: layout for layout in LAYOUTS}
US = Layout("us", US_PLAIN, US_SHIFT)
TAG_KINDS = set(FAMILIES.values())
CAPS = ("off", "letters", "shift_lock")
KEYBOARDS = [(US, "off"), (US, "letters"), *((layout, caps) for layout in LAYOUTS for caps in CAPS)]
FRENCH = [pair for pair in KEYBOARDS if pair[0].name.startswith(("us", "azerty"))]


def typed(text: str, layout: Layout, caps: str = "off") -> str:
    """What a scanner that plays an American keyboard leaves in the field."""
    return "".join(_key(sign, layout, caps) for sign in text)


def _key(sign: str, layout: Layout, caps: str) -> str:
    shifted = sign not in US_PLAIN
    place = (US_SHIFT if shifted else US_PLAIN).index(sign)
    if caps == "shift_lock" and layout.shift_lock:
        return (layout.plain if shifted else layout.shift)[place]
    given = (layout.shift if shifted else layout.plain)[place]
    return (given.lower() if shifted else given.upper()) if caps != "off" and given.isalpha() else given


def tag_of(family: str, body: int) -> str:
    digits = f"{family}{body:08d}"
    return digits + str(damm.calc_check_digit(digits))


tags = st.builds(tag_of, st.sampled_from("12345678"), st.integers(0, 10**8 - 1)).filter(
    lambda tag: not reads_two_ways(tag)
)
keyboards = st.sampled_from(KEYBOARDS)
prefixes = st.sampled_from(["", "]C0", "]C1", "]Q1", "]d1", "  ", "\x02", "\t"])
suffixes = st.sampled_from(["", "\r", "\r\n", "\t", " ", "\x03"])


def values(text: str, *kinds: Kind) -> list[str]:
    return [reading.value for reading in read_scan(text) if reading.kind in kinds]


@given(tags, keyboards, prefixes, suffixes)
def test_every_issued_tag_comes_back_through_every_keyboard(
    tag: str, keyboard: tuple[Layout, str], prefix: str, suffix: str
) -> None:
    prefix = typed(prefix, *keyboard) if prefix.startswith("]") else prefix
    first = read_scan(prefix + typed(tag, *keyboard) + suffix)[0]
    assert (first.kind, first.value) == (FAMILIES[tag[0]], tag)


@given(tags, st.integers(0, 9), st.integers(1, 9), st.sampled_from(FRENCH))
def test_one_wrong_digit_is_never_read_as_a_tag(tag: str, place: int, other: int, keyboard: tuple[Layout, str]) -> None:
    wrong = tag[:place] + str((int(tag[place]) + other) % 10) + tag[place + 1 :]
    if not set(wrong) <= set("356"):
        assert values(typed(wrong, *keyboard), *TAG_KINDS) == []


@given(tags, st.integers(0, 8), st.sampled_from(FRENCH))
def test_two_neighbours_swapped_are_never_read_as_a_tag(tag: str, place: int, keyboard: tuple[Layout, str]) -> None:
    swapped = tag[:place] + tag[place + 1] + tag[place] + tag[place + 2 :]
    if swapped != tag and not set(swapped) <= set("356"):
        assert values(typed(swapped, *keyboard), *TAG_KINDS) == []


@given(tags)
def test_a_tag_typed_by_hand_in_groups_is_read(tag: str) -> None:
    for text in (in_groups(tag), in_groups(tag).replace(" ", "-"), in_groups(tag).replace(" ", "\u00a0"), f" {tag}."):
        assert values(text, *TAG_KINDS) == [tag]


@given(st.text(max_size=400))
def test_any_text_has_a_reading_and_never_fails(text: str) -> None:
    readings = read_scan(text)
    assert readings
    assert len({(reading.kind, reading.value) for reading in readings}) == len(readings)
    assert [kind for kind in readings if kind.kind is Kind.UNKNOWN] == [] or len(readings) == 1


def test_a_ten_digit_serial_that_passes_the_check_stays_a_candidate_after_the_tag() -> None:
    tag = tag_of("1", 40728815)
    assert [(reading.kind, reading.value) for reading in read_scan(tag)][:2] == [(Kind.DEVICE, tag), (Kind.SERIAL, tag)]


@pytest.mark.parametrize("keyboard", FRENCH, ids=lambda pair: f"{pair[0].name}-{pair[1]}")
def test_the_address_of_a_label_is_a_link_whatever_the_host(keyboard: tuple[Layout, str]) -> None:
    token = "a2q7zwm3bcdefghij5kl"
    for base in ("https://reemploi.exemple.fr", "http://192.0.2.7:8000", "https://ville.example/parc"):
        first = read_scan(typed(f"{base}/a/{token}", *keyboard))[0]
        assert (first.kind, first.value) == (Kind.LINK, token)


def test_the_address_of_a_device_page_is_its_tag() -> None:
    tag = tag_of("1", 40728815)
    assert read_scan(f"http://127.0.0.1:8000/appareils/{tag}")[0].value == tag


@pytest.mark.parametrize(
    ("code", "serial", "maker", "model"),
    [
        ("1S20XW00L1FRPF2ABCDE", "PF2ABCDE", "Lenovo", "20XW00L1FR"),
        ("1S415522GR8ABC12", "R8ABC12", "Lenovo", "415522G"),
        ("S/N:PF0QMY5N", "PF0QMY5N", "", ""),
        ("S/N PF0QMY5N", "PF0QMY5N", "", ""),
        ("SN: 5CD1234ABC", "5CD1234ABC", "", ""),
        ("Serial No: HA112X", "HA112X", "", ""),
        ("SVC TAG: 7TK2QN2", "7TK2QN2", "", ""),
        ("*7TK2QN2*", "7TK2QN2", "", ""),
        ("7tk2qn2", "7TK2QN2", "", ""),
        ("RE-000123-7", "RE-000123-7", "", ""),
    ],
)
def test_serials_as_makers_write_them(code: str, serial: str, maker: str, model: str) -> None:
    first = read_scan(code)[0]
    assert (first.kind, first.value, first.maker, first.model) == (Kind.SERIAL, serial, maker, model)
    assert not first.repaired


@pytest.mark.parametrize("code", ["1S20XW00L1FRPF2ABCDE", "S/N:PF0QMY5N", "7TK2QN2", "R0001234", "HA112", "MJ0YQXW"])
@pytest.mark.parametrize("name", ["azerty", "azerty_mac", "azerty_belgian"])
def test_a_mangled_serial_is_offered_as_repaired(code: str, name: str) -> None:
    plain = read_scan(code)[0]
    repaired = read_scan(typed(code, BY_NAME[name]))
    assert plain.value in [reading.value for reading in repaired if reading.kind is Kind.SERIAL and reading.repaired]


def test_a_clean_serial_has_no_repaired_twin() -> None:
    assert [reading.value for reading in read_scan("7TK2QN2")] == ["7TK2QN2"]


@pytest.mark.parametrize(
    ("code", "after"), [("SC02ABCDEFGH1", "C02ABCDEFGH1"), ("12542331601", "5RFDP01")], ids=["apple", "dell"]
)
def test_formats_that_another_maker_may_share_come_after_the_text_as_read(code: str, after: str) -> None:
    assert values(code, Kind.SERIAL) == [code, after]


def test_dell_express_codes_are_base_36() -> None:
    assert service_tag(12542331601) == "5RFDP01"


@pytest.mark.parametrize("code", ["2UA4301ABC", "450G3EA#ABF", "P/N: 20XW00L1FR"])
def test_a_product_number_is_no_serial(code: str) -> None:
    kinds = {reading.kind for reading in read_scan(code)}
    assert kinds == ({Kind.SERIAL} if code == "2UA4301ABC" else {Kind.PRODUCT})


def test_imei_by_its_check_digit_also_two_at_once_and_through_azerty() -> None:
    first, second = "490154203237518", "356938035643809"
    assert read_scan(first)[0].kind is Kind.IMEI
    assert values(f"IMEI: {first} / {second}", Kind.IMEI) == [first, second]
    assert read_scan(typed(first, BY_NAME["azerty"]))[0].value == first
    assert values("490154203237519", Kind.IMEI) == []


def test_four_digits_are_the_end_of_a_tag_first() -> None:
    assert [reading.kind for reading in read_scan("8815")] == [Kind.LAST_FOUR, Kind.SERIAL]


@pytest.mark.parametrize("text", ["", "   ", "\r\n", "***", "é", "bonjour tout le monde", "ab", "\x00\x01"])
def test_what_says_nothing_is_unknown(text: str) -> None:
    assert not {reading.kind for reading in read_scan(text)} & CHECKED
    assert read_scan(text)[-1].kind is Kind.UNKNOWN


@pytest.mark.corpus
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample folder is absent: shared/samples/azerty_wedge_map.json")
def test_the_measured_table_of_a_french_keyboard_is_ours() -> None:
    measured = json.loads((SAMPLES / "azerty_wedge_map.json").read_text())
    _caps, keys = BY_NAME["azerty"].readings[0]
    assert {sign: keys[received] for sign, received in measured["map"].items()} == {
        sign: sign for sign in measured["map"]
    }
    for code, received in measured["examples"].items():
        assert read_scan(code)[0].value in [reading.value for reading in read_scan(received)]
