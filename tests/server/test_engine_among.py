"""A query for some terms alone gives those rows of the whole answer that have one of them."""

import pytest
from wijk.engine.among import among
from wijk.engine.changing import ChangingStore

NQUADS = b"".join(
    f"<urn:{thing}> <urn:{path}> <urn:{thing}{n}> <urn:g> .\n".encode()
    for thing in "abc"
    for path in "pq"
    for n in range(3)
)
QUERIES = (
    "SELECT ?s ?o { ?s <urn:p> ?o }",
    "SELECT ?s ?o { { ?s <urn:p> ?o } UNION { ?s <urn:q> ?o } }",
    "SELECT ?s ?o { { ?s <urn:p> ?o } UNION { ?x <urn:q> ?o . ?s <urn:p> ?o } }",
    "SELECT ?s ?o { { ?s <urn:p> ?o } UNION { ?x <urn:q> ?o BIND (?x AS ?s) } }",
    "SELECT ?s ?o { ?s <urn:p> ?o MINUS { ?s <urn:q> ?o FILTER (?o = <urn:a1>) } }",
    "SELECT ?s ?o { ?s <urn:p> ?o "
    "FILTER NOT EXISTS { { ?s <urn:q> <urn:a1> } UNION { ?s <urn:x> ?y } } }",
)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("terms", [{"<urn:a>"}, {"<urn:b>", "<urn:c>"}, {"<urn:nobody>"}])
def test_those_rows_of_the_whole_answer_that_have_one_of_the_terms(query, terms):
    store = ChangingStore(NQUADS)
    wanted = [row for row in store.rows(query) if row.get("s") in terms]
    found = [row for row in store.among(query, "s", terms) if row.get("s") in terms]
    assert sorted(map(str, found)) == sorted(map(str, wanted))


def test_each_branch_of_a_union_is_told_the_terms_when_it_has_the_variable():
    query = "SELECT * { { ?s ?p 1 } UNION { ?s ?p 2 } UNION { ?x ?p 3 } }"
    row = " VALUES ?s { <urn:a> } "
    told = f"SELECT * {{{row} {{{row} ?s ?p 1 }} UNION {{{row} ?s ?p 2 }} UNION {{ ?x ?p 3 }} }}"
    assert among(query, "s", {"<urn:a>"}) == told
