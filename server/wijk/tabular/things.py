"""What things are called in a workbook, and which thing a name means: also a new one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from wijk import tombstones
from wijk.documents import Document, base_of
from wijk.editing import naming
from wijk.editing.reading import about, blocks
from wijk.loaded import Snapshot

_QUOTES = dict.fromkeys((0x2018, 0x2019, 0x60, 0xB4), "'")


def folded(text: str) -> str:
    """A name for comparison: neither case, nor kinds of quotes, nor spaces matter."""
    return " ".join(text.casefold().translate(_QUOTES).split())


@dataclass
class Things:
    """The things that may be named: those of the graph, and what a workbook adds to them."""

    taken: Snapshot
    _new: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _shown: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)

    def add(self, kind: str, thing: str, *names: str) -> None:
        """Let a new thing be known by these names."""
        for name in filter(None, names):
            listed = self._new.setdefault((kind, folded(name)), [])
            if thing not in listed:
                listed.append(thing)

    def called(self, name: str, kinds: Iterable[str]) -> list[str]:
        """The things of these kinds that a name may mean: an IRI, name, slug or number."""
        wanted, listed = folded(name), tuple(kinds)
        new = [it for kind in listed for it in self._new.get((kind, wanted), ())]
        return list(dict.fromkeys((*new, *naming.recognised(name, listed, self.taken))))

    def shown(self, thing: str, kinds: Iterable[str]) -> str:
        """What to call a thing of the graph so that it is found again among these kinds."""
        key = thing, tuple(kinds)
        if key not in self._shown:
            name = naming.called(thing, key[1], self.taken)
            self._shown[key] = thing if "\n" in name or ";" in name else name
        return self._shown[key]

    def nearest(self, name: str, kinds: Sequence[str]) -> tuple[str, ...]:
        """What may have been meant: what is called most alike, the best first."""
        return naming.nearest(name, kinds, self.taken, 1)

    def listed(self, kinds: Iterable[str]) -> list[str]:
        """What the things of these kinds are called, in the order of the alphabet."""
        wanted = tuple(kinds)
        found = [thing for kind, thing, _ in _all(self.taken) if kind in wanted]
        return sorted((self.shown(thing, wanted) for thing in found), key=folded)

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The document of each thing that is in the graph, by IRI."""
        return {thing: document for _, thing, document in _all(self.taken)}


def _all(taken: Snapshot) -> Iterator[tuple[str, str, Document]]:
    start = f"{taken.base}doc/"
    for iri, document in taken.documents.items():
        if not iri.startswith(start) or tombstones.of(document) is not None:
            continue
        if document.kind == "source":
            yield "source", str(about(document, blocks(document))), document
        else:
            yield document.kind, base_of(iri), document
