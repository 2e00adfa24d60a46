"""What every answer must be; each fault says what to do about it."""

import hashlib
import re
from collections.abc import Iterator

from flask import Flask
from werkzeug.test import TestResponse

from reemploi.roles import Role
from tests.support.link_inspection import link_faults
from tests.support.page_inspection import page_faults
from tests.support.pages import Page
from tests.support.wording_inspection import wording_faults

FAULTLESS: set[bytes] = set()
"""Prints of the pages that were looked at and found without fault."""
ASKS_FOR_A_PART = ("HX-Request", "X-Requested-With")


def inspect_answer(app: Flask, answer: TestResponse, roles: frozenset[Role]) -> None:
    """Raise AssertionError with every fault of an answer given to somebody of these roles (none: nobody signed in)."""
    faults = [*_header_faults(answer)]
    shown = answer.mimetype == "text/html" and answer.data and not answer.location
    seen = _print_of(answer, roles)
    if shown and seen not in FAULTLESS:
        page = Page.of(answer)
        faults += _part_faults(answer, page)
        faults += page_faults(page)
        faults += link_faults(app, page, roles)
        faults += wording_faults(page)
    assert not faults, f"{answer.request.method} {answer.request.path}:\n- " + "\n- ".join(dict.fromkeys(faults))
    FAULTLESS.add(seen)


def _print_of(answer: TestResponse, roles: frozenset[Role]) -> bytes:
    """The same for the same page shown to the same reader, a form's token apart: it is looked at once."""
    content = re.sub(rb'name="csrf_token"[^>]*', b"", answer.data)
    asked = str([name in answer.request.headers for name in ASKS_FOR_A_PART])
    return hashlib.sha256(b"|".join([asked.encode(), *sorted(role.encode() for role in roles), content])).digest()


def _header_faults(answer: TestResponse) -> Iterator[str]:
    if "default-src 'none'" not in answer.headers.get("Content-Security-Policy", ""):
        yield "no content policy: let `web.headers` put its own, or a stricter one"
    if "unsafe-inline" in answer.headers.get("Content-Security-Policy", ""):
        yield "the content policy lets inline code in: move it to a file of static/"
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        yield "no `nosniff`: answer through Flask, so that `web.headers` sees it"
    if answer.headers.get("Referrer-Policy") != "no-referrer":
        yield "no `no-referrer`: an address may hold a secret"
    if not answer.request.path.startswith("/static/") and "no-store" not in answer.headers.get("Cache-Control", ""):
        yield "no `no-store`: personal pages stay in no cache"


def _part_faults(answer: TestResponse, page: Page) -> Iterator[str]:
    asked_for = any(name in answer.request.headers for name in ASKS_FOR_A_PART)
    if not page.whole and not asked_for:
        yield "no <!doctype html>: extend `base.html`; a part of a page is given only to a script that asks for it"
