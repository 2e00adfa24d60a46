"""The words of a page: in its reader's language, with nothing of the machinery left in them."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from scripts.catalogue_tools import Source, forms
from scripts.catalogue_tools import texts as messages
from tests.support.pages import Page, texts

SHOWN_ATTRIBUTES = ("title", "aria-label", "placeholder", "alt", "data-confirm")
SOURCE = Source(Path(__file__).resolve().parents[2] / "reemploi")
LEFTOVERS = {
    r"%\(\w+\)": "a parameter was not filled in: give it to the sentence",
    r"\{\{|\}\}|\{%|%\}": "template code is shown: escape it, or close what is open",
    r"<Markup|<reemploi\.|\bobject at 0x|Sentence\(msgid": "a Python object is shown: pass it through `say`",
    r"\bNone\b|\bnan\b": "an absent value is shown: leave the line out, or write a dash",
}
LEAST_LETTERS = 4


def wording_faults(page: Page) -> Iterator[str]:
    """Every text of a page that is not fit to be read."""
    french = page.root.attrib.get("lang") == "fr"
    for text in _shown(page):
        for pattern, remedy in LEFTOVERS.items():
            if re.search(pattern, text):
                yield f"« {text} »: {remedy}"
        if not french and _is_french(text):
            yield f"« {text} » stands in French on an English page: translate it (scripts/catalogue update)"


def _shown(page: Page) -> Iterator[str]:
    for text, _ in texts(page.root):
        yield " ".join(text.split())
    for element in page.all():
        yield from (" ".join(element.attrib[name].split()) for name in SHOWN_ATTRIBUTES if element.attrib.get(name))


def _is_french(text: str) -> bool:
    exact, patterns = _french()
    return text in exact or any(pattern.fullmatch(text) for pattern in patterns)


@cache
def _french() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Source texts that read differently in English: those without parameter, and those with."""
    plain: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    english = {
        form for one in SOURCE.translations().values() for m in messages(one).values() for form in forms(m.string)
    }
    for catalogue in SOURCE.translations().values():
        for message in messages(catalogue).values():
            for source in forms(message.id):
                if source in english:
                    continue
                literal = re.sub(r"%\(\w+\)[sd]", "", source)
                if literal == source:
                    plain.add(" ".join(source.split()))
                elif sum(sign.isalpha() for sign in literal) >= LEAST_LETTERS:
                    parts = re.split(r"%\(\w+\)[sd]", " ".join(source.split()))
                    patterns.append(re.compile(".+".join(re.escape(part) for part in parts)))
    return frozenset(plain), tuple(patterns)
