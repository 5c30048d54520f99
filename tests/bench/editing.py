"""How fast documents are read as records and written back, and values shown and understood.

Run it with `python tests/bench/editing.py CASES…`; 0 is the folder as shipped. Times are of the
processor, in milliseconds.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from generate import ROOT, generate
from wijk import snapshot
from wijk.editing import naming
from wijk.editing.fields import by_path, fields
from wijk.editing.kinds import KINDS
from wijk.editing.records import read, written
from wijk.editing.values import shown, understood
from wijk.snapshot import Snapshot

_SAMPLE = 300


def main() -> None:
    """Measure each number of cases."""
    for cases in map(int, sys.argv[1:] or ["0"]):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place, "graph") if cases else ROOT
            if cases:
                generate(cases, folder)
            taken = snapshot.read(folder).snapshot.light()
            print(json.dumps({"cases": cases, **_measured(taken)}), flush=True)


def _measured(taken: Snapshot) -> dict[str, float]:
    first = _spent(lambda: [fields(taken, kind) for kind in KINDS])
    documents = [it for it in taken.documents.values() if it.kind == "case"][:_SAMPLE]
    records = [read(document, taken) for document in documents]
    own = by_path(taken, "case")
    said = [(own[it.path], it.value) for record in records for it in record.statements]
    names = _spent(lambda: naming.known("geen", "place", taken))
    texts = [(field, shown(value, field, taken)) for field, value in said]
    unknown = own["http://purl.org/dc/terms/spatial"]
    return {
        "fields": round(first, 2),
        "read": _each(documents, lambda it: read(it, taken)),
        "read and written": _each(documents, lambda it: written(read(it, taken), it, taken)),
        "names": round(names, 1),
        "shown": _each(said, lambda it: shown(it[1], it[0], taken)),
        "understood": _each(texts, lambda it: understood(it[1], it[0], taken)),
        "unknown": _each(["Gronigen"] * 20, lambda it: understood(it, unknown, taken)),
    }


def _each(things: Sequence[Any], do: Callable[[Any], object]) -> float:
    """The time that one of them takes."""
    return round(_spent(lambda: [do(it) for it in things]) / len(things), 3)


def _spent(do: Callable[[], object]) -> float:
    start = time.process_time()
    do()
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    main()
