"""The page of /sparql with a script: an editor with tabs, which asks nothing of others."""

import os
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
EDITOR = ".tabPanel.active .CodeMirror"
TYPED = "ASK { ?typed a ?here }"


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

    def open_page(path="/sparql", width=1280, dark=False, prepared=None, waits=True):
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
        if prepared:
            prepared(page)
        page.goto(server + path)
        if waits:
            page.locator(EDITOR).wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()


def expect(what):
    from playwright.sync_api import expect

    return expect(what)


def load(page, name):
    tabs = page.get_by_role("tab").count()
    page.get_by_label("Voorbeeld").select_option(name)
    page.get_by_role("button", name="Laad").click()
    page.get_by_role("tab").nth(tabs).wait_for()


def write(page, text):
    """Put this in the editor of the tab that is shown, as typing does."""
    page.evaluate(f"document.querySelector('{EDITOR}').CodeMirror.setValue('')")
    page.locator(f"{EDITOR}-scroll").click()
    page.keyboard.insert_text(text)


def held(page, pattern, method="POST"):
    """The requests that wait until they are let go."""
    waiting = []
    page.route(
        pattern,
        lambda route: (
            waiting.append(route) if route.request.method == method else route.continue_()
        ),
    )
    return waiting


def arrived(page, waiting, number):
    """The last of so many requests that wait, as soon as it is there."""
    for _ in range(1000):
        if len(waiting) >= number:
            break
        page.wait_for_timeout(20)
    return waiting[number - 1]


def run(page):
    return page.locator("#vraagknoppen [type=submit]")


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
    coming = held(page, "**/sparql?voorbeeld=*", "GET")
    page.get_by_label("Voorbeeld").select_option("bundles-and-counts")
    page.get_by_role("button", name="Laad").click()
    expect(run(page)).to_be_disabled()
    run(page).click(force=True)
    page.locator(f"{EDITOR}-scroll").click()
    page.keyboard.press("Control+Enter")
    arrived(page, coming, 1).continue_()
    page.get_by_role("button", name="Voer uit").click()
    page.get_by_role("heading", name="Antwoord: 4 rijen").wait_for()
    assert len([url for url in page.asked if url.endswith("/sparql")]) == 2, "the page, and once"


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
    write(page, "SELECT * WHERE { ?s ")
    page.keyboard.type("wijk:conn")
    page.locator(".CodeMirror-hints li").first.wait_for()
    assert "wijk:connection" in page.locator(".CodeMirror-hints").inner_text()
    page.keyboard.press("Enter")
    text = page.locator(f"{EDITOR}-code").inner_text()
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
    expect(page.locator("#antwoord")).to_have_count(1)
    expect(page.get_by_role("button", name="Voer uit")).to_be_visible()
    page.reload()
    page.locator(EDITOR).wait_for()
    expect(page.get_by_role("tab")).to_have_count(2)


def test_a_query_that_is_refused_says_at_which_line(opened):
    page = opened("/sparql?query=SELECT%20%3Fa%0A%7B%20%3Fa%20")
    page.get_by_role("button", name="Voer uit").click()
    page.get_by_text("Kijk op regel 2").wait_for()


def test_an_update_is_refused_as_without_a_script(opened, browser, server):
    update = "\nINSERT DATA { <a:b> <a:b> <a:b> }"
    page = opened("/en/sparql")
    write(page, update)
    page.get_by_role("button", name="Run").click()
    told = page.locator(".errorResult .antwoord")
    told.get_by_text("Look at line 2, at character 1.").wait_for()
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{server}/en/sparql?{urlencode({'query': update})}")
    assert told.inner_text() == plain.locator(".antwoord").inner_text()
    context.close()


def test_an_update_is_refused_with_why(opened):
    page = opened()
    write(page, "INSERT DATA { <a:b> <a:b> <a:b> }")
    page.get_by_role("button", name="Voer uit").click()
    page.locator(".errorResult").get_by_text("Hier kun je alleen vragen stellen").wait_for()
    expect(page.locator("#gemeld")).to_have_text("Deze vraag klopt niet")


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
    page.wait_for_url("**/sparql?query=*")
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


