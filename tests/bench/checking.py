"""How long a check takes: of the whole folder, by both judges, and of one changed case.

Run it with `python tests/bench/checking.py [CASES…]`; without a number, the shipped graph. Seconds
are those of the processor, so that a busy machine says nearly the same. pyrudof is measured along
when it is installed: nothing else needs it.
"""

import gc
import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from generate import ROOT, generate
from wijk import snapshot, turtle
from wijk.checking.compiled import compiled
from wijk.checking.shapes import judged
from wijk.checking.trial import Trial
from wijk.checking.views import Everything
from wijk.engine.changing import ChangingStore
from wijk.namespaces import FIGURE, SHAPES
from wijk.snapshot import Reading, Snapshot

_REFEREED = 1000
"""With more cases pySHACL takes gigabytes."""
_CHANGES = 20


def main() -> None:
    """Measure each number of cases, or the shipped graph."""
    gc.set_threshold(100_000, 50, 100)
    for cases in [int(given) for given in sys.argv[1:]] or [0]:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place, "graph") if cases else ROOT
            if cases:
                generate(cases, folder)
            print(json.dumps({"cases": cases or "shipped", **_measured(folder, cases)}))


def _measured(folder: Path, cases: int) -> dict[str, object]:
    told: dict[str, object] = {}
    reading = _timed(told, "read", lambda: snapshot.read(folder))
    taken = reading.snapshot
    told["compiled"] = _seconds(lambda: _by_compiled(taken))
    if cases <= _REFEREED:
        shapes = taken.documents[SHAPES].graph
        told["pyshacl"] = _seconds(lambda: judged(taken.shaped, shapes, folder / "shapes"))
        if find_spec("pyrudof"):
            told["pyrudof"] = _by_pyrudof(taken)
    reading = Reading(taken.light())
    store = ChangingStore(taken.nquads(), taken.prefixes)
    told["one changed case, ms"] = _changed(folder, Trial.of(reading, store))
    told["MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    return told


def _by_compiled(taken: Snapshot) -> int:
    quick = compiled(taken.documents[SHAPES].graph)
    if quick is None:
        raise LookupError("these shapes are not compiled")
    documents = taken.documents.values()
    view = Everything(it for it in documents if it.iri != SHAPES and it.kind != FIGURE)
    return len(list(quick.results(view, view.things)))


def _by_pyrudof(taken: Snapshot) -> float:
    """The seconds of pyrudof on the same graph and shapes, with reading them."""
    import pyrudof

    data = turtle.serialize(taken.shaped, turtle.NTRIPLES).decode()
    shapes = turtle.serialize(taken.documents[SHAPES].graph, turtle.TURTLE).decode()

    def validate() -> object:
        rudof = pyrudof.Rudof(pyrudof.RudofConfig())
        rudof.read_data(data, pyrudof.RDFFormat.NTriples)
        rudof.read_shacl(shapes, pyrudof.ShaclFormat.Turtle)
        return rudof.validate_shacl()

    return _seconds(validate)


def _changed(folder: Path, trial: Trial) -> float:
    """The median of trials of one case with another title, in milliseconds."""
    taken = []
    for path in sorted((folder / "data" / "cases").iterdir())[:_CHANGES]:
        text = path.read_bytes().replace(b'dcterms:title "', b'dcterms:title "Anders ')
        files = {PurePosixPath(path.relative_to(folder).as_posix()): text}
        taken.append(_seconds(lambda files=files: trial.findings(files)))
    return round(statistics.median(taken) * 1000, 1)


def _timed(told: dict[str, object], name: str, work: Callable[[], Reading]) -> Reading:
    began = time.process_time()
    found = work()
    told[name] = round(time.process_time() - began, 2)
    return found


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return round(time.process_time() - began, 4)


if __name__ == "__main__":
    main()
