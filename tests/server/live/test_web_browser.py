"""The site in a browser: what it shows, where its links go, how it fits."""

import re

import pytest

from ...site import looking

pytestmark = pytest.mark.browser
CASE = "/doc/case/boefjes-en-baristas"
FRAMES = [
    *("/embed/case/boefjes-en-baristas", "/embed/list?thema=samenleven", "/embed/map"),
    *("/embed/case/niets", "/embed/list?thema=niets"),
]
HARVEST = ["/dump/", "/feeds/", "/voor-portalen", *FRAMES]
PAGES = ["/", CASE, "/doc/initiative/de-oude-bieb", "/doc/theme/groen", "/def", "/none"]
QUERY = (
    "/sparql?format=html&query=SELECT%20%3Fs%20%3Fp%20%3Fo%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%2050"
)


@pytest.fixture(scope="module")
def browser():
    with looking.browser() as started:
        yield started


@pytest.fixture(params=[1280, 390])
def page(request, browser):
    page = browser.new_page(viewport={"width": request.param, "height": 900})
    yield page
    page.close()


def test_a_case_shows_its_title_and_sources_and_leads_on(page, server, tmp_path):
    from playwright.sync_api import expect

    page.goto(f"{server}/id/case/boefjes-en-baristas")
    assert page.url == server + CASE
    assert page.locator("h1").inner_text() == "Boefjes en Barista’s"
    assert page.locator("#bronnen + ol li").count() >= 4
    page.screenshot(path=tmp_path / "case.png", full_page=True)
    page.get_by_role("link", name="De Muntel").first.click()
    expect(page.locator("h1")).to_have_text(re.compile("^De Muntel"))
    page.get_by_role("link", name="Boefjes en Barista’s").first.click()
    page.wait_for_url(server + CASE)


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("slug", ["de-oude-bieb", "buurtpreventieteams-cranendonck"])
def test_the_mark_of_sources_that_disagree_is_whole_and_has_their_number_beside_it(
    browser, server, slug, width
):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{server}/doc/case/{slug}")
    marks = page.locator(".duiding--strijd").all()
    assert len(marks) >= 2
    for mark in marks:
        assert mark.evaluate("it => it.getClientRects().length") == 1
        box, number = mark.bounding_box(), mark.locator("+ .noot").bounding_box()
        assert box["height"] < 30, "on one line"
        assert abs(number["x"] - box["x"] - box["width"]) < 8
        assert abs(number["y"] - box["y"]) < 20
        inside = mark.locator("xpath=ancestor::*[self::li or self::dd]").bounding_box()
        assert box["x"] + box["width"] <= inside["x"] + inside["width"]
    page.close()


@pytest.mark.parametrize("path", [CASE, "/doc/theme/groen", "/catalog", "/dataset/cases"])
def test_what_a_page_says_to_machines_is_no_script_to_a_browser(page, server, path):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(server + path)
    block = page.locator('script[type="application/ld+json"]')
    assert '"@vocab": "https://schema.org/"' in block.text_content()
    assert said == [], "the content policy has nothing to say of it"


@pytest.mark.parametrize("path", [*PAGES, *HARVEST, QUERY])
def test_every_page_fits_and_asks_nothing_of_others(page, server, path):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(server + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert all(url.startswith(server) for url in asked)
    assert page.locator("h1").count() == 1


def test_the_keyboard_reaches_the_content_first(page, server):
    page.goto(server + CASE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"


def test_an_example_is_asked_with_two_clicks_without_a_script(browser, server):
    from playwright.sync_api import expect

    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{server}/sparql")
    page.get_by_label("Voorbeeld").select_option("bundles-and-counts")
    page.get_by_role("button", name="Laad").click()
    page.wait_for_url("**/sparql?voorbeeld=bundles-and-counts")
    page.get_by_role("button", name="Voer uit").click()
    expect(page.locator("table tbody tr")).to_have_count(4)
    page.close()


@pytest.mark.parametrize("path", FRAMES)
def test_a_frame_fits_in_the_narrowest_column(page, server, path):
    page.set_viewport_size({"width": 280, "height": 400})
    page.goto(server + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 280


def test_the_keyboard_goes_from_dot_to_dot_on_the_map_and_then_to_the_list(page, server):
    page.goto(f"{server}/embed/map")
    count = page.locator("svg a:not([aria-hidden])").count()
    assert count > 25
    reached = []
    for _ in range(count + 1):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert None not in reached[:count]
    assert len(set(reached[:count])) > 25
    assert reached[count] is None, "the list comes after the map"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/doc/case/*")


def test_a_search_field_suggests_names_while_one_types(page, server):
    page.goto(server)
    page.get_by_role("combobox", name="Zoek in alle casussen").press_sequentially("boefj")
    page.locator("#namen option", has_text="Boefjes").first.wait_for(state="attached")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken?q=*")
