"""`/casussen.csv` and its like: the cases of a selection as a file, as they were published."""

import asyncio
import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from wijk import turtle
from wijk.changelog import stamped
from wijk.harvesting.dumps import geojson, tables
from wijk.harvesting.dumps.about import About
from wijk.harvesting.dumps.columns import COLUMNS, Row
from wijk.harvesting.feeds import atom
from wijk.harvesting.feeds.feed import Feed
from wijk.harvesting.records import Record, newest_first
from wijk.harvesting.rights import said
from wijk.web import problems, replies, signposts
from wijk.web.pages.cases import citing
from wijk.web.pages.lists.faults import refused
from wijk.web.pages.lists.selecting import selected
from wijk.web.publisher import publisher
from wijk.web.replies import Representation
from wijk.web.site import Site

PATH = "/casussen"
MOST = 1000
"""So many cases are in one file; all together they are in the dumps."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Taken:
    """A selection to be written: its cases as published, in order, and how many there are."""

    site: Site
    records: tuple[Record, ...]
    count: int
    address: str

    @property
    def rows(self) -> list[Row]:
        """The cases as rows of a table."""
        licence = self.site.rights.of("case").licence
        return [Row(it, self.site.url(f"/doc/case/{it.slug}"), licence) for it in self.records]

    @property
    def about(self) -> About:
        """What a file says of itself."""
        rights = self.site.rights
        terms = rights.of("case")
        modified = max((it.modified for it in self.records), default=_NEVER)
        return About(
            iri=self.address,
            title=f"{self.site.name}: {len(self.records)} van {self.count} gekozen casussen",
            licence=terms.licence,
            label=terms.label,
            sentence=said(terms.sentence),
            credit=said(terms.credit),
            publisher=rights.publisher.iri,
            publisher_name=said(rights.publisher.name),
            modified=modified,
            version=stamped(modified),
        )


@dataclass(frozen=True)
class Form:
    """A form of file: what it is called, its media type, and what writes it."""

    name: str
    media_type: str
    write: Callable[[Taken], bytes]


def _in_file(write: Callable[[Path], None]) -> bytes:
    with tempfile.TemporaryDirectory(prefix="wijk-selectie-") as folder:
        path = Path(folder) / "selectie"
        write(path)
        return path.read_bytes()


def _csv(taken: Taken) -> bytes:
    return _in_file(lambda path: tables.write_csv(path, taken.rows, tables.COMMA))


def _xlsx(taken: Taken) -> bytes:
    return _in_file(lambda path: tables.write_xlsx(path, taken.rows, taken.about))


def _geojson(taken: Taken) -> bytes:
    return _in_file(lambda path: geojson.write(path, taken.rows, taken.about))


def _json(taken: Taken) -> bytes:
    """The columns of the table by name; several values are a list."""

    def told(row: Row) -> dict[str, Any]:
        cells = {column.name: column.of(row) for column in COLUMNS}
        return {n: stamped(it) if isinstance(it, datetime) else it for n, it in cells.items()}

    about = taken.about
    whole: dict[str, Any] = {"id": about.iri, "title": about.title, "license": about.licence}
    whole |= {"count": taken.count, "items": [told(row) for row in taken.rows]}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def _turtle(taken: Taken) -> bytes:
    """The documents of the cases one after the other, each as it stands in its file."""
    start = f"{taken.site.snapshot.base}doc/case/"
    there = taken.site.snapshot.documents
    found = [there[start + it.slug] for it in taken.records if start + it.slug in there]
    head = "".join(f"# {line}\n" for line in taken.about.lines)
    return head.encode() + b"".join(b"\n" + document.source for document in found)


def _atom(taken: Taken) -> bytes:
    chosen = newest_first(taken.records)
    feed = Feed("casussen", "gekozen casussen", chosen, (), False, address=taken.address)
    return atom.written(feed, publisher(taken.site))


def _cited(write: Callable[[citing.Citation], str]) -> Callable[[Taken], bytes]:
    def written(taken: Taken) -> bytes:
        site = taken.site
        by = said(site.rights.publisher.name)
        told = (
            citing.Citation(
                it.slug, it.title, it.abstract, site.name, by, stamped(it.modified), it.iri
            )
            for it in taken.records
        )
        return "\n".join(map(write, told)).encode()

    return written


FORMS: Mapping[str, Form] = {
    ".csv": Form("CSV", tables.CSV, _csv),
    ".xlsx": Form("Excel", tables.XLSX, _xlsx),
    ".json": Form("JSON", "application/json", _json),
    ".geojson": Form("GeoJSON", geojson.MEDIA_TYPE, _geojson),
    ".ttl": Form("Turtle", turtle.TURTLE, _turtle),
    ".bib": Form("BibTeX", citing.FORMS[".bib"][1], _cited(citing.bibtex)),
    ".ris": Form("RIS", citing.FORMS[".ris"][1], _cited(citing.ris)),
    ".atom": Form("Atom", atom.MEDIA_TYPE, _atom),
}
"""The files of a selection, by the end of their address."""


async def written(request: Request, suffix: str) -> Response:
    """The selection of an address as a file; 400 when it asks what cannot be."""
    site: Site = request.app.state.site
    found = await selected(request)
    if found.asked.faults:
        return problems.response(site, request, refused(400, found.asked.faults))
    published = (await site.records()).one
    order = found.asked.shelf.orders.get(found.asked.order)
    there = (published.get(case.iri) for case in found.chosen.cases(0, MOST, order))
    address = site.url(f"{PATH}{suffix}{found.asked.selection}")
    taken = Taken(site, tuple(it for it in there if it), found.chosen.count, address)
    form = FORMS[suffix]
    body = await asyncio.to_thread(form.write, taken)
    named = f'inline; filename="{found.asked.name}{suffix}"'
    headers = {"Content-Disposition": named, **signposts.rights(site)}
    return replies.reply(request, Representation(form.media_type, body, headers))
