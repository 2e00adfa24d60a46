"""The reader's language: chosen by hand and kept, else the browser's, else French."""

from flask import Blueprint, has_request_context, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import refresh

from reemploi.web.access import open_to_everyone
from reemploi.web.border import reads_only
from reemploi.web.links import same_site

LANGUAGES = ("fr", "en")
blueprint = Blueprint("web", __name__)


def chosen_language() -> str:
    """The language of this request; French where nobody asks: in the worker and the commands."""
    if not has_request_context():
        return "fr"
    kept = session.get("language")
    if kept in LANGUAGES:
        return str(kept)
    return request.accept_languages.best_match(LANGUAGES) or "fr"


@blueprint.post("/langue")
@open_to_everyone(reason="everybody reads in their language")
@reads_only
def set_language() -> ResponseReturnValue:
    """Keep the language in the browser's session and come back to the page."""
    language = request.form.get("language", "")
    if language in LANGUAGES:
        session["language"] = language
        refresh()
    return redirect(same_site(request.form.get("next")))
