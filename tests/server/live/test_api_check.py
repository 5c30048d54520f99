"""`/api/v1/check`: a graph goes in, and findings come back."""

import json

import httpx2
import pytest
from rdflib import RDF, SH, Graph
from wijk.engine.sent import MEDIA_TYPES

PATH = "/api/v1/check"
TURTLE = "text/turtle"
CASE = "https://w3id.org/wijindewijk/id/case/boefjes-en-baristas"
NEW = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix wijk: <https://w3id.org/wijk/def#> .
<https://w3id.org/wijindewijk/id/case/pluktuin-zuid> a wijk:Case ;
    dcterms:title "Pluktuin Zuid"@nl ;
    wijk:number 0 ;
    dcterms:subject <https://w3id.org/wijindewijk/id/theme/groenn> .
"""


def sent(
    client: httpx2.Client,
    body: str | bytes,
    kind: str = TURTLE,
    accept: str = "*/*",
    taal: str = "nl",
) -> httpx2.Response:
    """The answer to a graph."""
    headers = {"Content-Type": kind, "Accept": accept}
    return client.post(PATH, params={"taal": taal}, content=body, headers=headers)


def test_a_document_of_ours_conforms(client: httpx2.Client) -> None:
    document = client.get("/doc/case/boefjes-en-baristas.ttl").content
    response = sent(client, document)
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert response.json()["conforms"] is True


def test_a_graph_with_mistakes_is_told_all_of_them(client: httpx2.Client) -> None:
    told = sent(client, NEW).json()
    assert told["conforms"] is False
    assert told["count"] == len(told["items"])
    found = {item["code"]: item for item in told["items"]}
    assert found["Case-theme-list"]["niveau"] == "fout"
    assert found["Case-theme-list"]["veld"] == "thema"
    assert found["Case-theme-list"]["voorstel"][0] == "groen"
    assert found["Case-number-value"]["waarde"] == "0"
    assert found["Case-number-value"]["plek"].endswith("/id/case/pluktuin-zuid")
    assert found["Case-number-value"]["uitleg"] == "“0” is te laag. Schrijf een heel getal vanaf 1."
    assert found["Case-initiative"]["niveau"] == "let op"


def test_a_table_of_an_editor_is_told_at_its_cells(client: httpx2.Client) -> None:
    table = "nummer;titel;stand;thema\n30;Pluktuin Zuid;naam bekend;ontmoetn\n31;Tuin;;groen\n"
    told = sent(client, table, "text/csv").json()
    assert told["conforms"] is False
    found = {(item["code"], item["plek"]): item for item in told["items"]}
    assert found["workbook-choice", "cel D2"]["voorstel"] == ["ontmoeting"]
    assert found["Case-state", "cel C3"]["niveau"] == "fout"
    assert found["workbook-choice", "cel D2"]["waarde"] == "ontmoetn"
    assert "titel" in found["workbook-bron-ontbreekt", "rij 3"]["uitleg"]
    assert not any(item["waarde"].startswith("http") for item in told["items"])
    assert "evidence-missing" not in {item["code"] for item in told["items"]}
    assert not [item for item in told["items"] if "cel D2" in item["plek"]][1:]


def test_it_is_told_in_english_too(client: httpx2.Client) -> None:
    items = sent(client, NEW, taal="en").json()["items"]
    assert "“0” is too low. Write a whole number from 1 on." in {it["uitleg"] for it in items}
    table = 'nummer;titel;stand\n30;"""x""^^<a b>";bekent\n'
    items = sent(client, table, "text/csv", taal="en").json()["items"]
    assert "“bekent” is not in the list of “stand”. Did you mean “naam bekend”?" in {
        it["uitleg"] for it in items
    }


@pytest.mark.parametrize("kind", MEDIA_TYPES)
def test_each_format_gives_the_same_findings(client: httpx2.Client, kind: str) -> None:
    graph = Graph().parse(data=NEW, format="turtle")
    names = {"application/n-triples": "nt", "application/ld+json": "json-ld", TURTLE: "turtle"}
    body = graph.serialize(format=names.get(kind, "turtle" if "trig" in kind else "pretty-xml"))
    assert sent(client, body, kind).json() == sent(client, NEW).json()


@pytest.mark.parametrize("accept", [TURTLE, "application/ld+json"])
def test_it_is_a_validation_report_for_who_asks_one(client: httpx2.Client, accept: str) -> None:
    response = sent(client, NEW, accept=accept)
    assert response.headers["content-type"].partition(";")[0] == accept
    form = "turtle" if accept == TURTLE else "json-ld"
    report = Graph().parse(data=response.text, format=form)
    assert (None, RDF.type, SH.ValidationReport) in report
    assert len({*report.objects(None, SH.result)}) == sent(client, NEW).json()["count"]


