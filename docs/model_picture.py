"""Draw the model from the ontology and the shapes: `python docs/model_picture.py` writes model.svg.

Where a box stands is decided here; which boxes touch, and by what, is read from the graph.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from html import escape
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SDO, SH, SKOS, Graph, Literal, URIRef

ROOT = Path(__file__).resolve().parents[1]
PICTURE = Path(__file__).with_name("model.svg")
WIJK = "https://w3id.org/wijk/def#"
SHAPE = "https://w3id.org/wijk/shape#"

# The grid: three columns, four rows; what belongs together is side by side.
PLACES: dict[URIRef, tuple[int, int]] = {
    SDO.Project: (0, 0),
    URIRef(f"{WIJK}Bundle"): (1, 0),
    URIRef(f"{WIJK}Lesson"): (2, 0),
    URIRef(f"{WIJK}Participation"): (0, 1),
    URIRef(f"{WIJK}Case"): (1, 1),
    URIRef(f"{WIJK}Place"): (2, 1),
    URIRef(f"{WIJK}Actor"): (0, 2),
    URIRef(f"{WIJK}Initiative"): (1, 2),
    URIRef(f"{WIJK}Area"): (2, 2),
    URIRef(f"{WIJK}Evidence"): (0, 3),
    SDO.WebPage: (1, 3),
    SKOS.Concept: (2, 3),
}
# A bundle mentions an actor: one fact, whose line would run through a box.
LEFT_OUT = {SDO.mentions}
WIDE, HIGH, GAP_X, GAP_Y, LEFT, TOP = 226, 124, 122, 80, 24, 88
WIDTH = 2 * LEFT + 3 * WIDE + 2 * GAP_X
HEIGHT = TOP + 4 * HIGH + 3 * GAP_Y + 60

# The colours of the site.
INK, SOFT, BLUE, MIST = "#111c33", "#46536e", "#12388a", "#e6ecf8"
LINE, PAVING = "#75829a", "#eef1f4"
GREEN, BRICK = "#1b6546", "#a63a1b"
Sets = partial(defaultdict, set)
Point = tuple[float, float]
FONT = "'Atkinson Hyperlegible Next', 'Noto Sans', 'DejaVu Sans', system-ui, sans-serif"


@dataclass
class Model:
    """What the graph says: names of classes, lines between them, and what stays inside a box."""

    names: dict[URIRef, str] = field(default_factory=dict)
    lines: defaultdict[tuple[URIRef, URIRef], set[URIRef]] = field(default_factory=Sets)
    concepts: defaultdict[URIRef, set[URIRef]] = field(default_factory=Sets)
    statement: defaultdict[URIRef, set[URIRef]] = field(default_factory=Sets)
    outside: defaultdict[URIRef, set[URIRef]] = field(default_factory=Sets)


def load() -> Graph:
    """The ontology and the shapes."""
    graph = Graph()
    for path in [ROOT / "ontology" / "wijk.ttl", *sorted((ROOT / "shapes").glob("*.ttl"))]:
        graph.parse(path)
    return graph


def read(graph: Graph) -> Model:
    """Collect what the picture shows."""
    model = Model()
    for shape in graph.subjects(RDF.type, SH.NodeShape):
        for cls in set(graph.objects(shape, SH.targetClass)) & set(PLACES):
            model.names[cls] = dutch(graph, cls, shape)
            for prop in graph.objects(shape, SH.property):
                _property(graph, model, cls, prop)
    for cls, other in graph.subject_objects(RDFS.subClassOf):
        model.lines[cls, other].add(RDFS.subClassOf)
    return model


def dutch(graph: Graph, cls: URIRef, shape: URIRef) -> str:
    """The Dutch name: of the term when it is ours, otherwise of its shape."""
    texts = [*graph.objects(cls, RDFS.label), *graph.objects(shape, SH.name)]
    found = [text for text in texts if isinstance(text, Literal) and text.language == "nl"]
    return str(found[0]).lower() if found else ""


def _property(graph: Graph, model: Model, cls: URIRef, prop: URIRef) -> None:
    path = graph.value(prop, SH.path)
    if not isinstance(path, URIRef) or path in LEFT_OUT:
        return
    listed = str(graph.value(prop, SH.node)).startswith(f"{SHAPE}list-")
    if listed or graph.value(path, RDFS.range) == SKOS.Concept:
        model.concepts[cls].add(path)
    if path in (RDF.subject, RDF.predicate, RDF.object):
        model.statement[cls].add(path)
    if (path, RDF.type, OWL.ObjectProperty) in graph and (prop, SH.pattern, None) in graph:
        model.outside[cls].add(path)
    targets = [*graph.objects(prop, SH["class"])]
    for branch in graph.objects(prop, SH["or"]):
        targets += [graph.value(item, SH["class"]) for item in graph.items(branch)]
    for target in targets:
        if target in PLACES:
            model.lines[cls, target].add(path)


def local(term: URIRef) -> str:
    """The name of a term without its vocabulary."""
    return term.rpartition("#")[2].rpartition("/")[2]


def qname(cls: URIRef) -> str:
    """A class as people write it; ours without prefix."""
    if cls.startswith(WIJK):
        return local(cls)
    return f"{'skos' if cls.startswith(str(SKOS)) else 'schema'}:{local(cls)}"


def words(properties: set[URIRef]) -> str:
    """Names of properties in one line."""
    return ", ".join(sorted(local(term) for term in properties))


def corner(cls: URIRef) -> tuple[int, int]:
    """The upper left corner of a box."""
    column, row = PLACES[cls]
    return LEFT + column * (WIDE + GAP_X), TOP + row * (HIGH + GAP_Y)


def text(x: float, y: float, said: str, size: int, colour: str, more: str = "") -> str:
    """One line of text."""
    look = f'font-size="{size}" fill="{colour}"{more}'
    return f'<text x="{x:g}" y="{y:g}" {look}>{escape(said)}</text>'


def box(model: Model, cls: URIRef) -> list[str]:
    """A class: its name, and below it what is drawn without a line."""
    x, y = corner(cls)
    fill, stroke = (MIST, BLUE) if cls.startswith(WIJK) else (PAVING, LINE)
    look = f'fill="{fill}" stroke="{stroke}"'
    drawn = [
        f'<rect x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" rx="10" {look} stroke-width="1.5"/>',
        text(x + 14, y + 29, qname(cls), 21, INK, ' font-weight="700"'),
        text(x + 14, y + 50, model.names.get(cls, ""), 16, SOFT, ' font-style="italic"'),
    ]
    lines = [(GREEN, f"● {part}") for part in wrap(words(model.concepts[cls]))]
    if model.statement[cls]:
        lines.append((SOFT, "¶ one statement"))
    elif SDO.WebPage in {to for (start, to) in model.lines if start == cls}:
        beyond = f", ↗ {words(model.outside[cls])}" if model.outside[cls] else ""
        lines.append((BRICK, f"■ source{beyond}"))
    if (cls, cls) in model.lines:
        lines.append((SOFT, "↻ " + words(model.lines[cls, cls])))
    return drawn + [
        text(x + 14, y + 74 + 20 * number, said, 16, colour)
        for number, (colour, said) in enumerate(lines)
    ]


def wrap(said: str, most: int = 25) -> list[str]:
    """Break a row of names that is too long for its box."""
    rows = [""]
    for name in filter(None, said.split(", ")):
        longer = f"{rows[-1]}, {name}" if rows[-1] else name
        rows = [*rows[:-1], longer] if len(longer) <= most else [*rows, name]
    return [row for row in rows if row]


def line(start: URIRef, end: URIRef, properties: set[URIRef]) -> list[str]:
    """An arrow between two boxes with the names of its properties."""
    (column, row), (to_column, to_row) = PLACES[start], PLACES[end]
    (x, y), (to_x, to_y) = corner(start), corner(end)
    names = sorted(properties, key=local)
    if row == to_row and abs(column - to_column) == 2:
        middle, other = x + WIDE / 2, to_x + WIDE / 2
        over = [(middle, y), (middle, 56), (other, 56), (other, to_y)]
        return arrow(over, names, (WIDTH / 2, 67 - 19 * len(names)), "middle")
    if row == to_row:
        left, right = (x, to_x + WIDE) if column > to_column else (x + WIDE, to_x)
        middle = (left + right) / 2
        height = y + HIGH / 2
        upper = height - 9 - 19 * (len(names) - 1)
        return arrow([(left, height), (right, height)], names, (middle, upper), "middle")
    if column == to_column:
        above, below = (y, to_y + HIGH) if row > to_row else (y + HIGH, to_y)
        middle = x + WIDE / 2
        upper = (above + below) / 2 + 5 - 9.5 * (len(names) - 1)
        return arrow([(middle, above), (middle, below)], names, (middle + 10, upper), "start")
    begin, stop = (x + 30, y + HIGH), (to_x + WIDE - 12, to_y)
    return arrow([begin, stop], names, ((begin[0] + stop[0]) / 2 + 24, begin[1] + 47), "start")


def arrow(points: list[Point], names: list[URIRef], at: Point, anchor: str) -> list[str]:
    """A line through points, and its names in the colour of who defines them."""
    kind = "kind" if names == [RDFS.subClassOf] else "to"
    path = " ".join(f"{x:g},{y:g}" for x, y in points)
    drawn = [
        f'<polyline points="{path}" fill="none" stroke="{SOFT}" stroke-width="1.6" '
        f'marker-end="url(#{kind})"/>'
    ]
    more = f' text-anchor="{anchor}"'
    for number, name in enumerate(names):
        colour = BLUE if name.startswith(WIJK) else SOFT
        drawn.append(text(at[0], at[1] + 19 * number, local(name), 16, colour, more))
    return drawn


def legend() -> list[str]:
    """What the signs and colours mean."""
    signs = {24: ("● a concept", GREEN), 146: ("■ a web page", BRICK)}
    signs |= {284: ("↻ its own kind", SOFT), 426: ("¶ rdf:subject, predicate, object", SOFT)}
    signs |= {712: ("own property", BLUE), 836: ("borrowed", SOFT)}
    return [text(x, HEIGHT - 24, said, 16, colour) for x, (said, colour) in signs.items()]


def marker(name: str, path: str, fill: str) -> str:
    """The point of an arrow."""
    size = 'viewBox="0 0 11 10" refX="10" refY="5" markerWidth="9" markerHeight="9"'
    drawn = f'<path d="{path}" fill="{fill}" stroke="{SOFT}"/>'
    return f'<marker id="{name}" {size} orient="auto">{drawn}</marker>'


def draw() -> str:
    """The whole picture."""
    graph = load()
    model = read(graph)
    missing = set(graph.subjects(RDF.type, OWL.Class)) - set(PLACES)
    if missing:
        raise SystemExit(f"Give these classes a place in the picture: {sorted(missing)}")
    said = "The model: " + "; ".join(f"{qname(cls)} ({model.names.get(cls)})" for cls in PLACES)
    body = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="{FONT}">',
        f"<title>{escape(said)}</title>",
        f"<defs>{marker('to', 'M0 0L10 5L0 10z', SOFT)}",
        f"{marker('kind', 'M1 1L10 5L1 9z', '#ffffff')}</defs>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="14" fill="#ffffff"/>',
    ]
    for (start, end), properties in sorted(model.lines.items()):
        inside = start == end or (end == SDO.WebPage and not model.statement[start])
        if start in PLACES and end in PLACES and not inside:
            body += line(start, end, properties)
    for cls in PLACES:
        body += box(model, cls)
    return "\n".join([*body, *legend(), "</svg>", ""])


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")
