"""Writes a dataset as RDF: N-Quads, Turtle and JSON-LD, document after document.

All three say the same statements. N-Quads and JSON-LD keep each document in its own named graph,
and have what the dump says of itself outside those. Turtle has no graphs: it is the files
themselves, one after another.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, BinaryIO, Protocol

from rdflib import Graph

from wijk import jsonld, turtle
from wijk.documents import base_of
from wijk.harvesting.dumps.about import About
from wijk.harvesting.dumps.content import Part

_PREFIX = rb"@prefix[ \t]+[^\s:]*:[ \t]*<[^>\s]*>[ \t]*\.[ \t]*\r?\n"
_BASE = rb"@base[ \t]+<[^>\s]*>[ \t]*\.[ \t]*\r?\n"
_HEAD = re.compile(rb"(?:" + _PREFIX + rb"|" + _BASE + rb"|#[^\r\n]*\r?\n|\r?\n)*")
_PREFIX_LINE = re.compile(_PREFIX)
# Also where it only looks like one, in a text: then the statements are written one by one.
_NOT_AS_IT_IS = re.compile(rb"_:|\b(?:prefix\s+[^\s:]*:|base)\s*<", re.IGNORECASE)


Names = Mapping[str, str]
Terms = Mapping[str, Any] | None
"""The context of JSON-LD."""


@dataclass(frozen=True)
class Read:
    """A document and its statements, read once for all who write it."""

    part: Part
    graph: Graph
    prefixes: Names
    context: Terms

    @cached_property
    def lines(self) -> list[str]:
        """Its statements in N-Quads, sorted."""
        return list(turtle.lines(self.graph, self.part.iri))


class Writer(Protocol):
    """One format: a head, each document, an end."""

    media_type: str
    suffix: str

    def begin(self, out: BinaryIO, about: About, prefixes: Names, context: Terms) -> None:
        """Write what comes before the documents."""
        ...

    def add(self, out: BinaryIO, read: Read) -> None:
        """Write a document."""
        ...

    def end(self, out: BinaryIO) -> None:
        """Write what comes after the documents."""
        ...


class NQuads:
    """RDF 1.1 N-Quads: a graph per document."""

    media_type, suffix = turtle.NQUADS, ".nq"

    def begin(self, out: BinaryIO, about: About, prefixes: Names, context: Terms) -> None:
        """Comments, and the statements of the dump about itself."""
        out.write(_comments(about))
        out.writelines(line.encode() for line in turtle.lines(about.graph))

    def add(self, out: BinaryIO, read: Read) -> None:
        """The statements of a document, sorted."""
        out.writelines(line.encode() for line in read.lines)

    def end(self, out: BinaryIO) -> None:
        """Nothing."""


class Turtle:
    """RDF 1.1 Turtle: the files, with the prefixes that they share said once."""

    media_type, suffix = turtle.TURTLE, ".ttl"

    def begin(self, out: BinaryIO, about: About, prefixes: Names, context: Terms) -> None:
        """Comments, the prefixes, and the statements of the dump about itself."""
        out.write(_comments(about) + b"\n")
        for name, iri in prefixes.items():
            out.write(f"@prefix {name}: <{iri}> .\n".encode())
        out.write(b"\n")
        out.writelines(line.encode() for line in turtle.lines(about.graph))

    def add(self, out: BinaryIO, read: Read) -> None:
        """The file of a document, or its statements when it would not read the same here."""
        out.write(f"\n# <{read.part.iri}>\n".encode())
        source = read.part.source.removeprefix(b"\xef\xbb\xbf")
        head = _HEAD.match(source)
        end = head.end() if head else 0
        base, prefixes = turtle.declared(source)
        shared = all(read.prefixes.get(name) == iri for name, iri in prefixes.items())
        if not shared or (base and "://" not in base) or _NOT_AS_IT_IS.search(source, end):
            out.writelines(line.encode() for line in turtle.lines(read.graph))
            return
        if base is None:
            out.write(f"@base <{base_of(read.part.iri)}> .\n".encode())
        out.write(_PREFIX_LINE.sub(b"", source[:end]) + source[end:].rstrip() + b"\n")

    def end(self, out: BinaryIO) -> None:
        """Nothing."""


class JsonLd:
    """JSON-LD 1.1: a graph per document, with the context of the ontology."""

    media_type, suffix = turtle.JSONLD, ".jsonld"

    def begin(self, out: BinaryIO, about: About, prefixes: Names, context: Terms) -> None:
        """The context, and the statements of the dump about itself."""
        chosen = _chosen(prefixes, context)
        said = json.dumps(chosen, ensure_ascii=False)
        out.write(f'{{"@context": {said},\n"@graph": [\n'.encode())
        out.write(",\n".join(map(_compact, jsonld.nodes(about.graph, chosen))).encode())

    def add(self, out: BinaryIO, read: Read) -> None:
        """A document and its statements."""
        nodes = jsonld.nodes(read.graph, _chosen(read.prefixes, read.context))
        named = {"@id": read.part.iri, "@graph": nodes}
        out.write(f",\n{_compact(named)}".encode())

    def end(self, out: BinaryIO) -> None:
        """Close what was opened."""
        out.write(b"\n]}\n")


WRITERS: tuple[type[Writer], ...] = (NQuads, Turtle, JsonLd)


def _comments(about: About) -> bytes:
    return "".join(f"# {line}\n" for line in about.lines).encode()


def _chosen(prefixes: Names, context: Terms) -> Mapping[str, Any]:
    chosen: Mapping[str, Any] = prefixes if context is None else context.get("@context", context)
    return chosen


def _compact(node: Any) -> str:
    return json.dumps(node, ensure_ascii=False, separators=(",", ":"))
