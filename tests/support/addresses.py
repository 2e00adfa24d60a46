"""What fills the arguments of addresses, so that every page can be walked through without being named in a test.

A new argument needs one function here. `@fills("tag")` serves every endpoint; `@fills("intake:address")` those of one
blueprint; `@fills("intake.offer:address")` one endpoint alone. The function is given a service hand inside `writing()`
and returns the argument for a row of that hand's association. `FIXED` holds arguments that belong to nobody.
"""

from collections.abc import Callable, Mapping

from reemploi.ground.acting import Acting
from reemploi.ground.database import writing
from reemploi.ground.tenancy import within
from tests.support.cast import Home
from tests.support.clock import Clock
from tests.support.devices import device_in
from tests.support.families import family, lent
from tests.support.routes import Route

Maker = Callable[[Acting, Home], str]
MAKERS: dict[str, Maker] = {}

FIXED: Mapping[str, str] = {
    "overview.make_move:name": "start_repair",
}
"""Codes of the service itself: a move, a kind of document."""


def fills(*names: str) -> Callable[[Maker], Maker]:
    """Register what fills these arguments."""

    def register(maker: Maker) -> Maker:
        for name in names:
            assert name not in MAKERS, f"{name} is filled twice"
            MAKERS[name] = maker
        return maker

    return register


@fills("tag")
def _device(acting: Acting, _home: Home) -> str:
    return device_in("to_wipe", acting).tag


@fills("handover.new:address")
def _expected_case(acting: Acting, home: Home) -> str:
    return family(acting, home).case.address


@fills("handover:address")
def _handover(acting: Acting, home: Home) -> str:
    return lent(acting, home).address


@fills("returning:tag")
def _lent_device(acting: Acting, home: Home) -> str:
    return lent(acting, home).lines[0].device.tag


def keys_of(route: Route, argument: str) -> list[str]:
    """The names under which an argument may be registered, closest first."""
    blueprint = route.endpoint.partition(".")[0]
    return [f"{route.endpoint}:{argument}", f"{blueprint}:{argument}", argument]


def maker_of(route: Route, argument: str) -> Maker | None:
    """What fills an argument, or None when nothing is registered."""
    return next((MAKERS[key] for key in keys_of(route, argument) if key in MAKERS), None)


def fixed(route: Route, argument: str) -> str | None:
    """The code that fills an argument of nobody's."""
    return next((FIXED[key] for key in keys_of(route, argument) if key in FIXED), None)


def is_known(route: Route, argument: str) -> bool:
    """True when something fills the argument."""
    return fixed(route, argument) is not None or maker_of(route, argument) is not None


def filled(route: Route, home: Home, clock: Clock) -> dict[str, str]:
    """Arguments of a route for rows of an association, made now."""
    return {argument: value_of(route, argument, home, clock) for argument in route.arguments}


def value_of(route: Route, argument: str, home: Home, clock: Clock) -> str:
    """One argument for a row of an association; raises LookupError when nothing fills it."""
    if (code := fixed(route, argument)) is not None:
        return code
    maker = maker_of(route, argument)
    if maker is None:
        raise LookupError(f"nothing fills {argument!r} of {route.endpoint}: add it to tests/support/addresses.py")
    with writing(), within(home.id):
        return maker(Acting(association_id=home.id, now=clock.now), home)
