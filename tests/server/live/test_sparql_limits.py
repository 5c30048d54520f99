"""What the endpoint does with queries that would be its end."""

import select
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import httpx2
import pytest

pytestmark = pytest.mark.process

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SORTED = "SELECT ?c ?f ?i { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c"
SLOW = "SELECT ?a { ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(CONCAT(STR(?c), STR(?f))) < 3) }"
SMALL = "ASK { ?s ?p ?o }"


def ask(client, text):
    return client.get("/sparql", params={"query": text})


def busy(readers):
    """The processes that work on an answer now."""
    return {pid for pid, state in readers() if state == "R"}


def problem_of(response):
    """Its sentence, when it is a problem as it should be."""
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == response.status_code
    return response.json()["detail"]


@pytest.mark.parametrize("text", [RUNAWAY, SORTED, SLOW])
def test_a_runaway_query_is_stopped(tight, text):
    stopped = ask(tight, text)
    assert stopped.status_code in (504, 422), "its time or its memory is over"
    assert "0.7 seconds" in problem_of(stopped) or "memory" in problem_of(stopped)


def test_a_small_query_is_answered_beside_a_runaway(asking, until, readers, client):
    with asking(f"{RUNAWAY} # beside"):
        assert until(lambda: busy(readers))
        slow = busy(readers)
        assert ask(client, "ASK { ?s ?p 'beside' }").status_code == 200
        assert until(lambda: slow & busy(readers)), "the small one did not wait for it"


def test_twelve_runaways_leave_an_honest_answer_for_the_small_one(tight):
    with ThreadPoolExecutor(12) as pool:
        slow = [pool.submit(ask, tight, f"{RUNAWAY} #{number}") for number in range(12)]
        small = ask(tight, "ASK { ?s ?p 'many' }")
        assert small.status_code == 200 or int(small.headers["retry-after"]) > 0
        answers = [query.result() for query in slow]
    assert {answer.status_code for answer in answers} == {503, 504}
    busy = next(answer for answer in answers if answer.status_code == 503)
    assert "2 queries under way" in problem_of(busy)
    assert "Ask again in 1 second" in problem_of(busy)
    assert busy.headers["retry-after"] == "1"
    assert ask(tight, "ASK { ?s ?p 'after' }").status_code == 200


def test_beside_twelve_runaways_a_small_query_is_answered_or_honestly_sent_away(
    asking, until, own_server
):
    """In 3 seconds, says the queue; the runaways have 10, and are not over before the answer."""

    def under_way() -> float:
        told = httpx2.get(f"{own_server}/metrics").text.splitlines()
        said = ("wijk_taken ", "wijk_waiting ")
        return sum(float(line.split()[1]) for line in told if line.startswith(said))

    with ExitStack() as stack:
        slow = [
            stack.enter_context(asking(f"{RUNAWAY} # {number}", at=own_server))
            for number in range(12)
        ]
        assert until(lambda: under_way() == 12)
        small = httpx2.get(f"{own_server}/sparql", params={"query": SMALL}, timeout=60)
        ended = select.select(slow, [], [], 0)[0]
    assert len(ended) < 12, "some are still at work"
    if small.status_code != 200:
        assert small.status_code == 503
        assert int(small.headers["retry-after"]) > 0
        assert "queries under way" in problem_of(small)


def test_a_page_goes_on_while_all_places_are_taken(asking, until, readers, client):
    with asking(f"{RUNAWAY} # page 1"), asking(f"{RUNAWAY} # page 2"):
        assert until(lambda: len(busy(readers)) == 2)
        slow = busy(readers)
        assert client.get("/doc/theme/zorg.html").status_code == 200
        assert until(lambda: slow <= busy(readers)), "the page did not wait for them"


def test_two_hundred_small_queries_at_once_are_all_answered(server):
    with httpx2.Client(base_url=server, timeout=30) as client, ThreadPoolExecutor(64) as pool:
        texts = [f"ASK {{ ?s ?p 'small {number}' }}" for number in range(200)]
        statuses = [answer.status_code for answer in pool.map(lambda t: ask(client, t), texts)]
    assert statuses == [200] * 200


def test_an_answer_has_a_size(tight):
    whole = ask(tight, "SELECT * { ?s ?p ?o } LIMIT 1000")
    assert whole.status_code == 200
    assert len(whole.content) < 1024 * 1024
    with tight.stream("GET", "/sparql", params={"query": "SELECT * { ?s ?p ?o }"}) as response:
        assert response.status_code == 200, "it had begun"
        with pytest.raises(httpx2.TransportError):
            response.read()


def test_a_query_has_memory(tight):
    text = "SELECT (GROUP_CONCAT(?o) AS ?all) { ?s ?p ?o . ?x ?y ?z }"
    assert "memory" in problem_of(ask(tight, text)) or "0.7 seconds" in problem_of(ask(tight, text))


def test_what_is_too_long_for_an_address_goes_by_post(tight):
    text = SMALL + "#" * 4096
    refused = ask(tight, text)
    assert refused.status_code == 413
    assert problem_of(refused) == "The query is longer than 4,096 bytes. Send it by POST."
    assert tight.post("/sparql", data={"query": text}).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {"query": SMALL + "#" * 20_000}},
        {"content": SMALL + "#" * 20_000, "headers": {"Content-Type": "application/sparql-query"}},
        {"content": b" " * 100_000, "headers": {"Content-Type": "application/sparql-query"}},
    ],
    ids=["form", "direct", "far"],
)
def test_a_text_has_a_length(tight, sent):
    refused = tight.post("/sparql", **sent)
    assert refused.status_code == 413
    assert problem_of(refused).startswith("The query is longer than 20,000 bytes.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ASK { VALUES ?x { " + "1 " * 700 + "} }", "more than 700 words and signs"),
        ("ASK " + "{" * 9 + "}" * 9, "nested more than 8 levels deep"),
        ("ASK { ?s ?p ?o FILTER(" + "||".join(["?o"] * 21) + ") }", "more than 20 groups"),
    ],
    ids=["tokens", "depth", "chains"],
)
def test_each_limit_of_the_gate_can_be_set(tight, client, text, said):
    refused = ask(tight, text)
    assert refused.status_code == 413
    assert said in problem_of(refused)
    assert "Split it" in problem_of(refused)
    assert ask(client, text).status_code == 200


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
