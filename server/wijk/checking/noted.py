"""What a check says besides violations, after a change: what a check of everything would say.

A remark by a shape is looked at again where the shapes reach, one by a rule about a thing that
changed or is one step from what did, one about a file when that changed; and what names a thing
whose label changed. A rule that warns of a thing further away than one step from what makes the
warning come or go is not followed: let it warn of the nearer one.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rdflib import URIRef
from rdflib.term import Node

from wijk import changelog, tombstones
from wijk.checking import published, references, rules, shapes
from wijk.checking.change import Change
from wijk.checking.check import judged, remarks
from wijk.checking.findings import Finding
from wijk.checking.lookup import Asked, Store
from wijk.checking.places import Names, Places
from wijk.checking.rechecking import MOST, Common, results_of, touched
from wijk.checking.rules import Near
from wijk.documents import base_of
from wijk.remarks import Remark, Remarks
from wijk.snapshot import Document, Reading, Snapshot

_OF_FILES = ("prefix",)
_OF_THE_LOG = ("unpublished", "published-gone", "withdrawn-still-told")


def after(
    said: Remarks,
    before: Snapshot,
    now: Reading,
    store: Store,
    checks: Path | None = None,
    otherwise_logged: bool = False,
) -> Remarks | None:
    """The remarks about a folder without violations, given those before it changed.

    When the log is another one, what it says of every document is looked at. None when the change
    may matter to everything: check everything then.

    Raises:
        WijkError: a rule or the log cannot be read.
    """
    taken = now.snapshot
    change = Change.between(before, taken)
    reached = touched(change, taken, store)
    if reached is None:
        return None
    again = _Again(said, taken, store, change)
    parts = (
        again.by_shapes(reached),
        again.by_rules(checks or taken.root / "queries" / "checks"),
        again.of_files(),
        again.by_the_log(now, otherwise_logged),
    )
    found = [it for part in parts for it in part.found if it.severity != "violation"]
    new = remarks(judged(now, found, again.lookup))
    kept = (it for it in said.said if not any(part.instead_of(it) for part in parts))
    return Remarks.of([*kept, *new.said])


@dataclass(frozen=True)
class _Part:
    """What is found again, and which of the remarks before it stands for."""

    found: Iterable[Finding]
    instead_of: Callable[[Remark], bool]


@dataclass(frozen=True)
class _Again:
    """Looks again at what a change can mean for remarks."""

    said: Remarks
    taken: Snapshot
    store: Store
    change: Change

    @cached_property
    def lookup(self) -> Asked:
        """Who describes what."""
        return Asked(self.taken, self.store)

    @cached_property
    def _places(self) -> Places:
        return Places(self.taken, self.lookup)

    @cached_property
    def _names(self) -> Names:
        return Names(self.taken.prefixes)

    @cached_property
    def _paths(self) -> frozenset[str]:
        return frozenset(str(document.path) for document in self.change.both)

    def by_shapes(self, reached: Iterable[Node]) -> _Part:
        """Remarks about what the shapes reach, and those in which another name now stands."""
        named = {it.thing for it in self.said.said} & set(self._pointing(self._named_otherwise))
        things = {*reached, *self.change.things, *map(URIRef, named)}
        broken = results_of(things, self.taken, self.store, Common.of(self.taken))
        found = shapes.findings_about(broken, self.taken, self.lookup, self._places, self._names)
        about = {str(thing) for thing in things}
        return _Part(found, lambda it: "#" in it.rule and it.thing in about)

    def by_rules(self, folder: Path) -> _Part:
        """Remarks of the rules about what is near to what changed."""
        near = self._near()
        touching = None if near is None else Near(self.store.among, [f"<{it}>" for it in near])
        found = rules.findings(
            rules.read(folder),
            self.store.rows,
            self._places,
            self._names,
            ("warning", "info"),
            touching,
        )
        about = near and {"", *near}
        return _Part(found, lambda it: _is_of_a_rule(it) and (about is None or it.thing in about))

    def of_files(self) -> _Part:
        """Remarks about what a file declares."""
        changed = self.change.documents
        found = (it for each in changed for it in references.declared(each, self.taken))
        return _Part(found, lambda it: it.rule in _OF_FILES and it.path in self._paths)

    def by_the_log(self, now: Reading, otherwise_logged: bool) -> _Part:
        """Remarks about what was published and withdrawn."""
        log = changelog.read(self.taken.root)
        everyone = tuple(self.taken.documents.values())
        edited = everyone if otherwise_logged else self.change.documents
        all_told = otherwise_logged or any(map(tombstones.of, self.change.both))
        told = everyone if all_told else self.change.documents

        def instead_of(it: Remark) -> bool:
            if it.rule == "unpublished":
                return otherwise_logged or it.path in self._paths
            if it.rule == "withdrawn-still-told":
                return all_told or it.path in self._paths
            return it.rule == "published-gone"

        return _Part(published.remarked(now, log, edited, told), instead_of)

    @property
    def _named_otherwise(self) -> set[str]:
        """What has another label now."""
        old, new = (_labels(it) for it in (self.change.gone, self.change.documents))
        return {thing for thing, _ in old ^ new}

    def _near(self) -> set[str] | None:
        """What changed, what that names or did, and what refers to it; None when that is much."""
        things = {str(it) for it in self.change.things if isinstance(it, URIRef)}
        if len(things) > MOST:
            return None
        near = things | {base_of(it.iri) for it in self.change.both}
        near.update(str(it) for it in self.change.values if isinstance(it, URIRef))
        near.update(self._pointing(things))
        return None if len(near) > MOST else near

    def _pointing(self, things: Iterable[str]) -> Iterator[str]:
        """What refers to these things, as far as it has a name."""
        for thing in things:
            for term, _ in self.store.pointing(thing):
                if term.startswith("<"):
                    yield term[1:-1]


def _is_of_a_rule(it: Remark) -> bool:
    return "#" not in it.rule and it.rule not in (*_OF_FILES, *_OF_THE_LOG)


def _labels(documents: Iterable[Document]) -> set[tuple[str, tuple[int, int, str]]]:
    return {offer for document in documents for offer in document.told.labels}
