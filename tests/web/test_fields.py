"""Fields answer anything that is typed or pasted with a value or a sentence."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Field

from reemploi.web.choices import Choice, Radio, Several
from reemploi.web.cleaning import clean_text, search_words
from reemploi.web.fields import (
    Day,
    EmailAddress,
    Form,
    LongText,
    PastInstant,
    ShortText,
    WholeNumber,
)

COMBINING = "a" + "\u0301\u0327" * 500_000
NASTY = [
    "x" * 1_000_000,
    COMBINING,
    "\x00",
    "a\x00b",
    "\u202eabc",
    "مرحبا بكم",
    "👩‍💻" * 10,
    "<script>alert(1)</script>",
    "%s %(name)s {x}",
    "\ud800",
    "-" * 50,
    "9" * 5000,
    "٣",
    "0001-01-01",
    "9999-12-31T23:59",
    "0001-01-01T00:00",
    "' OR 1=1 --",
    "\r\n\t ",
]


class Everything(Form):
    line = ShortText("Ligne", required=True, longest=50)
    text = LongText("Texte")
    email = EmailAddress("Adresse")
    number = WholeNumber("Nombre", least=1, most=12)
    day = Day("Jour", past=True)
    instant = PastInstant("Instant")
    choice = Choice("Un", [("a", "A")], empty="aucun")
    radio = Radio("Un parmi", [("a", "A")], required=True)
    several = Several("Plusieurs", [("a", "A"), ("b", "B")])


def posted(app: Flask, **values: Any) -> Everything:
    with app.test_request_context(method="POST"):
        form = Everything(MultiDict({"line": "ok", "choice": "", "radio": "a", **values}), meta={"csrf": False})
        form.validate()
        for field in form:
            field.errors = [str(error) for error in field.errors]
        return form


def told(field: Field) -> str:
    return " ".join(field.errors)


@pytest.mark.parametrize("typed", NASTY, ids=range(len(NASTY)))
def test_whatever_is_typed_gives_a_value_or_a_sentence_and_shows_again(app: Flask, typed: str) -> None:
    names = [field.name for field in posted(app) if field.name != "csrf_token"]
    form = posted(app, **dict.fromkeys(names, typed))
    with app.test_request_context():
        for field in form:
            assert "\x00" not in str(field())
            assert all(error.strip() for error in field.errors)


def test_a_line_is_cleaned(app: Flask) -> None:
    form = posted(app, line=" Café\u00a0 du\u202e\tcoin\u200b\n")
    assert (form.line.data, form.errors) == ("Café du coin", {})


def test_a_nul_and_a_long_text_are_refused_and_shown_again(app: Flask) -> None:
    assert "signe invisible" in told(posted(app, line="a\x00b").line)
    form = posted(app, line="x" * 51)
    assert told(form.line).startswith("50 signes au plus")
    assert form.line.data == "x" * 51


def test_spaces_do_not_fill_a_required_line(app: Flask) -> None:
    assert told(posted(app, line=" \u200b\u200d ").line) == "Remplissez ce champ."


def test_lines_stay_lines() -> None:
    assert clean_text("un\r\n\r\n\r\n  deux \ttrois\x07\n") == "un\n\ndeux trois"


def test_an_address_is_kept_in_lower_case_and_ascii(app: Flask) -> None:
    assert posted(app, email=" Claire@Château.FR ").email.data == "claire@xn--chteau-xta.fr"
    assert "n'est pas complète" in told(posted(app, email="claire@").email)
    assert posted(app).email.data == ""


def test_a_number_stays_within_its_bounds(app: Flask) -> None:
    assert posted(app, number="1 2").number.data == 12
    assert told(posted(app, number="13").number) == "Choisissez un nombre entre 1 et 12."
    assert told(posted(app, number="9" * 400).number) == "Choisissez un nombre entre 1 et 12."
    assert "en chiffres" in told(posted(app, number="douze").number)


def test_a_day_comes_from_the_browser_or_by_hand(app: Flask) -> None:
    assert posted(app, day="2026-03-12").day.data == posted(app, day="12/03/2026").day.data == date(2026, 3, 12)
    assert "pas encore passée" in told(posted(app, day="2026-11-24").day)
    assert "n'existe pas" in told(posted(app, day="2026-02-30").day)


def test_an_instant_is_typed_in_the_associations_zone(app: Flask) -> None:
    assert posted(app, instant="2026-11-23T09:30").instant.data == datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    assert "pas encore passée" in told(posted(app, instant="2026-11-23T10:05").instant)


def test_a_value_outside_the_list_is_refused(app: Flask) -> None:
    assert told(posted(app, choice="z").choice) == "Choisissez dans la liste."
    assert told(posted(app, radio="z").radio) == "Choisissez dans la liste."
    assert told(posted(app, radio="").radio) == "Remplissez ce champ."
    assert told(posted(app, several="z").several) == "Choisissez dans la liste."


def test_a_search_is_cut_and_cleaned() -> None:
    assert search_words("a\x00b" + "c" * 500) == "a b" + "c" * 197
    assert search_words(None) == ""
