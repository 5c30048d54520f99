"""A store in this process whose graphs come and go, and that tells who refers to what."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from wijk.engine import gate, projection
from wijk.engine.among import among
from wijk.engine.local import LocalStore


class ChangingStore(LocalStore):
    """A store that may be changed, by whole graphs."""

    def change(self, removed: Iterable[str], nquads: bytes) -> None:
        """Take graphs out, and others in."""
        for graph in removed:
            self._store.remove_graph(ox.NamedNode(graph))
        self._store.load(nquads, format=ox.RdfFormat.N_QUADS)

    def write(self, path: Path) -> None:
        """Write all of it to a file, as N-Quads in no order.

        Raises:
            OSError: that cannot be done.
        """
        self._store.dump(str(path), format=ox.RdfFormat.N_QUADS)

    def copy(self) -> "ChangingStore":
        """Another store with the same in it."""
        other = ChangingStore(b"", self._prefixes, self._base)
        other._store.bulk_extend(self._store)
        return other

    def graphs(self, subject: str) -> set[str]:
        """The graphs in which something is described."""
        found = self._store.quads_for_pattern(ox.NamedNode(subject), None, None)
        return {graph.value for _, _, _, graph in found if isinstance(graph, ox.NamedNode)}

    def among(self, text: str, name: str, terms: Collection[str]) -> list[dict[str, str]]:
        """The rows of a SELECT that have one of these terms in a variable.

        Raises:
            QueryRefused: not a SELECT.
        """
        asked = among(text, name, terms)
        if not _is_plain(text):
            return self.rows(asked)
        return self._listed(
            asked,
            lambda: self._store.query(asked, base_iri=self._base, use_default_graph_as_union=True),
        )

    def pointing(self, value: str, property: str | None = None) -> set[tuple[str, str]]:
        """What refers to something, by any property or this one, and in which graph.

        What refers is a term as N-Triples writes it.
        """
        by = None if property is None else ox.NamedNode(property)
        found = self._store.quads_for_pattern(None, by, ox.NamedNode(value))
        return {
            (str(subject), graph.value)
            for subject, _, _, graph in found
            if isinstance(graph, ox.NamedNode)
        }


@lru_cache(maxsize=256)
def _is_plain(text: str) -> bool:
    """Whether a query names no data set and all that it selects: then it is asked as it stands."""
    return not gate.names_dataset(text) and projection.star(text) is None
