"""Sources and areas need no evidence; these tables hold what is known of them.

A source that came with a case of later is in no table (decision 28). Of the areas those stand there
that the notes name; the register of municipalities and the lists of figures
bring more, which is tested where they are read.
"""

import csv
from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef
from wijk.namespaces import WIJK

HERE = Path(__file__).parent
WEB_PAGE = URIRef("https://schema.org/WebPage")


@pytest.mark.parametrize(
    ("table", "kind"), [("sources.csv", WEB_PAGE), ("areas.csv", WIJK.Area)], ids=str
)
def test_what_is_said_of_a_thing_is_what_the_table_says(
    union: Graph, table: str, kind: URIRef
) -> None:
    names = union.namespace_manager
    with (HERE / table).open(encoding="utf-8", newline="") as lines:
        thing, *columns = next(csv.reader(lines))
        known = {row[thing]: row for row in csv.DictReader(lines, [thing, *columns])}
    things = {subject.n3(names): subject for subject in union.subjects(RDF.type, kind)}
    assert known.keys() <= things.keys()
    for name in known:
        subject = things[name]
        for column in columns:
            values = union.objects(subject, names.expand_curie(column))
            assert " ".join(sorted(value.n3(names) for value in values)) == known[name][column]
