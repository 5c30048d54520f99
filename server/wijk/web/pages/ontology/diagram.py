"""The model as a picture: where a box stands is decided here, what it says and touches is read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rdflib import RDFS, SKOS, Graph, Node, URIRef
from rdflib.namespace import SDO, SH

from wijk.namespaces import WIJK

# The grid: three columns, four rows; what belongs together is side by side.
PLACES: dict[URIRef, tuple[int, int]] = {
    SDO.Project: (0, 0),
    WIJK.Bundle: (1, 0),
    WIJK.Lesson: (2, 0),
    WIJK.Participation: (0, 1),
    WIJK.Case: (1, 1),
    WIJK.Place: (2, 1),
    WIJK.Actor: (0, 2),
    WIJK.Initiative: (1, 2),
    WIJK.Area: (2, 2),
    WIJK.Evidence: (0, 3),
    SDO.WebPage: (1, 3),
    SKOS.Concept: (2, 3),
}
# A bundle mentions an actor: one fact, whose line would run through a box.
_LEFT_OUT = {SDO.mentions}
_WIDE, _HIGH, _GAP_X, _GAP_Y, _LEFT, _TOP = 226, 84, 122, 112, 16, 80
VIEW = f"0 0 {2 * _LEFT + 3 * _WIDE + 2 * _GAP_X} {_TOP + 4 * _HIGH + 3 * _GAP_Y + 16}"
Point = tuple[float, float]


@dataclass(frozen=True)
class Words:
    """A line of text somewhere; `own` when it is a property of the ontology itself."""

    x: float
    y: float
    text: str
    own: bool
    anchor: str = "middle"


@dataclass(frozen=True)
class Box:
    """A class: where it stands, its name with its word below, and where it is explained."""

    x: float
    y: float
    name: str
    label: str
    href: str
    own: bool
    wide: int = _WIDE
    high: int = _HIGH


@dataclass(frozen=True)
class Arrow:
    """A line through points, with the names of its properties; hollow when it is a subclass."""

    points: str
    hollow: bool
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Picture:
    """Everything to draw, in the frame of `VIEW`."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def picture(own: Graph, shapes: Graph, label: Callable[[URIRef], str]) -> Picture:
    """The picture of an ontology and its shapes; `label` says what a class is called."""
    boxes = tuple(_box(cls, label(cls)) for cls in PLACES)
    lines = sorted(_lines(own, shapes).items())
    return Picture(boxes, tuple(_arrow(*ends, names) for ends, names in lines))


def _lines(own: Graph, shapes: Graph) -> dict[tuple[URIRef, URIRef], set[URIRef]]:
    """The properties between each two boxes; a web page is a source of nearly all of them."""
    found: dict[tuple[URIRef, URIRef], set[URIRef]] = {}
    for cls in PLACES:
        for shape in shapes.subjects(SH.targetClass, cls):
            for part in shapes.objects(shape, SH.property):
                path = shapes.value(part, SH.path)
                if isinstance(path, URIRef) and path not in _LEFT_OUT:
                    for target in _targets(shapes, part):
                        found.setdefault((cls, target), set()).add(path)
    for below, above in own.subject_objects(RDFS.subClassOf):
        if below in PLACES and above in PLACES:
            ends = (URIRef(str(below)), URIRef(str(above)))
            found.setdefault(ends, set()).add(RDFS.subClassOf)
    evidence = {(WIJK.Evidence, SDO.WebPage)}
    kept = {ends for ends in found if ends[0] != ends[1] and SDO.WebPage not in ends}
    return {ends: found[ends] for ends in kept | (evidence & found.keys())}


def _targets(shapes: Graph, part: Node) -> Iterable[URIRef]:
    """The classes among the boxes that a value may be of."""
    named = [*shapes.objects(part, SH["class"])]
    for branch in shapes.objects(part, SH["or"]):
        named += [it for item in shapes.items(branch) for it in shapes.objects(item, SH["class"])]
    return [URIRef(str(it)) for it in named if it in PLACES]


def _box(cls: URIRef, label: str) -> Box:
    x, y = _corner(cls)
    own = cls.startswith(str(WIJK))
    prefix = "" if own else "skos:" if cls.startswith(str(SKOS)) else "schema:"
    name = _local(cls)
    href = f"#{name}" if own else "#lijsten" if cls == SKOS.Concept else ""
    return Box(x, y, prefix + name, label.lower(), href, own)


def _arrow(start: URIRef, end: URIRef, properties: set[URIRef]) -> Arrow:
    (column, row), (to_column, to_row) = PLACES[start], PLACES[end]
    (x, y), (to_x, to_y) = _corner(start), _corner(end)
    names, anchor = sorted(properties, key=_local), "middle"
    at: Point
    points: list[Point]
    if row == to_row and abs(column - to_column) == 2:
        middle, other = x + _WIDE / 2, to_x + _WIDE / 2
        points = [(middle, y), (middle, _TOP - 28), (other, _TOP - 28), (other, to_y)]
        at = ((middle + other) / 2, _TOP - 18 - 19 * len(names))
    elif row == to_row:
        left, right = (x, to_x + _WIDE) if column > to_column else (x + _WIDE, to_x)
        points = [(left, y + _HIGH / 2), (right, y + _HIGH / 2)]
        at = ((left + right) / 2, y + _HIGH / 2 - 9 - 19 * (len(names) - 1))
    elif column == to_column:
        above, below = (y, to_y + _HIGH) if row > to_row else (y + _HIGH, to_y)
        points = [(x + _WIDE / 2, above), (x + _WIDE / 2, below)]
        at = (x + _WIDE / 2 + 10, (above + below) / 2 + 5 - 9.5 * (len(names) - 1))
        anchor = "start"
    else:
        points = [(x + 30, y + _HIGH), (to_x + _WIDE - 12, to_y)]
        at = ((points[0][0] + points[1][0]) / 2 + 24, points[0][1] + 64)
        anchor = "start"
    words = (
        Words(at[0], at[1] + 19 * number, _local(name), name.startswith(str(WIJK)), anchor)
        for number, name in enumerate(names)
    )
    joined = " ".join(f"{a:g},{b:g}" for a, b in points)
    return Arrow(joined, names == [RDFS.subClassOf], tuple(words))


def _corner(cls: URIRef) -> Point:
    column, row = PLACES[cls]
    return _LEFT + column * (_WIDE + _GAP_X), _TOP + row * (_HIGH + _GAP_Y)


def _local(term: URIRef) -> str:
    """The name of a term without its vocabulary."""
    return str(term).rpartition("#")[2].rpartition("/")[2]
