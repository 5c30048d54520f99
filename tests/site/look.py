"""Look at pages of a server that runs: `python tests/site/look.py ADDRESS PATH... [options]`."""

import argparse
import re
import sys
from pathlib import Path

from looking import Eyes, browser, chosen


def main() -> int:
    """Tell what is wrong with each page in each view; the exit status is 1 when anything is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", help="of the server, such as http://127.0.0.1:8000")
    parser.add_argument("path", nargs="+", help="such as /casussen")
    parser.add_argument("--view", action="append", default=[], help="such as 390-dark; else all")
    parser.add_argument("--status", type=int, default=200, help="what the page is to answer with")
    parser.add_argument("--pictures", type=Path, help="a folder for a picture of each view")
    given = parser.parse_args()
    faults = 0
    with browser() as started:
        eyes = Eyes(started, given.address)
        for path in given.path:
            for view in chosen(given.view):
                found = eyes.faults(path, view, given.status)
                faults += len(found)
                print("\n".join(found) or f"{path} at {view}: well")
                if given.pictures:
                    name = re.sub(r"\W+", "-", path).strip("-") or "home"
                    file = given.pictures / f"{name}-{view}.webp"
                    eyes.pictures(path, view.width, {file: {"color_scheme": view.theme}}, True)
    return min(faults, 1)


if __name__ == "__main__":
    sys.exit(main())
