"""A draft as the files it gives, with what others published or edited meanwhile in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from wijk import tombstones, turtle
from wijk.documents import Document, base_of, hashed
from wijk.editing import reading, writing
from wijk.editing.changes import Conflict, merged
from wijk.editing.desk import drafts
from wijk.editing.desk.drafts import Draft
from wijk.editing.records import Record
from wijk.errors import PublishError
from wijk.publishing.edits import Edit
from wijk.snapshot import Snapshot


@dataclass(frozen=True)
class Clash:
    """Fields of a thing of which the draft and the folder say different things."""

    record: Record
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True)
class Handed:
    """What a draft gives: its records with what is new in the folder, and the files.

    Where both changed the same, a record has what the draft says, and it is a clash.
    """

    records: tuple[Record, ...]
    edits: tuple[Edit, ...]
    bases: Mapping[str, str]
    clashes: tuple[Clash, ...] = ()


class Taken(PublishError):
    """Something else was published at the address of something new; nothing was written."""


class Buried(Taken):
    """Something that was withdrawn had the address of something new; nothing was written."""


class Gone(PublishError):
    """What a draft is about was withdrawn meanwhile; nothing was written."""


class Unclear(PublishError):
    """Something in a draft stands as it was typed: that cannot be written; nothing was."""


class Clashing(PublishError):
    """A draft and the folder say different things; nothing was written."""

    def __init__(self, clashes: Iterable[Clash]) -> None:
        super().__init__("Somebody changed the same meanwhile. Choose what it is to be.")
        self.clashes = tuple(clashes)


def handed(draft: Draft, taken: Snapshot) -> Handed:
    """What a draft gives in the folder as it is now; what was not understood stays out.

    Raises:
        Taken: what is new in it was made by someone else meanwhile; Buried, and withdrawn too.
        Gone: what it is about was withdrawn meanwhile.
        OutputError: a source would be another one.
    """
    records: list[Record] = []
    edits: list[Edit] = []
    clashes: list[Clash] = []
    bases: dict[str, str] = {}
    for each in draft.records:
        path = writing.path_of(each)
        now = _there(each, taken)
        if now is not None:
            bases[str(path)] = now.source.decode("utf-8")
        whole, clash = _with_theirs(each, draft.bases.get(str(path)), now, taken)
        records.append(whole)
        clashes += [clash] if clash is not None else []
        text = writing.written(drafts.understood(whole), now, taken)
        if now is None or text != now.source:
            edits.append(Edit(path, text, now.source if now is not None else None))
    return Handed(tuple(records), tuple(edits), bases, tuple(clashes))


def based(text: str, record: Record, taken: Snapshot) -> Record:
    """What a file said that a draft began from."""
    return reading.read(_document(text, record, taken), taken)


def _with_theirs(
    ours: Record, base: str | None, now: Document | None, taken: Snapshot
) -> tuple[Record, Clash | None]:
    _same_thing(ours, base, now)
    if now is None or base is None or base.encode() == now.source:
        return ours, None
    made = merged(based(base, ours, taken), ours, reading.read(now, taken), taken)
    return made.record, Clash(made.record, made.conflicts) if made.conflicts else None


def _same_thing(record: Record, base: str | None, now: Document | None) -> None:
    if base is None and now is not None:
        if tombstones.of(now) is not None:
            raise Buried(f"{now.path} was withdrawn. Give yours another name in its address.")
        raise Taken(f"{now.path} is there already. Give yours another name in its address.")
    if base is not None and (now is None or tombstones.of(now) is not None):
        raise Gone(f"{record.kind}/{record.slug} was withdrawn meanwhile.")


def _there(record: Record, taken: Snapshot) -> Document | None:
    return taken.documents.get(f"{taken.base}doc/{record.kind}/{record.slug}")


def _document(text: str, record: Record, taken: Snapshot) -> Document:
    """A document of an earlier text."""
    iri = f"{taken.base}doc/{record.kind}/{record.slug}"
    path, source = PurePosixPath(writing.path_of(record)), text.encode()
    graph = turtle.parse(source, path, base_of(iri))
    return Document(iri, record.kind, record.slug, path, source, graph, hashed(source))
