"""A download of StatLine as CSV: a BOM, semicolons, codes padded with spaces, a dot for missing."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path

from rdflib import URIRef

from wijk.linking import codes
from wijk.linking.errors import SourceUnreadable
from wijk.linking.figures import Measure, Region, columns, figure
from wijk.linking.wanted import STATLINE, Delivered, Wanted

_UNIT = re.compile(r"\s*\([^()]*\)\s*$")
_PERIOD = "perioden"


def read(path: Path, wanted: Wanted, known: Mapping[str, Measure]) -> Delivered:
    """The figures in a download; of a file with several years those of the wanted one.

    A column is known by the last part of its heading, without its unit: `Inwoners/Aantal inwoners
    (aantal)` is `Aantal inwoners`. Rows about what is not wanted are left out.

    Raises:
        SourceUnreadable: not a table of StatLine; with the line.
    """
    head, *body = _rows(path) or [[]]
    code, name = _column(path, head, "code"), _column(path, head, "wijken en buurten", "regio")
    period = next((n for n, text in enumerate(head) if text.lower() == _PERIOD), None)
    heads = {_UNIT.sub("", text.rpartition("/")[2]).strip(): n for n, text in enumerate(head)}
    chosen = {slug: heads[it] for slug, it in columns(heads, known, str(path)).items()}
    starts = {start for it in wanted.municipalities for start in wanted.inside(it)} | {"NL00"}
    found: list[Region] = []
    for number, row in enumerate(body, 2):
        if len(row) != len(head):
            raise SourceUnreadable(path, f"there are {len(row)} cells, not {len(head)}", number)
        if period is not None and not row[period].strip().startswith(str(wanted.year)):
            continue
        area = codes.read(row[code])
        if area is None:
            raise SourceUnreadable(path, f"'{row[code].strip()}' is no code of an area", number)
        if area.text.startswith(tuple(starts)):
            where = f"{path}, line {number}"
            values = {slug: figure(row[at], where) for slug, at in chosen.items()}
            found.append(Region(area, row[name].strip(), values))
    return Delivered(found, URIRef(STATLINE + wanted.table))


def _rows(path: Path) -> list[list[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return [*csv.reader(lines, delimiter=";", strict=True)]
    except OSError as error:
        raise SourceUnreadable(path, f"it cannot be read ({error.strerror})") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceUnreadable(path, f"this is no CSV in UTF-8 ({error})") from error


def _column(path: Path, head: list[str], *words: str) -> int:
    """The column with the code (its heading ends on `(code)`), or the one with the name."""
    for word in words:
        for n, text in enumerate(head):
            plain = text.strip().lower()
            if plain.endswith(f"({word})") or plain == word:
                return n
    raise SourceUnreadable(path, f"no column is headed '{words[0]}'; choose a download with codes")
