"""Turtle documents of one thing each, in which every statement has its evidence."""

from collections.abc import Iterable
from pathlib import Path

BASE = "https://w3id.org/wijindewijk/"
_OWN = (
    *("actor", "area", "audience", "basis", "bundle", "case", "connection", "initiative"),
    *("lesson", "place", "project", "role", "source", "status", "theme"),
)
_PREFIXES = {
    **{name: f"{BASE}id/{name}/" for name in _OWN},
    "actorkind": f"{BASE}id/actor-kind/",
    "casestate": f"{BASE}id/case-state/",
    "placekind": f"{BASE}id/place-kind/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "org": "http://www.w3.org/ns/org#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wijk": "https://w3id.org/wijk/def#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in _PREFIXES.items())


def text(value: str) -> str:
    """A Dutch string, as Turtle writes it; the value has nothing to escape."""
    return f'"{value}"@nl'


def year(value: int) -> str:
    """A year, as Turtle writes it."""
    return f'"{value}"^^xsd:gYear'


class Document:
    """One file: what is said of a thing, and what that rests on."""

    def __init__(self, kind: str, slug: str, *classes: str) -> None:
        self.kind = kind
        self.slug = slug
        self._about = [f"<> a {' , '.join(classes)}"]
        self._blocks: list[str] = []

    def say(self, predicate: str, *values: str) -> None:
        """State something that needs no evidence."""
        self._about.append(f"    {predicate} {' , '.join(values)}")

    def state(self, predicate: str, *values: str, source: str = "") -> None:
        """State something with its evidence: a source, or else we assigned it."""
        self.say(predicate, *values)
        about = f"    rdf:object {values[0]} ;\n" if len(values) == 1 else ""
        self.part(
            f"e-{len(self._blocks) + 1}",
            "wijk:Evidence",
            f"    rdf:subject <> ;\n    rdf:predicate {predicate} ;\n{about}",
            source,
        )

    def part(self, name: str, kind: str, body: str, source: str) -> None:
        """A part of the document with its ground."""
        ground = "stated" if source else "assigned"
        given = f" ;\n    dcterms:source {source}" if source else ""
        self._blocks.append(
            f"<#{name}> a {kind} ;\n{body}    wijk:basis basis:{ground} ;\n"
            f"    wijk:status status:asserted{given} .\n"
        )

    def turtle(self) -> str:
        """The whole file."""
        return "\n".join(
            (
                f"@base <{BASE}id/{self.kind}/{self.slug}> .\n{_HEAD}",
                " ;\n".join(self._about) + " .\n",
                *self._blocks,
            )
        )


class Source:
    """A page on the web; its file says what of it was read."""

    kind = "source"

    def __init__(self, slug: str, address: str) -> None:
        self.slug = slug
        self._address = address

    def turtle(self) -> str:
        """The whole file."""
        return (
            f"@base <{BASE}id/source/{self.slug}> .\n{_HEAD}\n"
            f"<{self._address}> a schema:WebPage ;\n"
            '    dc:publisher "example.org" ;\n'
            f"    dcterms:rights {text('De tekst is van de uitgever.')} ;\n"
            f"    wijk:whatWasRead {text('De hele pagina.')} .\n"
        )


def write(folder: Path, documents: Iterable[Document | Source]) -> int:
    """Put each document where its kind belongs; how many there were."""
    places = {"bundle", "case", "initiative", "actor", "place", "area", "lesson", "source"}
    for kind in (*places, "project"):
        (folder / "data" / f"{kind}s").mkdir(parents=True, exist_ok=True)
    count = 0
    for document in documents:
        path = folder / "data" / f"{document.kind}s" / f"{document.slug}.ttl"
        path.write_text(document.turtle(), encoding="utf-8")
        count += 1
    return count
