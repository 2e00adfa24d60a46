"""People at real browsers: each signs in through the page, and every page they see is put before axe."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from reemploi.roles import Role
from tests.support.cast import PASSWORD, Home
from tests.support.service import Service

AXE = Path(__file__).resolve().parents[1] / "browser" / "vendor" / "axe-4.14.1.min.js"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WITHOUT_CHROMIUM = "Chromium is missing: run scripts/test, which installs it when it may (or apt-get install chromium)"


def open_chromium(playwright: Playwright) -> Browser:
    """The system's Chromium, without a window; raises RuntimeError when there is none."""
    path = os.environ.get("REEMPLOI_TEST_CHROMIUM") or shutil.which("chromium")
    if path is None:
        raise RuntimeError(WITHOUT_CHROMIUM)
    return playwright.chromium.launch(executable_path=path, args=QUIET)


class Person:
    """Somebody at their own browser."""

    def __init__(self, browser: Browser, service: Service, *, scheme: str = "light", width: int = 1280) -> None:
        self.service = service
        self.scheme = scheme
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            locale="fr-FR",
            accept_downloads=True,
        )
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._stays_at_home)
        self.seen: set[str] = set()

    def _stays_at_home(self, request: Any) -> None:
        if not request.url.startswith((self.service.url, "data:", "blob:")):
            self.complaints.append(f"a request left the host: {request.url}")

    def sign_in(self, role: Role, home: Home) -> "Person":
        """Through the door, with address and password."""
        self.go("/connexion")
        self.page.fill("[name=email]", home.email(role))
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(f"{self.service.url}/")
        return self

    def go(self, path: str) -> None:
        """Open a page and look at it."""
        answer = self.page.goto(self.service.url + path if path.startswith("/") else path)
        assert answer is not None
        assert answer.status < 400, f"{path} answers {answer.status}"
        self.look()

    def look(self) -> None:
        """Put the page before axe, once per address, in this person's colours; it must fit its window too."""
        place = self.page.url.split("?")[0]
        if place in self.seen:
            return
        self.seen.add(place)
        faults = axe_faults(self.page)
        assert not faults, f"{place} ({self.scheme}): " + json.dumps(faults, ensure_ascii=False, indent=1)
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{place} is too wide"
        assert not self.complaints, self.complaints

    def fetch(self, selector: str) -> bytes:
        """The file behind the first link that matches, fetched with this person's session."""
        address = self.page.locator(selector).first.get_attribute("href")
        assert address, f"no link {selector}"
        answer = self.page.request.get(self.service.url + address if address.startswith("/") else address)
        assert answer.ok, f"{address} answers {answer.status}"
        return answer.body()

    def leave(self) -> None:
        """Close the browser's window."""
        self.context.close()


def axe_faults(page: Page) -> list[dict[str, Any]]:
    """What axe finds on the page: rule, help, and the first places."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        {"rule": fault["id"], "help": fault["help"], "where": [node["html"][:160] for node in fault["nodes"][:3]]}
        for fault in found["violations"]
    ]
