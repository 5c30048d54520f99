"""What the endpoint does with queries that would be its end."""

import time
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SORTED = "SELECT ?c ?f ?i { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c"
SMALL = "ASK { ?s ?p ?o }"


def ask(client, text):
    return client.get("/sparql", params={"query": text})


@pytest.mark.parametrize("text", [RUNAWAY, SORTED])
def test_a_runaway_query_is_stopped_while_a_small_one_beside_it_is_answered(client, text):
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(ask, client, text)
        time.sleep(0.3)
        small = ask(client, "ASK { ?s ?p 'beside' }")
        assert small.status_code == 200
        assert not slow.done(), "the small one did not wait for the slow one"
        stopped = slow.result()
        assert stopped.status_code in (504, 422), "its time or its memory is over"
        assert "2 seconds" in stopped.text or "memory" in stopped.text


def test_more_runaways_than_places_leave_an_honest_answer_for_the_small_one(client):
    with ThreadPoolExecutor(12) as pool:
        slow = [pool.submit(ask, client, f"{RUNAWAY} #{number}") for number in range(12)]
        time.sleep(0.2)
        small = ask(client, "ASK { ?s ?p 'many' }")
        assert small.status_code == 200 or int(small.headers["retry-after"]) > 0
        assert {query.result().status_code for query in slow} <= {503, 504}
    assert ask(client, "ASK { ?s ?p 'after' }").status_code == 200


def test_a_page_goes_on_while_all_places_are_taken(client):
    with ThreadPoolExecutor(4) as pool:
        slow = [pool.submit(ask, client, f"{RUNAWAY} # page {number}") for number in range(4)]
        time.sleep(0.2)
        page = client.get("/doc/theme/zorg.html")
        assert page.status_code == 200
        assert not all(query.done() for query in slow), "the page did not wait for them"
        assert all(query.result().status_code in (503, 504) for query in slow)


def test_two_hundred_small_queries_at_once_are_all_answered(server):
    with httpx2.Client(base_url=server, timeout=30) as client, ThreadPoolExecutor(64) as pool:
        texts = [f"ASK {{ ?s ?p 'small {number}' }}" for number in range(200)]
        statuses = [answer.status_code for answer in pool.map(lambda t: ask(client, t), texts)]
    assert statuses == [200] * 200


def test_a_client_that_hangs_up_frees_its_place(patient_server):
    places_and_queue = 16
    for number in range(places_and_queue):
        with pytest.raises(httpx2.TimeoutException), httpx2.Client(timeout=0.2) as hasty:
            hasty.get(f"{patient_server}/sparql", params={"query": f"{RUNAWAY} # {number}"})
    with httpx2.Client(base_url=patient_server, timeout=30) as client:
        assert ask(client, "ASK { ?s ?p 'free' }").status_code == 200


def nested(opening: str, closing: str, times: int) -> str:
    return f"ASK {{ ?s ?p {opening * times}1{closing * times} }}"


@pytest.mark.parametrize(
    "text",
    [
        "ASK " + "{" * 10_000 + "}" * 10_000,
        "ASK { ?s ?p ?o FILTER (" + "||".join(["?o"] * 10_000) + ") }",
        "ASK { ?s ?p ?o FILTER (" + "!" * 10_000 + "?o) }",
        "ASK { ?s " + "/".join(["<a:a>"] * 10_000) + " ?o }",
        "ASK { " + "UNION".join(["{ ?s ?p ?o }"] * 5_000) + " }",
        nested("(", ")", 100),
        nested("[ ?p ", "]", 100),
        "ASK { VALUES ?x { " + "1 " * 60_000 + "} }",
    ],
    ids=["braces", "or", "not", "path", "union", "lists", "blank nodes", "values"],
)
def test_a_query_that_would_break_the_engine_is_refused(client, text):
    response = client.post("/sparql", data={"query": text})
    assert response.status_code == 413
    assert response.json()["detail"]
    assert ask(client, SMALL).status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { ?s ?p ?o FILTER EXISTS { SERVICE ?s { ?s ?p ?o } } }",
        "ASK { ?s ?p ?a , ?b FILTER(?a<?b)SERVICE?s#>\n{ } }",
        "PREFIX a: <http://127.0.0.1:9/> ASK { SERVICEa:b { } }",
        "PREFIX a: <http://127.0.0.1:9/> ASK { ?s ?p trueSERVICE a:b { } }",
    ],
)
def test_nothing_is_fetched_from_elsewhere(client, text):
    response = ask(client, text)
    assert response.status_code == 400
    assert "SERVICE" in response.json()["detail"]


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?service { ?service ?p "LOAD" }',
        "PREFIX service: <https://example.org/SERVICE#> ASK { ?s service:load 'SERVICE' }",
        "ASK { ?s ?p ?o } # SERVICE <http://127.0.0.1:9/> { }",
        "ASK { <https://example.org/service#load> ?p ?o }",
    ],
)
def test_a_word_in_a_string_or_a_name_is_not_a_keyword(client, text):
    assert ask(client, text).status_code == 200
