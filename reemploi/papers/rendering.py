"""Documents to PDF with typst: data enters as JSON values and is never markup; the same data gives the same bytes."""

import json
import threading
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reemploi.papers.typefaces import FONTS
from reemploi.papers.typography import french, printable

if TYPE_CHECKING:
    import typst

TEMPLATES = Path(__file__).parent / "templates"


class _Own(threading.local):
    """One compiler per thread and folder: it cannot be shared while it works, the fonts can."""

    def __init__(self) -> None:
        self.compilers: dict[Path, typst.Compiler] = {}


_own = _Own()


def render(
    template: str,
    data: Mapping[str, Any],
    *,
    created: datetime,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """Print a document as PDF/UA-1.

    `template` names a file of the folder `templates` without its ending; `data` has the shape that `shapes.py` gives
    for it; `created` (with a time zone) is the date written into the file: with equal data it gives equal bytes.
    `pictures` are PNG files by name (`logo`). Raises ValueError for a naive date.
    """
    values = _set(data, in_french=data.get("language") == "fr")
    raw_pictures = {name: list(content) for name, content in (pictures or {}).items()}
    inputs = {"data": json.dumps(values, ensure_ascii=False), "pictures": json.dumps(raw_pictures)}
    return compile_pdf(TEMPLATES / f"{template}.typ", inputs, created=created)


def compile_pdf(source: Path, inputs: Mapping[str, str], *, created: datetime) -> bytes:
    """Compile a template, which reads nothing outside its own folder, with `inputs` as its `sys.inputs`.

    Raises ValueError for a naive date, typst.TypstError when the data lacks what the template prints.
    """
    if created.utcoffset() is None:
        raise ValueError("the date of a document needs a time zone")
    pdf = _compiler(source.parent).compile(
        input=source,
        format="pdf",
        sys_inputs=dict(inputs),
        pdf_standards=["ua-1"],
        timestamp=int(created.timestamp()),
    )
    assert isinstance(pdf, bytes)
    return pdf


def _set(value: Any, *, in_french: bool) -> Any:
    """The data with every text made printable and, in French, set with its no-break spaces."""
    if isinstance(value, str):
        return french(printable(value)) if in_french else printable(value)
    if isinstance(value, Mapping):
        return {key: _set(inner, in_french=in_french) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_set(inner, in_french=in_french) for inner in value]
    return value


def _compiler(folder: Path) -> "typst.Compiler":
    if folder not in _own.compilers:
        import typst

        _own.compilers[folder] = typst.Compiler(root=folder, font_paths=_fonts(), ignore_system_fonts=True)
    return _own.compilers[folder]


@cache
def _fonts() -> "typst.Fonts":
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
