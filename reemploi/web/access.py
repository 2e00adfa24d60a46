"""Closed by default: a view states who it is open to; none stated, nobody enters."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from reemploi.errors import NotAllowed
from reemploi.roles import Role
from reemploi.sentences import N_

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Access:
    """Who may enter: everyone, everyone signed in, or the holders of one of the roles."""

    roles: frozenset[Role] = frozenset()
    everyone: bool = False
    reason: str = ""


STATIC = Access(everyone=True, reason="style, script, picture")


def open_to(*roles: Role) -> Callable[[View], View]:
    """Open a view to the holders of any of these roles."""
    return _mark(Access(roles=frozenset(roles)))


def open_to_signed_in(view: View) -> View:
    """Open a view to whoever is signed in, whatever their role."""
    return _mark(Access(roles=frozenset(Role)))(view)


def open_to_everyone(*, reason: str) -> Callable[[View], View]:
    """Open a view without account; the reason is shown in the access table of the tests."""
    return _mark(Access(everyone=True, reason=reason))


def _mark(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return mark


def access_of(endpoint: str) -> Access | None:
    """The access stated by a view, or None."""
    if endpoint == "static":
        return STATIC
    view = current_app.view_functions.get(endpoint)
    access = getattr(view, "access", None)
    if access is None and view is not None:
        access = getattr(getattr(view, "view_class", None), "access", None)
    return access


def may_open(endpoint: str) -> bool:
    """Whether the person of this request may enter a page: what links and buttons ask before they show."""
    access = access_of(endpoint)
    if access is None or access.everyone:
        return access is not None
    return bool(current_user.is_authenticated) and not access.roles.isdisjoint(current_user.roles)


def guard(app: Flask) -> None:
    """Put the doorkeeper before every request."""

    @app.before_request
    def _doorkeeper() -> ResponseReturnValue | None:
        if request.endpoint is None:
            return None
        access = access_of(request.endpoint)
        if access is None:
            abort(404)
        if access.everyone:
            return None
        if not current_user.is_authenticated:
            wants_page = request.method == "GET" and not request.headers.get("X-Requested-With")
            next_page = request.full_path.rstrip("?") if wants_page and request.path != "/" else None
            return redirect(url_for("people.sign_in", next=next_page))
        if access.roles.isdisjoint(current_user.roles):
            raise NotAllowed(
                N_("Cette page n'est pas ouverte à votre rôle. Demandez à l'administrateur de votre association."),
                code="role",
            )
        return None
