"""Between IRIs and the paths where this server answers them."""

from urllib.parse import quote

from rdflib import URIRef

from wijk.namespaces import ONTOLOGY, SHAPES, WIJK
from wijk.snapshot import Document, Snapshot

_SAFE = "/:@!$&'()*+,;=~-._"


class Addresses:
    """The paths of all documents of one snapshot, and what is described where."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._base = snapshot.base
        self._snapshot = snapshot
        self._homes = {
            thing: document.iri
            for document in snapshot.documents.values()
            for thing in document.told.things
        }
        for iri in snapshot.concepts:
            self._homes[iri.replace("/doc/", "/id/", 1)] = iri

    def home(self, iri: str) -> str | None:
        """The IRI of the document that describes this thing, term or part."""
        if self._of_others(iri):
            return self._homes[iri]
        thing = iri.partition("#")[0]
        if thing.startswith(f"{self._base}id/"):
            document = f"{self._base}doc/{thing.removeprefix(f'{self._base}id/')}"
            if document in self._snapshot.documents or document in self._snapshot.concepts:
                return document
        if thing in (ONTOLOGY, SHAPES) and thing in self._snapshot.documents:
            return thing
        return thing if thing in self._snapshot.documents else self._homes.get(thing)

    def path(self, iri: str) -> str | None:
        """The path of the page about it, or None when it is not ours."""
        document = self.home(iri)
        if document is None:
            return None
        fragment = "" if self._of_others(iri) else iri.partition("#")[2]
        return self.document_path(document) + (f"#{quote(fragment, _SAFE)}" if fragment else "")

    def _of_others(self, iri: str) -> bool:
        """Whether this is something of others that is described here, in whose name # may stand."""
        return iri in self._homes and not iri.startswith((self._base, str(WIJK), SHAPES))

    def document_path(self, document: str) -> str:
        """The path of a document."""
        if document.startswith(self._base):
            return "/" + quote(document.removeprefix(self._base), _SAFE)
        return "/" + quote(document.removeprefix(str(WIJK).removesuffix("def#")), _SAFE)


def main_thing(document: Document, base: str) -> URIRef | None:
    """What the document is about: the thing of its own name, else the one it describes."""
    named = URIRef(document.iri.replace(f"{base}doc/", f"{base}id/", 1))
    if (named, None, None) in document.graph:
        return named
    declared = document.base
    if declared and (URIRef(declared), None, None) in document.graph:
        return URIRef(declared)
    return min((URIRef(thing) for thing in document.told.things), default=None)
