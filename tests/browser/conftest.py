"""One service and one browser for the pages that hold no data of their own."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.people_at_screens import Person
from tests.support.service import Service, running_service


@pytest.fixture(scope="session")
def standing_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service, shared by tests that change nothing."""
    with running_service(tmp_path_factory.mktemp("standing")) as service:
        yield service


@pytest.fixture
def visitor(chromium: Browser, standing_service: Service) -> Iterator[Callable[..., Person]]:
    """`visitor(scheme="dark", width=390)`: somebody at a browser, not signed in."""
    present: list[Person] = []

    def enter(*, scheme: str = "light", width: int = 1280) -> Person:
        present.append(Person(chromium, standing_service, scheme=scheme, width=width))
        return present[-1]

    yield enter
    for somebody in present:
        somebody.leave()