def test_a_page_that_comes_without_a_query_runs_what_is_typed(opened):
    page = opened("/sparql?query=")
    run(page).click()
    page.get_by_text("Schrijf eerst een vraag.").wait_for()
    write(page, TYPED)
    run(page).click()
    page.get_by_role("heading", name="Antwoord").wait_for()
    assert [said for said in page.said if "focusable" in said] == []


def test_two_clicks_are_one(opened):
    page = opened()
    waiting = held(page, "**/sparql")
    run(page).dblclick()
    expect(run(page)).to_have_text("Stop")
    expect(page.locator("#gemeld")).to_have_text("Bezig…")
    arrived(page, waiting, 1).continue_()
    page.get_by_role("heading", name="Antwoord: 29 rijen").wait_for()
    assert len(waiting) == 1


def test_a_query_can_be_stopped_and_run_again(opened):
    page = opened()
    waiting = held(page, "**/sparql")
    run(page).click()
    arrived(page, waiting, 1)
    page.get_by_role("button", name="Stop").click()
    page.locator(".errorResult").get_by_text("Gestopt.").wait_for()
    run(page).click()
    arrived(page, waiting, 2)
    page.locator(f"{EDITOR}-scroll").click()
    page.keyboard.press("Control+Enter")
    again = arrived(page, waiting, 3)
    expect(run(page)).to_have_text("Stop")
    expect(page.locator("#gemeld")).to_have_text("Bezig…")
    again.continue_()
    page.get_by_role("heading", name="Antwoord: 29 rijen").wait_for()
    expect(run(page)).to_have_text("Voer uit")


def test_a_query_under_way_in_one_tab_leaves_the_others_free(opened):
    page = opened()
    waiting = held(page, "**/sparql")
    run(page).click()
    expect(run(page)).to_have_text("Stop")
    page.get_by_role("button", name="Nieuw tabblad").click()
    expect(run(page)).to_have_text("Voer uit")
    expect(page.locator("#gemeld")).to_have_text("")
    write(page, TYPED)
    run(page).click()
    expect(run(page)).to_have_text("Stop")
    arrived(page, waiting, 2).continue_()
    page.locator(".janee").wait_for()
    expect(run(page)).to_have_text("Voer uit")
    page.get_by_role("tab").first.click()
    expect(run(page)).to_have_text("Stop")
    page.get_by_role("tab").last.click()
    page.locator(".janee").wait_for()
    with page.expect_response("**/sparql"):
        waiting[0].continue_()
    expect(page.locator("#antwoord")).to_have_count(1)
    page.get_by_role("tab").first.click()
    page.get_by_role("heading", name="Antwoord: 29 rijen").wait_for()
    expect(run(page)).to_have_text("Voer uit")


def test_a_tab_tells_no_older_answer_while_its_query_is_under_way(opened):
    page = opened()
    run(page).click()
    answer = page.get_by_role("heading", name="Antwoord: 29 rijen")
    answer.wait_for()
    waiting = held(page, "**/sparql")
    run(page).click()
    expect(run(page)).to_have_text("Stop")
    expect(answer).to_have_count(0)
    page.get_by_role("button", name="Nieuw tabblad").click()
    page.get_by_role("tab").first.click()
    expect(run(page)).to_have_text("Stop")
    page.wait_for_timeout(200)
    expect(page.locator("#gemeld")).to_have_text("Bezig…")
    expect(answer).to_have_count(0)
    arrived(page, waiting, 1).continue_()
    answer.wait_for()
    expect(page.locator("#gemeld")).to_have_text("Antwoord: 29 rijen")


def test_the_last_tab_can_be_closed_while_its_query_is_under_way(opened):
    page = opened()
    waiting = held(page, "**/sparql")
    run(page).click()
    arrived(page, waiting, 1)
    page.get_by_role("tab").first.focus()
    page.keyboard.press("Delete")
    expect(run(page)).to_have_text("Voer uit")
    page.wait_for_timeout(300)
    expect(page.locator("#gemeld")).to_have_text("")
    assert [said for said in page.said if "TypeError" in said or "Cannot" in said] == []
    expect(page.get_by_role("tab")).to_have_count(1)


