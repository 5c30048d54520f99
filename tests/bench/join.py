"""Measures `wijk join` on a large made-up table, beside plain reading and writing of it.

`python tests/bench/join.py [--rows 1000000]`. Speed is a ratio to Python's csv module that reads
and writes the same table in the same run; memory is the most that each process had, on a table and
on one of a tenth of it. Every code that did not fit must be in the report, with a reason.
"""

import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# What tables have: exact codes, padded, lower case, ended, split, of another year, with letters,
# of nothing, too short, and nothing at all.
CODES = (
    *("GM0363    ", "gm0344", "WK036393  ", "BU03639306", "BU07960401", "2022BU19910104", "PV27"),
    *("GM0856", "GM1685", "GM0457", "GM0091", "GM1671", "GM0140"),
    *("WK0363TA", "BU0363TE01", "BU03639300", "WK199101"),
    *("GM9999", "BU99990000", "GM12", "363", "n.v.t.", "", "   "),
)
_PLAIN = """
import csv, sys
with open(sys.argv[1], encoding="utf-8-sig", newline="") as given, \\
     open(sys.argv[2], "w", encoding="utf-8-sig", newline="") as out:
    csv.writer(out, delimiter=";").writerows(csv.reader(given, delimiter=";"))
"""


@dataclass(frozen=True)
class Run:
    """One process: its seconds, those of the processor, its most memory in bytes, what it said."""

    seconds: float
    busy: float
    memory: int
    said: str


def table(path: Path, rows: int) -> Counter[str]:
    """Write a table, the same every time; a tenth of its codes are in it once. Its codes."""
    made, codes = random.Random(1), Counter[str]()
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        stream.write("jaar;naam;regio;aantal;waarde\r\n")
        for number in range(rows):
            code = made.choice(CODES) if made.random() < 0.9 else _strange(made)
            codes[code] += 1
            name = f'"Buurt ""{number % 977}""; oost"' if number % 10 == 0 else f"Buurt {number}"
            stream.write(f"2022;{name};{code};{number % 1000};{made.random():.3f}\r\n")
    return codes


def _strange(made: random.Random) -> str:
    """A code that is met once or twice: of nothing, or no code."""
    number = made.randrange(10**8)
    return made.choice((f"BU{number:08d}", f"WK{number % 10**6:06d}", f"x{number}", f"{number}"))


def measured(*command: object) -> Run:
    """Run a process to its end.

    Raises:
        CalledProcessError: it did not end well.
    """
    begun = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=said)
    busy = used.ru_utime + used.ru_stime
    return Run(time.perf_counter() - begun, busy, used.ru_maxrss * 1024, said)


def joined(given: Path) -> Run:
    """`wijk join`, with its result and report beside the table."""
    out, report = given.with_suffix(".out.csv"), given.with_suffix(".report.csv")
    command = (sys.executable, "-m", "wijk", "join", given, "--code", "regio", "--output", out)
    return measured(*command, "--report", report, "--date", "2022-06-01")


def wrong(given: Path, codes: Counter[str]) -> Iterator[str]:
    """What is not as it should be in the result and the report."""
    out, report = given.with_suffix(".out.csv"), given.with_suffix(".report.csv")
    told, rows = Counter[str](), 0
    with report.open(encoding="utf-8-sig", newline="") as stream:
        for line in csv.DictReader(stream, delimiter=";"):
            told[line["code"]] += int(line["rijen"])
            if not line["uitleg"]:
                yield f"no reason for {line['code']}"
    with given.open("rb") as before, out.open("rb") as after:
        for number, (old, new) in enumerate(zip(before, after, strict=True)):
            rows += 1
            if not new.startswith(old.rstrip(b"\r\n") + b";"):
                yield f"row {number + 1} is not as it was"
            if b";exact;" not in new and b";wijk_code;" not in new:
                code = next(csv.reader([old.decode("utf-8-sig")], delimiter=";"))[2]
                told[code] -= 1
    if rows != codes.total() + 1:
        yield f"{rows} rows instead of {codes.total() + 1}"
    yield from (
        f"{code!r} is told {count:+} times too often" for code, count in told.items() if count
    )


def main(rows: int) -> int:
    """Measure, and print what was found as Markdown; 1 when something is not as it should be."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small.csv"), Path(folder, "large.csv")
        table(small, rows // 10)
        codes = table(large, rows)
        empty = Path(folder, "empty.csv")
        empty.write_text("regio\nGM0363\n")
        begin = joined(empty)
        plain = measured(sys.executable, "-c", _PLAIN, large, large.with_suffix(".plain.csv"))
        few, many = joined(small), joined(large)
        found = list(wrong(large, codes))
    print(f"| {rows:,} rows, {len(codes):,} codes | s | s of processor | rows a second | MB |")
    print("| --- | ---: | ---: | ---: | ---: |")
    listed = {"csv, read and written": plain, "wijk join": many, "wijk join, one row": begin}
    for name, run in {**listed, "wijk join, a tenth of the rows": few}.items():
        speed = f"{rows / run.seconds:,.0f}" if run in (plain, many) else ""
        memory = f"{run.memory / 2**20:.0f}"
        print(f"| {name} | {run.seconds:.1f} | {run.busy:.1f} | {speed} | {memory} |")
    own = many.busy - begin.busy
    print(f"\n{own / plain.busy:.1f} x the processor time of csv, apart from the start.")
    print(many.said.splitlines()[0])
    for line in found[:20]:
        print(f"Wrong: {line}")
    return int(bool(found))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    sys.exit(main(parser.parse_args().rows))
