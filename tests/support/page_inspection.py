"""The structure of a page: valid, headed, labelled, without inline code."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.support.pages import Page, words_of

UNLABELLED_KINDS = {"hidden", "submit", "button", "reset", "image"}
NAMED_BY = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "popovertarget", "list", "headers")


def page_faults(page: Page) -> Iterator[str]:
    """Every fault of a page's structure."""
    yield from (f"not valid HTML, {fault}" for fault in page.faults)
    if page.whole:
        yield from _head_faults(page)
    yield from _id_faults(page)
    for element in page.all():
        yield from _inline_faults(element)
    for element in page.all("input", "select", "textarea"):
        yield from _label_faults(page, element)
    yield from _name_faults(page)
    yield from _form_faults(page)


def _head_faults(page: Page) -> Iterator[str]:
    headings = [words_of(one) for one in page.all("h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"{len(headings)} <h1> {headings}: a page has one, and it says what the page is"
    if not any(words_of(one) for one in page.all("title")):
        yield "no <title>: fill the block `title` of base.html"
    if page.root.attrib.get("lang") not in ("fr", "en"):
        yield "no `lang` on <html>: extend base.html"
    if sum(1 for _ in page.all("main")) != 1:
        yield "a page has one <main>: extend base.html"


def _id_faults(page: Page) -> Iterator[str]:
    counted = Counter(one.attrib["id"] for one in page.all() if "id" in one.attrib)
    yield from (
        f"the id {name!r} stands {count} times: prefix one of them" for name, count in counted.items() if count > 1
    )
    for element in page.all():
        for attribute in NAMED_BY:
            for name in element.attrib.get(attribute, "").split():
                if name not in page.by_id:
                    yield f"{attribute}={name!r} on <{element.tag}> leads to no id of the page"


def _inline_faults(element: Element) -> Iterator[str]:
    if element.tag == "style" or "style" in element.attrib:
        yield f"inline style on <{element.tag}>: the policy blocks it, use a class"
    if element.tag == "script" and "src" not in element.attrib and element.attrib.get("type") != "application/json":
        yield "inline <script>: the policy blocks it, put it in a file of static/"
    for name, value in element.attrib.items():
        if str(name).lower().startswith("on"):
            yield f"{name}=… on <{element.tag}>: the policy blocks it, listen from a file of static/"
        if value.strip().lower().startswith("javascript:"):
            yield f"javascript: in {name} of <{element.tag}>: use a button and a file of static/"


def _label_faults(page: Page, element: Element) -> Iterator[str]:
    if element.attrib.get("type", "text") in UNLABELLED_KINDS:
        return
    labels = [
        one for one in page.all("label") if one.attrib.get("for") and one.attrib["for"] == element.attrib.get("id")
    ]
    around = page.within(element, "label")
    named = [words_of(one) for one in (*labels, *([around] if around is not None else []))]
    named += [element.attrib.get("aria-label", "")]
    named += [
        words_of(page.by_id[name]) for name in element.attrib.get("aria-labelledby", "").split() if name in page.by_id
    ]
    if not any(named):
        yield f"<{element.tag} name={element.attrib.get('name')!r}> has no label: use the `field` component"


def _name_faults(page: Page) -> Iterator[str]:
    for element in page.all("a", "button"):
        pictures = [one.attrib.get("alt") or one.attrib.get("aria-label", "") for one in element.iter()]
        named = (words_of(element), element.attrib.get("aria-label"), element.attrib.get("aria-labelledby"), *pictures)
        if not any(named):
            yield f"a <{element.tag}> without words ({element.attrib}): give it a text or an aria-label"
    for element in page.all("img"):
        if "alt" not in element.attrib:
            yield f'<img src={element.attrib.get("src")!r}> has no alt: describe it, or alt="" when it says nothing'


def _form_faults(page: Page) -> Iterator[str]:
    for form in page.forms():
        names = form.fields()
        if form.method == "post" and not any(names.get("csrf_token", [])):
            yield f"the form to {form.action!r} has no csrf_token: use the `form_page` component"
        if form.method == "get" and "csrf_token" in names:
            yield f"the form to {form.action!r} shows its csrf_token in an address: take it out"
