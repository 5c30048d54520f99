"""Which sheets and columns the workbook has: one column for each field that the shapes tell."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wijk.editing.fields import Field, fields
from wijk.editing.kinds import EVIDENCE, KINDS, PARTICIPATION, SHAPES
from wijk.errors import GraphFolderError
from wijk.loaded import Snapshot
from wijk.namespaces import SHAPES as SHAPE_GRAPH

EXAMPLE = "voorbeeld"
"""Stands in the first cell of the row that shows how it is done; such a row is not read."""
ABOUT, CHOICES = "Uitleg", "Keuzes"
NAMES: Mapping[str, str] = {
    "case": "Casussen",
    "initiative": "Initiatieven",
    "lesson": "Lessen",
    "actor": "Betrokkenen",
    PARTICIPATION: "Deelnames",
    "place": "Plaatsen",
    "media": "Media",
    "source": "Bronnen",
    EVIDENCE: "Onderbouwing",
}
"""The sheets with rows to fill in, by kind and in their order."""
SINGULAR: Mapping[str, str] = {
    "case": "casus",
    "initiative": "initiatief",
    "lesson": "les",
    "actor": "betrokkene",
    "place": "plek",
    "media": "uiting",
    "source": "bron",
    "bundle": "bundel",
    "project": "project",
    "area": "gebied",
    PARTICIPATION: "deelname",
    EVIDENCE: "onderbouwing",
}
_HET = ("initiative", "project", "area")
SLUG, WEB, PART, OF_CASE = "naam-in-het-adres", "webadres", "naam-in-het-bestand", "bij-casus"
ROW_SOURCE, ROW_BASIS = "bron-van-deze-rij", "grondslag-van-deze-rij"
OF_KIND, OF_THING, OF_FIELD, OF_VALUE = "soort", "waarvan", "veld", "waarde"
REMOVE, STATE = "weghalen", "versie-van-deze-rij"
YES, NO = "ja", "nee"


def this(kind: str) -> str:
    """As one says it: `deze casus`, `dit initiatief`."""
    return f"{'dit' if kind in _HET else 'deze'} {SINGULAR[kind]}"


def the(kind: str) -> str:
    """As one says it: `de casus`, `het initiatief`."""
    return f"{'het' if kind in _HET else 'de'} {SINGULAR[kind]}"


def new(kind: str) -> str:
    """As one says it: `een nieuwe casus`, `een nieuw initiatief`."""
    return f"een {'nieuw' if kind in _HET else 'nieuwe'} {SINGULAR[kind]}"


@dataclass(frozen=True)
class Column:
    """One column: its heading, what to write in it, and how that is read.

    `value` is as that of a field; `field` is None of a column that the workbook itself needs.
    """

    key: str
    title: str
    help: str
    example: str = ""
    value: str = "line"
    required: bool = False
    many: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    """What may be chosen: the word and what it means."""
    kinds: tuple[str, ...] = ()
    field: Field | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Table:
    """One sheet to fill in."""

    kind: str
    name: str
    columns: tuple[Column, ...]

    def column(self, key: str) -> Column:
        """The column of that key."""
        return next(column for column in self.columns if column.key == key)

    @property
    def own(self) -> tuple[Column, ...]:
        """The columns with a field."""
        return tuple(column for column in self.columns if column.field is not None)


def tables(taken: Snapshot) -> tuple[Table, ...]:
    """The sheets to fill in, in their order.

    Raises:
        GraphFolderError: a graph whose shapes do not tell what belongs on one of them.
    """
    shapes = taken.documents.get(SHAPE_GRAPH)
    subjects = set(shapes.graph.subjects()) if shapes is not None else set()
    lacking = [NAMES[kind] for kind in NAMES if SHAPES[kind][0] not in subjects]
    if lacking:
        raise GraphFolderError(
            taken.root,
            f"its shapes do not tell the fields of {', '.join(lacking)}",
            "A workbook has a sheet for each; take over the shapes that came along.",
        )
    return tuple(Table(kind, name, _columns(taken, kind)) for kind, name in NAMES.items())


def version(made: Iterable[Table]) -> str:
    """What tells one template from another: another column gives another one."""
    said = "\n".join(
        f"{table.name} {column.key} {column.value} {column.many} {column.required}"
        for table in made
        for column in table.columns
    )
    return hashlib.sha256(said.encode()).hexdigest()[:8]


def _columns(taken: Snapshot, kind: str) -> tuple[Column, ...]:
    own = tuple(_column(field, kind) for field in fields(taken, kind))
    if kind == PARTICIPATION:
        return (_of_case(), *own, _part(), _remove(), _state())
    if kind == EVIDENCE:
        return (*_target(taken), *own, _part(), _remove(), _state())
    address = (_web(),) if kind == "source" else ()
    told = any(column.field and column.field.evidence for column in own)
    proof = _proof(taken) if told else ()
    return (_slug(kind), *address, *own, *proof, _state())


def _column(field: Field, kind: str) -> Column:
    return Column(
        field.key,
        field.name["nl"],
        field.help.get("nl", ""),
        field.example,
        field.value,
        field.required,
        field.many and kind != EVIDENCE,
        tuple((choice.label, choice.about) for choice in field.choices),
        field.kinds,
        field,
    )


def _slug(kind: str) -> Column:
    told = (
        f"Laat deze cel leeg bij {new(kind)}. Staat er al iets, verander het dan niet: hieraan "
        "herkennen wij de rij."
    )
    return Column(SLUG, "naam in het adres", told, "boefjes-en-baristas")


def _web() -> Column:
    told = "Het adres van de pagina of het document, zoals in je browser."
    example = "https://www.movisie.nl/wijindewijk"
    return Column(WEB, "webadres", told, example, "address", required=True)


def _of_case() -> Column:
    told = "De casus waar deze deelname bij hoort: de titel, het nummer of de naam in het adres."
    return Column(
        OF_CASE, "bij casus", told, "Boefjes en Barista's", "thing", True, kinds=("case",)
    )


def _part() -> Column:
    told = "Laat leeg bij een nieuwe rij. Verander het niet: hieraan herkennen wij de rij."
    return Column(PART, "naam in het bestand", told)


def _remove() -> Column:
    told = "Kies ja om deze rij weg te halen. Een rij wissen verandert niets."
    return Column(REMOVE, "weghalen", told, value="choice", choices=((YES, "haal deze rij weg"),))


def _state() -> Column:
    return Column(STATE, "versie van deze rij", "Voor de controle; niet invullen.", hidden=True)


def _proof(taken: Snapshot) -> tuple[Column, ...]:
    """Where all that is new in a row comes from."""
    known = {field.key: field for field in fields(taken, EVIDENCE)}
    basis = known["grondslag"]
    source = (
        "Waar komt het vandaan wat in deze rij nieuw is? Het webadres van een bron op het blad "
        "Bronnen. Andere bron voor één cel? Zie het blad Onderbouwing."
    )
    how = "Hoe weet je wat in deze rij nieuw is? Zonder bron is het een eigen keuze: toegekend."
    choices = tuple((choice.label, choice.about) for choice in basis.choices)
    example = "https://www.movisie.nl/wijindewijk"
    return (
        Column(ROW_SOURCE, "bron van deze rij", source, example, "thing", kinds=("source",)),
        Column(ROW_BASIS, "grondslag van deze rij", how, "vermeld", "choice", choices=choices),
    )


def _target(taken: Snapshot) -> tuple[Column, ...]:
    """What evidence is about."""
    kinds = [kind for kind in KINDS if any(field.evidence for field in fields(taken, kind))]
    listed = tuple((SINGULAR[kind], f"een rij op het blad {NAMES[kind]}") for kind in kinds)
    names = dict.fromkeys(field.name["nl"] for kind in kinds for field in fields(taken, kind))
    columns = tuple((name, "") for name in names)
    whose = "De titel of naam, het nummer of de naam in het adres."
    where = "De kop van de kolom waar de waarde staat."
    what = "De waarde zoals die in de cel staat. Leeg: alles wat in die cel staat."
    return (
        Column(OF_KIND, "soort", "Waar gaat het over?", "casus", "choice", True, choices=listed),
        Column(OF_THING, "waarvan", whose, "boefjes-en-baristas", required=True),
        Column(OF_FIELD, "veld", where, "titel", "choice", True, choices=columns),
        Column(OF_VALUE, "waarde", what, "Boefjes en Barista's", "text"),
    )
