"""The answer to a query as people read it: a table, a map when it has points, a chart of numbers.

Terms are those of the SPARQL 1.1 Query Results JSON Format, section 3.2.2.
"""

import json
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wijk.harvesting.records import Point
from wijk.web import charts, spots
from wijk.web.cells import Cell
from wijk.web.charts import Chart
from wijk.web.spots import Drawn
from wijk.web.templating import short

MOST_ROWS = 1000
"""Rows of a table on a page."""
LONGEST = 1000
"""So many characters of a value stand on a page; a file has all of it."""
Row = Mapping[str, Mapping[str, Any]]
Known = Mapping[str, Sequence[Point]]
"""Where things are, by their IRI."""


@dataclass(frozen=True)
class Result:
    """An answer: rows of cells, or yes or no, or the text of a graph.

    `more` rows are not in the table. The map and the charts are of the rows that are.
    """

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    more: int = 0
    boolean: bool | None = None
    text: str | None = None
    map: Drawn | None = None
    charts: tuple[Chart, ...] = ()

    @property
    def count(self) -> int:
        """How many rows there are, also those that are not shown."""
        return len(self.rows) + self.more

    @property
    def is_table(self) -> bool:
        """Whether it is one of rows, be it none."""
        return self.boolean is None and self.text is None


class Shower:
    """How terms are shown: `path` finds the page of a thing here, `label` what to call it.

    What is `named`, with its parts, has a name in Dutch.
    """

    def __init__(
        self,
        path: Callable[[str], str | None],
        label: Callable[[str], str],
        lang: str = "nl",
        named: Container[str] = (),
    ) -> None:
        self._path = path
        self._label = label
        self._lang = lang
        self._named = named

    def rows(self, body: bytes, known: Known) -> Result:
        """The answer to a SELECT or an ASK, in JSON."""
        found = json.loads(body)
        if "boolean" in found:
            return Result(boolean=found["boolean"])
        names, every = tuple(found["head"]["vars"]), found["results"]["bindings"]
        rows: Sequence[Row] = every[:MOST_ROWS]
        cells = tuple(tuple(_cut(self._cell(row.get(name))) for name in names) for row in rows)
        return Result(
            names,
            cells,
            len(every) - len(rows),
            map=spots.drawn(rows, [_named(row) for row in cells], known),
            charts=charts.drawn(names, rows, cells, self._lang),
        )

    def _cell(self, term: Mapping[str, Any] | None) -> Cell:
        if term is None:
            return Cell()
        value = term["value"]
        if term["type"] == "bnode":
            return Cell(f"_:{value}")
        if term["type"] != "uri":
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            return Cell(text, lang=term.get("xml:lang", ""), number=charts.number(term) is not None)
        dutch = value in self._named or value.partition("#")[0] in self._named
        shown = Cell(self._label(value), lang="nl" if dutch else "")
        if path := self._path(value):
            return replace(shown, href=path)
        outside = value.startswith(("http://", "https://"))
        return replace(shown, href=value, outside=True) if outside else shown


def _cut(cell: Cell) -> Cell:
    return cell if len(cell.text) <= LONGEST else replace(cell, text=short(cell.text, LONGEST))


def _named(cells: Sequence[Cell]) -> Cell:
    """The cell that says best what a row is about: a link here, or else a text."""
    texts = [cell for cell in cells if cell.text and not cell.number]
    ours = [cell for cell in texts if cell.href and not cell.outside]
    return next(iter(ours or texts), Cell())
