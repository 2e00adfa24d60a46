"""What the import contracts of pyproject.toml cannot say, read on the syntax tree."""

import ast
import sys
import tomllib
from importlib.metadata import packages_distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.source_files import PACKAGE, ROOT, imported, python_files, tree

HEAVY = {"pandas", "typst", "psycopg", "playwright"}  # they cost start-up time: loaded where they are used
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LAYERS = next(c for c in PROJECT["tool"]["importlinter"]["contracts"] if c.get("exhaustive"))["layers"]


def test_no_import_hides_in_a_function() -> None:
    hidden = [
        f"{file.relative_to(ROOT)}:{node.lineno} imports {name}"
        for file in python_files()
        for function in ast.walk(tree(file))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        for name in imported(node)
        if name.partition(".")[0] not in HEAVY
    ]
    assert not hidden, f"write them at the top of the file; a circle means the stages' order is wrong: {hidden}"


def test_heavy_libraries_are_only_loaded_where_they_are_used() -> None:
    early = [
        f"{file.relative_to(ROOT)}:{node.lineno} imports {name}"
        for file in python_files()
        for node in tree(file).body
        for name in imported(node)
        if name.partition(".")[0] in HEAVY
    ]
    assert not early, f"import them inside the function that needs them, they slow every start: {early}"


def test_imports_name_their_room() -> None:
    relative = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in python_files()
        for node in ast.walk(tree(file))
        if any(name.startswith(".") for name in imported(node))
    ]
    assert not relative, f"write `from reemploi.<room>.<file> import …`: {relative}"


def test_the_rule_book_needs_the_standard_library_only() -> None:
    names = {
        name.partition(".")[0] for node in ast.walk(tree(PACKAGE / "journey" / "rules.py")) for name in imported(node)
    }
    assert names, "the rule book is empty"
    assert names <= sys.stdlib_module_names, f"pass it to the rules as an argument: {names - sys.stdlib_module_names}"


def test_what_the_service_imports_is_declared() -> None:
    project = PROJECT["project"]
    requirements = [*project["dependencies"], *project["optional-dependencies"]["postgres"]]
    declared = {canonicalize_name(Requirement(line).name) for line in requirements}
    providers = packages_distributions()
    missing = {
        f"{file.relative_to(ROOT)} imports {name}"
        for file in [*python_files(), ROOT / "wsgi.py"]
        for node in ast.walk(tree(file))
        for name in (full.partition(".")[0] for full in imported(node))
        if name not in sys.stdlib_module_names | {"reemploi"}
        and not declared & {canonicalize_name(provider) for provider in providers.get(name, [])}
    }
    assert not missing, f"add it to `dependencies` in pyproject.toml and run scripts/lock: {missing}"


def test_every_room_stands_in_the_contract_and_only_missing_ones_are_optional() -> None:
    rooms = {folder.parent.name for folder in PACKAGE.glob("*/__init__.py")} - {"migrations"}
    modules = {file.stem for file in PACKAGE.glob("*.py")} - {"__init__"}
    named = {name.strip("() ") for layer in LAYERS for name in layer.split(":")}
    optional = {name.strip("() ") for layer in LAYERS for name in layer.split(":") if name.strip().startswith("(")}
    assert rooms | modules <= named, "place it in the layers of pyproject.toml first"
    assert not optional & (rooms | modules), "it exists now: take its parentheses away in pyproject.toml"
