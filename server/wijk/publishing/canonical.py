"""The canonical form of a dataset: RDFC-1.0, a W3C Recommendation of 21 May 2024.

Our documents have no blank nodes, so the algorithm has nothing to name, and the form is that of
canonical N-Quads, sorted by code point. It is made from the files, before an engine respells them.
"""

import hashlib
from collections.abc import Iterable

import pyoxigraph as ox

from wijk.changelog import ChangeLog


def nquads(documents: Iterable[tuple[str, str, str]]) -> bytes:
    """All statements of these documents (IRI, base, Turtle), each in the graph of its document."""
    dataset = ox.Dataset()
    for iri, base, text in documents:
        graph = ox.NamedNode(iri)
        for triple in ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=base):
            dataset.add(ox.Quad(triple.subject, triple.predicate, triple.object, graph))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(f"{quad} .\n" for quad in dataset)).encode()


def digest(log: ChangeLog) -> str:
    """The SHA-256 of the canonical form of all that a log has as present."""
    present = sorted(log.present, key=lambda entry: entry.document)
    documents = ((it.document, it.thing, it.content or "") for it in present)
    return hashlib.sha256(nquads(documents)).hexdigest()
