"""Evidence in a document: which blocks there are to be for the statements of a field."""

import re
from collections.abc import Iterable, Mapping, Sequence

from rdflib import RDF, SKOS, Literal, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from wijk.editing import reading
from wijk.editing.names import free
from wijk.editing.statements import Evidence, Statement
from wijk.namespaces import WIJK
from wijk.terms import node

Said = dict[URIRef, list[tuple[URIRef, Node]]]
ORDER = (
    *(RDF.type, RDF.subject, RDF.predicate, RDF.object),
    *(WIJK.basis, WIJK.status, DCTERMS.source, SKOS.note),
)
"""How the properties of evidence are written."""

_Wanted = tuple[Node | None, Evidence]
"""A value, or None for all of them, and evidence for it."""


def put(
    now: Said,
    thing: URIRef,
    base: URIRef,
    path: URIRef,
    before: Sequence[Statement],
    after: Sequence[Statement],
    stems: Mapping[URIRef, str],
) -> None:
    """Bring the evidence for one property to what these statements carry.

    Evidence keeps its name where its content or its value stays; new evidence gets a free one.
    """
    if _content(before) == _content(after):
        return
    had = {it.name: (value, it) for value, it in _carried(before)}
    left = _matched(had.values(), _wanted(before, after))
    gone = {node(each.value) for each in before} - {node(each.value) for each in after}
    for part, (about, value) in reading.evidence_for(now, thing).items():
        name = str(part).partition("#")[2]
        if about == path and name in left:
            now[part] = _pairs(thing, path, *left.pop(name))
        elif about == path and (name in had or value in gone or (value is None and not after)):
            del now[part]
    for value, each in left.values():
        known = {str(it).removeprefix(f"{base}#") for it in now}
        stem = f"{'c' if each.candidate else 'e'}-{stems.get(path, _kebab(path))}"
        name = each.name if each.name and each.name not in known else free(stem, known)
        now[URIRef(f"{base}#{name}")] = _pairs(thing, path, value, each)


def names(was: Said, thing: URIRef) -> dict[URIRef, str]:
    """How the evidence for each property is called here: `title` of #e-title-2 and #c-title."""
    found: dict[URIRef, str] = {}
    for part, (path, _) in reading.evidence_for(was, thing).items():
        if name := re.fullmatch(r".*#[ec]-(.+?)(?:-[0-9]+)?", part):
            found.setdefault(path, name[1])
    return found


def _content(statements: Sequence[Statement]) -> set[tuple[object, ...]]:
    return {each.content for each in statements}


def _carried(statements: Sequence[Statement]) -> list[_Wanted]:
    """The evidence that these statements carry, as it stands in the document."""
    return [
        (None if each.whole else node(statement.value), each)
        for statement in statements
        for each in statement.evidence
    ]


def _wanted(before: Sequence[Statement], after: Sequence[Statement]) -> list[_Wanted]:
    """The evidence that there is to be; what holds for every value is one without a value.

    It is one when it was so or is given so, and no value lacks it. A value without any evidence
    takes part in what holds for all others. What is disputed or a candidate always has its value.
    """
    whole = {each.content for value, each in _carried((*after, *before)) if value is None}
    told = [
        {each.content for each in statement.evidence}
        for statement in after
        if statement.stated and statement.evidence
    ]
    general = {content for content in whole if told and all(content in its for its in told)}
    found: dict[tuple[Node | None, object], _Wanted] = {}
    for statement in after:
        value = node(statement.value)
        for each in statement.evidence:
            about = None if each.content in general and each.sure else value
            found.setdefault((about, each.content), (about, each))
    return list(found.values())


def _matched(had: Iterable[_Wanted], wanted: Sequence[_Wanted]) -> dict[str, _Wanted]:
    """What is wanted by the name of the evidence that it becomes, or by a number when it is new."""
    there, rest = list(had), list(wanted)
    found: dict[str, _Wanted] = {}
    for alike in (_all_same, _same_name, _same_content):
        for want in list(rest):
            mate = next((it for it in there if alike(it, want)), None)
            if mate is not None:
                found[mate[1].name] = want
                there.remove(mate)
                rest.remove(want)
    return found | {f"#{number}": want for number, want in enumerate(rest)}


def _all_same(one: _Wanted, other: _Wanted) -> bool:
    return one[0] == other[0] and one[1].content == other[1].content


def _same_name(one: _Wanted, other: _Wanted) -> bool:
    return one[1].name == other[1].name


def _same_content(one: _Wanted, other: _Wanted) -> bool:
    return one[1].content == other[1].content


def _pairs(
    thing: URIRef, path: URIRef, value: Node | None, each: Evidence
) -> list[tuple[URIRef, Node]]:
    said: list[tuple[URIRef, Node | None]] = [
        (RDF.type, WIJK.Evidence),
        (RDF.subject, thing),
        (RDF.predicate, path),
        (RDF.object, value),
        (WIJK.basis, URIRef(each.basis) if each.basis else None),
        (WIJK.status, URIRef(each.status) if each.status else None),
        (DCTERMS.source, URIRef(each.source) if each.source else None),
        (SKOS.note, Literal(each.note, lang="nl") if each.note else None),
    ]
    return [(property, term) for property, term in said if term is not None]


def _kebab(path: URIRef) -> str:
    local = re.split(r"[/#]", path)[-1]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", local).lower()
