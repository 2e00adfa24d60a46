"""The look in a real browser: axe finds nothing, nothing overflows, the keys work, and so does no script at all."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from reemploi.web import gallery
from tests.support.people_at_screens import Person
from tests.support.service import Service

pytestmark = pytest.mark.browser
Visitor = Callable[..., Person]
PAGES = ["/composants", *(f"/composants/page/{kind}" for kind in gallery.KINDS)]
RECORD, FORM, QUEUE = "/composants/page/fiche", "/composants/page/formulaire", "/composants/page/file"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390), ("light", 320)])
def test_nothing_for_axe_and_nothing_too_wide(visitor: Visitor, scheme: str, width: int) -> None:
    person = visitor(scheme=scheme, width=width)
    for page in PAGES if width > 600 else PAGES[1:]:
        person.go(page)


def test_targets_of_the_hand_are_large_enough(visitor: Visitor) -> None:
    person = visitor(width=390)
    for page in (RECORD, FORM, QUEUE):
        person.go(page)
        small = person.page.eval_on_selector_all(
            "button, .button, input:not([type=hidden]), select, textarea, .rail a, .card a, .tabs a, .chip",
            """all => all.filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 44
                 && !(one.closest('label, .choice')?.getBoundingClientRect().height >= 44)
                 && !one.closest('.languages, .notice')).map(one => one.outerHTML.slice(0, 120))""",
        )
        assert not small, f"{page}: under 44 px: {small}"


def test_keys_lead_everywhere(visitor: Visitor) -> None:
    person = visitor()
    page = person.page
    person.go(RECORD)
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("e")
    page.wait_for_url("**/composants")


def test_the_palette_finds_pages_and_actions_without_accents(visitor: Visitor) -> None:
    person = visitor()
    page = person.page
    person.go(RECORD)
    page.keyboard.press("Control+k")
    page.keyboard.type("depl")
    assert page.locator("#palette-list [role=option]").all_inner_texts()[0] == "Déplacer"
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    page.keyboard.press("Control+k")
    page.keyboard.type("etiquettes")
    page.keyboard.press("Enter")
    page.wait_for_url("**/composants")


def test_the_focus_goes_to_the_answer_of_the_last_action(visitor: Visitor) -> None:
    person = visitor()
    person.go(RECORD)
    expect(person.page.locator("[data-flashes]")).to_be_focused()
    person.page.locator("[data-dismiss]").click()
    expect(person.page.locator("#main")).to_be_focused()
    person.go("/composants")
    expect(person.page.locator("[data-error-summary]").first).to_be_focused()


def test_the_look_chosen_by_hand_is_kept(visitor: Visitor) -> None:
    person = visitor()
    page = person.page
    person.go(RECORD)
    page.locator(".account summary").click()
    page.locator("[data-theme=dark]").click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    page.locator(".account summary").click()
    page.locator("[data-theme=auto]").click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.bsTheme ?? null") is None


def test_a_draft_outlives_the_page_and_counts_its_signs(visitor: Visitor) -> None:
    person = visitor()
    page = person.page
    person.go(FORM)
    page.fill("#page-serial", "5RFDP01")
    page.check("#page-charger-1")
    page.fill("#page-note", "x" * 285)
    expect(page.locator(".field-counter")).to_have_text("Signes de trop\u00a0: 5")
    page.reload()
    assert page.input_value("#page-serial") == "5RFDP01"
    assert page.is_checked("#page-charger-1")
    expect(page.locator("[data-draft-note]")).to_be_visible()


def test_ticked_rows_bring_their_buttons(visitor: Visitor) -> None:
    person = visitor()
    page = person.page
    person.go(QUEUE)
    expect(page.locator(".bulk")).to_be_hidden()
    page.locator(".queue-pick input").nth(1).check()
    expect(page.locator(".bulk")).to_be_visible()
    expect(page.locator(".bulk-sentence")).to_have_text("Lignes choisies\u00a0: 1")


def test_a_form_is_sent_once(visitor: Visitor) -> None:
    person = visitor()
    page = person.page
    person.go(FORM)
    page.evaluate("""window.sent = 0; addEventListener('submit', (event) => {
        if (!event.defaultPrevented) window.sent += 1;
        event.preventDefault();
    })""")
    button = page.locator(".form .button-primary")
    button.evaluate("one => { one.click(); one.click(); one.click(); }")
    assert page.evaluate("window.sent") == 1
    expect(button).to_have_attribute("aria-disabled", "true")


def test_without_script_the_menu_opens_and_every_page_reads(chromium: Browser, standing_service: Service) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(standing_service.url + RECORD)
    expect(page.locator(".rail")).to_be_hidden()
    page.locator(".top-menu").click()
    expect(page.locator(".rail")).to_be_visible()
    page.locator(".rail-close").click()
    expect(page.locator(".rail")).to_be_hidden()
    expect(page.locator("[data-copy]").first).to_be_hidden()
    context.close()


def test_paper_shows_the_content_alone(visitor: Visitor) -> None:
    person = visitor()
    person.go("/composants/page/bilan")
    person.page.emulate_media(media="print")
    for hidden in (".top", ".rail", ".button"):
        expect(person.page.locator(hidden).first).to_be_hidden()
    expect(person.page.locator("h1")).to_be_visible()
    expect(person.page.locator(".bars").first).to_be_visible()
