"""The border: one request, one transaction, committed before the answer is built.

Views return a `Page`, a redirect or a response. A `Page` is rendered after the commit of a writing request, so that
what the person reads is what the database holds.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from reemploi.extensions import db
from reemploi.ground import tenancy
from reemploi.ground.database import Mode, begin_as, mode

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
View = TypeVar("View", bound=Callable[..., Any])


class Page:
    """A template and what it shows, rendered once the transaction is settled."""

    def __init__(self, template: str, status: int = 200, /, **shown: Any) -> None:
        self.template = template
        self.status = status
        self.shown = shown

    def kept(self) -> "Page":
        """Show this page again, with the sentence and all that was typed, should the action be refused."""
        g.kept_page = self
        return self

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """A page is a small application by itself, which is what Flask's types ask of an answer."""
        return self.response()(environ, start_response)

    def response(self) -> Response:
        """The page as an HTML response."""
        return Response(render_template(self.template, **self.shown), status=self.status, mimetype="text/html")


def reads_only(view: View) -> View:
    """A POST that changes nothing (a search by a person's name must not stand in an address)."""
    view.reads_only = True  # type: ignore[attr-defined]
    return view


def own_transactions(view: View) -> View:
    """A view that opens its own short transactions, because it hashes, parses or renders between them."""
    view.reads_only = True  # type: ignore[attr-defined]
    return view


class Application(Flask):
    """Flask with the transaction border around every view."""

    def preprocess_request(self) -> ResponseReturnValue | None:
        """Begin in the mode the method and the view call for, before anybody touches the database."""
        begin_as(_mode_of_request())
        return super().preprocess_request()

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view, then settle its transaction; what follows only reads."""
        answer = super().dispatch_request()
        if mode() == "write":
            db.session.commit()
            begin_as("read")
        return answer

    def handle_user_exception(self, error: Exception) -> Any:
        """Undo the transaction before any handler builds its page."""
        db.session.rollback()
        begin_as("read")
        return super().handle_user_exception(error)

    def make_response(self, answer: Any) -> Response:
        """Render a `Page` at last."""
        return super().make_response(answer.response() if isinstance(answer, Page) else answer)

    def do_teardown_request(self, *arguments: Any) -> None:
        """Leave no mode and no scope to the next request of this thread."""
        super().do_teardown_request(*arguments)
        begin_as("read")
        tenancy.enter(None)


def _mode_of_request() -> Mode:
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method in SAFE_METHODS or view is None or getattr(view, "reads_only", False):
        return "read"
    return "write"
