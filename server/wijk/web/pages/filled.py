"""How many things of a kind have each field: how complete the graph is, and where it is not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rdflib import RDF, URIRef
from rdflib.namespace import DC, DCTERMS, SDO

from wijk.editing.fields import Field, fields
from wijk.editing.kinds import TYPES
from wijk.namespaces import SHAPE, SHAPES, WIJK
from wijk.web.site import Site
from wijk.web.templating import sentence

_KINDS = {
    "case": "Casussen",
    "initiative": "Initiatieven",
    "lesson": "Lessen",
    "actor": "Betrokkenen",
    "place": "Plekken",
    "bundle": "Bundels",
}
_OF_OTHERS: Mapping[str, Mapping[URIRef, str]] = {
    "case": {WIJK.Participation: "Wie er meedoen", WIJK.Lesson: "Lessen"},
    "place": {WIJK.Area: "Gebied van het CBS"},
}
"""What is not one field of the thing, by the class that `filled.rq` counts it by."""
_GAPS: Mapping[tuple[str, URIRef], str] = {
    ("case", SDO.about): "case-without-initiative",
    ("case", DCTERMS.abstract): "case-without-summary",
    ("case", DCTERMS.subject): "case-without-theme",
    ("case", DCTERMS.spatial): "case-without-place",
    ("initiative", SDO.startDate): "initiative-without-start",
    ("initiative", SDO.url): "initiative-without-website",
    ("lesson", WIJK.holdsFor): "lesson-without-case",
    ("lesson", WIJK.audience): "lesson-without-audience",
    ("place", WIJK.Area): "place-without-area",
    ("bundle", WIJK.lessonCount): "bundle-without-lesson-count",
    ("bundle", DC.creator): "bundle-without-author",
}
"""The gaps that the question `what-is-still-unknown` lists."""
_ABOUT_THE_RECORD = {str(SHAPE["group-source"]), str(SHAPE["group-note"])}


@dataclass(frozen=True)
class Count:
    """How many have a field; the name of the gap that lists those without, or nothing."""

    name: str
    count: int
    gap: str


@dataclass(frozen=True)
class Table:
    """Of one kind how many there are, and of each field how many have it."""

    heading: str
    total: int
    counts: Sequence[Count]


async def filled(site: Site) -> list[Table]:
    """The kinds that there are, each with the fields that it should have in the form's order.

    Raises:
        EngineError: the engine cannot tell them.
    """

    async def make() -> list[Table]:
        if SHAPES not in site.snapshot.documents:
            return []  # there is no list of fields
        rows = await site.rows("filled", {})
        counts = {(row["type"], row["property"]): int(row["count"]) for row in rows}
        tables = [_table(site, kind, counts) for kind in _KINDS]
        return [it for it in tables if it.total]

    return await site.once_asked("filled", make)


def _table(site: Site, kind: str, counts: Mapping[tuple[str, str], int]) -> Table:
    of_kind = str(TYPES[kind][0])
    total = counts.get((of_kind, str(RDF.type)), 0)

    def found() -> Iterator[Count]:
        for path, name in _names(site, kind):
            count = counts.get((of_kind, path), 0)
            gap = _GAPS.get((kind, URIRef(path)), "") if count < total else ""
            yield Count(name, count, gap)

    return Table(_KINDS[kind], total, [*found()])


def _names(site: Site, kind: str) -> Iterator[tuple[str, str]]:
    """What is counted, with its name."""
    for field in fields(site.snapshot, kind):
        if _missed(kind, field):
            yield field.path, sentence(field.name["nl"])
    for path, name in _OF_OTHERS.get(kind, {}).items():
        yield str(path), name


def _missed(kind: str, field: Field) -> bool:
    """Whether a thing lacks something without it: the shapes ask for it, or it is a known gap.

    A choice from a list says what a thing is like; other optional fields are for what has them.
    """
    if field.group in _ABOUT_THE_RECORD:
        return False
    asked = field.required or field.wanted or field.value == "choice"
    return asked or (kind, URIRef(field.path)) in _GAPS
