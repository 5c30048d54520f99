"""Makes the pictures of every template in docs/pictures: `make pictures`.

A template is shown at 1280 and 390 pixels, light and dark; two of them also as they are printed,
and with the colours of the reader's own system.
"""

import subprocess
import sys
from pathlib import Path

from looking import Eyes, View, browser
from pages import NOT_THERE, PAGES

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "pictures"
OTHERWISE = {"print": {"media": "print"}, "forced": {"forced_colors": "active"}}
TWICE = ("start", "casus")


def main() -> None:
    """Make all of them anew; those of pages that are no more go."""
    for old in FOLDER.glob("*.webp"):
        old.unlink()
    command = [sys.executable, "-m", "wijk", "serve", "--port", "0", "--graph", str(ROOT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            taken(server.stdout.readline().strip())
        finally:
            server.terminate()


def taken(address: str) -> None:
    """Take each picture of the pages of this server."""
    size = 0
    with browser() as started:
        eyes = Eyes(started, address)
        for name, path in {**PAGES, **NOT_THERE}.items():
            for width in (1280, 390):
                for theme in ("light", "dark"):
                    view = View(width, theme)
                    size += eyes.picture(path, view, FOLDER / f"{name}-{view}.webp")
        for name in TWICE:
            for kind, media in OTHERWISE.items():
                file = FOLDER / f"{name}-{kind}.webp"
                size += eyes.picture(PAGES[name], View(1280, "light"), file, **media)
    print(f"{len([*FOLDER.glob('*.webp')])} pictures, {size / 1e6:.1f} MB.")


if __name__ == "__main__":
    main()
