"""Reads what comes back, in whatever media type, with readers that are not the server's."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter

import httpx2
import pyoxigraph as ox
from wijk.engine import formats

HONEST = {200, 400, 405, 406, 408, 413, 415, 422, 431, 501, 503, 504}
"""What the endpoint may say, whatever it is asked."""

# As themselves, or as N-Triples writes them.
_NOT_IN_XML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\\\\u(?:00[01][0-9A-F]|FFF[EF])|\\\\[bf]"
)
Rows = Counter[tuple[str, ...]]


def sound(response: httpx2.Response) -> None:
    """It has an honest status, and a body of the type that it says."""
    status = response.status_code
    assert status in HONEST, (status, response.text[:500])
    kind = response.headers["content-type"].partition(";")[0]
    if status == 200:
        read(kind, response.content)
        return
    assert status != 503 or int(response.headers["retry-after"]) > 0
    assert "etag" not in response.headers
    if kind == "text/html":
        assert "<h1" in response.text
        return
    assert kind == "application/problem+json"
    told = json.loads(response.content)
    assert (told["type"], told["status"]) == ("about:blank", status)
    assert told["title"]
    assert 0 < len(told["detail"]) < 1000
    assert "Traceback" not in told["detail"]


def read(kind: str, body: bytes) -> None:
    """Read a body; what is not of this type is an error."""
    text = body.decode()
    if kind == formats.CSV:
        widths = {len(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True)}
        assert len(widths - {0}) <= 1
    elif kind in (formats.XML, formats.RDF_XML):
        ET.fromstring(body)
    elif kind in (formats.JSON, formats.JSON_LD):
        json.loads(text)
    elif kind == "text/html":
        assert text.rstrip().endswith("</html>")
    if kind in formats.ROWS and kind != formats.CSV:
        rows(kind, body)
    elif kind in formats.GRAPHS:
        list(ox.parse(body, ox.RdfFormat.from_media_type(kind), base_iri="http://base/"))


def rows(kind: str, body: bytes) -> Rows | bool:
    """How often each row is in it, with all blank nodes alike; or what an ASK says."""
    found = ox.parse_query_results(body, ox.QueryResultsFormat.from_media_type(kind))
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return Counter(tuple(_shown(row[name]) for name in names) for row in found)


def _shown(term: object) -> str:
    # XML has no place for some characters, and blank nodes have other names each time.
    text = re.sub(r"_:\w+", "_:", str(term))
    return _NOT_IN_XML.sub("\ufffd", text)
