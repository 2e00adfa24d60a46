"""French typography and printable text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reemploi.papers.typefaces import covers
from reemploi.papers.typography import NARROW, NO_BREAK, french, printable


def seen(text: str) -> str:
    return french(text).replace(NARROW, "_").replace(NO_BREAK, "~")


@pytest.mark.parametrize(
    ("written", "set_as"),
    [
        ("Oui ! Non ? Rien ; fin : voilà", "Oui_! Non_? Rien_; fin~: voilà"),
        ("Vraiment ?!", "Vraiment_?!"),
        ("« bonjour »", "«~bonjour~»"),
        ("180 €, 20 km, 500 Go, 50 %, 12 V", "180~€, 20~km, 500~Go, 50~%, 12~V"),
        ("1 234 567 appareils", "1_234_567 appareils"),
        ("SIREN 123 456 782", "SIREN 123_456_782"),
        ("en 2026 150 appareils", "en 2026 150 appareils"),
        ("le 12 mars et le 1er avril 2026", "le 12~mars et le 1er~avril 2026"),
        ("au 04 78 00 11 22", "au 04~78~00~11~22"),
        ("69100 Villeurbanne", "69100~Villeurbanne"),
        ("M. Dupont, n° 5, article 1875, L. 217-3", "M.~Dupont, n°~5, article~1875, L.~217-3"),
        ("12 minutes", "12 minutes"),
        ("de 9:00 à 12:30", "de 9:00 à 12:30"),
        ("https://parc.example:8443/v/7KQ2?a=1;b=2!", "https://parc.example:8443/v/7KQ2?a=1;b=2!"),
        ("1 4072 8815 8", "1 4072 8815 8"),
        ("l'appareil d'aujourd'hui", "l’appareil d’aujourd’hui"),
        ("5' de long, 'cité'", "5' de long, 'cité'"),
    ],
)
def test_french_text_is_set(written: str, set_as: str) -> None:
    assert seen(written) == set_as


@settings(deadline=None)
@given(st.text(alphabet=" ab1€:;!?«»'\n\u00a0éM.0n°", max_size=60))
def test_typography_only_changes_spaces_and_apostrophes(text: str) -> None:
    once = french(text)
    assert len(once) == len(text)
    changed = {(old, new) for old, new in zip(text, once, strict=True) if old != new}
    assert changed <= {(" ", NARROW), (" ", NO_BREAK), ("'", "’")}
    assert french(once) == once


@settings(deadline=None)
@given(st.text(max_size=80))
def test_printable_text_holds_only_what_the_fonts_print(text: str) -> None:
    shown = printable(text)
    assert all(sign == "\n" or covers(sign) for sign in shown)
    assert printable(shown) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("e\u0301te\u0301", "été"),
        ("a\x00b\x07c", "abc"),
        ("ligne\r\nsuite\tfin", "ligne\nsuite fin"),
        ("\u202egnp.exe", "gnp.exe"),
        ("\u2066x\u2069", "x"),
        ("中 Ελλάδα نور שלום 😀", "� Ελλάδα نور שלום 😀"),
        ("\ud800", "�"),
        ("\u2003", "\u2003"),
    ],
)
def test_unprintable_signs_are_dropped_or_marked(typed: str, shown: str) -> None:
    assert printable(typed) == shown
