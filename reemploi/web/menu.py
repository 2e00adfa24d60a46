"""The menu of each role: every stage names its entries, the factory gathers them in order."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask, current_app, request, url_for
from flask_login import current_user

from reemploi.roles import Role
from reemploi.sentences import N_
from reemploi.web.access import access_of
from reemploi.web.wording import say

SECTIONS = {
    "today": N_("Aujourd'hui"),
    "workshop": N_("Atelier"),
    "families": N_("Familles"),
    "follow": N_("Suivi"),
    "office": N_("Bureau"),
}


@dataclass(frozen=True)
class Entry:
    """One entry: where it leads, in which section, with which icon and `g`-key; open to those the page is open to."""

    section: str
    endpoint: str
    label: str
    icon: str
    key: str = ""
    only: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class MenuEntry:
    """An entry as the template shows it."""

    label: str
    url: str
    icon: str
    key: str
    active: bool
    count: int | None = None


@dataclass(frozen=True)
class MenuSection:
    """A section with its visible entries."""

    label: str
    entries: list[MenuEntry]


def install_menu(app: Flask, entries: Sequence[Entry]) -> None:
    """Keep the entries of all stages, in order."""
    app.extensions["menu"] = tuple(entries)


def menu() -> list[MenuSection]:
    """The sections and entries this person may open; empty when nobody is signed in."""
    if not current_user.is_authenticated:
        return []
    roles = frozenset(current_user.roles)
    shown: dict[str, list[MenuEntry]] = {}
    for entry in current_app.extensions["menu"]:
        access = access_of(entry.endpoint)
        if access is None or access.roles.isdisjoint(roles) or (entry.only and entry.only.isdisjoint(roles)):
            continue
        url = url_for(entry.endpoint)
        active = request.path == url or (url != "/" and request.path.startswith(url.rstrip("/") + "/"))
        shown.setdefault(entry.section, []).append(MenuEntry(say(entry.label), url, entry.icon, entry.key, active))
    return [MenuSection(say(label), shown[code]) for code, label in SECTIONS.items() if code in shown]
