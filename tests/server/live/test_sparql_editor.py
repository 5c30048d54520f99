"""The page of /sparql with a script: an editor with tabs, which asks nothing of others."""

import os
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture
def opened(browser, server):
    """A page that was opened, with what it asked for and what the browser said of it."""
    contexts = []

    def open_page(path="/sparql", width=1280, dark=False):
        scheme = "dark" if dark else "light"
        contexts.append(
            context := browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme
            )
        )
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(server + path)
        page.locator(".yasgui .CodeMirror").first.wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()


def load(page, name):
    tabs = page.get_by_role("tab").count()
    page.get_by_label("Voorbeeld").select_option(name)
    page.get_by_role("button", name="Laad").click()
    page.get_by_role("tab").nth(tabs).wait_for()


def violations(page):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("dark", [False, True])
def test_the_editor_asks_nothing_of_others_and_is_there_for_everybody(opened, server, width, dark):
    page = opened(width=width, dark=dark)
    assert violations(page) == []
    load(page, "stap-4-op-de-kaart")
    page.get_by_role("button", name="Voer uit").click()
    page.get_by_role("heading", name="Antwoord: 24 rijen").wait_for()
    assert page.locator("svg.kaart a:not([aria-hidden])").count() > 20
    assert page.locator(".staaf").count() > 20
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [url for url in page.asked if not url.startswith(server)] == []
    assert page.said == []


def test_an_example_that_is_still_coming_is_what_is_run(opened):
    page = opened()
    page.route(
        "**/sparql?voorbeeld=*", lambda route: (page.wait_for_timeout(700), route.continue_())
    )
    page.get_by_label("Voorbeeld").select_option("bundles-and-counts")
    page.get_by_role("button", name="Laad").click()
    page.get_by_role("button", name="Voer uit").click()
    page.get_by_role("heading", name="Antwoord: 4 rijen").wait_for()


def test_an_example_that_does_not_come_is_told_and_leaves_the_query(opened):
    page = opened()
    page.route("**/sparql?voorbeeld=*", lambda route: route.abort())
    page.get_by_label("Voorbeeld").select_option("bundles-and-counts")
    page.get_by_role("button", name="Laad").click()
    page.get_by_text("De server antwoordt niet.").wait_for()
    page.get_by_role("button", name="Voer uit").click()
    page.get_by_role("heading", name="Antwoord: 29 rijen").wait_for()


def test_completion_comes_from_the_data_and_declares_its_prefix(opened, server):
    page = opened()
    page.get_by_role("button", name="Nieuw tabblad").click()
    page.evaluate("document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.setValue('')")
    page.locator(".tabPanel.active .CodeMirror-scroll").click()
    page.keyboard.type("SELECT * WHERE { ?s wijk:conn")
    page.locator(".CodeMirror-hints li").first.wait_for()
    assert "wijk:connection" in page.locator(".CodeMirror-hints").inner_text()
    page.keyboard.press("Enter")
    text = page.locator(".tabPanel.active .CodeMirror-code").inner_text()
    assert "PREFIX wijk: <https://w3id.org/wijk/def#>" in text
    assert [url for url in page.asked if not url.startswith(server)] == []


def test_each_tab_keeps_its_query_and_its_answer(opened):
    page = opened()
    page.get_by_role("button", name="Voer uit").click()
    page.get_by_role("heading", name="Antwoord: 29 rijen").wait_for()
    load(page, "stap-6-een-eigen-graaf")
    page.get_by_role("button", name="Voer uit").click()
    page.get_by_role("region", name="De graaf").wait_for()
    page.get_by_role("tab").first.click()
    page.get_by_role("heading", name="Antwoord: 29 rijen").wait_for()
    assert page.locator("#antwoord").count() == 1
    assert page.get_by_role("button", name="Voer uit").is_visible()
    page.reload()
    page.locator(".yasgui .CodeMirror").first.wait_for()
    assert page.get_by_role("tab").count() == 2


def test_a_query_that_is_refused_says_at_which_line(opened):
    page = opened("/sparql?query=SELECT%20%3Fa%0A%7B%20%3Fa%20")
    page.get_by_role("button", name="Voer uit").click()
    page.get_by_text("Kijk op regel 2").wait_for()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True])
def test_a_fault_in_the_editor_can_be_read_by_everybody(opened, width, dark):
    page = opened("/sparql?query=SELECT%20%3Fa%0A%7B%20%3Fa%20", width=width, dark=dark)
    page.get_by_role("button", name="Voer uit").click()
    page.locator(".errorResult").get_by_text("Kijk op regel 2").wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_another_format_is_a_file(opened):
    page = opened()
    page.get_by_label("Antwoord als").select_option("csv")
    with page.expect_download() as started:
        page.get_by_role("button", name="Voer uit").click()
    assert "Krachtstation" in Path(started.value.path()).read_text(encoding="utf-8")


def test_the_link_of_a_query_shows_the_same_answer_without_a_script(opened, browser):
    page = opened()
    page.get_by_role("button", name="Kopieer link").click()
    page.get_by_text(re.compile("link (is|staat)")).wait_for()
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(page.url)
    assert plain.locator("h2", has_text="Antwoord: 29 rijen").count() == 1
    assert plain.locator("textarea#query").is_visible()
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_when_the_editor_comes(opened, width):
    page = opened(width=width)
    page.wait_for_load_state("networkidle")
    moved = page.evaluate(
        """() => new Promise((done) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += entry.value;
            done(sum);
          }).observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done(sum), 500);
        })"""
    )
    assert moved < 0.01


def test_it_speaks_english_too(opened):
    page = opened("/en/sparql")
    page.get_by_role("button", name="Run").click()
    page.get_by_role("heading", name="Answer: 29 rows").wait_for()
    assert violations(page) == []
