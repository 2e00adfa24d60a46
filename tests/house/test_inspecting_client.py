"""The inspecting client finds each fault it exists for, and nothing on a page without fault."""

import pytest
from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, TestResponse

from reemploi.roles import Role
from tests.support.inspection import inspect_answer
from tests.support.pages import Page

GOOD = """<!doctype html>
<html lang="fr"><head><title>Appareils</title><meta charset="utf-8"></head><body><main>
<h1>Appareils</h1>
<p id="aide">Un numéro de dix chiffres.</p>
<form method="post" action="/connexion"><input type="hidden" name="csrf_token" value="x">
<label for="email">Adresse</label><input id="email" name="email" aria-describedby="aide">
<select name="role" aria-label="Rôle"><option value="a">A</option><option value="b" selected>B</option></select>
<button type="submit">Entrer</button></form>
<a href="/connexion">Entrer</a>
</main></body></html>"""
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
FAULTS = {
    "<h1>Appareils</h1>|<h2>Appareils</h2>": "0 <h1>",
    "<h1>Appareils</h1>|<h1>A</h1><h1>B</h1>": "2 <h1>",
    "<title>Appareils</title>|<title> </title>": "no <title>",
    ' lang="fr"|': "no `lang`",
    "<main>|<div>": "valid HTML",
    "<p id=|<p id='email'></p><p id=": "stands 2 times",
    '<label for="email">Adresse</label>|': "has no label",
    ' aria-label="Rôle"|': "has no label",
    'aria-describedby="aide"|aria-describedby="autre"': "leads to no id",
    "<p id|<p style='color:red' id": "inline style",
    "<p id|<p onclick='go()' id": "the policy blocks it",
    "</main>|<script>go()</script></main>": "inline <script>",
    "</main>|<script src='https://ailleurs.example/a.js'></script></main>": "nothing comes from elsewhere",
    "</main>|<script src='/static/absent.js'></script></main>": "not in reemploi/static",
    '<a href="/connexion">|<a href="/nulle-part">': "no page of this service",
    '<a href="/connexion">|<a href="#nulle-part">': "leads to no id",
    '<a href="/connexion">Entrer</a>|<a href="/connexion"></a>': "without words",
    "</main>|<img src='data:,'></main>": "has no alt",
    '<input type="hidden" name="csrf_token" value="x">|': "no csrf_token",
    "dix chiffres|%(digits)s chiffres": "was not filled in",
    "dix chiffres|{{ digits }} chiffres": "template code",
    "dix chiffres|None chiffres": "an absent value",
    "<!doctype html>|": "no <!doctype",
}


def answer(html: str, **headers: str) -> TestResponse:
    """An answer as the client gets it."""
    request = EnvironBuilder("/appareils/").get_request()
    return TestResponse([html.encode()], "200 OK", Headers({**HEADERS, **headers}), request)


def test_a_page_without_fault_passes(app: Flask) -> None:
    inspect_answer(app, answer(GOOD), frozenset())


@pytest.mark.parametrize(("change", "fault"), FAULTS.items(), ids=FAULTS.values())
def test_each_fault_is_found(app: Flask, change: str, fault: str) -> None:
    before, after = change.split("|", 1)
    assert before in GOOD
    with pytest.raises(AssertionError, match=fault):
        inspect_answer(app, answer(GOOD.replace(before, after, 1)), frozenset())


@pytest.mark.parametrize("name", [name for name in HEADERS if name != "Content-Type"])
def test_each_missing_header_is_found(app: Flask, name: str) -> None:
    with pytest.raises(AssertionError, match=r"no "):
        inspect_answer(app, answer(GOOD, **{name: ""}), frozenset())


def test_a_french_text_on_an_english_page_is_found(app: Flask) -> None:
    english = (
        GOOD.replace('lang="fr"', 'lang="en"')
        .replace("Appareils", "Devices")
        .replace("Entrer", "Go in")
        .replace("Rôle", "As")
    )
    inspect_answer(app, answer(english), frozenset())
    with pytest.raises(AssertionError, match="stands in French"):
        inspect_answer(app, answer(english.replace("Un numéro de dix chiffres.", "À effacer")), frozenset())


def test_a_door_closed_to_its_reader_is_found(app: Flask) -> None:
    linked = GOOD.replace('<a href="/connexion">', '<a href="/appareils/">')
    inspect_answer(app, answer(linked), frozenset({Role.TECHNICIAN}))
    with pytest.raises(AssertionError, match="is closed to its reader"):
        inspect_answer(app, answer(linked), frozenset({Role.FUNDER}))


def test_a_form_is_read_as_a_browser_sends_it() -> None:
    assert Page(GOOD).form("Entrer").fields() == {"csrf_token": ["x"], "email": [""], "role": ["b"]}
