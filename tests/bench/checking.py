"""How long a check takes: of the whole folder, by four judges, and of one changed case.

Run it with `python tests/bench/checking.py [CASES…]`; without a number, the shipped graph. Seconds
are those of the processor, so that a busy machine says nearly the same. pyrudof is measured along
when it is installed: nothing else needs it. The whole check is the command, in a process of its
own: start-up, reading, loading and judging, and the most memory that it had.
"""

import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

import pyoxigraph as ox
from generate import ROOT, generate
from shapes_sparql import Translated
from wijk import snapshot, turtle
from wijk.checking.compiled import Result, compiled
from wijk.checking.shapes import judged
from wijk.checking.trial import Trial
from wijk.checking.views import Everything
from wijk.engine.changing import ChangingStore
from wijk.namespaces import FIGURE, SHAPES
from wijk.snapshot import Document, Reading, Snapshot

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
    told: dict[str, object] = {"whole check": _whole(folder)}
    reading = _timed(told, "read", lambda: snapshot.read(folder))
    taken = reading.snapshot
    told["compiled"] = _seconds(lambda: _by_compiled(taken))
    told["SPARQL"] = _by_sparql(taken)
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


def _whole(folder: Path) -> dict[str, float]:
    """The command on this folder: seconds of the processor, and its peak of memory."""
    command = [sys.executable, "-m", "wijk", "check", "--graph", str(folder)]
    home = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen(
        command, env=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as checking:
        _, status, used = os.wait4(checking.pid, 0)
        checking.returncode = os.waitstatus_to_exitcode(status)
    if checking.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)} ended with {checking.returncode}")
    return {"seconds": round(used.ru_utime + used.ru_stime, 2), "MB": used.ru_maxrss >> 10}


def _by_compiled(taken: Snapshot) -> int:
    return len(list(_results(taken)))


def _results(taken: Snapshot) -> Iterator[Result]:
    quick = compiled.__wrapped__(taken.documents[SHAPES].graph)  # with making them
    if quick is None:
        raise LookupError("these shapes are not compiled")
    view = Everything(_judged(taken))
    yield from quick.results(view, view.things)


def _judged(taken: Snapshot) -> Iterator[Document]:
    """What the shapes look at."""
    documents = taken.documents.values()
    return (it for it in documents if it.iri != SHAPES and it.kind != FIGURE)


def _by_sparql(taken: Snapshot) -> dict[str, object]:
    """The same shapes as queries, on a loaded store: seconds, and whether it finds the same."""
    store = ox.Store()
    nquads = "".join(line for document in _judged(taken) for line in document.lines())
    store.load(nquads.encode(), format=ox.RdfFormat.N_QUADS)
    found: set[tuple[str, str]] = set()

    def ask() -> list[str]:
        asked = Translated(taken.documents[SHAPES].graph)
        found.update(asked.found(store))
        return asked.left_out

    seconds = _seconds(ask)
    wanted = {(str(it.shape), str(it.thing)) for it in _results(taken)}
    return {"seconds": seconds, "found": len(found), "the same": found == wanted}


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
