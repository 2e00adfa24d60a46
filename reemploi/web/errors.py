"""Anticipated refusals and the pages of errors: a sentence, and a way on; the form comes back with what was typed."""

from typing import Any

from flask import Flask, Response, g, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from reemploi.errors import Refused
from reemploi.web.wording import say

PAGES = (400, 403, 404, 405, 413, 429, 500)


def install_error_pages(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(CSRFError, _expired_form)
    for code in PAGES:
        app.register_error_handler(code, _http_error)


def wants_json() -> bool:
    """True when a program asks, not a page."""
    return request.accept_mimetypes.best == "application/json"


def _refused(refused: Refused) -> Any:
    text = say(refused.sentence)
    if wants_json():
        return jsonify(outcome="refused", code=refused.code, sentence=text), refused.status
    if kept := g.pop("kept_page", None):
        kept.status = 422
        kept.shown["refusal"] = text
        return kept.response()
    if refused.status in (403, 404):
        page = render_template(f"errors/{refused.status}.html", sentence=text)
        return Response(page, status=refused.status)
    return Response(render_template("errors/refused.html", sentence=text), status=refused.status)


def _expired_form(_error: CSRFError) -> Any:
    return Response(render_template("errors/csrf.html"), status=400)


def _http_error(error: HTTPException) -> Any:
    code = error.code if error.code in PAGES else 500
    if wants_json():
        return jsonify(outcome="error", code=str(code)), code
    return Response(render_template(f"errors/{code}.html"), status=code)
