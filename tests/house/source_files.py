"""The project's own files, as the house tests read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "reemploi"
ELSEWHERE = {"vendor", "versions", "instance", "__pycache__", "corpus", "fixtures", "releases"}
TEXT = {".py", ".html", ".js", ".css", ".md", ".po", ".toml", ".txt", ".typ", ".service", ".timer", ".target", ""}


@cache
def tree(file: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(file.read_text(), filename=str(file))


def python_files(folder: Path = PACKAGE) -> list[Path]:
    """Our Python files below a folder, migrations and fixtures aside."""
    return [file for file in _below(folder) if file.suffix == ".py"]


def text_files() -> Iterator[Path]:
    """Every text file we wrote."""
    return (file for file in _below(ROOT) if file.suffix in TEXT)


def _below(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name in ELSEWHERE:
            continue
        if entry.is_dir():
            yield from _below(entry) if entry.name[0] != "." or entry.name == ".ci" else ()
        else:
            yield entry


def imported(node: ast.AST) -> list[str]:
    """Names of the modules an import statement names; relative ones start with a dot."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return ["." * node.level + (node.module or "")]
    return []
