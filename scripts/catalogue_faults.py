"""What is missing or wrong in the English catalogues."""

import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

from scripts.catalogue_tools import Source, forms, texts

PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]")
TAG = re.compile(r"</?[a-zA-Z][^>]*>")


def problems(source: Source) -> list[str]:
    """Everything that would leave a reader of English, or of French, with a wrong text; one line each."""
    wanted, given = source.catalogues(), source.translations()
    found = []
    for stage in sorted(wanted.keys() | given.keys()):
        asked, answered = texts(wanted.get(stage, Catalog())), texts(given.get(stage, Catalog()))
        found += [f"{stage}: missing from the English catalogue: {key!r}" for key in asked if key not in answered]
        found += [f"{stage}: no longer used: {key!r}" for key in answered if key not in asked]
        found += [f"{stage}: {fault}: {message.id!r}" for message in answered.values() for fault in faults(message)]
    return found + _conflicts(given)


def faults(message: Message) -> Iterator[str]:
    """What is wrong with one translated text."""
    sources, targets = forms(message.id), forms(message.string)
    if message.fuzzy:
        yield "marked fuzzy"
    if any(sign in source for source in sources for sign in "\u00a0\u202f"):
        yield "no-break space in the source (write ordinary spaces)"
    if len(targets) != len(sources) or not all(target.strip() for target in targets):
        yield "not translated"
        return
    for target, own in zip(targets, sources, strict=True):
        if placeholders(target) not in [placeholders(source) for source in (own, sources[-1])]:
            yield "placeholders differ"
        if placeholders(own) and not _formats(target):
            yield "a lone % (write %%)"
        if sorted(TAG.findall(target)) != sorted(TAG.findall(own)):
            yield "tags differ"


def placeholders(text: str) -> set[str]:
    """Names of the parameters of a text."""
    return set(PLACEHOLDER.findall(text))


def _formats(text: str) -> bool:
    try:
        return bool(text % dict.fromkeys(placeholders(text), 1))
    except (TypeError, ValueError):
        return False


def _conflicts(given: dict[str, Catalog]) -> list[str]:
    first: dict[str, tuple[str, tuple[str, ...]]] = {}
    found = []
    for stage, catalogue in given.items():
        for key, message in texts(catalogue).items():
            other, strings = first.setdefault(forms(key)[0], (stage, forms(message.string)))
            if any(own != known for own, known in zip(forms(message.string), strings, strict=False)):
                found.append(f"{stage}: translated otherwise in {other}: {key!r}")
    return found
