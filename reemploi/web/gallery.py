"""The gallery: every component in each of its states, light and dark side by side, and one page of each kind.

Registered only where people build and test. What it shows is invented (`gallery_samples`).
"""

from typing import Any

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from reemploi.web import gallery_samples as samples
from reemploi.web.access import open_to_everyone
from reemploi.web.gallery_form import empty_form, wrong_form

blueprint = Blueprint("gallery", __name__, url_prefix="/composants")

PARTS = {
    "signs": "Signes : statuts, numéros, icônes",
    "buttons": "Boutons",
    "messages": "Messages",
    "page": "Haut de page",
    "form": "Formulaire",
    "form_wrong": "Formulaire à corriger",
    "special_fields": "Champs particuliers",
    "queue": "File à vider",
    "table": "Liste",
    "record": "Fiche",
    "figures": "Chiffres",
    "desk": "Poste de lecture",
}
KINDS = {
    "accueil": "home",
    "file": "queue",
    "liste": "table",
    "fiche": "record",
    "formulaire": "form",
    "bilan": "report",
    "lecture": "desk",
    "foyer": "household",
    "connexion": "signed_out",
}
ERRORS = {
    "400": 400,
    "403": 403,
    "404": 404,
    "405": 405,
    "413": 413,
    "429": 429,
    "500": 500,
    "csrf": 400,
    "refused": 409,
}


@blueprint.get("")
@open_to_everyone(reason="shows invented things only, and not in production")
def index() -> str:
    """All components, in both looks."""
    forms = {theme: (empty_form(theme), wrong_form(theme)) for theme in samples.THEMES}
    return render_template("gallery/index.html", parts=PARTS, kinds=KINDS, errors=ERRORS, forms=forms, samples=samples)


@blueprint.get("/page/<kind>")
@open_to_everyone(reason="shows invented things only, and not in production")
def page(kind: str) -> str:
    """A whole page of one kind, as somebody signed in would see it."""
    if kind not in KINDS:
        abort(404)
    shown = {} if kind == "connexion" else _signed_in()
    form = empty_form("page")
    return render_template(f"gallery/page_{KINDS[kind]}.html", samples=samples, form=form, **shown)


@blueprint.get("/erreur/<name>")
@open_to_everyone(reason="shows invented things only, and not in production")
def error(name: str) -> ResponseReturnValue:
    """A page of errors as it is shown, with its status."""
    if name not in ERRORS:
        abort(404)
    sentence = {"sentence": samples.REFUSAL} if name == "refused" else {}
    return render_template(f"errors/{name}.html", **_signed_in(), **sentence), ERRORS[name]


def _signed_in() -> dict[str, Any]:
    return {"signed_in": samples.PERSON, "menu": samples.MENU, "may_open": lambda _endpoint: True}
