"""How a folder is served and followed: start, a changed case, an invalid one, and the memory.

Run it with `python tests/bench/folder.py CASES…`. The folder is made, read and remembered as if it
had been checked: pySHACL takes minutes and gigabytes for the whole of 10,000 cases, once.
"""

import gc
import json
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path

import servers
from asked import ROWS
from generate import generate
from servers import Running
from wijk import remembered, snapshot
from wijk.remarks import Remarks

_TIMES = 5
_MARK = "WIJK_MEASURED_BY"
_PATIENCE = 120.0


def main() -> None:
    """Measure each number of cases."""
    gc.set_threshold(100_000, 50, 100)
    for cases in map(int, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as place:
            print(json.dumps({"cases": cases, **_measured(cases, Path(place))}), flush=True)


def _measured(cases: int, place: Path) -> dict[str, object]:
    folder, home = place / "graph", place / "home"
    generate(cases, folder)
    triples = remembered_as_checked(folder, home)
    gc.collect()
    os.environ[_MARK] = str(os.getpid())  # for the processes that come from here, not for this one
    with servers.product(folder, home) as running:
        found: dict[str, object] = {"triples": triples, "start": round(running.started, 2)}
        first = _changed(running, folder, 0)
        again = [_changed(running, folder, number) for number in range(1, _TIMES + 1)]
        found |= {"first change": round(first, 2), "change": round(statistics.median(again), 2)}
        found["invalid, told after"] = round(_broken(running, folder), 2)
        memory = {_name(pid): servers.shared_out(pid) for pid in _marked()}
        found["bytes a triple"] = round(sum(memory.values()) / triples)
        found["memory"] = {name: f"{size >> 20} MB" for name, size in memory.items()}
    return found


def remembered_as_checked(folder: Path, home: Path) -> int:
    """Remember a folder as if it had been checked; how many statements it has."""
    reading = snapshot.read(folder)
    nquads = reading.snapshot.nquads()
    said = Remarks(())  # so that they are kept up to date
    remembered.remember(reading, lambda path: path.write_bytes(nquads), home, said)
    return nquads.count(b"\n")


def _case(folder: Path) -> Path:
    return sorted((folder / "data" / "cases").iterdir())[7]


def _changed(running: Running, folder: Path, number: int) -> float:
    """Seconds until the new title of a case is in an answer."""
    path, title = _case(folder), f"Veranderd {number}"
    text = path.read_text(encoding="utf-8")
    if (before := re.search(r'dcterms:title ("[^"]*"@nl)', text)) is None:
        raise LookupError(f"{path} has no title")
    text = text.replace(before[1], f'"{title}"@nl')  # and in its evidence
    query = f'ASK {{ ?case <http://purl.org/dc/terms/title> "{title}"@nl }}'
    return _until(path, text, lambda: b"true" in running.ask(query, ROWS)[2])


def _broken(running: Running, folder: Path) -> float:
    """Seconds until an invalid case is told."""
    path = _case(folder)
    text = path.read_text(encoding="utf-8").replace("dcterms:title", "dcterms:titel")
    return _until(path, text, lambda: _invalid(running))


def _invalid(running: Running) -> bool:
    connection = HTTPConnection(running.host, running.port, timeout=_PATIENCE)
    connection.request("GET", "/health/ready")
    told = json.loads(connection.getresponse().read())
    connection.close()
    return bool(told["folder"] == "invalid")


def _until(path: Path, text: str, holds: Callable[[], bool]) -> float:
    time.sleep(0.5)  # what came before is over
    began = time.perf_counter()
    path.write_text(text, encoding="utf-8")
    while not holds():
        if time.perf_counter() - began > _PATIENCE:
            raise TimeoutError(path)
        time.sleep(0.01)
    return time.perf_counter() - began


def _marked() -> list[int]:
    """The server's processes: one that was forked for a change is nobody's child any more."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"{_MARK}={os.getpid()}".encode() in (place / "environ").read_bytes().split(b"\0"):
                found.append(int(place.name))
    return found


def _name(pid: int) -> str:
    line = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return f"{line[2].decode()} {pid}"


if __name__ == "__main__":
    main()
