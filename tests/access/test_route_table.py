"""Every route × every role × own or other association: what the view states, and nothing else, happens."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from reemploi.roles import Role
from tests.conftest import SignIn, browser
from tests.support.addresses import SCENES, Code, filled, names_of, scene_of
from tests.support.cast import Home
from tests.support.clock import Clock
from tests.support.inspecting import InspectingClient
from tests.support.routes import Route, address_of, routes
from tests.support.snapshot import snapshot
from tests.support.stores import Store

CLOSED = [route for route in routes() if route.access and not route.access.everyone]
OPEN = [route for route in routes() if route.access and route.access.everyone]
OWNED = [route for route in CLOSED if route.arguments]
POSTS = [route for route in routes() if route.method not in ("GET", "HEAD")]

FINER_INSIDE = {
    "overview.make_move": "each move of the rule book names its own roles",
}
"""Endpoints whose action may still refuse (403) a role that the view lets in, and why."""
WITHOUT_TOKEN: dict[str, str] = {}
"""Endpoints that take a POST without a form's token, and what protects them instead."""
NOT_FOUND_WITHOUT_MORE = {
    "account.close_browser": "which browser to close",
    "account.switch": "which association to go on in",
    "prescription.propose": "the tag of the device proposed",
}
"""Endpoints that answer 404 to their own row unless the form names something more, and what."""


def ask(client: InspectingClient, route: Route, arguments: dict[str, str], *, token: bool = True) -> TestResponse:
    """One request, with an empty form when it is a POST."""
    address = address_of(client.application, route, arguments)
    return client.open(address, method=route.method, token=token, **({"data": {}} if route.method != "GET" else {}))


def by_name(route: Route) -> str:
    return str(route)


@pytest.mark.parametrize("route", routes(), ids=by_name)
def test_the_view_states_whom_it_is_open_to(route: Route) -> None:
    assert route.access is not None, (
        f"put @open_to(Role…), @open_to_signed_in or @open_to_everyone(reason=…) below the route of {route.endpoint}"
    )
    assert not route.access.everyone or len(route.access.reason) > 5, "say why this page needs no account"
    assert route.access.everyone or route.access.roles, f"{route.endpoint} is open to no role at all"


def test_nothing_is_registered_for_an_address_that_is_gone() -> None:
    assert all(scene_of(route) for route in routes() if route.arguments), "see the failing tests of their routes"
    used = {name for route in routes() if route.arguments for name in names_of(route)}
    assert set(SCENES) <= used, f"take these scenes out of tests/support/scenes/: {set(SCENES) - used}"
    exceptions = {*FINER_INSIDE, *WITHOUT_TOKEN, *NOT_FOUND_WITHOUT_MORE}
    endpoints = {route.endpoint for route in routes()}
    assert exceptions <= endpoints, f"take them off their list: {exceptions - endpoints}"


@pytest.mark.parametrize("route", CLOSED, ids=by_name)
def test_nobody_enters_without_signing_in(
    route: Route, client: InspectingClient, association: Home, clock: Clock, store: Store
) -> None:
    arguments = filled(route, association, clock)
    before = snapshot(store)
    answer = ask(client, route, arguments)
    assert answer.status_code == 302, f"expected the sign-in page, got {answer.status_code}"
    assert answer.location.startswith("/connexion")
    assert snapshot(store) == before, "somebody without account changed the database"


@pytest.mark.parametrize("route", CLOSED, ids=by_name)
def test_roles_that_are_not_named_stay_out_and_change_nothing(
    route: Route, sign_in: SignIn, association: Home, clock: Clock, store: Store
) -> None:
    assert route.access is not None
    arguments = filled(route, association, clock)
    for role in sorted(set(Role) - route.access.roles):
        client = sign_in(role)
        before = snapshot(store)
        status = ask(client, route, arguments).status_code
        assert status == 403, f"{role} gets {status} instead of 403"
        assert snapshot(store) == before, f"{role} changed the database before being refused"


@pytest.mark.parametrize("route", CLOSED, ids=by_name)
def test_roles_that_are_named_come_in(route: Route, sign_in: SignIn, association: Home, clock: Clock) -> None:
    assert route.access is not None
    for role in sorted(route.access.roles):
        status = ask(sign_in(role), route, filled(route, association, clock)).status_code
        assert status in welcome(route), f"{role} gets {status}, expected one of {sorted(welcome(route))}"


def welcome(route: Route) -> set[int]:
    """Answers to somebody who may enter; a form sent empty may be refused, never lost."""
    if route.endpoint == "gallery.error":  # shows a page of errors as it is, with its status
        return {409}
    if route.method == "GET":
        return {200, 302}
    more = {403} if route.endpoint in FINER_INSIDE else set()
    return {200, 201, 204, 302, 303, 409, 422} | more | ({404} if route.endpoint in NOT_FOUND_WITHOUT_MORE else set())


def crossed(route: Route, own: Home, other: Home, clock: Clock) -> Iterator[tuple[str, dict[str, str]]]:
    """The address with each argument in turn being a row of the other association, then one that never was."""
    theirs = filled(route, other, clock)
    for argument in route.arguments:
        mine = filled(route, own, clock)
        if not isinstance(mine[argument], Code):
            yield f"the neighbour's {argument}", {**mine, argument: theirs[argument]}
            yield f"an unknown {argument}", {**mine, argument: unlike(mine[argument])}


def unlike(value: str) -> str:
    """A value of the same form that names nothing."""
    return "1" * len(value) if value.isdigit() else value[:-4] + "zzzz"


@pytest.mark.parametrize("route", OWNED, ids=by_name)
def test_the_neighbours_rows_do_not_exist_here(
    route: Route, sign_in: SignIn, association: Home, other_association: Home, clock: Clock, store: Store
) -> None:
    assert route.access is not None
    for what, arguments in crossed(route, association, other_association, clock):
        for role in sorted(route.access.roles):
            client = sign_in(role)
            before = snapshot(store)
            status = ask(client, route, arguments).status_code
            assert status == 404, f"{role} asks for {what} and gets {status}: look it up in scope and raise NotFound"
            assert snapshot(store) == before, f"{role} changed the database through {what}"


@pytest.mark.parametrize("route", OPEN, ids=by_name)
def test_open_pages_answer_without_account(route: Route, app: Flask, association: Home, clock: Clock) -> None:
    status = ask(browser(app), route, filled(route, association, clock)).status_code
    assert status in welcome(route), f"a stranger gets {status}, expected one of {sorted(welcome(route))}"


@pytest.mark.parametrize("route", POSTS, ids=by_name)
def test_a_form_without_its_token_is_refused(
    route: Route, sign_in: SignIn, association: Home, clock: Clock, store: Store
) -> None:
    arguments = filled(route, association, clock)
    client = sign_in(*Role)
    before = snapshot(store)
    status = ask(client, route, arguments, token=False).status_code
    if route.endpoint in WITHOUT_TOKEN:
        assert status != 400, f"{route.endpoint} is protected by its token after all: take it off the list"
        return
    assert status == 400, f"{status}: keep the form's token checked, or say in WITHOUT_TOKEN what protects this address"
    assert snapshot(store) == before
