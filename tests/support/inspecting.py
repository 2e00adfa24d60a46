"""The client that looks at every page it fetches, each request in a context as fresh as a server's thread."""

from contextvars import Context
from secrets import token_hex
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import EnvironBuilder, TestResponse

from reemploi.extensions import db
from tests.support.inspection import inspect_answer


class InspectingClient(FlaskClient):
    """A browser for tests: posts carry a valid form token unless told not to, answers are inspected."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Ask for a page; `token=False` leaves the form's token out."""
        token = kwargs.pop("token", True)
        if token and kwargs.get("method") == "POST" and not (args and isinstance(args[0], EnvironBuilder)):
            self._add_token(kwargs)
        if has_app_context():
            db.session.rollback()
        answer = Context().run(super().open, *args, **{"buffered": True, **kwargs})
        for seen in (*answer.history, answer):
            inspect_answer(self.application, seen)
        return answer

    def _add_token(self, kwargs: dict[str, Any]) -> None:
        if kwargs.get("json") is not None:
            headers = dict(kwargs.get("headers") or {})
            kwargs["headers"] = {**headers, "X-CSRFToken": self.token()}
        elif isinstance(kwargs.get("data"), dict | None):
            kwargs["data"] = {"csrf_token": self.token(), **(kwargs.get("data") or {})}

    def token(self) -> str:
        """A valid token for this browser's forms."""
        with self.session_transaction() as session:
            secret = session.setdefault("csrf_token", token_hex(20))
        return str(URLSafeTimedSerializer(self.application.secret_key or "", salt="wtf-csrf-token").dumps(secret))
