"""The client that looks at every page it fetches, each request in a context as fresh as a server's thread."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context
from secrets import token_hex
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import EnvironBuilder, TestResponse

from reemploi.extensions import db
from reemploi.ground import tenancy
from reemploi.roles import Role
from tests.support.inspection import inspect_answer
from tests.support.pages import Page


class InspectingClient(FlaskClient):
    """A browser for tests: posts carry a valid form token unless told not to, answers are inspected."""

    roles: frozenset[Role] = frozenset()

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Ask for a page; `token=False` leaves the form's token out, `language="en"` reads in English."""
        if kwargs.pop("token", True) and kwargs.get("method") == "POST":
            self._add_token(kwargs)
        if language := kwargs.pop("language", None):
            kwargs["headers"] = {**(kwargs.get("headers") or {}), "Accept-Language": language}
        if has_app_context():
            db.session.rollback()
        answer = Context().run(super().open, *args, **{"buffered": True, **kwargs})
        for seen in (*answer.history, answer):
            inspect_answer(self.application, seen, self.roles)
        return answer

    @contextmanager
    def session_transaction(self, *args: Any, **kwargs: Any) -> Iterator[Any]:
        """The browser's session, to look at or to change; the test's own scope survives it."""
        scope = tenancy.current_association()
        with super().session_transaction(*args, **kwargs) as session:
            tenancy.enter(scope)
            yield session
        tenancy.enter(scope)

    def page(self, address: str, **kwargs: Any) -> Page:
        """The page at an address, which must be there, redirects followed."""
        answer = self.get(address, follow_redirects=True, **kwargs)
        assert answer.status_code == 200, f"{address} answers {answer.status_code}"
        return Page.of(answer)

    def submit(self, page: Page, form: str = "", /, *, at: str = "", **values: Any) -> TestResponse:
        """Send a form of a page as a browser would: what is filled in already, and these values.

        `form` is part of its address or of its button's words; `at` is the page's own address, for a form without.
        An unknown field fails: the page does not offer it.
        """
        chosen = page.form(form)
        filled: dict[str, Any] = dict(chosen.fields())
        offered = {*filled, *(one.attrib.get("name") for one in page.all("input", "select", "textarea", "button"))}
        assert set(values) <= offered, f"the page offers no field {sorted(set(values) - offered)}"
        filled |= values
        address = chosen.action or at
        if chosen.method == "get":
            return self.get(address, query_string=filled)
        return self.post(address, data=filled, token=False)

    def _add_token(self, kwargs: dict[str, Any]) -> None:
        if kwargs.get("json") is not None:
            kwargs["headers"] = {**(kwargs.get("headers") or {}), "X-CSRFToken": self.token()}
        elif isinstance(kwargs.get("data"), dict | None) and not isinstance(kwargs.get("data"), EnvironBuilder):
            kwargs["data"] = {"csrf_token": self.token(), **(kwargs.get("data") or {})}

    def token(self) -> str:
        """A valid token for this browser's forms."""
        with self.session_transaction() as session:
            secret = session.setdefault("csrf_token", token_hex(20))
        return str(URLSafeTimedSerializer(self.application.secret_key or "", salt="wtf-csrf-token").dumps(secret))
