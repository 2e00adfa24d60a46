"""The locks say exactly what is installed: every dependency, one version each, digests, and no address."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.environment import DEVELOPMENT, SERVICE, WITH_POSTGRES
from tests.house.source_files import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCKS = {
    SERVICE: PROJECT["dependencies"],
    WITH_POSTGRES: [*PROJECT["dependencies"], *EXTRAS["postgres"]],
    DEVELOPMENT: [*PROJECT["dependencies"], *EXTRAS["postgres"], *EXTRAS["dev"]],
}


def locked(lock: str) -> dict[str, str]:
    """Version of each library of a lock, with its condition; the base name carries no extra."""
    pattern = re.compile(r"^([\w.-]+)(?:\[[\w,]+\])?==(\S+)( ; .*?)? \\$", re.M)
    return {canonicalize_name(name): version for name, version, _ in pattern.findall((ROOT / lock).read_text())}


@pytest.mark.parametrize(("lock", "dependencies"), LOCKS.items(), ids=LOCKS)
def test_each_declared_dependency_is_locked_within_its_bounds(lock: str, dependencies: list[str]) -> None:
    versions = locked(lock)
    required = [Requirement(line) for line in dependencies]
    wrong = [str(r) for r in required if versions.get(canonicalize_name(r.name), "") not in r.specifier]
    assert not wrong, f"run scripts/lock: {wrong}"


@pytest.mark.parametrize("lock", LOCKS)
def test_each_locked_library_has_its_digests_and_no_address(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
    assert not [entry for entry in entries if "--hash=sha256:" not in entry]
    assert not [entry for entry in entries if "://" in entry]


def test_each_lock_holds_all_of_the_smaller_one_at_the_same_versions() -> None:
    for smaller, larger in ((SERVICE, WITH_POSTGRES), (WITH_POSTGRES, DEVELOPMENT)):
        assert locked(smaller).items() < locked(larger).items()
