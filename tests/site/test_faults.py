"""What is wrong in what somebody asks: the summary has the focus, and leads to the field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .looking import View

if TYPE_CHECKING:
    from .looking import Eyes

pytestmark = pytest.mark.browser
# A page with a fault in it, and the field that the fault is of.
FAULTY = {
    "/vragen/lessons-for-an-audience?audience=niets": "audience",
    "/vergelijk?casus=holybe&casus=xx": "casus-2",
    "/casussen?thema=bestaatniet": "kies-thema",
    "/casussen?sorteer=maan": "sorteer",
    "/plaatsen?provincie=maan": "provincies",
    "/betrokkenen?soort=maan": "soort",
}
_FOCUS = "document.activeElement"


@pytest.mark.parametrize("path", FAULTY)
def test_the_summary_has_the_focus_and_leads_to_the_field(eyes: Eyes, path: str):
    from playwright.sync_api import expect

    with eyes.visiting(path, View(390, "light")) as visit:
        page = visit.page
        assert visit.status == 400
        expect(page.locator(".foutenlijst")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**#{FAULTY[path]}")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        here = f"document.getElementById({FAULTY[path]!r})"
        assert page.evaluate(f"{here}.checkVisibility()")
        assert page.evaluate(f"{here}.contains({_FOCUS})")


@pytest.mark.parametrize("path", FAULTY)
def test_there_is_room_under_the_summary(eyes: Eyes, path: str):
    with eyes.visiting(path, View(1280, "light")) as visit:
        box = visit.page.locator(".foutenlijst").bounding_box()
        below = visit.page.locator(".foutenlijst + *").bounding_box()
        assert box
        assert below
        assert below["y"] - box["y"] - box["height"] >= 16
