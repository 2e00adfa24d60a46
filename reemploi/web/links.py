"""Links: absolute ones from the base address alone, and only this service's own pages to come back to."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app, url_for


def same_site(target: str | None) -> str:
    """The target when it is a page of this service, else the home page."""
    if target and target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable():
        parts = urlsplit(target)
        if not parts.scheme and not parts.netloc and "\\" not in target:
            return target
    return url_for("home.index")


def absolute(endpoint: str, **values: Any) -> str:
    """The full address of a page, built from the base-address setting and never from the request's host.

    It needs no request: papers and mails are also written by the worker and the commands.
    """
    path = current_app.url_map.bind("localhost").build(endpoint, values)
    return f"{current_app.extensions['settings'].base_url}{path}"
