"""What everybody is told of a case: on pages, by SPARQL, and to who harvests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import feedparser
import httpx2
import pyoxigraph as ox
from sickle import Sickle
from SPARQLWrapper import JSON, SPARQLWrapper

AS = "https://www.w3.org/ns/activitystreams#"
_RDF, _VERSION = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    "http://purl.org/dc/terms/isVersionOf",
)
_LISTS = ("/casussen", "/zoeken")
_NODE = "https://w3id.org/tree#node"


@dataclass(frozen=True)
class Told:
    """What a server tells of one case now."""

    address: str
    base: str
    slug: str
    title: str

    @property
    def thing(self) -> str:
        """Its IRI."""
        return f"{self.base}id/case/{self.slug}"

    def here(self) -> dict[str, bool]:
        """Whether each of the ways to find it finds it."""
        with httpx2.Client(base_url=self.address, timeout=120) as client:
            page = client.get(f"/doc/case/{self.slug}.html")
            asked = {"q": self.title}
            listed, found = (client.get(it, params=asked).text for it in _LISTS)
            feed = feedparser.parse(client.get("/feeds/volledig/casussen.atom").content)
            return {
                "page": page.status_code == 200 and self.title in page.text,
                "casussen": f"/case/{self.slug}" in listed,
                "zoeken": f"/case/{self.slug}" in found,
                "feed": self.title in {each.title for each in feed.entries},
                "sparql": self._asked(),
                "oai": self.oai() is False,
                "ldes": self.ldes() in (f"{AS}Create", f"{AS}Update"),
            }

    def _asked(self) -> bool:
        client = SPARQLWrapper(f"{self.address}/sparql", returnFormat=JSON)
        client.setTimeout(120)
        client.setQuery(f"ASK {{ <{self.thing}> a <https://w3id.org/wijk/def#Case> }}")
        answer = client.queryAndConvert()
        assert isinstance(answer, dict)
        return bool(answer["boolean"])

    def oai(self) -> bool | None:
        """Whether OAI-PMH says that it was deleted; None when it does not know it."""
        records = Sickle(f"{self.address}/oai", timeout=120).ListIdentifiers(
            ignore_deleted=False, metadataPrefix="oai_dc"
        )
        found = (it.deleted for it in records if it.identifier.endswith(f"/case/{self.slug}"))
        return next(found, None)

    def ldes(self) -> str:
        """The kind of its last member in the event stream; none when it is not in it."""
        members: dict[str, str] = {}
        of: set[str] = set()
        document = self.thing.replace("/id/", "/doc/")
        for quad in self._stream():
            subject, value = str(quad.subject), getattr(quad.object, "value", "")
            if quad.predicate.value == _VERSION and value == document:
                of.add(subject)
            if quad.predicate.value == _RDF and value.startswith(AS):
                members[subject] = value
        mine = sorted(of, key=lambda it: re.sub(r".*#", "", it))
        return members[mine[-1]] if mine else ""

    def _stream(self) -> Iterator[ox.Quad]:
        """Every statement of every page of the stream."""
        asked, seen = ["/ldes"], set()
        headers = {"Accept": "application/trig"}
        with httpx2.Client(timeout=120, follow_redirects=True, headers=headers) as client:
            while asked:
                path = asked.pop()
                if path in seen:
                    continue
                seen.add(path)
                answer = client.get(f"{self.address}{path}").raise_for_status()
                for quad in ox.parse(answer.content, ox.RdfFormat.TRIG, base_iri=self.address):
                    if quad.predicate.value == _NODE:
                        asked.append("/ldes" + quad.object.value.partition("/ldes")[2])
                    yield quad
