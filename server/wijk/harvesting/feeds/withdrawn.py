"""The cases that were withdrawn, for who has a copy of them: as CSV (RFC 4180) and as JSON."""

import csv
import io
import json
from collections.abc import Iterable

from wijk.changelog import stamped
from wijk.harvesting.dumps.columns import harmless
from wijk.harvesting.records import Withdrawn

CSV = "text/csv"
JSON = "application/json"


def as_csv(withdrawn: Iterable[Withdrawn]) -> bytes:
    """IRI, time and reason of each, the last first; without a byte order mark, for programs."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("iri", "ingetrokken", "reden"))
    writer.writerows((it.iri, stamped(it.time), harmless(it.reason)) for it in withdrawn)
    return text.getvalue().encode("utf-8")


def as_json(withdrawn: Iterable[Withdrawn]) -> bytes:
    """The same, as a list of objects."""
    found = [{"id": it.iri, "date": stamped(it.time), "reason": it.reason} for it in withdrawn]
    return json.dumps({"withdrawn": found}, ensure_ascii=False, indent=1).encode() + b"\n"
