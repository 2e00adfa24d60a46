"""One Chromium for the whole run of a worker: two at once in one process do not start."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from reemploi.roles import Role
from tests.support.cast import Home
from tests.support.people_at_screens import Person, open_chromium
from tests.support.service import Service


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
