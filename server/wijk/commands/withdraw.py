"""`wijk withdraw` and `wijk restore`: a published thing leaves the graph, and comes back."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from wijk import changelog, snapshot, stamps
from wijk.arguments import Graph, root_of, whole
from wijk.checking import withdrawn
from wijk.checking.places import Names
from wijk.counting import counted
from wijk.documents import base_of
from wijk.errors import PublishError
from wijk.linking import intake
from wijk.linking.derived import derive
from wijk.publishing import act, withdrawing
from wijk.snapshot import Document, Snapshot
from wijk.terminal import say, tell_line

Things = Annotated[
    list[str], typer.Argument(metavar="THING...", help="Such as case:pluktuin-zuid; or its file.")
]
Reason = Annotated[
    str, typer.Option(help="Why, in Dutch, for who comes to its address. No names of persons.")
]
Successor = Annotated[
    str | None, typer.Option(help="The thing that takes its place, such as case:ander.")
]
DropEdits = Annotated[
    bool, typer.Option("--drop-edits", help="Also when that loses what was not published.")
]


def withdraw(
    things: Things,
    reason: Reason,
    replaced_by: Successor = None,
    drop_edits: DropEdits = False,
    graph: Graph = None,
) -> None:
    """Withdraw a published thing: its name and text go, its address tells why."""
    root = root_of(graph)
    with act.publishing(root, say):
        taken, log = whole(snapshot.read(root)), changelog.read(root)
        successor = _successor(replaced_by, taken, log)
        texts: dict[str, bytes] = {}
        documents: list[Document] = []
        for name in things:
            document = _there(withdrawing.document_of(name, taken, log), taken)
            stone = withdrawing.tombstone(document, reason.strip(), successor)
            texts[str(document.path)] = withdrawing.withdrawn(document, stone, log, taken)
            documents.append(document)
        if not drop_edits:
            _nothing_lost(documents, taken, log)
        withdrawing.write(root, texts)
        _derived_anew(root)
    gone = {document.iri for document in documents}
    for document in documents:
        tell_line(f"withdrawn  {document.path}")
        _pointing(document, taken, gone)
    _left_over(documents, taken)
    say("Look at it with `wijk check`, and publish it with `wijk publish`. Undo: `wijk restore`.")


def restore(things: Things, graph: Graph = None) -> None:
    """Put the last published content of a thing back, to be published again."""
    root = root_of(graph)
    with act.publishing(root, say):
        taken, log = whole(snapshot.read(root)), changelog.read(root)
        texts: dict[str, bytes] = {}
        for name in things:
            iri = withdrawing.document_of(name, taken, log)
            last, text = withdrawing.restored(iri, log)
            texts[str(last.path)] = text
        withdrawing.write(root, texts)
        _derived_anew(root)
    for path in texts:
        tell_line(f"restored   {path}")
    say("Look at it with `wijk check`, and publish it with `wijk publish`.")


def _there(iri: str, taken: Snapshot) -> Document:
    """The document in the folder.

    Raises:
        BadParameter: its file is gone; then it is to be put back first.
    """
    if iri not in taken.documents:
        raise typer.BadParameter(f"{iri} has no file any more; put it back with `wijk restore`.")
    return taken.documents[iri]


def _nothing_lost(documents: list[Document], taken: Snapshot, log: changelog.ChangeLog) -> None:
    """See that nothing goes that is in no other place.

    Raises:
        PublishError: a file was edited since it was published last.
    """
    edited = ", ".join(withdrawing.edited((it.iri for it in documents), taken, log))
    if edited:
        raise PublishError(
            f"{edited}: edited since the last publication. A withdrawal loses those edits, and "
            "`wijk restore` does not bring them back. Publish them first or keep a copy of the "
            "file; withdraw with --drop-edits to lose them."
        )


def _successor(name: str | None, taken: Snapshot, log: changelog.ChangeLog) -> str:
    if name is None:
        return ""
    return base_of(_there(withdrawing.document_of(name, taken, log), taken).iri)


def _derived_anew(root: Path) -> None:
    """Make what is derived follow from what is left, when the folder has any of it.

    Raises:
        RegisterError: the folder lacks the register that it follows from.
    """
    taken = whole(snapshot.read(root))
    if any(it.kind == "derived" for it in taken.documents.values()):
        intake.write(root, derive(taken))


def _pointing(document: Document, taken: Snapshot, gone: set[str]) -> None:
    """Tell what still points at it, of what people write."""
    names = Names(taken.prefixes)
    found = withdrawing.mentions(base_of(document.iri), taken)
    left = [
        it for it in found if it.document.iri not in gone and stamps.is_logged(it.document.path)
    ]
    if left:
        say(f"{counted(len(left), 'statement')} elsewhere still name it; take those out:")
    for it in left:
        tell_line(f"    {it.document.path}  {names.short(it.subject)} {names.short(it.property)}")


def _left_over(documents: Sequence[Document], taken: Snapshot) -> None:
    """Tell which texts still have a name that goes, and what nothing names any more."""
    lonely = withdrawing.alone_named(documents, taken)
    apart = {it.iri for it in (*documents, *lonely)}
    lines = {
        (str(other.path), line)
        for it in documents
        if it.kind in withdrawn.KINDS
        for other, line in withdrawn.telling(
            withdrawn.names_of(it.iri, it.graph), taken.documents.values(), apart
        )
    }
    if lines:
        say("These texts still have the name; take it out:")
    for path, line in sorted(lines):
        tell_line(f"    {path}:{line}")
    if lonely:
        say("Nothing else names these; withdraw them too, unless they stay for themselves:")
    for home in lonely:
        tell_line(f"    {home.path}")
