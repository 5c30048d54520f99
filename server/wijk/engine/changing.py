"""A store in this process whose graphs come and go, and that tells who refers to what."""

from collections.abc import Iterable

import pyoxigraph as ox

from wijk.engine.local import LocalStore


class ChangingStore(LocalStore):
    """A store that may be changed, by whole graphs."""

    def change(self, removed: Iterable[str], nquads: bytes) -> None:
        """Take graphs out, and others in."""
        for graph in removed:
            self._store.remove_graph(ox.NamedNode(graph))
        self._store.load(nquads, format=ox.RdfFormat.N_QUADS)

    def dump(self) -> bytes:
        """All of it as N-Quads, in no order."""
        written = self._store.dump(format=ox.RdfFormat.N_QUADS)
        return written if written is not None else b""

    def graphs(self, subject: str) -> set[str]:
        """The graphs in which something is described."""
        found = self._store.quads_for_pattern(ox.NamedNode(subject), None, None)
        return {graph.value for _, _, _, graph in found if isinstance(graph, ox.NamedNode)}

    def pointing(self, value: str) -> set[tuple[str, str]]:
        """What refers to something, as N-Triples writes that, and in which graph."""
        found = self._store.quads_for_pattern(None, None, ox.NamedNode(value))
        return {
            (str(subject), graph.value)
            for subject, _, _, graph in found
            if isinstance(graph, ox.NamedNode)
        }
