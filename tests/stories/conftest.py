"""A service and a browser for the stories."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from reemploi.roles import Role
from tests.support.cast import Home
from tests.support.people_at_screens import Person, open_chromium
from tests.support.service import Service, running_service


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """The service, with both associations of the tests, fresh for each story."""
    with running_service(tmp_path) as service:
        yield service


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        browser = open_chromium(playwright)
        yield browser
        browser.close()


@pytest.fixture
def person(chromium: Browser, service: Service) -> Iterator[Callable[..., Person]]:
    """`person(Role.VOLUNTEER)`: somebody of the first association, signed in at their own screen."""
    present: list[Person] = []

    def enter(role: Role | None, *, home: Home | None = None, scheme: str = "light", width: int = 1280) -> Person:
        somebody = Person(chromium, service, scheme=scheme, width=width)
        present.append(somebody)
        return somebody.sign_in(role, home or service.homes[0]) if role else somebody

    yield enter
    for somebody in present:
        somebody.leave()
