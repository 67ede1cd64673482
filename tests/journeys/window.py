"""A person's browser in a test: it notes what a person would trip over, and counts the taps."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client

from tests.factories.accounts import PASSWORD

PHONE, DESKTOP = (390, 844), (1440, 900)
LOCALES = {"zh-hans": "zh-CN", "en": "en-GB"}
# What breaks a rule of WCAG 2.1 A or AA with serious or critical impact; only that leaves the page, for speed.
FIND_BARRIERS = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
  const found = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  return found.violations.filter((rule) => ["serious", "critical"].includes(rule.impact))
    .map((rule) => `${rule.id}: ${rule.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ")}`);
}"""
# Taps, keys pressed outside free text and choices from a list, over all pages of the tab; what is typed as free text is
# no tap. Choosing from a list is a tap that opens it and one that chooses.
COUNT_TAPS = """(() => {
  const key = "taps", isText = (e) => e.matches && e.matches("textarea, input[type=text], input[type=search]");
  const count = (event) => {
    if (event.isTrusted || event.type === "change") {
      sessionStorage.setItem(key, Number(sessionStorage.getItem(key) || 0) + 1);
    }
  };
  addEventListener("pointerdown", count, true);
  addEventListener("keydown", (event) => { if (!isText(event.target)) count(event); }, true);
  addEventListener("change", (event) => { if (event.target.matches("select")) count(event); }, true);
})();"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Window:
    def __init__(self, context, url):
        self.context, self.url = context, url
        self.problems = []
        context.on("request", self._see_request)
        context.on("response", self._see_response)
        context.on("console", self._see_console)
        context.on("weberror", lambda error: self.problems.append(f"threw: {error.error}"))
        self.page = context.new_page()

    # --- what is noted ---
    def _see_request(self, request):
        if request.url.startswith("http") and urlsplit(request.url).netloc != urlsplit(self.url).netloc:
            self.problems.append(f"asked another host: {request.url}")

    def _see_response(self, response):
        if response.status >= 400:
            self.problems.append(f"{response.status} {response.url.removeprefix(self.url)}")

    def _see_console(self, message):
        if message.type == "error":
            self.problems.append(f"console on {urlsplit(message.page.url).path}: {message.text}")

    def forgive(self, *words):
        """Take back the complaints that hold one of the words: the test itself provoked them."""
        self.problems[:] = [text for text in self.problems if not any(word in text for word in words)]

    # --- what one does ---
    def enter_as(self, person):
        """Signed in without the form."""
        client = Client()
        client.force_login(person, backend="incubator.accounts.backends.AccountBackend")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.url}])

    def sign_in(self, person):
        """Through the form, as a person does."""
        self.open("/accounts/login/")
        self.page.locator("#id_login").fill(person.username)
        self.page.locator("#id_password").fill(PASSWORD)
        self.page.locator("[data-sign-in]").click()
        self.page.wait_for_url(f"{self.url}/")

    def open(self, address):
        return self.page.goto(address, wait_until="load")

    def send(self):
        """Press the button of the page's form."""
        self.page.locator("form.page-form button[type=submit]").click()

    def tab_to(self, selector, limit=80):
        """Press Tab until the element has the focus."""
        for _step in range(limit):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{limit} times Tab on {self.page.url} does not reach {selector}")

    @property
    def taps(self):
        return int(self.page.evaluate("sessionStorage.getItem('taps') || 0"))

    def forget_taps(self):
        self.page.evaluate("sessionStorage.removeItem('taps')")

    # --- what is looked at ---
    def resize(self, size):
        self.page.set_viewport_size({"width": size[0], "height": size[1]})

    @property
    def where(self):
        return f"{self.page.url.removeprefix(self.url)} at {self.page.viewport_size['width']}"

    def look_for_width(self):
        """Note when the page scrolls sideways."""
        if (beyond := self.page.evaluate(SIDEWAYS)) > 1:
            self.problems.append(f"{self.where}: scrolls sideways by {beyond}")

    def look_for_barriers(self):
        self.page.evaluate(AXE_SCRIPT)
        self.problems += [f"{self.where}: {finding}" for finding in self.page.evaluate(FIND_BARRIERS)]

    def look(self):
        """Note what is wrong with the page as it stands."""
        self.look_for_width()
        self.look_for_barriers()

    def picture(self, name, *, whole=False):
        """A picture of what is seen, or of the whole page, for whoever wants to look: LOOK_AT=folder."""
        if folder := os.environ.get("LOOK_AT"):
            self.page.screenshot(path=Path(folder) / f"{name}.png", caret="initial", full_page=whole)
