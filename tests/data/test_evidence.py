"""The table of evidence (evidence.csv) and the graph hold the same facts, one to one.

`evidence.csv` was made once from the research notes on the 29 cases. A row is one statement with
one source: `field` is the name of the field in the notes, `subject`, `predicate` and `value` are
the statement, then come source, basis, status and note.

What was added since by the form or a workbook is not in the table: it has evidence by the rule of
the check (decision 28). Of what is in the table every fact is held, also a new one.
"""

import csv
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, RdfFormat, Store
from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.term import Node
from wijk.namespaces import WIJK

BASE = "https://w3id.org/wijindewijk/"
TABLE = Path(__file__).with_name("evidence.csv")
Row = tuple[str, ...]
# Things that carry their own source, and the statements that this source is for.
CARRIED = {
    "Participation": ("wijk:actor",),
    "Lesson": ("schema:text",),
    "Area": ("wijk:code",),
}

NEW = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX wijk: <https://w3id.org/wijk/def#>
<id/case/nieuw> a wijk:Case ; wijk:number 999 .
<id/case/nieuw#e> rdf:subject <id/case/nieuw> ; rdf:predicate wijk:number ; rdf:object 999 ;
    wijk:status <id/status/STATUS> .
"""
"""A case that is in no table, with evidence of a status."""


def _table() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _key(row: dict[str, str]) -> Row:
    columns = ("subject", "predicate", "value", "source", "basis", "status", "note")
    return tuple(row[column] for column in columns)


class Reader:
    """Reads the evidence out of a graph, as rows that look like those of the table."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def short(self, node: Node | None) -> str:
        """A term as the table writes it: a prefixed name, `<IRI>` for a page, or a literal."""
        names = self.graph.namespace_manager
        if node is None:
            return ""
        if isinstance(node, Literal) and node.datatype in (XSD.integer, XSD.boolean):
            return str(node)
        thing, hash_sign, part = str(node).partition("#")
        if isinstance(node, URIRef) and thing.startswith(f"{BASE}id/"):
            return f"{URIRef(thing).n3(names)}{hash_sign}{part}"
        return node.n3(names)

    def _row(self, subject: Node, predicate: Node, value: Node, carrier: Node, note: str) -> Row:
        value_of = self.graph.value
        return (
            self.short(subject),
            self.short(predicate),
            self.short(value),
            "",
            self.short(value_of(carrier, WIJK.basis)),
            self.short(value_of(carrier, WIJK.status)),
            note,
        )

    def _with_sources(self, row: Row, carrier: Node) -> set[Row]:
        sources = list(self.graph.objects(carrier, self.iri("dcterms:source"))) or [None]
        return {(*row[:3], self.short(source), *row[4:]) for source in sources}

    def iri(self, name: str) -> URIRef:
        return URIRef(self.graph.namespace_manager.expand_curie(name))

    def evidence(self) -> set[Row]:
        """One row for each statement and source of every evidence."""
        rows: set[Row] = set()
        for one in self.graph.subjects(RDF.type, WIJK.Evidence):
            subject = self.graph.value(one, RDF.subject)
            predicate = self.graph.value(one, RDF.predicate)
            stated = self.graph.value(one, RDF.object)
            note = str(self.graph.value(one, self.iri("skos:note")) or "")
            values = (
                [stated] if stated is not None else list(self.graph.objects(subject, predicate))
            )
            assert subject is not None, one
            assert predicate is not None, one
            assert values, f"{one} covers no statement"
            for value in values:
                rows |= self._with_sources(self._row(subject, predicate, value, one, note), one)
        return rows

    def carried(self, explicit: set[Row]) -> set[Row]:
        """The rows of what carries its own source, less what has evidence of its own."""
        rows: set[Row] = set()
        spoken_for = {row[:3] for row in explicit}
        for kind, predicates in CARRIED.items():
            for thing in self.graph.subjects(RDF.type, WIJK[kind]):
                note = self._note(thing) if kind == "Participation" else ""
                for predicate in map(self.iri, predicates):
                    for value in self.graph.objects(thing, predicate):
                        row = self._row(thing, predicate, value, thing, note)
                        if predicate == self.iri("schema:text") or row[:3] not in spoken_for:
                            rows |= self._with_sources(row, thing)
        return rows

    def _note(self, thing: Node) -> str:
        return str(self.graph.value(thing, self.iri("skos:note")) or "")


