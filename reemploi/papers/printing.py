"""From frozen data to the printed file: outside the write lock, the same bytes each time, else marked DUPLICATA."""

import json
from collections.abc import Callable
from typing import Any

from flask import Response
from flask_babel import force_locale

from reemploi.ground.database import writing
from reemploi.papers.actions import seal_document
from reemploi.papers.freezing import digest_of
from reemploi.papers.models import Document
from reemploi.papers.rendering import render
from reemploi.sentences import N_, sentence
from reemploi.web.links import absolute
from reemploi.web.wording import say

OTHERWISE = N_("Réimprimé autrement que l'original du %(made_at)s, à partir des mêmes données.")

CANCELLED = N_("ANNULÉ le %(on)s : ce document ne vaut plus.")


def verification_address(address: str) -> str:
    """The full address where whoever holds the paper can check it."""
    return absolute("papers.verify", address=address)


def issue(make: Callable[[], Document]) -> Document:
    """Make a document in a short writing transaction, print it with no lock held, then seal the file's digest.

    For views marked `own_transactions`; what `make` refuses is raised. A death in between leaves a document without
    digest, whose next print is as good as the first.
    """
    with writing():
        document = make()
    digest = digest_of(_render(document, json.loads(document.frozen)))
    with writing():
        seal_document(document.id, digest)
    return document


def printed(document: Document) -> bytes:
    """The file of a document: the bytes of the original, or a print that says it is a duplicate."""
    data = json.loads(document.frozen)
    if document.cancelled_at:
        return _render(document, {**data, "mention": _in_its_language(document, CANCELLED, on=document.cancelled_at)})
    content = _render(document, data)
    if not document.digest or digest_of(content) == document.digest:
        return content
    duplicate = _in_its_language(document, OTHERWISE, made_at=document.made_at)
    return _render(document, {**data, "duplicate": duplicate})


def _in_its_language(document: Document, msgid: str, **params: Any) -> str:
    with force_locale(document.language):
        return say(sentence(msgid, **params))


def _render(document: Document, data: dict[str, Any]) -> bytes:
    return render(document.template, data, created=document.made_at)


def pdf_answer(document: Document) -> Response:
    """The file as an answer, shown in the browser and named by the document's number."""
    return pdf(printed(document), f"{document.number}.pdf")


def pdf(content: bytes, name: str) -> Response:
    """A PDF as an answer, shown in the browser under that name (ASCII)."""
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
