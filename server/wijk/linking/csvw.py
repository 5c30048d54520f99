"""Says beside a joined table what it is: CSV on the Web, W3C Recommendations of 17 December 2015.

Model for Tabular Data and Metadata on the Web; Metadata Vocabulary for Tabular Data.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from wijk.linking.join import COLUMNS, SEPARATOR, Column, Joiner
from wijk.linking.layout import Layout, added
from wijk.tables.records import Dialect

CONTEXT = "http://www.w3.org/ns/csvw"
MEDIA_TYPE = "application/csvm+json"
SUFFIX = "-metadata.json"
"""What comes after the name of a table: where a reader looks first (section 5.3)."""
_OURS = {"wijk": "https://w3id.org/wijk/def#"}  # the other prefixes are CSVW's own


def written(url: str, dialect: Dialect, layout: Layout, joiner: Joiner) -> bytes:
    """The description of a joined table in text as a document of JSON."""
    told = metadata(url, dialect, layout, about(joiner))
    return json.dumps(told, indent=2, ensure_ascii=False).encode() + b"\n"


def metadata(
    url: str, dialect: Dialect, layout: Layout, about: Mapping[str, Any]
) -> dict[str, Any]:
    """The description of a joined table in text that has this address.

    `about` says more of the table as a whole: its title, date, licence, sources.
    """
    rows = layout.header if layout.header is not None else max(layout.aside, default=-1) + 1
    heads = layout.begin - rows
    names = _names(layout)
    return {
        "@context": [CONTEXT, {"@language": "nl"}],
        "url": url,
        **about,
        "dialect": {
            "delimiter": dialect.delimiter.decode(),
            "encoding": dialect.encoding,
            "header": layout.header is not None,
            "headerRowCount": heads,
            "skipRows": rows,
            "skipBlankRows": True,
            "lineTerminators": [dialect.end.decode()],
            "quoteChar": '"',
            "doubleQuote": True,
        },
        "tableSchema": {"columns": [*_given(layout, names), *_added(layout, names)]},
    }


def about(joiner: Joiner) -> dict[str, Any]:
    """What is said of a joined table as a whole: its date, and where the added cells come from."""
    datasets = joiner.datasets
    licences = dict.fromkeys(row["licence"] for row in datasets)
    return {
        "dc:title": "Tabel met casussen per gebied",
        "dc:description": (
            "De kolommen waarvan de naam met wijk_ begint, zijn toegevoegd; de andere zijn van de "
            "tabel zelf. Licentie en bronnen gaan over wat is toegevoegd: "
            + "; ".join(dict.fromkeys(row["title"] for row in datasets))
            + "."
        ),
        "dc:temporal": joiner.on.isoformat(),
        "dc:license": [{"@id": each} for each in licences],
        "dc:source": [{"@id": each} for each in dict.fromkeys(row["dataset"] for row in datasets)],
    }


def _given(layout: Layout, names: list[str]) -> Iterable[dict[str, Any]]:
    """The columns that were there: what is in them is not ours to say."""
    for place, name in enumerate(names[: layout.width]):
        title = layout.titles[place] if place < len(layout.titles) else ""
        told: dict[str, Any] = {"name": name, "titles": title, "datatype": "string"}
        if place == layout.column:
            told["propertyUrl"] = f"{_OURS['wijk']}code"
        yield told


def _added(layout: Layout, names: list[str]) -> Iterable[dict[str, Any]]:
    titles = added(layout.titles)
    for name, title, column in zip(names[layout.width :], titles, COLUMNS, strict=True):
        yield {
            "name": name,
            "titles": title,
            "dc:description": column.told,
            "propertyUrl": _property(column),
            "datatype": column.datatype,
            **({"separator": SEPARATOR} if column.several else {}),
        }


def _property(column: Column) -> str:
    prefix, _, name = column.property.partition(":")
    return f"{_OURS[prefix]}{name}" if prefix in _OURS else column.property


def _names(layout: Layout) -> list[str]:
    """A name for each column, each once: what its title has of ASCII letters and digits."""
    titles = [*layout.titles, *[""] * (layout.width - len(layout.titles)), *added(layout.titles)]
    names: dict[str, None] = {}
    for place, title in enumerate(titles, 1):
        plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
        stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:60] or f"kolom_{place}"
        names[stem if stem not in names else f"{stem}_{place}"] = None
    return list(names)
