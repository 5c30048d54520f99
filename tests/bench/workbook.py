"""How long a large workbook takes to read, and how much memory: `python tests/bench/workbook.py`.

Makes 20,000 new actors in CSV and .xlsx and imports each; then exports the graph and imports that.
"""

import io
import resource
import sys
import time
from pathlib import Path

import openpyxl
from wijk import snapshot
from wijk.tabular import exporting, importing, making

ROOT = Path(__file__).parents[2]
WEB = "https://www.movisie.nl/wijindewijk"
HEADS = ["naam", "website", "soort betrokkene", "toelichting"]
HEADS += ["bron van deze rij", "grondslag van deze rij"]


def main(rows: int) -> None:
    """Print a table of what was measured."""
    taken = snapshot.read(ROOT).snapshot
    told("before", 0.0)
    rest = ["bewonersinitiatief", "Een groep.", WEB, "vermeld"]
    filled = [[f"Buurtgroep {n}", f"https://example.org/{n}", *rest] for n in range(rows)]
    text = "\n".join(";".join(row) for row in [HEADS, *filled])
    for name, content in (("csv", text.encode()), ("xlsx", workbook(filled))):
        begin = time.process_time()
        given = importing.read(content, taken)
        told(f"{name}: {len(given.made)} of {rows} rows made", time.process_time() - begin)
        assert not given.problems, given.problems[0]
    begin = time.process_time()
    into = io.BytesIO()
    making.write(taken, into, exporting.rows(taken))
    told(
        f"export of the shipped graph, {len(into.getvalue()):,} bytes", time.process_time() - begin
    )
    begin = time.process_time()
    importing.read(into.getvalue(), taken)
    told("import of that", time.process_time() - begin)


def workbook(rows: list[list[str]]) -> bytes:
    """The rows in a workbook."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Betrokkenen")
    for row in [HEADS, *rows]:
        sheet.append(row)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def told(what: str, seconds: float) -> None:
    """One line: what, in seconds, and the most memory so far in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what:<50} {seconds:8.2f} s processor {most:6} MiB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
