"""A portal that keeps three copies of what we publish, each by a route and a client of its own."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import feedparser
import httpx2
from lxml import etree
from pyoxigraph import DefaultGraph, RdfFormat, parse
from rdflib import RDF
from rdflib.namespace import DCTERMS
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch

from . import node

AS = "https://www.w3.org/ns/activitystreams#"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"

Lines = frozenset[str]
"""The statements of one document, in N-Triples."""


def lines_of(data: bytes, form: RdfFormat) -> Lines:
    """The statements in a piece of RDF, every literal as it is written."""
    return frozenset(str(each.triple) for each in parse(data, form))


@dataclass
class ByOai:
    """The cases by OAI-PMH with Sickle: all at first, then what changed since."""

    address: str
    held: dict[str, Lines] = field(default_factory=dict)
    """By identifier: what the last record of it said."""
    sets: dict[str, frozenset[str]] = field(default_factory=dict)
    """By identifier: the sets it was in by then, also of what was withdrawn."""
    stamps: dict[str, str] = field(default_factory=dict)
    """By identifier: the datestamp of its last record."""
    since: str = ""
    seen: int = 0
    """Records of the last harvest."""

    @property
    def newest(self) -> int:
        """How many records have the newest datestamp that was seen."""
        return sum(stamp == self.since for stamp in self.stamps.values())

    def harvest(self) -> None:
        """Take what there is since the newest datestamp that was seen."""
        asked = {"metadataPrefix": "rdf", **({"from": self.since} if self.since else {})}
        self.seen = 0
        try:
            for record in Sickle(f"{self.address}/oai").ListRecords(**asked):
                self._take(record.header, record.xml)
        except NoRecordsMatch:
            return

    def _take(self, header: object, xml: etree._Element) -> None:
        self.seen += 1
        self.stamps[header.identifier] = header.datestamp
        self.since = max(self.since, header.datestamp)
        self.sets[header.identifier] = frozenset(header.setSpecs)
        if header.deleted:
            self.held.pop(header.identifier, None)
            return
        (told,) = xml.iter(_RDF)
        self.held[header.identifier] = lines_of(etree.tostring(told), RdfFormat.RDF_XML)


@dataclass
class ByLdes:
    """All documents by the event stream with ldes-client, which remembers where it was."""

    address: str
    folder: Path
    held: dict[str, Lines] = field(default_factory=dict)
    """By the IRI of the document: its last version."""
    seen: int = 0
    """Members of the last harvest."""

    def harvest(self) -> None:
        """Take the members that the client did not give before, in their order."""
        said = node.ldes(f"{self.address}/ldes", "--save", self.folder, "-o", "ascending")
        members: dict[str, dict[str, str]] = {}
        versions: dict[str, set[str]] = {}
        for quad in parse(said.encode(), RdfFormat.N_QUADS):
            if isinstance(quad.graph_name, DefaultGraph):
                members.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value
            else:
                versions.setdefault(quad.graph_name.value, set()).add(str(quad.triple))
        self.seen = len(members)
        for member, told in sorted(members.items(), key=lambda it: it[1][str(DCTERMS.created)]):
            document = told[str(DCTERMS.isVersionOf)]
            if told[str(RDF.type)] == f"{AS}Delete":
                self.held.pop(document, None)
            else:
                self.held[document] = frozenset(versions[member])


@dataclass
class ByFeed:
    """The cases by the whole feed with feedparser, and by the list of withdrawn ones."""

    address: str
    held: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By the IRI of the case: its title and summary."""
    seen: int = 0
    """Entries of the last harvest; 0 when nothing changed."""
    tag: str = ""

    def harvest(self) -> None:
        """Take the entries if the feed changed, and leave out what was withdrawn."""
        url = f"{self.address}/feeds/volledig/casussen.atom"
        feed = feedparser.parse(url, etag=self.tag or None)
        assert not feed.bozo, feed.get("bozo_exception")
        self.seen, self.tag = len(feed.entries), feed.get("etag", self.tag)
        if feed.status == 304:
            return
        self.held |= {each.id: (each.title, each.get("summary", "")) for each in feed.entries}
        for gone in table(f"{self.address}/feeds/ingetrokken.csv"):
            self.held.pop(next(iter(gone.values())), None)


def table(url: str) -> list[Mapping[str, str]]:
    """The rows of a CSV file at an address."""
    text = httpx2.get(url, timeout=60).raise_for_status().content.decode("utf-8-sig")
    return [*csv.DictReader(io.StringIO(text, newline=""))]


@dataclass
class Portal:
    """The three copies together."""

    oai: ByOai
    ldes: ByLdes
    feed: ByFeed

    def harvest(self) -> tuple[int, int, int]:
        """Harvest by every route; how many records, members and entries came."""
        copies = (self.oai, self.ldes, self.feed)
        for copy in copies:
            copy.harvest()
        return self.oai.seen, self.ldes.seen, self.feed.seen


def portal(address: str, folder: Path) -> Portal:
    """A portal that has nothing yet; what its clients remember is in the folder."""
    return Portal(ByOai(address), ByLdes(address, folder / "ldes"), ByFeed(address))


def found_by(address: str, name: str, code: str) -> set[str]:
    """The names of the cases of a municipality, which are the same by whatever route."""

    def items(path: str) -> list[dict[str, Any]]:
        answer: dict[str, list[dict[str, Any]]] = httpx2.get(f"{address}/{path}").json()
        return answer["items"]

    listed = (
        *(items(f"casussen.json?gemeente={value}") for value in (name, code)),
        items(f"api/v1/casussen?gemeente={code}"),
        items(f"feeds/volledig/gemeente/{name}.json"),
    )
    found = [{(it.get("iri") or it["id"]).rpartition("/")[2] for it in each} for each in listed]
    for frame in ("list", "map"):
        page = httpx2.get(f"{address}/embed/{frame}?gemeente={name}").raise_for_status().text
        found.append(set(re.findall(r"/doc/case/([a-z-]+)", page)))
    feeds = httpx2.get(f"{address}/feeds/").raise_for_status().text
    assert (f"/feeds/gemeente/{name}.atom" in feeds) == bool(found[0])
    assert all(each == found[0] for each in found), found
    return found[0]
