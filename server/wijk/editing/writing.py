"""Writes a record back into its document: what changed, and not one line more.

What is new stands in the house format. In a file of that format all other lines stay where they
are; a file of another format is written anew.
"""

from collections.abc import Sequence
from pathlib import PurePosixPath

from rdflib import RDF, URIRef
from rdflib.term import Node

from wijk import stamps, turtle
from wijk.documents import Document
from wijk.editing import kinds, proof, reading
from wijk.editing.fields import by_path, fields
from wijk.editing.house import Page, page
from wijk.editing.names import free, slugged
from wijk.editing.statements import Part, Record, Statement
from wijk.errors import OutputError, TurtleSyntaxError
from wijk.loaded import Snapshot
from wijk.namespaces import WIJK
from wijk.terms import node

Pairs = Sequence[tuple[URIRef, Node]]
Said = dict[URIRef, list[tuple[URIRef, Node]]]


def path_of(record: Record) -> PurePosixPath:
    """Where the file of a record stands in the folder: data/cases/pluktuin-zuid.ttl."""
    folder = record.kind if record.kind == "media" else f"{record.kind}s"
    return PurePosixPath("data", folder, f"{record.slug}.ttl")


def blank(kind: str, slug: str, taken: Snapshot, thing: str = "") -> Record:
    """A record of which nothing is entered yet; of a source, `thing` is its web address."""
    return Record(kind, slug, thing or f"{taken.base}id/{kind}/{slug}")


def written(record: Record, before: Document | None, taken: Snapshot) -> bytes:
    """The file of a record: as it was when nothing changed, else with what changed.

    What is no field of its kind stays as it is. Evidence of a statement that is gone goes with it.

    Raises:
        OutputError: the record is of another source, which has another address.
    """
    base = URIRef(f"{taken.base}id/{record.kind}/{record.slug}")
    old = reading.read(before, taken) if before is not None else None
    if old is not None and old.thing != record.thing:
        raise OutputError(f"{old.thing} cannot get another address; make a new source.")
    was = reading.blocks(before) if before is not None else {}
    now = _said(record, old, was, base, taken)
    if before is not None and _same(was, now):
        return before.source
    source = before.source if before is not None else b""
    bare, stamp = stamps.parted(source, str(base))
    joined = {RDF.type, *(URIRef(it.path) for it in fields(taken, record.kind) if it.choices)}
    made = page(bare.decode("utf-8"), base, taken.prefixes, joined)
    _change(made, was, now, record.kind, taken)
    text = made.written().encode() + stamp
    if _says(text, now, base):
        return text
    anew = page("", base, taken.prefixes, joined)
    _change(anew, {}, now, record.kind, taken)
    return anew.written().encode()


def _said(record: Record, old: Record | None, was: Said, base: URIRef, taken: Snapshot) -> Said:
    """What the document says of each thing once it says what the record does."""
    now = {thing: list(pairs) for thing, pairs in was.items()}
    thing = URIRef(record.thing)
    earlier = old or Record(record.kind, record.slug, record.thing)
    if thing not in now:
        now[thing] = [(RDF.type, each) for each in kinds.TYPES[record.kind]]
    _stated(now, thing, earlier.statements, record.statements)
    _parts(now, base, earlier, record)
    names = proof.names(was, thing)
    for path in by_path(taken, record.kind):
        before, after = earlier.values(path), record.values(path)
        proof.put(now, thing, base, URIRef(path), before, after, names)
    return now


def _stated(
    now: Said, thing: URIRef, before: Sequence[Statement], after: Sequence[Statement]
) -> None:
    """Take away what is no longer stated, and add what is new."""
    had = [(URIRef(it.path), node(it.value)) for it in before if it.stated]
    has = [(URIRef(it.path), node(it.value)) for it in after if it.stated]
    kept = [pair for pair in now[thing] if pair not in had or pair in has]
    now[thing] = kept + [pair for pair in dict.fromkeys(has) if pair not in kept]


def _parts(now: Said, base: URIRef, old: Record, new: Record) -> None:
    """Take away the parts that are gone, change those that are still there and add the new."""
    kept = {part.name for part in new.parts}
    for gone in [part for part in old.parts if part.name not in kept]:
        subject = URIRef(f"{base}#{gone.name}")
        del now[subject]
        for about in [it for it, pairs in now.items() if (RDF.subject, subject) in pairs]:
            del now[about]
    for part in new.parts:
        before = old.part(part.name) if part.name else None
        subject = URIRef(f"{base}#{part.name if before else _name(part, now, base)}")
        if before is None:
            types = [(RDF.type, each) for each in kinds.TYPES[part.kind]]
            now[subject] = [*types, (WIJK[new.kind], URIRef(new.thing))]
        _stated(now, subject, before.statements if before else (), part.statements)


def _name(part: Part, now: Said, base: URIRef) -> str:
    """A free fragment for a new part: after its actor, unless it has one."""
    actors = part.values(str(WIJK.actor))
    start = part.name or slugged(actors[0].value.rpartition("/")[2]) if actors else part.name
    return free(start or part.kind, {str(it).removeprefix(f"{base}#") for it in now})


def _change(made: Page, was: Said, now: Said, kind: str, taken: Snapshot) -> None:
    """Bring the page from what it said to what it is to say."""
    for subject in [it for it in was if it not in now]:
        made.remove(subject)
    ahead: list[URIRef] = []
    for subject, pairs in now.items():
        order = _order(pairs, kind, taken)
        if subject in was:
            gone = [pair for pair in was[subject] if pair not in pairs]
            come = [pair for pair in pairs if pair not in was[subject]]
            made.change(subject, gone, come, order)
        else:
            made.add(subject, _sorted(pairs, order), _alike(subject, pairs, now, ahead))
        ahead.append(subject)


def _order(pairs: Pairs, kind: str, taken: Snapshot) -> Sequence[URIRef]:
    """The order in which the properties of a block are written."""
    types = {value for path, value in pairs if path == RDF.type}
    if WIJK.Evidence in types:
        return proof.ORDER
    of = kinds.PARTICIPATION if WIJK.Participation in types else kind
    return (RDF.type, WIJK[kind], *(URIRef(it.path) for it in fields(taken, of)))


def _sorted(pairs: Pairs, order: Sequence[URIRef]) -> Pairs:
    return sorted(pairs, key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order))


def _alike(subject: URIRef, pairs: Pairs, now: Said, ahead: Sequence[URIRef]) -> list[URIRef]:
    """Behind what a new block stands: evidence of the same field, else blocks of its class."""
    told = dict(pairs)
    same = [it for it in ahead if dict(now[it]).get(RDF.predicate) == told.get(RDF.predicate)]
    if RDF.predicate in told and same:
        return same
    return [it for it in ahead if (RDF.type, told[RDF.type]) in now[it]] or list(ahead)


def _same(was: Said, now: Said) -> bool:
    return was.keys() == now.keys() and all({*was[it]} == {*now[it]} for it in was)


def _says(text: bytes, now: Said, base: URIRef) -> bool:
    """Whether the text says exactly this."""
    wanted = {(thing, *pair) for thing, pairs in now.items() for pair in pairs}
    try:
        return {*turtle.parse(text, "", str(base))} == wanted
    except TurtleSyntaxError:
        return False
