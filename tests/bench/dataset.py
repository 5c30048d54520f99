"""A generated folder as one file of N-Quads, without a check: the graphs that the product has."""

from pathlib import Path

import pyoxigraph as ox
from documents import BASE
from wijk import namespaces


def collect(folder: Path) -> Path:
    """Write all documents of a folder into one file, and say where that is."""
    store = ox.Store()
    for part in ("data", "ontology", "shapes"):
        for path in sorted((folder / part).rglob("*.ttl")):
            iri = namespaces.SHAPES
            if part != "shapes":
                iri = namespaces.name_of(path.relative_to(folder), BASE)[0]
            store.load(
                path.read_bytes(),
                format=ox.RdfFormat.TURTLE,
                base_iri=iri.replace("/doc/", "/id/", 1),
                to_graph=ox.NamedNode(iri),
            )
    written = folder / "all.nq"
    store.dump(str(written), ox.RdfFormat.N_QUADS)
    return written
