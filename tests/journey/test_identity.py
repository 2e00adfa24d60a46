"""Whose machine is this: makers folded, placeholders refused, serials compared, identities built."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reemploi.journey.identity import (
    fold_maker,
    fold_serial,
    identity_of,
    is_masked,
    is_placeholder,
    is_usable_serial,
    maker_name,
)

SPELLINGS = {
    "ASUS": """ASUSTeK Computer INC.|ASUSTeK COMPUTER INC.|ASUS|Asus|ASUSTeK|ASUSTek Computer Inc|ASUSTeK Computer Inc.
        |ASUSTEK|asus |ASUSTEK COMPUTER INC""",
    "Dell": "Dell Inc.|DELL|Dell Computer Corporation|Dell System|Dell Inc|DELL INC.  |Dell Products",
    "HP": "Hewlett-Packard|HEWLETT-PACKARD|HP|HP Inc.|Hewlett Packard|Hewlett-Packard Company|hp",
    "Lenovo": "LENOVO|Lenovo|Lenovo Group Limited|Lenovo ",
    "Acer": "Acer|acer|ACER|Acer, inc.|Acer Inc.",
    "Fujitsu": "FUJITSU|FUJITSU SIEMENS|Fujitsu Siemens Computers|FUJITSU // Fujitsu|FUJITSU CLIENT COMPUTING LIMITED",
    "Toshiba": "TOSHIBA|Toshiba Corporation|Toshiba",
    "Apple": "Apple Inc.|Apple Computer, Inc.|Apple",
    "MSI": "MSI|Micro-Star International Co., Ltd.|MICRO-STAR INTERNATIONAL CO.,LTD",
    "Samsung": "SAMSUNG ELECTRONICS CO., LTD.|Samsung Electronics",
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_every_spelling_of_a_maker_is_one_maker(name: str) -> None:
    spellings = SPELLINGS[name].split("|")
    assert {fold_maker(spelling) for spelling in spellings} == {fold_maker(name)}
    assert {maker_name(spelling) for spelling in spellings} == {name}


def test_makers_stay_apart() -> None:
    assert len({fold_maker(name) for name in [*SPELLINGS, "Hewlett Packard Enterprise", "Siemens", "Thomson"]}) == 13
    assert maker_name("innotek  GmbH") == "innotek GmbH"
    assert fold_maker("System manufacturer") is None and maker_name("To Be Filled By O.E.M.") is None
    assert fold_maker(None) is None and maker_name("") is None


@pytest.mark.parametrize(
    "text",
    """System Serial Number|To be filled by O.E.M.|TO BE FILLED BY O.E.M.|to  be   filled by o.e.m|0|0000000
    |Default string|None|N/A|n/a|Not Specified|NOT AVAILABLE|xxxxxxxxxxx|XXXX|........|--------|????|ffffffff|1234567890
    |Base Board Serial Number|0123456789|123456789|12345678|EeePC-0123456789|BSN12345678901234567|MB-1234567890
    |Chassis Serial Number|Type2 - Board Serial Number|SerNum00|PartNum0|Manufacturer00|No Asset Tag|OEM|O.E.M.
    |SN 123456789ABC|OEM_Define1|System Product Name|System Version|CRB|Calpella platform|<BAD INDEX>|[REMOVED]|REDACTED
    |INVALID|(S/N: unknown)|(no ATA pass thru)|   |\t|00 00 00 00|Default string\x00
    |00000000-0000-0000-0000-001bfc307509|03000200-0400-0500-0006-000700080009""".split("|"),
)
def test_placeholders_are_refused(text: str) -> None:
    assert is_placeholder(text.strip("\n"))
    assert not is_usable_serial(text)
    assert identity_of("Dell", text, None) is None


@pytest.mark.parametrize(
    "text",
    "7TK2QN2|PF0QMY5N|CZC0408YPV|S4T6208|LUSEA0D010038879A01601|DFW1W11002SE002B3117|WD-WX11A80W7430|/7TK2QN2/CNCMC00/"
    "|ThinkPad X1 Carbon 5th|OptiPlex 745|Nokia|Notebook 12|304Ah|Standard PC (i440FX + PIIX)|4C530001".split("|"),
)
def test_real_names_and_serials_are_kept(text: str) -> None:
    assert not is_placeholder(text)


@given(st.sampled_from("0xX-._*? #").flatmap(lambda sign: st.integers(0, 40).map(lambda count: sign * count)))
def test_a_repeated_sign_says_nothing(text: str) -> None:
    assert is_placeholder(text)


@given(st.text(max_size=60))
def test_folding_is_stable_and_total(text: str) -> None:
    assert fold_serial(fold_serial(text)) == fold_serial(text)
    assert is_placeholder(text) == is_placeholder(f"  {text} \n")
    assert fold_maker(text) is None or fold_maker(maker_name(text)) == fold_maker(text)
    identity_of(text, text, text)


def test_identity_is_serial_and_maker() -> None:
    assert identity_of("Dell Inc.", "7tk2 qn2", None) == identity_of("DELL", "7TK2QN2", "anything") == "DELL|7TK2QN2"
    assert identity_of("HP", "7TK2QN2", None) != identity_of("Dell", "7TK2QN2", None)


def test_identity_falls_back_on_the_board_and_then_on_nothing() -> None:
    assert identity_of("ASUS", "System Serial Number", "131219772601126") == "ASUS|BOARD|131219772601126"
    assert identity_of("ASUS", "131219772601126", None) != identity_of("ASUS", None, "131219772601126")
    assert identity_of("ASUS", "System Serial Number", "EeePC-0123456789") is None
    assert identity_of("System manufacturer", "131219772601126", None) is None
    assert identity_of(None, None, None) is None


@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_two_machines_with_a_placeholder_never_meet(board: str, other: str) -> None:
    mine, theirs = (identity_of("Acer", "To be filled by O.E.M.", serial) for serial in (board, other))
    assert mine is None or theirs is None or (mine == theirs) == (fold_serial(board) == fold_serial(other))


@pytest.mark.parametrize(
    "text", ["????????", "XXXXXXXXXXXXXXXXXXXX", "9RK1XXXX", "REDACTED", "[REMOVED]", "S3T****876"]
)
def test_masked_serials_are_seen(text: str) -> None:
    assert is_masked(text)
    assert not is_usable_serial(text)


def test_a_short_serial_is_no_serial() -> None:
    assert not is_usable_serial("3") and not is_usable_serial("AB1") and is_usable_serial("AB12")
    assert not is_masked("S3TXNX0K")
