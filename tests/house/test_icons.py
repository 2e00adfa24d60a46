"""Every icon a page asks for is in the sheets: a missing one would be an empty square nobody notices."""

import re
from pathlib import Path

from flask import Flask

from reemploi.journey.rules import STATUSES
from reemploi.prescription.rules import STATES

PACKAGE = Path(__file__).resolve().parents[2] / "reemploi"
NAMED = re.compile(r"""\bicon\(\s*["']([a-z0-9-]+)["']|\b(?:icon|drawing|submit_icon)=["']([a-z0-9-]+)["']""")


def drawn() -> set[str]:
    """Names in the two sheets."""
    sheets = (PACKAGE / "static").glob("icons*.svg")
    return {name for sheet in sheets for name in re.findall(r'id="([a-z0-9-]+)"', sheet.read_text())}


def asked() -> dict[str, str]:
    """Names written in templates, and where."""
    return {
        next(name for name in found if name): str(template.relative_to(PACKAGE))
        for template in (PACKAGE / "templates").rglob("*.html")
        for found in NAMED.findall(template.read_text())
    }


def test_templates_ask_for_icons_that_are_drawn() -> None:
    missing = {name: where for name, where in asked().items() if name not in drawn()}
    assert not missing, f"add these to scripts/icons.py and run it, or choose another: {missing}"


def test_statuses_and_states_have_their_icon() -> None:
    missing = {one.icon for one in (*STATUSES.values(), *STATES.values())} - drawn()
    assert not missing, f"add these to scripts/icons.py and run it, or choose another: {missing}"


def test_menu_entries_have_their_icon(app: Flask) -> None:
    missing = {entry.icon for entry in app.extensions["menu"]} - drawn()
    assert not missing, f"add these to scripts/icons.py and run it, or choose another: {missing}"
