"""What `/reconcile` takes of a processor to make its tables, and to answer a batch of fifty.

Run it with `python tests/bench/reconcile.py CASES`; it makes the cases in a folder of its own.
"""

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import dataset
from documents import BASE
from generate import ROOT, generate
from wijk.engine import formats
from wijk.engine.local import LocalStore
from wijk.web.reconcile import answering, asked
from wijk.web.reconcile.tables import QUERIES, Tables, rows

_BATCHES = 40


def made(store: LocalStore) -> Tables:
    """The tables of a store, with the names that the queries give for labels."""
    texts = []
    for name in QUERIES:
        query = (ROOT / "queries" / "pages" / f"{name}.rq").read_text(encoding="utf-8")
        began = time.process_time()
        texts.append(store.query(query, formats.CSV))
        print(f"{name}: {time.process_time() - began:.2f} s, {len(texts[-1]):,} bytes")
    labels = {thing: text for thing, form, text in rows(texts[0]) if form == "name"}
    began = time.process_time()
    tables = Tables(BASE, labels, *map(rows, texts))
    took = time.process_time() - began
    print(f"tables of {len(tables.index.entities):,} entities: {took:.2f} s")
    return tables


def batches(tables: Tables, exact: bool, more: bool) -> Iterator[dict[str, asked.Query]]:
    """Batches of names as they are or misspelt, by themselves or with a type and a municipality."""
    chance = random.Random(50)
    entities = list(tables.index.entities.values())
    for _ in range(_BATCHES):
        queries: dict[str, object] = {}
        for number, entity in enumerate(chance.choices(entities, k=asked.BATCH)):
            text = entity.name
            if not exact:
                at = chance.randrange(len(text))
                text = f"{text[:at]}{text[at + 1 :]} {chance.choice('abc')}"
            told: dict[str, object] = {"query": text}
            if more:
                told["type"] = entity.types[0]
                told["properties"] = [{"pid": "municipality", "v": f"Gemeente {number}"}]
            queries[f"q{number}"] = told
        yield asked.batch(json.dumps(queries))


def main() -> None:
    """Make, load, ask, and say how long that took."""
    cases = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        generate(cases, Path(folder))
        store = LocalStore(dataset.collect(Path(folder)).read_bytes(), known=True)
    tables = made(store)
    for exact in (True, False):
        for more in (False, True):
            times = []
            for queries in batches(tables, exact, more):
                began = time.process_time()
                answering.results(tables, queries)
                times.append((time.process_time() - began) * 1000)
            kind = "names" if exact else "misspelt names"
            beside = " with a type and a municipality" if more else ""
            middle, worst = statistics.median(times), max(times)
            print(f"{kind}{beside}: {middle:.1f} ms a batch of 50, at most {worst:.1f}")


if __name__ == "__main__":
    main()
