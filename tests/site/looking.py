"""Looks at a page in a browser: what is wrong with it for somebody, and what it looks like.

Used by the tests, by `look.py` and by `pictures.py`, so it imports none of the tests' own modules;
and Playwright only where it is used, for who collects the tests and runs others.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
HEIGHTS = {1280: 900, 390: 844, 320: 256}
"""The last one is what a window of 1280 by 1024 has at a zoom of 400 %."""
PATIENCE = 120_000
"""Milliseconds that a page may take on a machine that does much beside."""
_SHIFT = 0.015
"""Letters that come late move a line as much, beside those of the system that are as wide."""
_QUALITY = 22
_TALLEST = {1280: 1300, 390: 1200, 320: 1200}
_SCALE = {1280: 0.5, 390: 0.75, 320: 1}
"""What a picture shows of a page, in pixels of the page, and how much smaller it is."""
# Before anything of the page: what moves after it was shown, and what the content policy stops.
_WATCH = """
window.seen = {shift: 0, moved: [], refused: []};
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) {
    if (one.hadRecentInput) continue;
    window.seen.shift += one.value;
    for (const source of one.sources ?? []) {
      const node = source.node;
      if (node) window.seen.moved.push(node.className || node.nodeName);
    }
  }
}).observe({type: "layout-shift", buffered: true});
document.addEventListener("securitypolicyviolation", (event) => {
  window.seen.refused.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""
_WIDER = """() => {
  const most = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= most) return [];
  return [...document.querySelectorAll("body *")]
    .filter((it) => !it.closest(".breed, pre"))
    .filter((it) => {
      const box = it.getBoundingClientRect();
      const words = getComputedStyle(it).overflowX === "visible" ? it.scrollWidth : 0;
      return Math.max(box.right, box.left + words) > most + 1;
    })
    .map((it) => `${it.nodeName.toLowerCase()}.${it.className?.baseVal ?? it.className}`)
    .slice(0, 4);
}"""


@dataclass(frozen=True)
class View:
    """How somebody looks: the width of the window in pixels, and `light` or `dark`."""

    width: int
    theme: str

    def __str__(self) -> str:
        return f"{self.width}-{self.theme}"


VIEWS = tuple(View(width, theme) for width in HEIGHTS for theme in ("light", "dark"))


Then = Callable[["Page"], None]
"""What somebody does on a page that leads to another one."""


@dataclass
class Visit:
    """One visit: the page as it stands, what it asked for, and what the browser said."""

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    status: int = 0


class Eyes:
    """A browser over one server."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self._address = address.rstrip("/")

    @contextmanager
    def visiting(self, path: str, view: View, **more: Any) -> Iterator[Visit]:
        """The page at a path, with its letters loaded; it is closed at the end of the block."""
        size: Any = {"width": view.width, "height": HEIGHTS.get(view.width, 900)}
        theme: Any = view.theme
        context = self._browser.new_context(viewport=size, color_scheme=theme, **more)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        visit = Visit(page)
        page.add_init_script(_WATCH)
        page.on("request", lambda request: visit.asked.append(request.url))
        page.on("console", lambda it: visit.said.append(f"{it.type}: {it.text}"))
        page.on("pageerror", lambda error: visit.said.append(f"error: {error}"))
        try:
            answer = page.goto(self._address + path)
            visit.status = answer.status if answer else 0
            page.evaluate("document.fonts.ready.then(() => true)")
            yield visit
        finally:
            context.close()

    def faults(
        self, path: str, view: View, status: int = 200, then: Then | None = None, **more: Any
    ) -> list[str]:
        """All that is wrong with a page in one view, a line each; `more` is for the browser.

        The page is that of the path, or the one where `then` leads to, with its status.
        """
        with self.visiting(path, view, **more) as visit:
            if then is not None:
                with visit.page.expect_navigation(wait_until="load") as coming:
                    then(visit.page)
                visit.status = coming.value.status if coming.value else 0
                visit.page.evaluate("document.fonts.ready.then(() => true)")
            found = [*self._answered(visit, status), *_fitting(visit.page), *_barriers(visit.page)]
        return [f"{path} at {view}: {fault}" for fault in found]

    def _answered(self, visit: Visit, status: int) -> Iterator[str]:
        if visit.status != status:
            yield f"status {visit.status}, not {status}"
        own = urlsplit(self._address).netloc
        yield from (
            f"asks {url}"
            for url in visit.asked
            if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != own
        )
        errors = [it for it in visit.said if it.startswith(("error", "warning"))]
        ours = [it for it in errors if status == 200 or f"status of {status}" not in it]
        yield from (f"the browser says {it}" for it in ours)
        yield from (f"the content policy stops {it}" for it in _seen(visit.page)["refused"])

    def pictures(
        self,
        path: str,
        width: int,
        shots: Mapping[Path, Mapping[str, Any]],
        large: bool = False,
        **more: Any,
    ) -> None:
        """Pictures of the top of a page as WebP, smaller than a screen unless they are large.

        Each is of other media, such as a colour scheme; the page is asked for once. `more` is for
        the browser.
        """
        scale, most = (1, 4000) if large else (_SCALE[width], _TALLEST[width])
        still = {"device_scale_factor": scale, "reduced_motion": "reduce"}
        with self.visiting(path, View(width, "light"), **still, **more) as visit:
            page = visit.page
            height = min(page.evaluate("document.documentElement.scrollHeight"), most)
            page.set_viewport_size({"width": width, "height": height})
            session = page.context.new_cdp_session(page)
            for file, media in shots.items():
                page.emulate_media(**media)
                page.evaluate("new Promise((done) => requestAnimationFrame(() => done(true)))")
                asked = {"format": "webp", "quality": 2 * _QUALITY if large else _QUALITY}
                taken = session.send("Page.captureScreenshot", asked)["data"]
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(base64.b64decode(taken))


def _fitting(page: Page) -> Iterator[str]:
    if wide := page.evaluate(_WIDER):
        yield f"scrolls sideways, by {', '.join(wide)}"
    if (count := page.locator("h1").count()) != 1:
        yield f"{count} headings of the first level"
    seen = _seen(page)
    if seen["shift"] > _SHIFT:
        moved = ", ".join(dict.fromkeys(map(str, seen["moved"])))
        yield f"shifts by {seen['shift']:.4f}: {moved}"


def _barriers(page: Page) -> Iterator[str]:
    from axe_playwright_python.sync_playwright import Axe

    options = {"runOnly": {"type": "tag", "values": list(RULES)}, "resultTypes": ["violations"]}
    for rule in Axe().run(page, options=options).response["violations"]:
        for node in rule["nodes"][:3]:
            yield f"{rule['id']}: {node['html'][:160]} ({_why(node)})"


def _why(node: dict[str, Any]) -> str:
    checks = (*node["any"], *node["all"], *node["none"])
    return " ".join(next((check["message"] for check in checks), "").split())


def _seen(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("window.seen")
    return found


@contextmanager
def browser() -> Iterator[Browser]:
    """The system's Chromium; what is expected of its pages may take as long as a page may."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as started:
        there = started.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        yield there
        there.close()


def chosen(names: Iterable[str]) -> tuple[View, ...]:
    """The views with these names, such as `390-dark`; all of them when none is named."""
    wanted = set(names)
    return tuple(view for view in VIEWS if not wanted or str(view) in wanted)
