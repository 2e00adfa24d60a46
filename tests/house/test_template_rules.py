"""Templates: every word can be translated, nothing goes round the escaping or the policy, undefined names are loud."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, StrictUndefined, nodes

from tests.house.source_files import PACKAGE, python_files
from tests.support.routes import drawing

FOLDER = PACKAGE / "templates"
TEMPLATES = sorted(str(file.relative_to(FOLDER)) for file in FOLDER.rglob("*.html"))
READ = [name for name in TEMPLATES if not name.startswith("gallery/")]  # the builders' gallery is in French alone
MARK = "\ue000"
SHOWN = {"title", "alt", "aria-label", "placeholder", "data-confirm", "label"}
NAMES = {
    "Réemploi",
    "fr",
    "en",
    "Français",
    "English",
    "kg",
    "Go",
    "Mo",
    "cm",
    "mm",
    "PDF",
    "CSV",
    "XLSX",
    "lshw",
    "smartctl",
    "nwipe, ShredOS",
}
MARKUP = {
    "web/fields.py": "controls of our own forms, built from escaped parts",
}


class Words(HTMLParser):
    """Collects what a person would read in the fixed parts of a template."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style", "kbd", "code", "svg")
        self.words += [value for name, value in attributes if value and name in SHOWN]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style", "kbd", "code", "svg")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)


def environment() -> Environment:
    """The service's own template environment."""
    return drawing().jinja_env


def source(name: str) -> str:
    return (FOLDER / name).read_text()


def fixed_parts(name: str) -> str:
    """The template's own text, each computed part in its place as a mark."""
    parsed = environment().parse(source(name))
    parts = []
    for output in parsed.find_all(nodes.Output):
        parts += [part.data if isinstance(part, nodes.TemplateData) else MARK for part in output.nodes]
    return "".join(parts)


@pytest.mark.parametrize("name", READ)
def test_every_word_can_be_translated(name: str) -> None:
    reader = Words()
    reader.feed(fixed_parts(name))
    pieces = {piece.strip(" \n\t.,:;!?()«»·—–→-…/") for words in reader.words for piece in words.split(MARK)}
    bare = {piece for piece in pieces if re.search(r"[^\W\d_]{2}", piece) and not piece.startswith("sudo ")} - NAMES
    assert not bare, f"""wrap them in {{{{ _("…") }}}}: {sorted(bare)}"""


@pytest.mark.parametrize("name", TEMPLATES)
def test_nothing_goes_round_the_escaping(name: str) -> None:
    text = re.sub(r"\{#.*?#\}", "", source(name), flags=re.S)
    assert not re.search(r"(?<!\")\|\s*safe\b|autoescape\s+false", text), (
        "pass values, not markup: the template escapes them"
    )
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text), "the policy blocks inline code: use a file"
    scripts = re.findall(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)", text)
    assert not scripts, "the policy blocks inline scripts: put it in a file of static/"
    assert not re.search(r"<(script|link|img)\b[^>]*(src|href)=[\"']https?:", text), "nothing comes from elsewhere"


@pytest.mark.parametrize("name", READ)
def test_every_template_is_extended_included_or_shown(name: str) -> None:
    everything = "".join(source(one) for one in TEMPLATES if one != name)
    everything += "".join(file.read_text() for file in python_files())
    direct = f'"{name}"' in everything or f"'{name}'" in everything
    built = name.startswith("errors/") and "errors/{" in everything
    assert direct or built, "nothing names it: take it away"


def test_an_undefined_name_is_loud() -> None:
    assert environment().undefined is StrictUndefined
    assert drawing().select_jinja_autoescape("page.html")
    assert environment().from_string("{{ words }}").render(words="<b>") == "&lt;b&gt;"


def test_markup_is_built_in_named_places_only() -> None:
    places = [
        str(file.relative_to(PACKAGE)) for file in python_files() if re.search(r"\bMarkup\(", Path(file).read_text())
    ]
    assert set(places) <= set(MARKUP), f"let a template build it: {set(places) - set(MARKUP)}"
