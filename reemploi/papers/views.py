"""The open page where a printed document is checked."""

import json

from flask import Blueprint

from reemploi.papers.queries import document_anywhere
from reemploi.papers.rules import TITLES
from reemploi.web.access import open_to_everyone
from reemploi.web.border import Page
from reemploi.web.menu import Entry

blueprint = Blueprint("papers", __name__)
BLUEPRINTS = (blueprint,)
MENU: tuple[Entry, ...] = ()


@blueprint.get("/v/<address>")
@open_to_everyone(reason="whoever holds the paper checks it; the address is random and shows nobody's data")
def verify(address: str) -> Page:
    """Kind, number, date and digest of a document: what the paper in hand must bear too."""
    document = document_anywhere(address)
    frozen = json.loads(document.frozen)
    return Page(
        "papers/verify.html",
        document=document,
        title=TITLES[document.kind],
        association=frozen["association"]["name"],
    )
