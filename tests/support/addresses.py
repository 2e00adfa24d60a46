"""What fills the arguments of addresses, so that every page is walked through without being named in a test.

A stage says in `tests/support/scenes/<stage>.py` what its addresses need, once per blueprint or endpoint:

    @scene("intake", "reception.receive")
    def a_delivery(acting: Acting, home: Home) -> Arguments:
        ...
        return {"address": delivery.address, "kind": Code("slip")}

The scene is set in the scope of the hand's association, outside any transaction; the hand is the service itself. It
gives every argument its endpoints take, all about the same rows; `Code` marks a word that belongs to nobody.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from reemploi.ground.acting import Acting
from reemploi.ground.tenancy import within
from reemploi.roles import Role
from tests.support.cast import Home
from tests.support.clock import Clock
from tests.support.routes import Route

Arguments = Mapping[str, str]
Scene = Callable[[Acting, Home], Arguments]
SCENES: dict[str, Scene] = {}


class Code(str):
    """An argument that is a word of the service, the same for every association."""


def scene(*names: str) -> Callable[[Scene], Scene]:
    """Register what fills the addresses of these blueprints or endpoints; the endpoint's own comes first."""

    def register(function: Scene) -> Scene:
        for name in names:
            assert name not in SCENES, f"two scenes for {name}"
            SCENES[name] = function
        return function

    return register


def hand(acting: Acting, home: Home, role: Role) -> Acting:
    """The hand of the association's member of this role, at the same instant."""
    return replace(acting, member_id=home.members[role], roles=frozenset({role}))


def load_scenes() -> None:
    """Read every file of scenes."""
    for file in sorted((Path(__file__).parent / "scenes").glob("*.py")):
        import_module(f"tests.support.scenes.{file.stem}")


def names_of(route: Route) -> tuple[str, str]:
    """The names under which a route's scene may be registered, closest first."""
    return route.endpoint, route.endpoint.partition(".")[0]


def scene_of(route: Route) -> Scene | None:
    """The scene of a route, or None when nothing is registered."""
    load_scenes()
    return next((SCENES[name] for name in names_of(route) if name in SCENES), None)


def filled(route: Route, home: Home, clock: Clock) -> dict[str, str]:
    """Arguments of a route for rows of an association, made now; raises LookupError when a scene lacks."""
    if not route.arguments:
        return {}
    chosen = scene_of(route)
    if chosen is None:
        raise LookupError(f"{route.rule}: {remedy(route)}")
    with within(home.id):
        given = chosen(Acting(association_id=home.id, now=clock.now), home)
    missing = set(route.arguments) - set(given)
    if missing:
        raise LookupError(f"{route.rule}: its scene gives no {sorted(missing)}. {remedy(route)}")
    return {argument: given[argument] for argument in route.arguments}


def remedy(route: Route) -> str:
    """What to do for a route that nothing fills."""
    names = " or ".join(f'@scene("{name}")' for name in names_of(route))
    return f"register {names} in tests/support/scenes/, giving {list(route.arguments)}"
