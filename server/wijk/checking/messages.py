"""Findings in plain sentences, for people who never saw Turtle.

The sentences stand in one table, `shapes/messages.csv`: a row for each shape and constraint, for
each rule in `queries/checks` and for each rule that is written in Python. A slot is filled with
names that people know: `{value}` is what stands there, `{field}` the field, `{thing}` the thing and
`{other}` the other half. A rule without a row says what it says to who edits Turtle.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from rdflib import RDF, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from wijk import days
from wijk.checking.findings import Finding, term
from wijk.checking.lookup import Lookup
from wijk.errors import GraphFolderError
from wijk.namespaces import SHAPES, VOCABULARIES
from wijk.snapshot import Snapshot

TABLE = Path("shapes", "messages.csv")
LANGUAGES = ("nl", "en")
_HEAD = ["shape", "constraint", *LANGUAGES]
_LEVELS = {
    "violation": {"nl": "fout", "en": "error"},
    "warning": {"nl": "let op", "en": "please note"},
    "info": {"nl": "tip", "en": "hint"},
}
_EMPTY = {"nl": "(leeg)", "en": "(empty)"}
_OR = {"nl": " of ", "en": " or "}
_MEANT = {"nl": " Bedoel je {names}?", "en": " Did you mean {names}?"}
_CHOICE = {"nl": " Het kan zijn: {names}.", "en": " It can be: {names}."}
_CHOOSING = ("node", "class")
_GUESSED = (*_CHOOSING, "dangling", "unknown-term")
_MOST_CHOICES = 6
_LONGEST = 80

Names = Mapping[str, str]
Sentences = Mapping[tuple[str, str], Names]


def sentence(finding: Finding, lang: str) -> str:
    """What is wrong and what to do, in Dutch or English, with no word of Turtle in it."""
    return (finding.sentence or finding.message)[lang]


def level(finding: Finding, lang: str) -> str:
    """How bad it is: `fout`, `let op` or `tip`."""
    return _LEVELS[finding.severity][lang]


def code(finding: Finding) -> str:
    """The short name of what was broken: of a shape, or of a rule."""
    return finding.rule.rpartition("#")[2]


class Plain:
    """Adds a plain sentence to findings about a snapshot."""

    def __init__(self, snapshot: Snapshot, lookup: Lookup) -> None:
        self._snapshot = snapshot
        self._lookup = lookup
        shapes = snapshot.documents.get(SHAPES)
        self._fields = fields(shapes.graph) if shapes is not None else {}
        self._table = table(snapshot.root)

    def said(self, finding: Finding) -> Finding:
        """The finding with its field, its sentence and what may be meant, in names of people."""
        field = self._field(finding)
        suggested = tuple(self._known(short) for short in finding.nearest)
        sentences = self._sentences(finding)
        filled = {lang: self._filled(finding, text, field, lang) for lang, text in sentences}
        return replace(finding, field=field, sentence=filled, suggested=suggested)

    def _sentences(self, finding: Finding) -> Iterable[tuple[str, str]]:
        name = code(finding)
        row = self._table.get((name, finding.constraint)) or self._table.get((name, ""))
        return (row or finding.message).items()

    def _filled(self, finding: Finding, text: str, field: Names, lang: str) -> str:
        other = finding.other.term if finding.other else ""
        slots = {
            "value": self._shown(finding.value, lang),
            "other": self._shown(other, lang),
            "thing": self._named(finding.thing),
            "field": field.get(lang, ""),
        }
        for name, shown in slots.items():
            text = text.replace(f"{{{name}}}", shown.replace("{", "("))
        return text + self._offered(finding, lang)

    def _offered(self, finding: Finding, lang: str) -> str:
        """What may be meant, or else what there is to choose from, if that is not much."""
        if not {finding.constraint, code(finding)} & set(_GUESSED):
            return ""
        if finding.nearest:
            return _MEANT[lang].replace("{names}", self._either(finding.nearest, lang))
        if finding.constraint not in _CHOOSING or len(finding.allowed) > _MOST_CHOICES:
            return ""
        named = [short for short in finding.allowed if "://" not in self._known(short)]
        return _CHOICE[lang].replace("{names}", self._either(named, lang)) if named else ""

    def _either(self, shorts: Iterable[str], lang: str) -> str:
        *most, last = (f"“{self._known(short)}”" for short in shorts)
        return ", ".join(most) + (_OR[lang] if most else "") + last

    def _field(self, finding: Finding) -> Names:
        """What people call the field that it is about; nothing when it is about none."""
        if named := self._fields.get(("", finding.rule)):
            return named
        if not finding.property:
            return {}
        thing = _node(finding.thing)
        kinds = [
            str(kind)
            for owner in self._lookup.owners(thing)
            for kind in owner.graph.objects(thing, RDF.type)
        ]
        for kind in (*sorted(kinds), ""):
            if named := self._fields.get((kind, finding.property)):
                return named
        return dict.fromkeys(LANGUAGES, self._named(finding.property))

    def _known(self, short: str) -> str:
        """The name that people know for a short name."""
        prefix, colon, local = short.partition(":")
        start = self._snapshot.prefixes.get(prefix)
        return self._named(start + local) if colon and start else short.strip('<>"')

    def _shown(self, value: str, lang: str) -> str:
        node = term(value) if value else URIRef("")
        if not isinstance(node, Literal):
            return self._named(str(node))
        text = " ".join(str(node).split()) or _EMPTY[lang]
        if node.datatype == XSD.date and not node.ill_typed:
            day = date.fromisoformat(text[:10])
            return days.dutch(day) if lang == "nl" else days.english(day)
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"

    def _named(self, iri: str) -> str:
        """A label, the name of a class or field, the end of an address of ours, or the address."""
        for owner in self._lookup.owners(_node(iri)) if iri else ():
            if label := dict(owner.told.labels).get(iri):
                return label[2]
        if named := self._fields.get(("", iri)):
            return named["nl"]
        inside = (self._snapshot.base, *map(str, VOCABULARIES.values()))
        if iri.startswith(inside):
            return iri.replace("#", "/").rstrip("/").rpartition("/")[2].replace("-", " ")
        return iri


def _node(name: str) -> Node:
    return BNode(name[2:]) if name.startswith("_:") else URIRef(name)


def table(root: Path) -> Sentences:
    """The sentences of a graph folder; none when it has no table.

    Raises:
        GraphFolderError: the table cannot be read, or has other columns.
    """
    path = root / TABLE
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise GraphFolderError(path, str(error), "Correct or remove this file.") from error


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Sentences:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, strict=True)
        if rows.fieldnames != _HEAD:
            raise GraphFolderError(path, "it has other columns", f"Use {', '.join(_HEAD)}.")
        return {
            (row["shape"], row["constraint"]): {lang: row[lang] for lang in LANGUAGES}
            for row in rows
        }


@lru_cache(maxsize=2)
def fields(shapes: Graph) -> Mapping[tuple[str, str], Names]:
    """What people call a field, by class and property; without a class also by shape."""
    found: dict[tuple[str, str], Names] = {}
    for shape, kind in sorted(shapes.subject_objects(SH.targetClass), key=str):
        found.setdefault(("", str(kind)), _names(shapes, shape))
        for part in sorted(shapes.objects(shape, SH.property), key=str):
            for path in _paths(shapes, part):
                found.setdefault((str(kind), str(path)), _names(shapes, part))
    for part in sorted(shapes.subjects(SH.path), key=str):
        found[("", str(part))] = _names(shapes, part)
        for path in _paths(shapes, part):
            found.setdefault(("", str(path)), _names(shapes, part))
    return {key: names for key, names in found.items() if names.keys() >= set(LANGUAGES)}


def _names(shapes: Graph, shape: Node) -> dict[str, str]:
    """By language, Dutch before English: a graph has no order, and an answer has."""
    said = (it for it in shapes.objects(shape, SH.name) if isinstance(it, Literal))
    return dict(sorted(((str(it.language), str(it)) for it in said), reverse=True))


def _paths(shapes: Graph, shape: Node) -> list[Node]:
    """The properties of a field: its own, or those that are alike for it."""
    path = shapes.value(shape, SH.path)
    if isinstance(path, URIRef):
        return [path]
    choices = shapes.value(path, SH.alternativePath) if path is not None else None
    return list(Collection(shapes, choices)) if choices is not None else []
