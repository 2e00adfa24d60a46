"""The look holds together: classes and icons exist, colours come from the tokens and can be read, pages stay light."""

import gzip
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "reemploi"
STATIC, TEMPLATES = PACKAGE / "static", PACKAGE / "templates"
SHEETS = sorted((STATIC / "css").glob("*.css"))
ICONS = set(re.findall(r'<symbol id="([^"]+)"', "".join(one.read_text() for one in STATIC.glob("icons*.svg"))))
COMPUTED = "\0"
TONES = ("waits", "in-hands", "ready", "repair", "ended", "refused", "neutral")
READ_ON = [
    *[("ink", ground) for ground in ("paper", "surface", "sunken", *(f"{tone}-wash" for tone in TONES))],
    *[("ink-soft", ground) for ground in ("paper", "surface", "sunken")],
    *[(f"{tone}-ink", ground) for tone in TONES for ground in (f"{tone}-wash", "surface", "paper")],
    *[("on-main", ground) for ground in ("main", "main-hover")],
    *[("danger", ground) for ground in ("surface", "paper", "refused-wash")],
    ("paper", "ink"),
]
SEEN_ON = [
    *[(line, ground) for line in ("rule-strong", "focus") for ground in ("paper", "surface")],
    *[(f"{tone}-edge", ground) for tone in TONES if tone != "neutral" for ground in ("paper", "surface")],
]