def test_nothing_of_it_stays(client: httpx2.Client) -> None:
    sent(client, NEW)
    assert client.get("/id/case/pluktuin-zuid").status_code == 404
    assert sent(client, NEW).json() == sent(client, NEW).json()


def test_what_has_no_name_is_told(client: httpx2.Client) -> None:
    body = f"<{CASE}> <http://purl.org/dc/terms/spatial> [ a <https://schema.org/Place> ] ."
    codes = {item["code"] for item in sent(client, body).json()["items"]}
    assert "blank-node" in codes


def test_a_file_in_a_form_is_taken(client: httpx2.Client) -> None:
    response = client.post(PATH, files={"file": ("casus.ttl", NEW.encode(), TURTLE)})
    assert response.json() == sent(client, NEW).json()


REMOTE = json.dumps({"@context": "https://example.org/context", "@id": CASE, "name": "x"})
MANY = f"<a:a> <a:b> {', '.join(f'<a:{n}>' for n in range(6000))} ."
ENTITY = '<!DOCTYPE r [<!ENTITY a "aa">]><r>&a;</r>'


@pytest.mark.parametrize(
    ("body", "kind", "status", "said"),
    [
        ("case:x a", TURTLE, 400, "cannot be read"),
        (b"\xff\xfe", TURTLE, 400, "UTF-8"),
        (REMOTE, "application/ld+json", 400, "nothing is fetched"),
        ('{"a":' * 5000, "application/ld+json", 400, "levels deep"),
        (ENTITY, "application/rdf+xml", 400, "entities"),
        (
            "<a:a> <a:b> <a:c>, " + ", ".join(f"<a:{n}>" for n in range(6000)) + " .",
            TURTLE,
            413,
            "5,000",
        ),
        ("# " + "x" * 1024 * 1024, TURTLE, 413, "1,048,576"),
        ("a;b", "text/html", 415, "text/turtle"),
        ("<a:a> <a:b> <<( <a:a> <a:b> <a:c> )>> .", TURTLE, 400, "about statements"),
    ],
)
def test_what_cannot_be_checked_is_a_problem(
    client: httpx2.Client, body: str | bytes, kind: str, status: int, said: str
) -> None:
    response = sent(client, body, kind, taal="en")
    assert response.status_code == status
    assert response.headers["content-type"].partition(";")[0] == "application/problem+json"
    assert said in response.json()["detail"]


def test_what_cannot_be_read_is_told_in_dutch_unless_english_is_asked(
    client: httpx2.Client,
) -> None:
    told = sent(client, "case:x a").json()
    assert told["title"] == "Dit kan niet worden gecontroleerd"
    assert told["detail"].startswith("Dit is niet te lezen vanaf regel 1, kolom 1: ")


@pytest.mark.parametrize(
    ("kind", "asked", "status", "said"),
    [
        ("image/png", {}, 415, "Zeg in Content-Type wat je stuurt: "),
        (TURTLE, {"taal": "fr"}, 400, "Er is geen taal “fr”. Kies nl of en."),
        (TURTLE, {"x": "1"}, 400, "Er is geen parameter “x”. Wel: taal."),
        (TURTLE, {"accept": "image/png"}, 406, "Bevindingen zijn er als "),
    ],
)
def test_a_problem_is_in_dutch_too_and_says_in_which_language_it_is(
    client: httpx2.Client, kind: str, asked: dict[str, str], status: int, said: str
) -> None:
    headers = {"Content-Type": kind, "Accept": asked.get("accept", "*/*"), "Accept-Language": "nl"}
    given = {name: it for name, it in asked.items() if name != "accept"}
    response = client.post(PATH, params=given, content="a;b", headers=headers)
    told = response.json()
    assert (response.status_code, response.headers["content-language"]) == (status, "nl")
    assert told["detail"].startswith(said)
    assert "request" not in told["title"]
    english = sent(client, "a;b", "image/png", taal="en")
    assert english.headers["content-language"] == "en"
    assert english.json()["detail"].startswith("Say in Content-Type what is sent: ")
    page = client.post(PATH, content="a;b", headers={**headers, "Accept": "text/html"})
    assert page.headers["content-language"] == "nl"


def test_wrong_use_is_a_problem(client: httpx2.Client) -> None:
    assert sent(client, NEW, taal="fr").status_code == 400
    assert sent(client, NEW, accept="image/png").status_code == 406
    assert client.post(PATH, params={"x": "1"}, content=NEW).status_code == 400


def test_what_may_be_sent_is_told(client: httpx2.Client) -> None:
    told = client.get(PATH).json()
    assert set(MEDIA_TYPES) < set(told["accepts"])
    assert told["statements"] == 5000
