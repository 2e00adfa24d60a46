"""Sizes and words of our own files."""

import ast
import re

import pytest

from tests.house.source_files import PACKAGE, ROOT, python_files, text_files, tree

LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 300, 60, 200
LONGER_FOR_A_REASON: dict[str, str] = {
    "tests/intake/test_reception.py": "one scan, one row: every outcome of the door side by side",
    "tests/intake/test_delivery_pages.py": "one delivery from its opening to its slip",
    "tests/labels/test_label_pages.py": "one run of labels from the choice of a format to the paper",
}
OWN_PATH = "tests/house/test_source_manners.py"
UNFINISHED = (
    r"\b(TODO|FIXME|XXX|HACK)\b|\bNotImplemented(Error)?\b|\b[Ss]tubs?\b|[àÀ] faire plus tard|simplified version"
)
FORBIDDEN = {
    UNFINISHED: "finish it, or leave it out",
    r"\bAI\b|\bLLMs?\b|\bGPT\b|(?i:\bclaude\b|anthropic|openai|copilot|chatgpt|coding agent)": "say what the code does",
    r"/work/|/root/|/home/[a-z]": "name no path of one machine",
    r"pypi\.org|pythonhosted|npmjs|unpkg\.com|jsdelivr|deb\.debian": "name no registry's host",
    r"breakpoint\(\)|\bpdb\b|console\.log": "take the debugging out",
}


def test_python_files_fit_their_size() -> None:
    lines = {str(file.relative_to(ROOT)): len(file.read_text().splitlines()) for file in python_files(ROOT)}
    long = {name: count for name, count in lines.items() if count > LONGEST_FILE and name not in LONGER_FOR_A_REASON}
    assert not long, f"give a part of it its own name and file: {long}"


def test_functions_fit_a_glance() -> None:
    long = [
        f"{file.relative_to(ROOT)}: {node.name}"
        for file in [*python_files(), *python_files(ROOT / "scripts")]
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert not long, f"name its steps: {long}"


def test_templates_fit_their_size() -> None:
    lines = {str(file.relative_to(ROOT)): len(file.read_text().splitlines()) for file in PACKAGE.rglob("*.html")}
    long = {name: count for name, count in lines.items() if count > LONGEST_TEMPLATE}
    assert not long, f"move a part to a component: {long}"


def test_every_long_file_allowed_still_is_long() -> None:
    short = [name for name in LONGER_FOR_A_REASON if len((ROOT / name).read_text().splitlines()) <= LONGEST_FILE]
    assert not short, f"take it off the list: {short}"


@pytest.mark.parametrize(("words", "remedy"), FORBIDDEN.items(), ids=FORBIDDEN.values())
def test_no_file_holds_what_is_not_ours_to_say(words: str, remedy: str) -> None:
    pattern = re.compile(words)
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for file in text_files()
        if (name := str(file.relative_to(ROOT))) not in (OWN_PATH, "LICENSE")
        for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found, f"{remedy}: {found}"


def test_public_functions_say_what_they_do() -> None:
    silent = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
        for file in [*python_files(), *python_files(ROOT / "scripts")]
        for node in tree(file).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not silent, f"one line: what, units, errors raised, source of a figure: {silent}"
