"""Says beside the table of cases what it is: CSV on the Web.

W3C Recommendations of 17 December 2015: Model for Tabular Data and
Metadata on the Web; Metadata Vocabulary for Tabular Data.
"""

import json
from pathlib import Path
from typing import Any

from wijk.changelog import stamped
from wijk.harvesting.dumps.about import About
from wijk.harvesting.dumps.columns import COLUMNS, SEPARATOR, Column
from wijk.harvesting.dumps.tables import SEMICOLON

MEDIA_TYPE = "application/csvm+json"
SUFFIX = "-metadata.json"
"""What comes after the name of a table: where a reader looks first (section 5.3)."""
_CONTEXT = "http://www.w3.org/ns/csvw"
_NOTE = (
    "Een tekst die begint met =, +, - of @ heeft er een apostrof voor, zodat geen rekenblad hem "
    "voor een formule houdt."
)


def write(path: Path, url: str, delimiter: str, about: About) -> None:
    """The description of a table, of which `url` is the name."""
    told = metadata(url, delimiter, about)
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def metadata(url: str, delimiter: str, about: About) -> dict[str, Any]:
    """The description of a table with this delimiter."""
    columns = [_column(column, delimiter == SEMICOLON) for column in COLUMNS]
    return {
        "@context": [_CONTEXT, {"@language": "nl"}],
        "url": url,
        "dc:title": about.title,
        "dc:description": " ".join(filter(None, (about.sentence, _NOTE))),
        **({"dc:license": {"@id": about.licence}} if about.licence else {}),
        **({"dc:publisher": {"@id": about.publisher}} if about.publisher else {}),
        "dc:modified": {"@value": stamped(about.modified), "@type": "xsd:dateTime"},
        "schema:version": about.version,
        "dialect": {"delimiter": delimiter, "encoding": "utf-8", "header": True},
        "tableSchema": {"aboutUrl": "{+iri}", "primaryKey": "iri", "columns": columns},
    }


def _column(column: Column, dutch: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.told,
        "datatype": _datatype(column, dutch),
    }
    if column.name == "iri":
        return {**told, "required": True, "suppressOutput": True}
    if column.property:
        told["propertyUrl"] = column.property
    if column.datatype == "anyURI":
        told["valueUrl"] = f"{{+{column.name}}}"
    if column.language:
        told["lang"] = column.language
    return {**told, **({"separator": SEPARATOR} if column.several else {})}


def _datatype(column: Column, dutch: bool) -> Any:
    if dutch and column.datatype == "decimal":
        return {"base": "decimal", "format": {"decimalChar": ","}}
    if dutch and column.datatype == "dateTime":
        return "date"
    return column.datatype
