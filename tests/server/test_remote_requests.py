"""What an engine elsewhere is sent, what is kept from it, and how its rows are mended."""

import pytest
from wijk.engine import Ask, formats
from wijk.engine.remote import kinds, replies, rewrite, texts
from wijk.engine.remote.requests import request
from wijk.errors import EngineRefuses, QueryRefused, QueryTimeout

QUERY = "SELECT ?s { ?s ?p ?o }"


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        (kinds.VIRTUOSO, "timeout", "3000"),
        (kinds.STARDOG, "timeout", "3000"),
        (kinds.NEPTUNE, "queryTimeout", "3000"),
        (kinds.FUSEKI, "timeout", "3"),
        (kinds.GRAPHDB, "timeout", "3"),
    ],
)
def test_the_time_limit_is_sent_in_the_engines_own_parameter(
    kind: kinds.Kind, field: str, value: str
) -> None:
    sent = request(kind, Ask(QUERY, formats.JSON), "SELECT", None, (), 2.5)
    assert sent.fields[field] == value


@pytest.mark.parametrize("kind", [kinds.OXIGRAPH, kinds.PLAIN])
def test_an_engine_without_such_a_parameter_is_sent_none(kind: kinds.Kind) -> None:
    sent = request(kind, Ask(QUERY, formats.JSON), "SELECT", None, (), 2.5)
    assert not any("timeout" in name.lower() for name in sent.fields)


INSIDE = (
    "SELECT (bif:file_to_string('/etc/passwd') AS ?x) {}",
    "SELECT (BIF:now() AS ?x) {}",
    "SELECT (<bif:now>() AS ?x) {}",
    "PREFIX b: <bif:> SELECT (b:now() AS ?x) {}",
    "PREFIX b: <BiF:> SELECT (b:now() AS ?x) {}",
    "PREFIX b: <bi> SELECT (b:f:now() AS ?x) {}",
    "PREFIX b: <\\u0062if:> SELECT (b:now() AS ?x) {}",
    "SELECT (<\\U00000062if:now>() AS ?x) {}",
    "SELECT (\\u0062if:now() AS ?x) {}",
    "SELECT (sql:http_get('http://127.0.0.1/') AS ?x) {}",
    "SELECT * { ?s ?p ?o FILTER (<sql:rnd>(1) > 0) }",
    "SELECT * { ?s xql:x ?o ; <sqlval:y> ?p }",
)
OUTSIDE = (
    "SELECT * { ?s ?p 'bif:now' } # bif:now",
    "PREFIX b: <http://example.org/bif:> SELECT (b:now() AS ?x) {}",
    "PREFIX sq: <urn:l> SELECT * { ?bif sq:l ?sql }",
)


@pytest.mark.parametrize("text", INSIDE)
def test_what_virtuoso_keeps_for_itself_is_refused_in_every_spelling(text: str) -> None:
    with pytest.raises(QueryRefused, match="belongs to the engine itself"):
        texts.prepared(text, kinds.VIRTUOSO, None, ())


@pytest.mark.parametrize("text", OUTSIDE)
def test_what_only_looks_like_it_is_sent(text: str) -> None:
    assert texts.prepared(text, kinds.VIRTUOSO, None, ()).endswith(text)


def test_another_engine_has_nothing_of_the_kind() -> None:
    assert texts.prepared(INSIDE[0], kinds.OXIGRAPH, None, ()).endswith(INSIDE[0])


def test_a_graph_that_is_left_out_cannot_write_in_the_query() -> None:
    said = texts.prepared(QUERY, kinds.VIRTUOSO, None, ("urn:a> SELECT * {} #\n",))
    assert said.count("<urn:aSELECT*#>") == 2
    assert said.count("SELECT ") == 1


@pytest.mark.parametrize(
    ("media_type", "body", "mended"),
    [
        (
            formats.JSON,
            b'{"a": {"type": "typed-literal", "value": "\\"type\\": \\"typed-literal\\""}}',
            b'{"a": {"type": "literal", "value": "\\"type\\": \\"typed-literal\\""}}',
        ),
        (
            formats.XML,
            b"<a>&amp;x&#1;&#x1F;&#10;&lt;&#x0b;</a>",
            "<a>&amp;x\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}"
            "&#10;&lt;\N{REPLACEMENT CHARACTER}</a>".encode(),
        ),
        (formats.CSV, b'"type": "typed-literal" &#1;', b'"type": "typed-literal" &#1;'),
    ],
)
def test_rows_are_mended_wherever_they_are_cut(media_type: str, body: bytes, mended: bytes) -> None:
    for at in range(len(body) + 1):
        mend = rewrite.Mend(media_type)
        assert mend(body[:at], more=True) + mend(body[at:], more=False) == mended


STOPPED = b"The SPARQL operation has been cancelled"


@pytest.mark.parametrize(
    ("kind", "media_type", "end", "error"),
    [
        (kinds.OXIGRAPH, formats.CSV, b"s\r\nurn:a\r\n" + STOPPED, QueryTimeout),
        (kinds.OXIGRAPH, formats.JSON, b'"value":"a"}}' + STOPPED, QueryTimeout),
        (kinds.OXIGRAPH, formats.CSV, b"s\r\nurn:a\r\nSome error", EngineRefuses),
        (kinds.OXIGRAPH, formats.TURTLE, b"<urn:a> <urn:b> <urn:c> .\nSome error", EngineRefuses),
        (kinds.OXIGRAPH, formats.CSV, b"s\r\nurn:a\r\n", None),
        (kinds.OXIGRAPH, formats.CSV, b"true", None),
        (kinds.OXIGRAPH, formats.TURTLE, b"", None),
        (kinds.PLAIN, formats.CSV, b"s\r\nurn:a", None),
        (kinds.PLAIN, formats.JSON, b'{"head": {}, "results": {"bindings": [', EngineRefuses),
        (kinds.PLAIN, formats.JSON, b'{"head": {}, "boolean": true }\n', None),
        (kinds.PLAIN, formats.XML, b"</results>", EngineRefuses),
        (kinds.PLAIN, formats.N_TRIPLES, b'<urn:a> <urn:b> "c', EngineRefuses),
    ],
)
def test_the_last_bytes_show_whether_an_answer_is_whole(
    kind: kinds.Kind, media_type: str, end: bytes, error: type[Exception] | None
) -> None:
    found = replies.unfinished(end, kind, media_type, 3.0)
    assert found is None if error is None else isinstance(found, error)
