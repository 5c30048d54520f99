"""The benchmark: product and peers one after another, the same data, the same queries.

`python tests/bench/run.py --help` tells what can be chosen. The Markdown goes to standard output,
what is under way to standard error, all figures as JSON to a file.
"""

import argparse
import dataclasses
import gc
import itertools
import json
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import dataset
import inside
import measure
import report
import servers
import virtuoso
from asked import Asked, queries, things
from generate import generate
from measure import Measured
from rich.console import Console
from servers import NotThere, Running
from wijk.engine.local import LocalStore

PEERS: dict[str, Callable[[Path], AbstractContextManager[Running]]] = {
    "oxigraph": servers.oxigraph,
    "rdflib": servers.rdflib,
    "virtuoso": virtuoso.running,
}
# What takes these longer than anyone waits for: too large, or a question that goes on and on.
_MOST = {"rdflib": 1000}
_ONLY = {"rdflib": ("anchored",)}
_PATIENCE = 30.0
_LIMIT = 1.0
_BEGIN, _END = "<!-- the last run -->", "<!-- until here -->"


class Bench:
    """One run: what was chosen, and what was found so far."""

    def __init__(self, chosen: argparse.Namespace, console: Console) -> None:
        self._chosen = chosen
        self._console = console
        self.inside: dict[int, dict[str, float]] = {}
        self.sizes: dict[int, dict[str, Measured]] = {}
        self.missing: list[str] = []
        self._right: dict[str, object] = {}
        self._asked: list[Asked] = []

    def size(self, cases: int, folder: Path, home: Path) -> None:
        """Everything at one size."""
        self._say(f"{cases:,} cases: making them")
        generate(cases, folder)
        nquads = dataset.collect(folder)
        self._asked = [query for query in queries() if query.group in self._chosen.groups]
        self.sizes[cases] = {}
        self.inside[cases] = {}
        triples = self._in_process(cases, nquads)
        source = folder if cases <= self._chosen.folder else nquads
        started = {"wijk": lambda: servers.product(source, home)}
        started |= {name: lambda make=PEERS[name]: make(nquads) for name in self._chosen.peers}
        for name, start in started.items():
            if cases > _MOST.get(name, cases):
                continue
            try:
                with start() as running:
                    self.sizes[cases][name] = self._measured(running, cases, triples)
            except NotThere as error:
                self.missing.append(f"{name} with {cases:,} cases, {error}")
        if (ours := self.sizes[cases].get("wijk")) is not None:
            self._again(cases, source, home, ours)

    def _again(self, cases: int, source: Path, home: Path, ours: Measured) -> None:
        """Start a second time: how long that takes, a query without end, a changed document."""
        self._say(f"{cases:,} cases · wijk · a second start")
        with servers.product(source, home, _LIMIT) as running:
            ours.again = running.started
            self._say(f"{cases:,} cases · wijk · a query without end")
            ours.runaway = (_LIMIT, *measure.runaway(running))
            if source.is_dir():
                self._say(f"{cases:,} cases · wijk · a changed document")
                ours.change = measure.change(running, source)

    def _in_process(self, cases: int, nquads: Path) -> int:
        """The same queries in this process, for their times and their answers."""
        store = LocalStore(nquads.read_bytes(), known=True)
        self._right = {}
        for query in list(self._asked):
            self._say(f"{cases:,} cases · in process · {query.name}")
            two = [query.about(some) for _, some in zip(range(2), things(cases), strict=False)]
            right = inside.answers(store, query, two, _PATIENCE)
            if right is None:
                self._asked.remove(query)
                told = f"{query.name} with {cases:,} cases, no answer in {_PATIENCE:g} s in process"
                self.missing.append(told)
                continue
            self._right |= right
            if query.group == "anchored":
                texts = (query.about(some, "p50") for some in itertools.islice(things(cases), 200))
                self.inside[cases][query.name] = inside.p50(store, query, texts)
        triples = len(store)
        del store
        gc.collect()
        return triples

    def _measured(self, running: Running, cases: int, triples: int) -> Measured:
        seconds = self._chosen.seconds
        found = Measured(running.started, running.loaded, triples)
        here = f"{cases:,} cases · {running.name}"
        for query in self._asked:
            if query.group not in _ONLY.get(running.name, (query.group,)):
                continue
            self._say(f"{here} · {query.name}")
            said = measure.agreement(running, query, cases, self._right, _PATIENCE)
            found.agree[query.name] = said
            if said in ("yes", "another answer"):
                mark = f"{running.name}-{query.name}"
                share = seconds if query.group == "anchored" else seconds / 4
                found.queries[query.name] = measure.alone(running, query, cases, share, mark)
        self._say(f"{here} · the mix")
        found.mixes = measure.mixes(running, cases, self._chosen.clients, seconds, running.name)
        found.memory = running.memory()
        return found

    def _say(self, text: str) -> None:
        if self._console.is_terminal:
            self._console.print(f"\r{text[:90]:90}", end="", highlight=False)


def main() -> None:
    """Run, and tell."""
    chosen = _chosen()
    console = Console(stderr=True)
    machine = report.machine()
    bench = Bench(chosen, console)
    for cases in chosen.sizes:
        with tempfile.TemporaryDirectory(prefix="wijk-bench-") as folder:
            bench.size(cases, Path(folder) / "graph", Path(folder) / "home")
    console.print()
    told = "\n".join([machine, *report.tables(bench.inside, bench.sizes, bench.missing)])
    print(told)
    if chosen.write is not None:
        _written(chosen.write, told)
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    chosen.json.write_text(json.dumps(_plain(bench), indent=1) + "\n")
    print(f"All figures: {chosen.json}", file=sys.stderr)


def _written(page: Path, told: str) -> None:
    """Put the tables into a page, in the place of those of the last run."""
    before, _, rest = page.read_text(encoding="utf-8").partition(_BEGIN)
    _, _, after = rest.partition(_END)
    page.write_text(f"{before}{_BEGIN}\n{told}\n{_END}{after}", encoding="utf-8")


def _plain(bench: Bench) -> dict[str, object]:
    sizes = {
        cases: {name: dataclasses.asdict(found) for name, found in servers.items()}
        for cases, servers in bench.sizes.items()
    }
    told = [dataclasses.asdict(goal) for goal in report.goals(bench.inside, bench.sizes)]
    return {"goals": told, "in process": bench.inside, "servers": sizes, "not": bench.missing}


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measures the product beside its peers.")
    sizes = [29, 1000, 10_000]
    parser.add_argument("--sizes", type=int, nargs="+", default=sizes, help="numbers of cases")
    parser.add_argument("--peers", nargs="*", default=list(PEERS), choices=list(PEERS))
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--seconds", type=float, default=3.0, help="for each row of the tables")
    groups = ["anchored", "scans", "questions"]
    parser.add_argument("--groups", nargs="+", default=groups, choices=groups)
    more = "up to so many cases the product serves the folder; above it the data alone"
    parser.add_argument("--folder", type=int, default=29, help=more)
    parser.add_argument(
        "--json", type=Path, default=Path(".build/bench.json"), help="file for figures"
    )
    parser.add_argument("--write", type=Path, help="a page to put the tables into")
    return parser.parse_args()


if __name__ == "__main__":
    main()
