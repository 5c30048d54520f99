"""What things are called in a workbook, and which thing a name means."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from wijk.documents import Document, base_of
from wijk.loaded import Snapshot
from wijk.namespaces import WIJK
from wijk.tombstones import of as tombstone_of

_QUOTES = dict.fromkeys((0x2018, 0x2019, 0x60, 0xB4), "'")
_ALIKE = 60
_BY_SLUG = ("area",)
"""Of these a name says too little: many areas have the same one."""


def folded(text: str) -> str:
    """A name for comparison: neither case, nor kinds of quotes, nor spaces matter."""
    return " ".join(text.casefold().translate(_QUOTES).split())


@dataclass
class Things:
    """The things that may be named: those of the graph, and what a workbook adds to them."""

    base: str
    names: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """By kind: every name, folded, and the IRIs that it may mean."""
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By IRI: its kind and what people call it."""

    @classmethod
    def of(cls, taken: Snapshot) -> "Things":
        """The things of a graph."""
        made = cls(taken.base)
        for kind, slug, thing, document in _all(taken):
            label = thing if kind == "source" else taken.labels.get(thing, slug)
            made.add(kind, slug, thing, label)
            if kind == "case" and document is not None:
                for number in document.graph.objects(None, WIJK.number):
                    made.name(kind, str(number), thing)
        return made

    def add(self, kind: str, slug: str, thing: str, label: str) -> None:
        """Let a thing be known by its label, slug and IRI."""
        self.labels[thing] = kind, label
        for name in (label, slug, thing):
            self.name(kind, name, thing)

    def name(self, kind: str, name: str, thing: str) -> None:
        """Let a thing be known by one more name."""
        listed = self.names.setdefault(kind, {}).setdefault(folded(name), [])
        if name and thing not in listed:
            listed.append(thing)

    def called(self, name: str, kinds: Iterable[str]) -> list[str]:
        """The things of these kinds that a name may mean: an IRI, label, slug or number."""
        wanted = folded(name)
        found = [it for kind in kinds for it in self.names.get(kind, {}).get(wanted, [])]
        return list(dict.fromkeys(found))

    def shown(self, thing: str, kinds: Iterable[str]) -> str:
        """What to call a thing so that it is found again among these kinds."""
        listed = tuple(kinds)
        kind, label = self.labels.get(thing, ("", ""))
        slug = thing.rpartition("/")[2]
        offers = (slug,) if kind in _BY_SLUG else (label, slug)
        for name in offers:
            single = name and "\n" not in name and ";" not in name
            if single and self.called(name, listed) == [thing]:
                return name
        return thing

    def nearest(self, name: str, kinds: Iterable[str], most: int = 3) -> list[str]:
        """What may have been meant: the labels that are most alike."""
        listed = tuple(kinds)
        offers = {
            folded(label): self.shown(thing, listed)
            for thing, (kind, label) in self.labels.items()
            if kind in listed
        }
        found = process.extract(
            folded(name), offers.keys(), scorer=fuzz.WRatio, limit=most, score_cutoff=_ALIKE
        )
        return [offers[key] for key, _, _ in found]

    def listed(self, kinds: Iterable[str]) -> list[str]:
        """What the things of these kinds are called, in the order of the alphabet."""
        wanted = tuple(kinds)
        found = [thing for thing, (kind, _) in self.labels.items() if kind in wanted]
        return sorted((self.shown(thing, wanted) for thing in found), key=folded)


def _all(taken: Snapshot) -> Iterator[tuple[str, str, str, Document | None]]:
    start = f"{taken.base}doc/"
    for iri, document in taken.documents.items():
        kind, _, slug = iri.removeprefix(start).partition("/")
        if not iri.startswith(start) or not slug or tombstone_of(document) is not None:
            continue
        if kind == "source":
            yield from ((kind, slug, thing, None) for thing in document.told.things)
        else:
            yield kind, slug, base_of(iri), document if kind == "case" else None
