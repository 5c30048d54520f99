"""Licence and rights are the same on every route: each of them is asked, and held to the file."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

import pytest
from rdflib import DCAT, DCTERMS, Dataset, Graph, URIRef
from rdflib.namespace import RDFS, SDO, VOID
from wijk import snapshot
from wijk.harvesting.rights import Rights, said
from wijk.web import openapi
from wijk.web.api import description
from wijk.web.site import Site

from ..conftest import BASE as SMALL

BASE = "https://w3id.org/wijindewijk"
CASE = "boefjes-en-baristas"
PAGE = {"Accept": "text/html"}
DATASETS = {
    "cases": "casussen",
    "thesaurus": "thesaurus",
    "areas": "gebieden",
    "figures": "cijfers",
}
Told = tuple[set[str], set[str]]
"""The licences and the sentences that a route tells; a route may tell no sentence."""


@pytest.fixture(scope="module")
def rights(graph) -> Rights:
    """What the catalogue says."""
    return Rights(graph)


def parsed(client, path: str, kind: str = "text/turtle") -> Graph:
    text = client.get(path, headers={"Accept": kind}).text
    return Graph().parse(data=text, format=kind)


def in_dcat(client, name: str) -> Told:
    told = parsed(client, "/catalog")
    distributions = {*told.objects(URIRef(f"{BASE}/dataset/{name}"), DCAT.distribution)}
    assert distributions
    statements = {it for one in distributions for it in told.objects(one, DCTERMS.rights)}
    labels = {it for one in statements for it in told.objects(one, RDFS.label)}
    licences = {str(it) for one in distributions for it in told.objects(one, DCTERMS.license)}
    return licences, {str(it) for it in labels if it.language == "nl"}


def in_schema_org(client, name: str) -> Told:
    page = client.get(f"/dataset/{name}", headers=PAGE).text
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    told = Graph().parse(data=json.dumps(json.loads(text)), format="json-ld")
    sentences = told.objects(None, SDO.conditionsOfAccess)
    return set(map(str, told.objects(None, SDO.license))), {
        str(it) for it in sentences if it.language == "nl"
    }


def on_a_page(client, name: str) -> Told:
    page = client.get(f"/dataset/{name}", headers=PAGE).text
    main = re.sub(r"<script.*?</script>|<footer.*?</footer>", "", page, flags=re.DOTALL)
    sentences = re.findall(r'rel="license">.*?</a></dd><dd>(.*?)</dd>', main)
    return set(re.findall(r'href="([^"]*)" rel="license"', main)), set(sentences)


def in_void(client, name: str) -> Told:
    told = parsed(client, "/.well-known/void")
    about = URIRef(f"{BASE}/dataset/{name}")
    assert told.value(about, VOID.triples)
    return set(map(str, told.objects(about, DCTERMS.license))), set()


def in_turtle(client, name: str) -> Told:
    head = client.get(f"/dump/{DATASETS[name]}.ttl", headers={"Range": "bytes=0-2000"}).text
    return set(re.findall(r"^# Licentie: .* <(.*)>$", head, re.MULTILINE)), {
        line for line in re.findall(r"^# (.*)$", head, re.MULTILINE) if line.startswith("Vrij")
    }


def in_nquads(client, name: str) -> Told:
    text = client.get(f"/dump/{DATASETS[name]}.nq").text
    lines = [it for it in text.split("\n") if it.startswith(f"<{BASE}/dataset/{name}> ")]
    told = Graph().parse(data="\n".join(lines), format="nt")
    return set(map(str, told.objects(None, DCTERMS.license))), {
        str(it) for it in told.objects(None, DCTERMS.rights)
    }


def by_link(client, name: str) -> Told:
    link = client.head(f"/dump/{DATASETS[name]}.ttl").headers["link"]
    return set(re.findall(r'<([^>]*)>; rel="license"', link)), set()


def in_the_event_stream(client, name: str) -> Told:
    """At the root: of this dataset as a distribution, at the IRIs of the catalogue."""
    told = parsed(client, "/ldes")
    (one,) = told.objects(URIRef(f"{BASE}/dataset/{name}"), DCAT.distribution)
    assert one in parsed(client, "/catalog").all_nodes()
    labels = {it for each in told.objects(one, DCTERMS.rights) for it in told[each : RDFS.label]}
    return set(map(str, told.objects(one, DCTERMS.license))), {
        str(it) for it in labels if it.language == "nl"
    }


def in_signposting(client, name: str) -> Told:
    """On the page of the dataset and on that of one thing in it."""
    things = {
        "cases": f"/doc/case/{CASE}",
        "thesaurus": "/doc/theme/groen",
        "areas": "/doc/area/gm0796",
        "figures": "/doc/figure/2022-gm0285",
    }
    told = [client.head(path).headers["link"] for path in (f"/dataset/{name}", things[name])]
    found = [re.findall(r'<([^>]*)>; rel="license"', link) for link in told]
    assert [len(each) for each in found] == [1, 1]
    return {it for each in found for it in each}, set()


def in_schema_org_of_a_case(client) -> Told:
    page = client.get(f"/doc/case/{CASE}", headers=PAGE).text
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    told = json.loads(text)
    return {told["license"]["@id"], told["mainEntityOfPage"]["license"]["@id"]}, set()


def in_the_linkset(client) -> Told:
    link = client.head(f"/doc/case/{CASE}").headers["link"]
    (address,) = re.findall(r'<([^>]*)>; rel="linkset"', link)
    told = client.get(address.removeprefix(BASE)).json()["linkset"]
    return {link["href"] for each in told for link in each["license"]}, set()


OF_EACH = [
    in_dcat,
    in_schema_org,
    on_a_page,
    in_void,
    in_turtle,
    in_nquads,
    by_link,
    in_the_event_stream,
    in_signposting,
]


@pytest.mark.parametrize("name", DATASETS)
@pytest.mark.parametrize("route", OF_EACH, ids=lambda route: route.__name__)
def test_every_route_tells_the_licence_of_a_dataset(client, rights, route, name):
    terms = rights.datasets[name]
    licences, sentences = route(client, name)
    assert licences == {terms.licence}
    assert sentences <= {said(terms.sentence)}
    assert sentences or route in (in_void, by_link, in_signposting), (
        "who tells no sentence is known"
    )


def in_atom(client) -> Told:
    told = ElementTree.fromstring(client.get("/feeds/volledig/casussen.atom").content)
    space = "{http://www.w3.org/2005/Atom}"
    links = told.iter(f"{space}link")
    return {it.get("href") for it in links if it.get("rel") == "license"}, {
        it.text for it in told.iter(f"{space}rights")
    }


def in_rss(client) -> Told:
    text = client.get("/feeds/volledig/casussen.rss").content
    tags = {it.tag.rpartition("}")[2]: it.text for it in ElementTree.fromstring(text).iter()}
    return {tags["license"]}, {tags["copyright"]} if "copyright" in tags else set()


def in_json_feed(client) -> Told:
    told = client.get("/feeds/volledig/casussen.json").json()["_wijk"]
    return {told["licence"]}, {told["rights"]}


def in_oai(client) -> Told:
    asked = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
    told = ElementTree.fromstring(client.get("/oai", params=asked).content)
    found = {it.text for it in told.iter("{http://purl.org/dc/elements/1.1/}rights")}
    about = {
        it.get("ref")
        for it in told.iter("{http://www.openarchives.org/OAI/2.0/rights/}rightsReference")
    }
    assert about == {it for it in found if it.startswith("http")}
    return about, {it for it in found if not it.startswith("http")}


def in_csv(client) -> Told:
    rows = csv.DictReader(io.StringIO(client.get("/dump/casussen.csv").content.decode("utf-8-sig")))
    return {row["licentie"] for row in rows}, set()


def in_excel_csv(client) -> Told:
    text = client.get("/dump/casussen-excel.csv").content.decode("utf-8-sig")
    return {row["licentie"] for row in csv.DictReader(io.StringIO(text), delimiter=";")}, set()


def in_csvw(client) -> Told:
    told = client.get("/dump/casussen.csv-metadata.json").json()
    return {told["dc:license"]["@id"]}, set()


def in_geojson(client) -> Told:
    told = client.get("/dump/casussen.geojson").json()
    return {told["license"]}, {told["rights"]}


def in_the_api(client) -> Told:
    return {client.get("/api/v1/openapi.json").json()["info"]["license"]["url"]}, set()


def in_the_other_description(client) -> Told:
    return {client.get("/openapi.json").json()["info"]["license"]["url"]}, set()


def on_an_embedded_page(client) -> Told:
    page = client.get(f"/embed/case/{CASE}").text
    return set(re.findall(r'href="([^"]*)"[^>]*rel="license', page)), set()


def on_the_page_for_portals(client) -> Told:
    page = client.get("/voor-portalen", headers=PAGE).text
    main = page.partition('id="licentie"')[2].partition("</section>")[0]
    return set(re.findall(r"<code>(https://creativecommons[^<]*)</code>", main)), set()


def in_the_footer_of_every_page(client) -> Told:
    page = client.get(f"/doc/case/{CASE}", headers=PAGE).text
    footer = " ".join(page.partition("<footer")[2].split())
    first = re.findall(r'De gegevens: <a href="([^"]*)"[^>]*>[^<]*</a>\. ([^<]*?\.)', footer)
    return {licence for licence, _ in first}, {sentence for _, sentence in first}


OF_CASES: list[Callable[..., Told]] = [
    *(in_atom, in_rss, in_json_feed, in_oai, in_csv, in_excel_csv, in_csvw, in_geojson),
    *(in_the_api, in_the_other_description, on_an_embedded_page, on_the_page_for_portals),
    *(in_schema_org_of_a_case, in_the_linkset, in_the_footer_of_every_page),
]


@pytest.mark.parametrize("route", OF_CASES, ids=lambda route: route.__name__)
def test_every_route_of_cases_tells_the_same(client, rights, route):
    terms = rights.of("case")
    licences, sentences = route(client)
    assert licences == {terms.licence}
    assert sentences <= {said(terms.sentence)}


@pytest.mark.parametrize("described", [openapi.described, description.described])
def test_a_description_has_the_licence_that_the_catalogue_has_now(small, described):
    assert "license" not in described(Site(snapshot.read(small).snapshot, engine=None))["info"]
    by = "https://creativecommons.org/licenses/by-sa/4.0/"
    with (small / "data" / "catalog.ttl").open("a", encoding="utf-8") as file:
        file.write(f"<{SMALL}dataset> <{DCTERMS.license}> <{by}> .\n")
    told = described(Site(snapshot.read(small).snapshot, engine=None))["info"]["license"]
    assert told == {"name": "CC BY-SA 4.0", "url": by}


def test_the_event_stream_says_that_it_has_more_than_one_licence(client, rights):
    told = parsed(client, "/ldes")
    (statement,) = told.objects(URIRef(f"{BASE}/ldes#stream"), DCTERMS.rights)
    texts = {it.language: str(it) for it in told.objects(statement, RDFS.label)}
    assert [*sorted(texts)] == ["en", "nl"]
    for terms in rights.datasets.values():
        assert f"{terms.dutch}: {terms.label} ({terms.licence})" in texts["nl"]
    assert not [*told.objects(URIRef(f"{BASE}/ldes#stream"), DCTERMS.license)], "it has no one"
    assert "license" not in client.head("/ldes").headers["link"]
    for page in ("/ldes/1", "/ldes/9"):
        link = client.head(page).headers["link"]
        assert link == f'<{BASE}/catalog>; rel="describedby"'
        (said_there,) = parsed_page(client, page).objects(URIRef(BASE + page), DCTERMS.rights)
        assert said_there == statement


def test_each_member_of_the_event_stream_says_which_dataset_and_so_which_licence(client, rights):
    kinds: dict[str, set[str]] = {}
    text = "".join(client.get(f"/ldes/{number}.nq").text for number in range(1, 10))
    documents, told = (
        dict(re.findall(f"^<([^>]*)> <{name}> <([^>]*)> .$", text, re.MULTILINE))
        for name in (DCTERMS.isVersionOf, VOID.inDataset)
    )
    assert documents.keys() == told.keys()
    for member, document in documents.items():
        kinds.setdefault(document.split("/")[-2], set()).add(told[member])
    assert kinds == {kind: {rights.of(kind).dataset} for kind in kinds}
    assert {"case", "scheme", "area", "measure"} <= kinds.keys()
    assert len({str(it) for found in kinds.values() for it in found}) == len(DATASETS)


def parsed_page(client, path: str) -> Graph:
    """What stands in the default graph of a page."""
    quads = Dataset()
    accept = {"Accept": "application/n-quads"}
    quads.parse(data=client.get(path, headers=accept).text, format="nquads")
    return quads.default_graph


WITH_THINGS = {
    "/.well-known/void": "case",
    "/.well-known/api-catalog": "case",
    "/catalog.ttl": "case",
    "/feeds/casussen.atom": "case",
    "/feeds/casussen.rss": "case",
    "/feeds/casussen.json": "case",
    "/feeds/ingetrokken.csv": "case",
    "/feeds/ingetrokken.json": "case",
    "/oai?verb=Identify": "case",
    "/oai?verb=ListRecords&metadataPrefix=rdf": "case",
    "/dump/gebieden.nq": "area",
    "/dump/casussen.csv": "case",
    f"/citeer/case/{CASE}.bib": "case",
    f"/citeer/case/{CASE}.ris": "case",
    f"/citeer/case/{CASE}.json": "case",
    "/casussen.csv": "case",
    f"/embed/case/{CASE}": "case",
    "/doc/area/gm0796.ttl": "area",
    "/api/v1/openapi.json": "case",
    "/api/v1/vragen": "case",
    "/api/v1/casussen": "case",
    f"/api/v1/casussen/{CASE}": "case",
    "/api/v1/plaatsen": "place",
    "/api/v1/themas": "theme",
    "/api/v1/gebieden/GM0796": "area",
}


@pytest.mark.parametrize("path", WITH_THINGS)
def test_every_answer_has_its_licence_in_a_header_too(client, rights, path):
    for asked in (client.get, client.head):
        links = asked(path).headers["link"]
        found = re.findall(r'<([^>]*)>; rel="license"', links)
        assert found == [rights.of(WITH_THINGS[path]).licence]


@pytest.mark.parametrize(
    "kind", ["application/json", "text/csv", "application/sparql-results+json"]
)
def test_an_answer_with_things_of_any_kind_names_the_catalogue(client, kind):
    asked = client.get("/api/v1/vragen/figures-of-a-place", headers={"Accept": kind})
    assert asked.headers["content-type"].startswith(kind)
    assert asked.headers["link"] == f'<{BASE}/catalog>; rel="describedby"'


def test_the_footer_tells_the_other_licences_too(client, rights):
    page = client.get(f"/doc/case/{CASE}", headers=PAGE).text
    footer = page.partition("<footer")[2]
    for terms in rights.datasets.values():
        assert f'href="{terms.licence}" rel="license external">{terms.label}</a>' in footer
        assert said(terms.sentence) in footer


def test_the_documents_of_figures_have_the_licence_of_their_dataset(graph, rights):
    figures = [it for it in graph.documents.values() if it.kind == "figure"]
    licences = {str(it) for one in figures for it in one.graph.objects(None, DCTERMS.license)}
    assert licences == {rights.datasets["figures"].licence}


def test_no_page_and_no_route_has_a_licence_of_its_own(root):
    folder = root / "server" / "wijk"
    # What people call a licence, what kind it is, and that of figures as CBS gives them.
    known = {"harvesting/rights.py", "harvesting/catalogue/codes.py", "linking/cube.py"}
    found = {
        path.relative_to(folder).as_posix()
        for path in [*folder.rglob("*.py"), *folder.rglob("*.html")]
        if "creativecommons.org" in path.read_text(encoding="utf-8")
    }
    assert found <= known
