"""A service for the stories."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.service import Service, running_service


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """The service, with both associations of the tests, fresh for each story."""
    with running_service(tmp_path) as service:
        yield service
