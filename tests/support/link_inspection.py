"""Where a page leads: to pages that exist and are open to its reader; nothing is fetched from elsewhere."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from reemploi.roles import Role
from reemploi.web.access import Access
from tests.support.pages import Page

LEADING = {"a": "href", "form": "action", "area": "href"}
FETCHED = {
    "script": "src",
    "img": "src",
    "link": "href",
    "iframe": "src",
    "source": "src",
    "use": "href",
    "object": "data",
}


def link_faults(app: Flask, page: Page, roles: frozenset[Role]) -> Iterator[str]:
    """Every link, form or resource of a page that leads nowhere or to a closed door."""
    for element in page.all():
        if element.tag in FETCHED:
            yield from _fetched_faults(app, element)
        if element.tag in LEADING:
            yield from _leading_faults(app, page, element, roles)


def _fetched_faults(app: Flask, element: Element) -> Iterator[str]:
    address = element.attrib.get(FETCHED[element.tag], "")
    parts = urlsplit(address)
    if parts.scheme not in ("", "data", "blob") or parts.netloc:
        yield f"<{element.tag}> fetches {address}: nothing comes from elsewhere, vendor it in static/"
        return
    file = Path(app.static_folder or "") / unquote(parts.path).removeprefix("/static/")
    if parts.path.startswith("/static/") and not file.is_file():
        yield f"<{element.tag}> fetches {parts.path}, which is not in reemploi/static/"
    elif element.tag == "use" and f'id="{parts.fragment}"' not in file.read_text():
        yield f"the icon {parts.fragment!r} is not in {parts.path}: choose one that is, or add it to scripts/icons.py"


def _leading_faults(app: Flask, page: Page, element: Element, roles: frozenset[Role]) -> Iterator[str]:
    address = element.attrib.get(LEADING[element.tag], "")
    parts = urlsplit(address)
    if address.startswith("#"):
        if address[1:] and address[1:] not in page.by_id:
            yield f"the link {address!r} leads to no id of the page"
        return
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return
    method = element.attrib.get("method", "get").upper() if element.tag == "form" else "GET"
    endpoint = _endpoint(app, unquote(parts.path), method)
    if endpoint is None:
        yield f"{method} {parts.path} is no page of this service: build it with url_for"
        return
    access: Access | None = getattr(app.view_functions[endpoint], "access", None)
    if access is not None and not access.everyone and roles and access.roles.isdisjoint(roles):
        held = ", ".join(sorted(roles))
        yield f"{method} {parts.path} is closed to its reader ({held}): show it only to those who may enter"


def _endpoint(app: Flask, path: str, method: str) -> str | None:
    try:
        return str(app.url_map.bind("localhost").match(path, method)[0])
    except RequestRedirect:
        return "static"
    except HTTPException:
        return None