@pytest.mark.parametrize("stays", ["first", "last"])
def test_a_tab_that_is_closed_by_its_cross_while_its_query_is_under_way_is_gone(opened, stays):
    page = opened()
    waiting = held(page, "**/sparql")
    write(page, TYPED)
    page.get_by_role("button", name="Nieuw tabblad").click()
    write(page, TYPED)
    tabs = page.get_by_role("tab")
    going = tabs.last if stays == "first" else tabs.first
    going.click()
    run(page).click()
    arrived(page, waiting, 1)
    going.locator(".closeTab").click()
    for again in (False, True):
        if again:
            page.reload()
        expect(tabs).to_have_count(1)
        expect(tabs).to_have_attribute("aria-selected", "true")
        expect(page.locator(f"{EDITOR}-code")).to_contain_text("?typed")
        expect(run(page)).to_have_text("Voer uit")
    run(page).click()
    arrived(page, waiting, 2).continue_()
    page.locator(".janee").wait_for()
    assert [said for said in page.said if "TypeError" in said or "Cannot" in said] == []


def test_tabs_that_were_kept_with_one_shown_that_was_closed_are_shown_all_the_same(opened):
    page = opened()
    write(page, TYPED)
    page.get_by_role("button", name="Nieuw tabblad").click()
    tabs = page.get_by_role("tab")
    expect(tabs).to_have_count(2)
    page.add_init_script(
        "const kept = JSON.parse(localStorage['wijk-sparql_config']);"
        "kept.val.tabs.splice(1);"
        "localStorage['wijk-sparql_config'] = JSON.stringify(kept);"
    )
    page.reload()
    expect(tabs).to_have_attribute("aria-selected", "true")
    expect(page.locator(f"{EDITOR}-code")).to_contain_text("?typed")
    page.get_by_role("button", name="Voer uit").click()
    page.locator(".janee").wait_for()
    expect(page.locator(".tabPanel")).to_have_count(1)
    assert page.said == []


@pytest.mark.parametrize("asks", ["?query=ASK+%7B%7D", "?voorbeeld=bundles-and-counts"])
def test_what_was_changed_in_a_query_that_was_shared_is_shown_again(opened, asks):
    page = opened(f"/sparql{asks}")
    expect(page.locator(f'a[hreflang="en"][href="/en/sparql{asks}"]')).to_have_count(1)
    for number in range(3):
        page.locator(f"{EDITOR}-scroll").click()
        page.keyboard.insert_text(f"# change {number}")
        expect(page.locator('a[hreflang="en"][href$="/en/sparql"]')).to_have_count(1)
        page.wait_for_url("**/sparql")
        page.reload()
        expect(page.locator(f"{EDITOR}-code")).to_contain_text(f"# change {number}")
    expect(page.get_by_role("tab")).to_have_count(1)


def test_an_address_has_the_query_that_is_shown_or_none(opened):
    page = opened("/sparql?query=ASK%20%7B%7D")
    page.reload()
    page.wait_for_url("**/sparql?query=*")
    expect(page.get_by_role("tab")).to_have_count(1)
    load(page, "bundles-and-counts")
    page.wait_for_url("**/sparql")
    page.get_by_role("button", name="Kopieer link").click()
    page.wait_for_url("**/sparql?query=*")
    page.get_by_role("tab").first.click()
    page.wait_for_url("**/sparql")


def test_what_is_typed_is_there_after_the_page_was_opened_again(opened):
    page = opened()
    write(page, TYPED)
    page.reload()
    expect(page.locator(f"{EDITOR}-code")).to_contain_text("?typed")


def test_what_is_typed_before_the_editor_comes_is_a_tab(opened):
    page = opened()
    page.get_by_role("button", name="Nieuw tabblad").click()
    coming = held(page, "**/yasgui.min.js*", "GET")
    page.goto(page.url, wait_until="commit")
    page.locator("#query").fill(TYPED)
    expect(page.get_by_role("button", name="Kopieer link")).to_be_hidden()
    arrived(page, coming, 1).continue_()
    expect(page.locator(f"{EDITOR}-code")).to_contain_text("?typed")
    expect(page.get_by_role("tab")).to_have_count(3)
    page.keyboard.type("# on")
    expect(page.locator(f"{EDITOR}-code")).to_contain_text("# on")


