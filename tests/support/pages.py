"""A page as a person reads it: parsed once, asked for its words, links and forms."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.test import TestResponse

SILENT = {"script", "style", "template", "svg", "noscript"}
NOT_TYPED = {"submit", "button", "reset", "image", "file"}


class Page:
    """One parsed answer; `faults` are the parser's."""

    def __init__(self, html: str) -> None:
        self.whole = html.lstrip()[:9].lower() == "<!doctype"
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.root: Element = parser.parse(html) if self.whole else _as_root(parser, html)
        self.faults = [
            f"line {position[0]}: {html5lib.constants.E.get(code, code) % values}"
            for position, code, values in parser.errors
        ]

    @classmethod
    def of(cls, answer: TestResponse) -> "Page":
        """The page in an answer."""
        return cls(answer.get_data(as_text=True))

    def all(self, *tags: str) -> Iterator[Element]:
        """Elements of these kinds, in order; every element without an argument."""
        return (one for one in self.root.iter() if isinstance(one.tag, str) and (not tags or one.tag in tags))

    @cached_property
    def text(self) -> str:
        """All that is shown, with single spaces."""
        return words_of(self.root)

    @property
    def title(self) -> str:
        """The main heading."""
        return next((words_of(one) for one in self.all("h1")), "")

    @cached_property
    def by_id(self) -> dict[str, Element]:
        """Elements by their id."""
        return {one.attrib["id"]: one for one in self.all() if "id" in one.attrib}

    @cached_property
    def parents(self) -> dict[Element, Element]:
        """Each element's parent."""
        return {child: parent for parent in self.all() for child in parent}

    def within(self, element: Element, tag: str) -> Element | None:
        """The nearest element of this kind around another."""
        around = self.parents.get(element)
        while around is not None and around.tag != tag:
            around = self.parents.get(around)
        return around

    def links(self) -> dict[str, str]:
        """Addresses of the links with their words."""
        return {one.attrib["href"]: words_of(one) for one in self.all("a") if "href" in one.attrib}

    def forms(self) -> list["Form"]:
        """The forms, in order."""
        return [Form(self, one) for one in self.all("form")]

    def form(self, part: str = "") -> "Form":
        """The form whose address or button holds `part`; without it, the only posting form of the main part."""
        main = next(self.all("main"), self.root)
        inside = set(main.iter())
        found = [
            form
            for form in self.forms()
            if (part and (part in form.action or part in form.buttons))
            or (not part and form.element in inside and form.method == "post")
        ]
        shown = [(form.action, form.buttons) for form in self.forms()]
        assert len(found) == 1, f"{len(found)} forms for {part!r} among {shown}: name its address or its button"
        return found[0]


@dataclass(frozen=True)
class Form:
    """A form as a browser would send it."""

    page: Page
    element: Element

    @property
    def action(self) -> str:
        """Where it is sent; empty for the page itself."""
        return self.element.attrib.get("action", "")

    @property
    def method(self) -> str:
        """`get` or `post`."""
        return self.element.attrib.get("method", "get").lower()

    @property
    def buttons(self) -> str:
        """The words on its buttons."""
        return " | ".join(words_of(one) for one in self._own("button"))

    def _own(self, *tags: str) -> Iterator[Element]:
        name = self.element.attrib.get("id")
        for one in self.page.all(*tags):
            if (
                one.attrib.get("form", None) == name
                and name
                or ("form" not in one.attrib and self.page.within(one, "form") is self.element)
            ):
                yield one

    def fields(self) -> dict[str, list[str]]:
        """What is filled in already, by field."""
        values: dict[str, list[str]] = {}
        for one in self._own("input", "select", "textarea"):
            name = one.attrib.get("name")
            if name and "disabled" not in one.attrib:
                values.setdefault(name, []).extend(_values(one))
        return values


def _values(element: Element) -> list[str]:
    kind = element.attrib.get("type", "text")
    if element.tag == "textarea":
        return ["".join(element.itertext())]
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = [one for one in options if "selected" in one.attrib]
        chosen = chosen or ([] if "multiple" in element.attrib else options[:1])
        return [one.attrib.get("value", words_of(one)) for one in chosen]
    if kind in ("checkbox", "radio"):
        return [element.attrib.get("value", "on")] if "checked" in element.attrib else []
    return [] if kind in NOT_TYPED else [element.attrib.get("value", "")]


def words_of(element: Element) -> str:
    """The words inside an element, with single spaces."""
    return " ".join(" ".join(text for text, _ in texts(element)).split())


def texts(element: Element) -> Iterator[tuple[str, Element]]:
    """Every piece of text that is shown, with the element it stands in."""
    if element.tag in SILENT or not isinstance(element.tag, str):
        return
    if element.text and element.text.strip():
        yield element.text, element
    for child in element:
        yield from texts(child)
        if child.tail and child.tail.strip():
            yield child.tail, element


def _as_root(parser: html5lib.HTMLParser, html: str) -> Element:
    root = Element("fragment")
    root.extend(parser.parseFragment(html))
    return root
