"""The gallery shows every component, page kind and error, each as sound as any page, and only where people build."""

import re
from pathlib import Path

import pytest
from flask import Flask

from reemploi import rooms
from reemploi.web import gallery
from tests.support.inspecting import InspectingClient

COMPONENTS = Path(gallery.__file__).parents[1] / "templates" / "components"
INNER = {"flash_messages", "error_summary", "upload_box"}


def test_every_component_in_both_looks(client: InspectingClient) -> None:
    shown = client.page("/composants").text
    for part in gallery.PARTS.values():
        assert part in shown


@pytest.mark.parametrize("kind", gallery.KINDS)
def test_a_page_of_each_kind(client: InspectingClient, kind: str) -> None:
    assert client.get(f"/composants/page/{kind}").status_code == 200


@pytest.mark.parametrize(("name", "status"), gallery.ERRORS.items())
def test_each_error_says_a_sentence_and_a_way_on(client: InspectingClient, name: str, status: int) -> None:
    answer = client.get(f"/composants/erreur/{name}")
    assert answer.status_code == status
    assert re.search(r'href="/"', answer.text)


@pytest.mark.parametrize("address", ["/composants/page/autre", "/composants/erreur/418"])
def test_nothing_else_is_shown(client: InspectingClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_every_macro_is_shown() -> None:
    pages = "".join(one.read_text() for one in (COMPONENTS.parent / "gallery").glob("*.html"))
    layouts = "".join(one.read_text() for one in COMPONENTS.parent.glob("*.html"))
    offered = {
        name
        for one in COMPONENTS.glob("*.html")
        for name in re.findall(r"{% macro ([a-z]\w*)\(", one.read_text())
        if name not in INNER
    }
    missing = {name for name in offered if not re.search(rf"\b{name}\(", pages + layouts)}
    assert not missing, f"the gallery does not show {sorted(missing)}: add them to templates/gallery"


@pytest.mark.parametrize(
    ("mode", "there"), [("production", False), ("demo", False), ("development", True), ("test", True)]
)
def test_only_where_people_build(app: Flask, mode: str, there: bool) -> None:
    assert (gallery.blueprint in rooms.blueprints(mode)) is there
