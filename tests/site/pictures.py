"""Makes the pictures of every template in docs/pictures: `make pictures`.

The top of a template is shown at 1280 and 390 pixels, light and dark, smaller than on a screen; two
of them also as they are printed and with the colours of the reader's own system, and large.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from editors import People, fill
from looking import Eyes, browser
from pages import NOT_THERE, PAGES
from wijk.editing.desk.desk import Desk
from withdrawn import CASE, without_a_case

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "pictures"
OTHERWISE: Mapping[str, Mapping[str, Any]] = {
    "print": {"color_scheme": "light", "media": "print"},
    "forced": {"color_scheme": "light", "media": "screen", "forced_colors": "active"},
}
TWICE = ("start", "casus")
CORRECTED = "boefjes-en-baristas"


def main() -> None:
    """Make all of them anew, or those of the pages that are named; those of no page go."""
    wanted = set(sys.argv[1:])
    pages = {**PAGES, **NOT_THERE}
    for old in FOLDER.glob("*.webp") if not wanted else ():
        old.unlink()
    with browser() as started, TemporaryDirectory() as place:
        chosen = {name: it for name, it in pages.items() if name in (wanted or pages)}
        if chosen:
            with serving(ROOT) as address:
                taken(Eyes(started, address), chosen)
        if not wanted or "redactie" in wanted:
            at_the_desk(started, Path(place) / "home")
        if not wanted or "casus-ingetrokken" in wanted:
            with serving(without_a_case(Path(place) / "graph", ROOT)) as address:
                taken(Eyes(started, address), {"casus-ingetrokken": f"/doc/case/{CASE}"})
    sizes = [file.stat().st_size for file in FOLDER.glob("*.webp")]
    print(f"{len(sizes)} pictures, {sum(sizes) / 1e6:.1f} MB.")


def at_the_desk(started: Browser, home: Path) -> None:
    """Pictures of what editors see: their drafts, the form, a review and the workbook."""
    home.mkdir()
    with serving(ROOT, "--home", str(home)) as address:
        people = People(address, Desk(home), started)
        writer, reviewer = people.enter("Anna", "writer"), people.enter("Bas", "editor")
        writer.goto(f"{address}/redactie/wijzig/case/{CORRECTED}")
        writer.get_by_role("button", name="Begin een verbetering").click()
        fill(writer, samenvatting="Jonge ouders en ouderen drinken samen koffie in de serre.")
        path = writer.url.removeprefix(address).partition("?")[0]
        writer.get_by_role("button", name="Sla op en stuur in").click()
        writer.get_by_role("heading", name="Redactie", exact=True).wait_for()
        pages = {
            "redactie": "/redactie",
            "redactie-formulier": path,
            "redactie-beoordelen": f"{path}/beoordelen",
            "redactie-werkboek": "/redactie/werkboek/insturen",
        }
        inside: Any = reviewer.context.storage_state()
        eyes = Eyes(started, address)
        for name, width in product(pages, (1280, 390)):
            themes = ("light", "dark") if name == "redactie-formulier" else ("light",)
            shots = {FOLDER / f"{name}-{width}-{it}.webp": {"color_scheme": it} for it in themes}
            eyes.pictures(pages[name], width, shots, storage_state=inside)


@contextmanager
def serving(folder: Path, *more: str) -> Iterator[str]:
    """A server over a folder with a graph; its address."""
    command = [sys.executable, "-m", "wijk", "serve", "--port", "0", "--graph", str(folder), *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip().rstrip("/")
        finally:
            server.terminate()


def taken(eyes: Eyes, pages: Mapping[str, str]) -> None:
    """Take each picture of these pages; a state of a template is light alone."""
    for name, path in pages.items():
        template = name.partition("-")[0]
        themes = ("light",) if name != template and template in PAGES else ("light", "dark")
        for width in (1280, 390):
            shots = {f"{name}-{width}-{theme}": {"color_scheme": theme} for theme in themes}
            if name in TWICE and width == 1280:
                shots |= {f"{name}-{kind}": media for kind, media in OTHERWISE.items()}
            eyes.pictures(path, width, {FOLDER / f"{it}.webp": shots[it] for it in shots})
        if name in TWICE:
            first = FOLDER / f"{name}-1280-light.webp"
            eyes.pictures(path, 1280, {first: {"color_scheme": "light"}}, large=True)


if __name__ == "__main__":
    main()
