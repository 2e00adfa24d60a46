"""French source texts, one English catalogue per stage, and the two compiled catalogues the service reads.

A text belongs to the stage whose Python files or templates hold it; what every page shares belongs to `web`.
"""

import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from scripts.french_typography import typeset

SHARED = "web"
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "_l": None,
    "N_": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "counted": (1, 2),
}
TEMPLATE_OPTIONS = {
    "newstyle_gettext": "true",
    "silent": "false",
    "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols",
}
TEMPLATES = (".html", ".txt", ".xml", ".svg", ".js", ".webmanifest")
HEADER = """\
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
Key = str | tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """Where the texts are: the package's folder."""

    package: Path

    @property
    def english(self) -> Path:
        """The folder of the English catalogues."""
        return self.package / "translations" / "en"

    def stages(self) -> set[str]:
        """Names of the folders that can own texts."""
        return {folder.parent.name for folder in self.package.glob("*/__init__.py")} - {"migrations"}

    def owner(self, file: Path) -> str:
        """The stage a file belongs to."""
        parts = file.relative_to(self.package).parts
        folder = parts[1] if parts[0] == "templates" else parts[0]
        return folder if folder in self.stages() else SHARED

    def files(self) -> Iterator[tuple[Path, str]]:
        """Every file that may hold texts, with the way to read it."""
        for file in sorted(self.package.rglob("*.py")):
            yield file, "python"
        for file in sorted((self.package / "templates").rglob("*")):
            if file.suffix in TEMPLATES:
                yield file, "jinja2.ext:babel_extract"

    def catalogues(self) -> dict[str, Catalog]:
        """What the sources hold: for each stage its texts, without translation."""
        found = {stage: Catalog(locale="en") for stage in {*self.stages(), SHARED}}
        for file, method in self.files():
            options = TEMPLATE_OPTIONS if method != "python" else {}
            place = (str(file.relative_to(self.package.parent)), 1)
            with file.open("rb") as content:
                for _, text, _, _ in extract(method, content, keywords=KEYWORDS, options=options):
                    found[self.owner(file)].add(text, locations=[place])
        return {stage: catalogue for stage, catalogue in found.items() if len(catalogue)}

    def translations(self) -> dict[str, Catalog]:
        """The English catalogues as they stand."""
        return {file.stem: _read(file) for file in sorted(self.english.glob("*.po"))}


def _read(file: Path) -> Catalog:
    with file.open("rb") as content:
        return read_po(content, locale="en", abort_invalid=True)


def texts(catalogue: Catalog) -> dict[Key, Message]:
    """The messages of a catalogue without its header."""
    return {_key(message): message for message in catalogue if message.id}


def _key(message: Message) -> Key:
    return message.id if isinstance(message.id, str) else tuple(message.id)


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """A text in each of its numbers."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def update(source: Source, only: Iterable[str] = ()) -> list[str]:
    """Bring the English catalogues up to date with the sources; returns the stages whose file changed.

    Translations are kept, also when a text moved to another stage; texts no longer used leave.
    """
    wanted, given = source.catalogues(), source.translations()
    known = {stage: _translated(catalogue) for stage, catalogue in given.items()}
    anywhere = {key: message for catalogue in known.values() for key, message in catalogue.items()}
    chosen = set(only) or wanted.keys() | given.keys()
    for stage in chosen & wanted.keys():
        for key, message in texts(wanted[stage]).items():
            if translated := known.get(stage, {}).get(key) or anywhere.get(key):
                message.string, message.flags = translated.string, translated.flags
    changed = [stage for stage in chosen & wanted.keys() if _write(source.english / f"{stage}.po", wanted[stage])]
    for stage in chosen & given.keys() - wanted.keys():
        (source.english / f"{stage}.po").unlink()
        changed.append(stage)
    return sorted(changed)


def _translated(catalogue: Catalog) -> dict[Key, Message]:
    return {key: message for key, message in texts(catalogue).items() if all(forms(message.string))}


def _write(file: Path, catalogue: Catalog) -> bool:
    content = io.BytesIO()
    write_po(content, catalogue, width=118, omit_header=True, sort_output=True, include_lineno=False)
    text = HEADER + content.getvalue().decode()
    if file.exists() and file.read_text() == text:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return True


def compile_catalogues(source: Source) -> bool:
    """Write the two compiled catalogues where their sources changed since; says whether it did."""
    sources = [*source.english.parent.glob("en"), *source.english.glob("*.po"), *_own_code()]
    targets = [source.package / "translations" / language / "LC_MESSAGES" / "messages.mo" for language in ("en", "fr")]
    newest = max(file.stat().st_mtime_ns for file in sources)
    if all(target.exists() and target.stat().st_mtime_ns > newest for target in targets):
        return False
    english, french = Catalog(locale="en"), Catalog(locale="fr")
    for catalogue in source.translations().values():
        for key, message in _translated(catalogue).items():
            if not message.fuzzy:
                english.add(key, message.string)
        for key in texts(catalogue):
            french.add(key, typeset(key) if isinstance(key, str) else tuple(typeset(form) for form in key))
    for target, catalogue in zip(targets, (english, french), strict=True):
        _write_compiled(target, catalogue)
    return True


def _own_code() -> list[Path]:
    return [Path(__file__), Path(__file__).with_name("french_typography.py")]


def _write_compiled(target: Path, catalogue: Catalog) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}.draft")
    with draft.open("wb") as content:
        write_mo(content, catalogue)
    draft.replace(target)
