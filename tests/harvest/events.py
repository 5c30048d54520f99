"""The event stream of a log, read as a client does."""

from dataclasses import replace
from pathlib import Path

from rdflib import Dataset, Graph, URIRef
from wijk import turtle
from wijk.changelog import ChangeLog
from wijk.harvesting.ldes.stream import Stream
from wijk.harvesting.rights import Rights
from wijk.loaded import of_documents

BASE = "https://w3id.org/wijindewijk/"
STREAM = URIRef(f"{BASE}ldes#stream")
PUBLIC = "https://wijk.example"
FORMATS = {
    turtle.TURTLE: "turtle",
    turtle.TRIG: "trig",
    turtle.NQUADS: "nquads",
    turtle.NTRIPLES: "nt",
    turtle.JSONLD: "json-ld",
}


def stream(log, size=5):
    rights = Rights(of_documents(Path(), BASE, {}))
    return Stream(log, BASE, "Wij", PUBLIC.__add__, rights, size)


def read(own, page=None, media_type=turtle.NQUADS):
    found = Dataset()
    found.parse(data=own.written(page, media_type), format=FORMATS[media_type])
    return found


def default(found):
    graph = Graph()
    for triple in found.default_graph:
        graph.add(triple)
    return graph


def redacted(log, *documents):
    return ChangeLog(
        tuple(
            replace(it, content=None) if it.document in documents and it.type != "Delete" else it
            for it in log.entries
        )
    )
