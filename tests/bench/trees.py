"""Small outputs of `lshw -json` and `smartctl --json` in the tools' documented shapes, for one test each."""

import json
from pathlib import Path
from typing import Any

from reemploi.bench import lshw, smartctl
from reemploi.bench.capture import Capture
from reemploi.bench.documents import open_content

CAPTURES = Path(__file__).parent.parent / "fixtures" / "captures"
Node = dict[str, Any]


def node(identifier: str, kind: str, *children: Node, **values: Any) -> Node:
    """One node of lshw."""
    return {"id": identifier, "class": kind, **values, **({"children": list(children)} if children else {})}


def machine(*children: Node, board: Node | None = None, **values: Any) -> Node:
    """A machine with what is on its board."""
    labels = {"vendor": "Dell Inc.", "product": "Latitude 7390", "serial": "7TK2QN2", **values}
    return node("pc-de-claire", "system", node("core", "bus", *children, **(board or {})), **labels)


def read_lshw(*documents: Any) -> Capture:
    """What is read of one or several documents of lshw."""
    content = open_content("\n".join(map(json.dumps, documents)).encode())
    assert lshw.looks_like(content)
    return lshw.read(content)


def read_smartctl(*documents: Any) -> Capture:
    """What is read of one or several documents of smartctl."""
    content = open_content("\n".join(map(json.dumps, documents)).encode())
    assert smartctl.looks_like(content)
    return smartctl.read(content)


def fixture(name: str) -> bytes:
    """The bytes of one of our captures."""
    return (CAPTURES / name).read_bytes()


def said(capture: Capture) -> str:
    """All the warnings of a capture as one text."""
    return " ".join(map(str, capture.warnings))