def test_the_editor_does_not_wait_for_what_it_completes(opened):
    page = opened(prepared=lambda page: held(page, "**/sparql/termen.json*", "GET"))
    page.get_by_role("button", name="Kopieer link").click()
    page.get_by_text(re.compile("link (is|staat)")).wait_for()


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (320, True)])
@pytest.mark.parametrize("path", ["/sparql", "/en/sparql"])
def test_completion_is_there_for_everybody(opened, path, width, dark):
    page = opened(path, width, dark)
    write(page, "PREFIX wijk: <https://w3id.org/wijk/def#> SELECT * { ?s a ")
    page.keyboard.type("wijk:")
    page.locator(".CodeMirror-hints li").nth(3).wait_for()
    assert violations(page) == []


def test_completion_in_english_says_what_terms_are_called_in_english(opened):
    page = opened("/en/sparql")
    write(page, "PREFIX wijk: <https://w3id.org/wijk/def#> SELECT * { ?s a ")
    page.keyboard.type("wijk:Evi")
    expect(page.locator(".CodeMirror-hints")).to_contain_text("wijk:Evidence  Evidence")


def test_the_menu_of_a_tab_speaks_the_language_of_the_page(opened):
    page = opened()
    page.get_by_role("tab").first.click(button="right")
    expect(page.locator(".context-menu li").first).to_have_text("Nieuw tabblad")
    assert "Tab" not in page.locator(".context-menu").inner_text()
    page.get_by_text("Kopieer dit tabblad").click()
    expect(page.get_by_role("tab")).to_have_count(2)


def test_the_keys_go_from_tab_to_tab(opened):
    page = opened()
    for _ in range(2):
        page.get_by_role("button", name="Nieuw tabblad").click()
    tabs = page.get_by_role("tab")
    expect(tabs).to_have_count(3)
    tabs.nth(1).click()
    page.keyboard.press("ArrowRight")
    expect(tabs.nth(2)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(tabs.first).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(tabs.nth(2)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Delete")
    expect(tabs).to_have_count(2)
    expect(tabs.nth(1)).to_be_focused()


def test_a_key_in_the_name_of_a_tab_is_for_its_text(opened):
    page = opened()
    page.get_by_role("tab").dblclick()
    page.get_by_label("Naam van dit tabblad").press("Delete")
    expect(page.get_by_role("tab")).to_have_count(1)
    expect(page.get_by_label("Naam van dit tabblad")).to_be_visible()


def test_the_tab_that_is_shown_is_in_sight(opened):
    page = opened(width=320)
    for _ in range(6):
        page.get_by_role("button", name="Nieuw tabblad").click()
    shown = page.get_by_role("tab", selected=True)
    page.evaluate("scrollTo(0, 0)")
    expect(shown).to_be_in_viewport()
    page.reload()
    page.locator(EDITOR).wait_for()
    page.evaluate("scrollTo(0, 0)")
    expect(shown).to_be_in_viewport()


def test_the_keys_too_give_a_file(opened):
    page = opened()
    page.get_by_label("Antwoord als").select_option("csv")
    page.locator(f"{EDITOR}-scroll").click()
    with page.expect_download() as started:
        page.keyboard.press("Control+Enter")
    assert "Krachtstation" in Path(started.value.path()).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["/sparql", "/en/sparql"])
def test_a_query_too_long_for_a_link_says_so_and_gives_its_file_all_the_same(opened, path):
    page = opened(path)
    write(page, "SELECT ?it { VALUES ?it { 'it' } } #" + "a" * 70_000)
    page.locator("#kopieer").click()
    expect(page.locator("#gemeld")).to_contain_text(re.compile("te lang voor een link|too long"))
    assert "query=" not in page.url
    page.locator("#format").select_option("csv")
    with page.expect_download() as started:
        run(page).click()
    assert "it" in Path(started.value.path()).read_text(encoding="utf-8")
