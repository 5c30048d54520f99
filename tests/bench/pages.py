"""How fast pages are, beside the bare JSON of the same things: made-up cases, in a real server.

Run it with `python tests/bench/pages.py CASES…`; it prints rows for docs/performance.md. The
folder is remembered as if it had been checked, as in folder.py. Each page of a kind is asked for
the first time, and then again; what a change of the folder makes anew is made before that.
"""

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from http.client import HTTPConnection
from pathlib import Path

import folder as folders
import servers
from generate import Size, generate, slug
from servers import Running

_PAGES = 40
_AGAIN = 5
_JSON, _HTML = "application/json", "text/html"


def main() -> None:
    """Measure each number of cases."""
    gc.set_threshold(100_000, 50, 100)
    for cases in map(int, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as place:
            root = Path(place)
            generate(cases, root / "graph")
            folders.remembered_as_checked(root / "graph", root / "home")
            gc.collect()
            for line in _measured(cases, root / "graph", root / "home"):
                print(line, flush=True)


def _measured(cases: int, folder: Path, home: Path) -> Iterator[str]:
    with servers.product(folder, home) as running:
        began = time.perf_counter()
        _asked(running, "/", _HTML)
        waited = time.perf_counter() - began
        _asked(running, "/zoeken?q=casus", _HTML)
        ready = time.perf_counter() - began
        yield f"{cases}: started in {running.started:.1f} s; the first visitor of the start waited "
        yield f"{waited:.1f} s; everything was made after {ready:.1f} s"
        for name, pages, (bare, each) in _kinds(cases):
            yield _row(running, name, pages, [bare.format(it) for it in each])


def _row(running: Running, name: str, pages: Sequence[str], bare: Sequence[str]) -> str:
    """p50 and p95 of pages that were not asked for before and of those that were, and of JSON."""
    first = [_asked(running, page, _HTML) for page in pages]
    again = [_asked(running, page, _HTML) for _ in range(_AGAIN) for page in pages]
    times = [_told(first), _told(again)]
    if bare:
        data = [_asked(running, path, _JSON) for _ in range(_AGAIN) for path in bare]
        ratio = statistics.median(again) / statistics.median(data)
        times += [_told(data), f"{ratio:.1f}"]
    return f"| {name} | {' | '.join([*times, '', ''][:4])} |"


def _told(times: Sequence[float]) -> str:
    slow = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return f"{statistics.median(times):.1f} / {slow:.1f}"


def _kinds(cases: int) -> Iterator[tuple[str, list[str], tuple[str, Sequence[str]]]]:
    """Kinds of pages: their name, some addresses, and those of the same as bare JSON."""
    some = range(0, cases, max(1, cases // _PAGES))
    slugs = [slug("casus", number) for number in some]
    words = [f"casus {number}" for number in some]
    none: tuple[str, Sequence[str]] = "", ()
    yield "start", ["/"], none
    yield "case", [f"/doc/case/{it}" for it in slugs], ("/api/v1/casussen/{}", slugs)
    pages = range(1, min(cases // 20, _PAGES) + 1)
    listed = ("/api/v1/casussen?paginagrootte=20&pagina={}", pages)
    yield "list with facets", [f"/casussen?pagina={it}" for it in pages], listed
    years = min(10, Size(cases).bundles)
    chosen = [f"/casussen?jaar={year}" for year in range(2015, 2015 + years)]
    yield "list of one year", chosen, none
    yield "list by words", [f"/casussen?q={it.replace(' ', '+')}" for it in words], none
    yield "map", ["/casussen?weergave=kaart"], none
    yield "search", [f"/zoeken?q={it.replace(' ', '+')}" for it in words], none
    kinds = range(min(_PAGES, max(1, cases // 10)))
    actors = [slug("betrokkene", number) for number in kinds]
    yield "actor", [f"/doc/actor/{it}" for it in actors], ("/api/v1/betrokkenen/{}", actors)
    places = [slug("plaats", number) for number in kinds]
    yield "place", [f"/doc/place/{it}" for it in places], ("/api/v1/plaatsen/{}", places)


def _asked(running: Running, path: str, accept: str) -> float:
    """Milliseconds until the whole answer is there, over a connection of its own."""
    connection = HTTPConnection(running.host, running.port, timeout=120)
    connection.connect()
    began = time.perf_counter()
    connection.request("GET", path, headers={"Accept": accept})
    answer = connection.getresponse()
    answer.read()
    spent = (time.perf_counter() - began) * 1000
    connection.close()
    if answer.status != 200:
        raise LookupError(f"{path}: {answer.status}")
    return spent


if __name__ == "__main__":
    main()