def blocks_of_tokens() -> dict[str, dict[str, str]]:
    """The colours of each look, by the selector that gives them."""
    text = re.sub(r"/\*.*?\*/", "", (STATIC / "css" / "tokens.css").read_text(), flags=re.DOTALL)
    found = re.findall(r'(\[data-bs-theme="\w+"\]|:root:not\(\[data-bs-theme\]\)) \{([^{}]*color-scheme[^{}]*)\}', text)
    return {name: dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", body)) for name, body in found}


LIGHT, DARK, SYSTEM = '[data-bs-theme="light"]', '[data-bs-theme="dark"]', ":root:not([data-bs-theme])"


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as WCAG 2.1 defines it, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_the_one_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_words_can_be_read(look: str) -> None:
    colours = blocks_of_tokens()[look]
    poor = [(word, ground) for word, ground in READ_ON if contrast(colours[word], colours[ground]) < 4.5]
    assert not poor, f"under 4.5:1 in {look}: {poor}; change css/tokens.css"


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_edges_and_focus_can_be_seen(look: str) -> None:
    colours = blocks_of_tokens()[look]
    poor = [(line, ground) for line, ground in SEEN_ON if contrast(colours[line], colours[ground]) < 3]
    assert not poor, f"under 3:1 in {look}: {poor}; change css/tokens.css"


def test_the_system_dark_look_is_the_chosen_one() -> None:
    looks = blocks_of_tokens()
    assert looks[DARK] == looks[SYSTEM], "css/tokens.css holds the dark colours twice: keep both blocks equal"
    assert looks[DARK].keys() == looks[LIGHT].keys()


def test_colours_stand_in_the_tokens_only() -> None:
    alone = {"tokens.css", "open.css", "print.css"}
    drawn = {"controls.css": {"#fff"}}
    found = {
        sheet.name: colours - drawn.get(sheet.name, set())
        for sheet in SHEETS
        if sheet.name not in alone
        and (colours := set(re.findall(r"#[0-9a-f]{3,8}\b", re.sub(r"url\([^)]*\)", "", sheet.read_text()))))
    }
    assert not any(found.values()), f"colours outside css/tokens.css: {found}"


def test_the_sheet_of_open_pages_has_the_same_colours() -> None:
    looks = blocks_of_tokens()
    names = {"wash-waits": "waits-wash", "edge-waits": "waits-edge", "wash-ready": "ready-wash"}
    names |= {"edge-ready": "ready-edge", "wash-refused": "refused-wash", "edge-refused": "refused-edge"}
    names |= {"ink-refused": "refused-ink"}
    light, dark = re.findall(r":root \{(.*?)\}", (STATIC / "css" / "open.css").read_text(), re.DOTALL)
    for look, body in ((LIGHT, light), (DARK, dark)):
        for name, colour in re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", body):
            full = colour if len(colour) == 7 else "#" + "".join(sign * 2 for sign in colour[1:])
            assert looks[look][names.get(name, name)] == full, f"--{name} of css/open.css in {look}"


def templates() -> Iterator[tuple[str, str]]:
    """Every template with its text."""
    for file in sorted(TEMPLATES.rglob("*.html")):
        yield str(file.relative_to(TEMPLATES)), file.read_text()


def test_every_class_of_a_template_is_drawn_by_a_sheet() -> None:
    drawn = set(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", "".join(sheet.read_text() for sheet in SHEETS)))
    unknown = {}
    for name, text in templates():
        plain = re.sub(r"\{\{.*?\}\}", COMPUTED, re.sub(r"\{[%#].*?[%#]\}", " ", text, flags=re.DOTALL))
        used = {one for value in re.findall(r'class="([^"]*)"', plain) for one in value.split()}
        if strange := {one for one in used - drawn if COMPUTED not in one}:
            unknown[name] = sorted(strange)
    assert not unknown, f"no sheet of static/css draws {unknown}: docs/components.md lists the classes there are"


def test_every_icon_named_in_a_template_is_in_a_sheet() -> None:
    for name, text in templates():
        named = set(re.findall(r'\bicon\("([\w-]+)"', text))
        named |= set(re.findall(r'\b(?:icon|icon_name|submit_icon|drawing|mode_icon)="([\w-]+)"', text))
        named |= set(re.findall(r'"icon": "([\w-]+)"', text))
        assert named <= ICONS, f"{name}: {sorted(named - ICONS)} is not drawn; name it in scripts/icons.py and run it"


def test_the_icon_macro_links_the_sheets_as_they_are() -> None:
    macro = (TEMPLATES / "components" / "icons.html").read_text()
    linked = dict(re.findall(r'filename="([\w-]+\.svg)", v="(\w+)"', macro))
    assert linked == {one: _digest(STATIC / one)[:10] for one in ("icons-open.svg", "icons.svg")}, (
        "run scripts/icons.py"
    )
    listed = re.search(r'set OPEN = "([^"]*)"', macro)
    assert listed is not None
    assert set(listed[1].split()) == set(re.findall(r'id="([\w-]+)"', (STATIC / "icons-open.svg").read_text()))


def test_vendored_files_are_those_of_their_makers() -> None:
    listed = dict(re.findall(r"\| `(vendor/\S+)` \| `([0-9a-f]{64})` \|", (STATIC / "VENDORED.md").read_text()))
    files = [one for one in (STATIC / "vendor").rglob("*") if one.is_file() and one.name != "LICENSE"]
    assert {str(one.relative_to(STATIC)): _digest(one) for one in files} == listed
    assert all((folder / "LICENSE").is_file() for folder in (STATIC / "vendor").iterdir())


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def fetched_by(layout: str) -> set[Path]:
    """The static files a layout asks for, with the letters and icons its sheets and macros lead to."""
    text = (TEMPLATES / layout).read_text()
    files = {STATIC / one for one in re.findall(r"asset\('([^']+)'\)", text)}
    letters = (STATIC / "vendor").rglob("*latin-[47]00-normal.woff2")
    return files | (set(letters) if STATIC / "css" / "tokens.css" in files else set())


def weight(files: set[Path]) -> int:
    """Bytes on the wire, compressed as they are served."""
    return sum(len(gzip.compress(one.read_bytes())) if one.suffix != ".woff2" else one.stat().st_size for one in files)


@pytest.mark.parametrize(("layout", "most"), [("base.html", 110_000), ("desk.html", 110_000)])
def test_a_first_visit_stays_light(layout: str, most: int) -> None:
    files = fetched_by(layout) | {STATIC / "icons.svg", STATIC / "icons-open.svg"}
    assert weight(files) <= most, "170 kB in all for a first visit, of which 60 kB are left to the page itself"


def test_an_open_page_stays_light() -> None:
    files = fetched_by("open.html") | {STATIC / "icons-open.svg"}
    assert not any(one.suffix in (".woff2", ".js") for one in files)
    assert weight(files) <= 20_000, "30 kB in all for an open page, of which 10 kB are left to the page itself"
