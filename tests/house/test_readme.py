"""The README shows every room, every setting and every script."""

import os
import re

import pytest

from reemploi.config import VARIABLES
from reemploi.rooms import COMMANDS
from tests.house.source_files import PACKAGE, ROOT

README = (ROOT / "README.md").read_text()
ROOMS = sorted(folder.parent.name for folder in PACKAGE.glob("*/__init__.py") if folder.parent.name != "migrations")
SCRIPTS = sorted(f.name for f in (ROOT / "scripts").iterdir() if f.is_file() and os.access(f, os.X_OK))


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_its_line_in_the_map(room: str) -> None:
    assert re.search(rf"^\| `{room}/` \| .+ \|$", README, re.M), f"add `{room}/` to the map, in the contract's order"


def test_the_map_stands_in_the_contracts_order() -> None:
    shown = re.findall(r"^\| `(\w+)/` \|", README, re.M)
    contract = re.findall(r'^  "\(?(\w+)\)?",$', (ROOT / "pyproject.toml").read_text(), re.M)
    assert shown == [room for room in contract if room in ROOMS]


@pytest.mark.parametrize("variable", VARIABLES)
def test_every_setting_is_explained(variable: str) -> None:
    assert f"`{variable}`" in README


def test_no_setting_is_explained_that_does_not_exist() -> None:
    text = README + "".join(file.read_text() for file in (ROOT / "docs").rglob("*.md"))
    assert set(re.findall(r"REEMPLOI_[A-Z_]+[A-Z]", text)) <= set(VARIABLES)


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_is_explained(script: str) -> None:
    assert f"`scripts/{script}`" in README


def test_every_command_is_explained_and_no_other() -> None:
    explained = re.findall(r"^\| `flask (\w+)` \| .+ \|$", README, re.M)
    assert sorted(explained) == sorted(command.name or "" for command in COMMANDS), "mend the README's list of commands"


def test_links_between_documents_lead_somewhere() -> None:
    documents = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{file.relative_to(ROOT)} → {target}"
        for file in documents
        for target in re.findall(r"\]\(([^)#]+)\)", file.read_text())
        if "://" not in target and not (file.parent / target).exists()
    ]
    assert not broken, f"mend these links: {broken}"