@pytest.fixture(scope="module")
def found(union: Graph) -> set[Row]:
    reader = Reader(union)
    explicit = reader.evidence()
    return explicit | reader.carried(explicit)


def test_every_row_of_the_table_has_its_evidence_in_the_graph(found: set[Row]) -> None:
    missing = {_key(row) for row in _table()} - found
    assert not missing, f"{len(missing)} rows are not in the graph, such as {sorted(missing)[:3]}"


def _thing(row: Row) -> str:
    """What a row is about, a part of a thing being of the thing."""
    return row[0].partition("#")[0]


def _more(found: set[Row], table: set[Row]) -> set[Row]:
    """What is said of the things of the table and is not in it."""
    known = {_thing(row) for row in table}
    return {row for row in found - table if row[1] != "wijk:code" and _thing(row) in known}


def test_the_graph_says_no_more_of_what_is_in_the_table(found: set[Row]) -> None:
    extra = _more(found, {_key(row) for row in _table()})
    assert not extra, f"{len(extra)} more in the graph, such as {sorted(extra)[:3]}"


def test_a_new_fact_of_a_thing_in_the_table_is_more_and_one_of_a_new_thing_is_not() -> None:
    row: Row = ("case:holybe", "wijk:number", "7", "", "basis:assigned", "status:asserted", "")
    part = ("case:holybe#buurt", *row[1:])
    new = ("case:nieuw", *row[1:])
    assert _more({row, (*row[:2], "8", *row[3:]), part, new}, {row}) == {
        (*row[:2], "8", *row[3:]),
        part,
    }


@pytest.mark.parametrize(("status", "missing"), [("asserted", 0), ("candidate", 1)])
def test_what_is_not_in_the_table_has_evidence_by_the_rule_of_the_check(
    union: Graph, root: Path, status: str, missing: int
) -> None:
    """Beside a case that rests on nothing but a candidate, which the rule has to find."""
    store = Store()
    store.load(union.serialize(format="nt", encoding="utf-8"), RdfFormat.N_TRIPLES)
    store.load(NEW.replace("STATUS", status).encode(), RdfFormat.TURTLE, base_iri=BASE)
    rule = (root / "queries" / "checks" / "evidence-missing.rq").read_text(encoding="utf-8")
    answer = store.query(rule)
    assert isinstance(answer, QuerySolutions)
    assert [str(it["thing"]) for it in answer] == [f"<{BASE}id/case/nieuw>"] * missing


def test_a_row_stands_in_the_graph_as_an_exact_triple_unless_it_is_a_candidate(
    union: Graph,
) -> None:
    reader = Reader(union)
    triples = {(reader.short(s), reader.short(p), reader.short(o)) for s, p, o in union}
    for row in _table():
        there = (row["subject"], row["predicate"], row["value"]) in triples
        assert there == (row["status"] != "status:candidate"), row


def test_the_table_holds_all_case_evidence_and_actors_of_the_notes() -> None:
    fields = Counter(row["field"] for row in _table())
    kinds = {"name", "name_alt", "place", "neighbourhood", "municipality", "municipality_since"}
    kinds |= {"municipality_history", "province", "start_year", "summary", "podcast", "actors"}
    kinds |= {"in_project", "in_bundle"}
    assert sum(fields[field] for field in kinds) >= 131
    assert fields["actor"] >= 57
    assert fields["lesson"] >= 16


def test_what_is_stated_or_inferred_has_a_source(union: Graph) -> None:
    for row in _table():
        if row["basis"] in ("basis:stated", "basis:inferred"):
            assert row["source"].startswith("<http"), row


def test_the_three_known_contradictions_are_disputed_on_both_sides() -> None:
    disputed = {
        (row["subject"], row["predicate"], row["value"])
        for row in _table()
        if row["status"] == "status:disputed" and row["field"] != "actor"
    }
    assert disputed >= {
        ("initiative:buurtpreventieteams-cranendonck", "wijk:startedBy", "actorkind:bewoners"),
        ("initiative:buurtpreventieteams-cranendonck", "wijk:startedBy", "actorkind:gemeente"),
        ("initiative:de-oude-bieb", "wijk:startedBy", "actorkind:bewoners"),
        ("initiative:de-oude-bieb", "wijk:startedBy", "actorkind:gemeente"),
        ("media:monitor-zorgzame-gemeenschappen", "schema:numberOfItems", "1471"),
        ("media:monitor-zorgzame-gemeenschappen", "schema:numberOfItems", "1472"),
    }
