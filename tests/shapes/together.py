"""Broken examples checked many at once: each in documents that no other one in its group changes.

A check takes most of its time whatever is broken. What is found in the documents of an example is
its own. When that is not just its rule, or something is found where no example changed anything,
the example is checked alone, and that decides.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from wijk.checking import Finding
from wijk.snapshot import Document, Snapshot

Changed = Mapping[str, Document]


def grouped(changed: Mapping[Path, Changed]) -> list[list[Path]]:
    """The examples in few groups, in each of which no two change the same document."""
    groups: list[list[Path]] = []
    for path in sorted(changed, key=lambda path: (-len(changed[path]), path)):
        free = (
            each for each in groups if not any(changed[it].keys() & changed[path] for it in each)
        )
        group = next(free, None)
        if group is None:
            groups.append(group := [])
        group.append(path)
    return groups


@dataclass(frozen=True)
class Together:
    """The valid graph, the documents that each example changes in it, and how to check a graph."""

    valid: Snapshot
    changed: Mapping[Path, Changed]
    check: Callable[[Snapshot], list[Finding]]

    @cached_property
    def groups(self) -> Mapping[Path, list[Path]]:
        """The group of each example."""
        return {path: group for group in grouped(self.changed) for path in group}

    @cached_property
    def _checked(self) -> dict[Path, list[Finding]]:
        """What was found in a group, by its first example."""
        return {}

    def findings(self, path: Path, rule: str) -> list[Finding]:
        """What is found of an example; in its group if that is its own rule, else alone."""
        group = self.groups[path]
        if group[0] not in self._checked:
            self._checked[group[0]] = self.of(group)
        found = self._checked[group[0]]
        own = [each for each in found if each.file in self._files([path])]
        clear = all(each.file in self._files(group) for each in found)
        as_named = [each.rule.rpartition("#")[2] for each in own] == [rule]
        return own if clear and as_named else self.of([path])

    def of(self, paths: Iterable[Path]) -> list[Finding]:
        """What is found in the valid graph with these examples in it."""
        changed = {iri: each for path in paths for iri, each in self.changed[path].items()}
        return self.check(replace(self.valid, documents={**self.valid.documents, **changed}))

    def _files(self, paths: Iterable[Path]) -> set[str]:
        return {str(each.path) for path in paths for each in self.changed[path].values()}
