"""Every route of the service, as the generated tests walk through them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Flask

from reemploi import create_app
from reemploi.config import load_settings
from reemploi.web.access import Access, access_of

NOWHERE = {"REEMPLOI_MODE": "test", "REEMPLOI_INSTANCE": str(Path(__file__).parent / "no-instance-is-kept-here")}


@dataclass(frozen=True)
class Route:
    """One address and method."""

    endpoint: str
    rule: str
    method: str
    arguments: tuple[str, ...]
    access: Access | None

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint}"


@cache
def drawing() -> Flask:
    """The application as it is drawn, without a database behind it."""
    return create_app(load_settings(NOWHERE))


def address_of(app: Flask, route: Route, arguments: dict[str, str]) -> str:
    """The route's address with its arguments; unlike `url_for`, it needs no request."""
    return str(app.url_map.bind("localhost").build(route.endpoint, arguments, method=route.method))


@cache
def routes() -> tuple[Route, ...]:
    """Every route but the static files."""
    app = drawing()
    with app.app_context():
        return tuple(
            Route(rule.endpoint, rule.rule, method, tuple(sorted(rule.arguments)), access_of(rule.endpoint))
            for rule in sorted(app.url_map.iter_rules(), key=lambda one: (one.rule, one.endpoint))
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
            if rule.endpoint != "static"
        )
