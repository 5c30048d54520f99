"""`/catalog`, `/dataset/…` and what is well known: the same for portals and for people."""

import hashlib
import html
import json
import re

import pytest
from rdflib import DCAT, DCTERMS, RDF, SH, VOID, Graph, Literal, Namespace, URIRef
from rdflib.namespace import SDO

BASE = "https://w3id.org/wijindewijk"
PAGE = {"Accept": "text/html"}
SPDX = Namespace("http://spdx.org/rdf/terms#")
KINDS = {
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".rdf": "application/rdf+xml",
    ".nt": "application/n-triples",
}
DATASETS = ("cases", "thesaurus", "areas", "figures")
PATHS = ("/catalog", *(f"/dataset/{name}" for name in DATASETS))


def here(url) -> str:
    """Where an address of ours is on this server."""
    return str(url).removeprefix(BASE)


def embedded(page: str) -> dict:
    """The JSON-LD that stands in a page."""
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(found)


def test_the_sizes_of_files_are_written_as_people_do(client):
    client.get("/catalog", headers=PAGE)  # the files are there when this has answered
    page = client.get("/gegevens", headers=PAGE).text
    sizes = re.findall(r'<td class="getal">([^<]*)</td>', page)
    assert len(sizes) > 8
    assert all(re.fullmatch(r"[0-9]{1,3}([.][0-9]{3})*", it) for it in sizes)


def test_the_pages_of_data_tell_a_version_as_a_day(client):
    for path in ("/catalog", "/gegevens"):  # the files are there when the first has answered
        page = client.get(path, headers=PAGE).text
        said = re.sub(r"<[^>]*>", " ", re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL))
        assert re.search(r'<time datetime="[0-9]{4}-[^"]*T[^"]*Z">[0-9]+ [a-z]+ [0-9]{4}<', page)
        assert not re.search(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T", said), path
        assert "SHA-256" in said
        assert "worden nu gemaakt" not in said


@pytest.fixture(scope="module")
def catalogue(client) -> Graph:
    """The catalogue as it is served."""
    return Graph().parse(data=client.get("/catalog.nt").text, format="nt")


@pytest.fixture(scope="module")
def void(client) -> Graph:
    """The data in VoID."""
    return Graph().parse(data=client.get("/.well-known/void").text, format="turtle")


@pytest.mark.parametrize("path", PATHS)
def test_it_answers_at_its_own_address_in_each_format(client, path):
    sizes = set()
    for suffix, kind in KINDS.items():
        by_accept = client.get(path, headers={"Accept": kind})
        by_suffix = client.get(path + suffix)
        assert (by_accept.status_code, by_suffix.status_code) == (200, 200)
        assert by_suffix.headers["content-type"].partition(";")[0] == kind
        assert by_accept.content == by_suffix.content
        assert by_accept.headers["content-location"] == path + suffix
        assert "Accept" in by_accept.headers["vary"]
        sizes.add(len(Graph().parse(data=by_suffix.content, format=kind)))
    assert len(sizes) == 1, "every format has the same statements"


def test_head_is_get_and_who_has_it_gets_nothing(client):
    for path in (*PATHS, "/.well-known/datacatalog", "/.well-known/void"):
        got, head = client.get(path), client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == got.headers["content-length"]
        again = client.get(path, headers={"If-None-Match": got.headers["etag"]})
        assert again.status_code == 304


def test_what_is_not_there_and_what_is_not_possible(client):
    assert client.get("/dataset/nothing").status_code == 404
    assert client.get("/dataset/nothing.ttl").status_code == 404
    for path in ("/catalog", "/.well-known/void"):
        refused = client.get(path, headers={"Accept": "image/png"})
        assert refused.status_code == 406
        assert "text/turtle" in refused.json()["available"]


def links(client, path: str) -> dict[str, list[str]]:
    """Where the Link header of an address leads, by relation."""
    found: dict[str, list[str]] = {}
    for target, relations in re.findall(
        r'<([^>]*)>; rel="([^"]*)"', client.head(path).headers["link"]
    ):
        for relation in relations.split():
            found.setdefault(relation, []).append(target)
    return found


@pytest.mark.parametrize("name", DATASETS)
def test_a_dataset_has_signposts_to_its_files_its_descriptions_and_its_licence(
    client, catalogue, name
):
    found = links(client, f"/dataset/{name}")
    dataset = f"{BASE}/dataset/{name}"
    assert found["cite-as"] == found["canonical"] == [dataset]
    assert {*found["type"]} == {"https://schema.org/AboutPage", "https://schema.org/Dataset"}
    assert {here(it) for it in found["describedby"]} == {f"/dataset/{name}{it}" for it in KINDS}
    distributions = {*catalogue.objects(URIRef(dataset), DCAT.distribution)}
    files = {one for one in distributions if (one, DCAT.byteSize, None) in catalogue}
    assert {*found["item"]} == {str(catalogue.value(it, DCAT.downloadURL)) for it in files}
    (licence,) = found["license"]
    assert URIRef(licence) in {catalogue.value(it, DCTERMS.license) for it in files}
    assert links(client, f"/dataset/{name}.ttl")["describes"] == [f"{dataset}.html"]


def test_the_page_of_each_dataset_is_in_the_sitemap(client):
    sitemap = client.get("/sitemap.xml").text
    assert [
        name for name in DATASETS if f"<loc>{BASE}/dataset/{name}.html</loc>" not in sitemap
    ] == []


def test_the_register_finds_the_catalogue_where_it_falls_back_to(client):
    fallback = client.get("/.well-known/datacatalog", headers={"Accept": "text/turtle"})
    assert fallback.status_code == 200
    assert fallback.content == client.get("/catalog.ttl").content


def test_each_dataset_has_a_page_of_its_own_with_one_dataset_in_it(client):
    for name in DATASETS:
        page = client.get(f"/dataset/{name}", headers=PAGE)
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert page.text.count("<h1>") == 1
        told = embedded(page.text)
        assert (told["@type"], told["@id"]) == ("Dataset", f"{BASE}/dataset/{name}")
        assert 50 <= len(told["description"][0]["@value"]) <= 5000
        assert "http://schema.org" not in page.text


def test_a_page_tells_the_day_in_words_and_machines_the_moment(client):
    page = client.get("/dataset/cases", headers=PAGE).text
    days = re.findall(r'<time datetime="2026-11-23T00:00:00[^"]*">23 november 2026</time>', page)
    assert len(days) == 3, "first, last, and of this version"


def test_a_page_says_no_less_than_the_statements(client, catalogue):
    for name in DATASETS:
        dataset = URIRef(f"{BASE}/dataset/{name}")
        page = client.get(f"/dataset/{name}", headers=PAGE).text
        shown = html.unescape(re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL))
        told = [
            *(str(text) for text in catalogue.objects(dataset, DCAT.keyword)),
            *(str(text) for text in catalogue.objects(dataset, DCTERMS.title) if nl(text)),
            *(str(text) for text in catalogue.objects(dataset, DCTERMS.description) if nl(text)),
        ]
        for distribution in catalogue.objects(dataset, DCAT.distribution):
            for property in (DCAT.accessURL, DCTERMS.license, DCTERMS.conformsTo, DCAT.byteSize):
                told += map(str, catalogue.objects(distribution, property))
            checksum = catalogue.value(distribution, SPDX.checksum)
            told += map(str, catalogue.objects(checksum, SPDX.checksumValue)) if checksum else ()
            told += [str(it) for it in catalogue.objects(distribution, DCTERMS.title) if nl(it)]
        assert len(told) > 20
        printed = (text.replace("'", "’") for text in told)  # as a page has an apostrophe
        assert [text for text in printed if text not in shown] == []


def nl(text: Literal) -> bool:
    return text.language == "nl"


def test_schema_org_says_of_each_distribution_what_dcat_says(client, catalogue):
    told = Graph()
    for path in PATHS:
        body = json.dumps(embedded(client.get(path, headers=PAGE).text))
        told.parse(data=body, format="json-ld")
    distributions = {*catalogue.objects(None, DCAT.distribution)}
    assert {*told.subjects(RDF.type, SDO.DataDownload)} == distributions
    for one in distributions:
        said = {
            "url": {*told.objects(one, SDO.contentUrl)},
            "licence": {*told.objects(one, SDO.license)},
            "size": {str(it).removesuffix(" B") for it in told.objects(one, SDO.contentSize)},
            "standard": {*told.objects(one, SDO.usageInfo)},
        }
        assert said == {
            "url": {*catalogue.objects(one, DCAT.accessURL)},
            "licence": {*catalogue.objects(one, DCTERMS.license)},
            "size": {str(it) for it in catalogue.objects(one, DCAT.byteSize)},
            "standard": {*catalogue.objects(one, DCTERMS.conformsTo)},
        }


def test_every_distribution_is_there_with_its_type_and_its_size(client, catalogue):
    seen = 0
    for one in {*catalogue.objects(None, DCAT.distribution)}:
        address = here(catalogue.value(one, DCAT.accessURL))
        found = client.head(address, headers={"Accept-Encoding": "identity"})
        assert found.status_code == 200, one
        kind = str(catalogue.value(one, DCAT.mediaType) or "").partition("media-types/")[2]
        packed = (one, URIRef(f"{DCAT}compressFormat"), None) in catalogue
        if kind:
            expected = "application/gzip" if packed else kind
            assert found.headers["content-type"].partition(";")[0] == expected, one
        size = catalogue.value(one, DCAT.byteSize)
        if size is not None:
            seen += 1
            assert found.headers["content-length"] == str(size), one
    assert seen > 20


def test_the_checksum_is_that_of_the_file(client, catalogue):
    one = URIRef(f"{BASE}/dataset/cases#casussen.csv")
    checksum = catalogue.value(one, SPDX.checksum)
    body = client.get(here(catalogue.value(one, DCAT.downloadURL))).content
    assert hashlib.sha256(body).hexdigest() == str(catalogue.value(checksum, SPDX.checksumValue))


def test_void_is_at_its_address_without_a_redirect(client, void):
    found = client.get("/.well-known/void")
    assert (found.status_code, found.headers["content-type"]) == (200, "text/turtle; charset=utf-8")
    assert (URIRef(f"{BASE}/.well-known/void"), RDF.type, VOID.DatasetDescription) in void


def test_void_counts_what_the_endpoint_counts(client, void, cases):
    whole = URIRef(f"{BASE}/catalog#all")
    (partition,) = void.subjects(VOID["class"], URIRef("https://w3id.org/wijk/def#Case"))
    assert int(void.value(partition, VOID.entities)) == cases
    query = """SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o }
        FILTER (!STRSTARTS(STR(?g), "https://w3id.org/wijk/")) }"""
    rows = client.get("/sparql", params={"query": query, "format": "json"}).json()
    assert str(void.value(whole, VOID.triples)) == rows["results"]["bindings"][0]["n"]["value"]
    parts = [
        int(void.value(it, VOID.triples)) for it in void.objects(whole, VOID.propertyPartition)
    ]
    assert sum(parts) == int(void.value(whole, VOID.triples))
    assert len(parts) == int(void.value(whole, VOID.properties))
    for name in DATASETS:
        assert int(void.value(URIRef(f"{BASE}/dataset/{name}"), VOID.triples)) > 100


def test_void_names_files_endpoint_vocabularies_and_links(client, void):
    assert {*void.objects(None, VOID.sparqlEndpoint)} == {URIRef(f"{BASE}/sparql")}
    dumps = {*void.objects(None, VOID.dataDump)}
    assert len(dumps) > 10
    assert all(client.head(here(url)).status_code == 200 for url in dumps)
    vocabularies = {str(it) for it in void.objects(None, VOID.vocabulary)}
    assert {"https://w3id.org/wijk/def#", "https://schema.org/"} <= vocabularies
    assert {*void.subjects(RDF.type, VOID.Linkset)}
    for linkset in void.subjects(RDF.type, VOID.Linkset):
        assert int(void.value(linkset, VOID.triples)) > 0
        assert void.value(void.value(linkset, VOID.objectsTarget), VOID.uriSpace) is not None


def test_every_question_is_an_example_that_answers_as_it_stands(client, void, root):
    examples = {*void.subjects(RDF.type, SH.SPARQLExecutable)}
    assert len(examples) == len([*(root / "queries" / "questions").glob("*.rq")])
    for example in sorted(examples):
        text = str(void.value(example, SH.select))
        found = client.post("/sparql", data={"query": text, "format": "json"})
        assert found.status_code == 200, example
        assert found.json()["results"]["bindings"], example


def test_the_prefixes_of_the_examples_are_declared(void):
    (prefixes,) = {*void.objects(None, SH.prefixes)}
    declared = {
        str(void.value(it, SH.prefix)): str(void.value(it, SH.namespace))
        for it in void.objects(prefixes, SH.declare)
    }
    assert declared["wijk"] == "https://w3id.org/wijk/def#"
    used = {name for text in void.objects(None, SH.select) for name in prefixed(str(text))}
    assert used <= declared.keys()


def prefixed(text: str) -> set[str]:
    return set(re.findall(r"^PREFIX (\w+):", text, re.MULTILINE))


def test_the_catalogue_of_apis_is_a_set_of_links_and_head_names_it(client):
    address = "/.well-known/api-catalog"
    found, head = client.get(address), client.head(address)
    profile = "https://www.rfc-editor.org/info/rfc9727"
    assert found.headers["content-type"] == f'application/linkset+json; profile="{profile}"'
    assert head.headers["link"].startswith(f'<{BASE}{address}>; rel="api-catalog", ')
    listed = found.json()["linkset"]
    (whole,) = [it for it in listed if it["anchor"] == f"{BASE}{address}"]
    assert len(whole["item"]) == 3
    for context in listed:
        for relation in ("item", "service-desc", "service-doc", "describedby"):
            for link in context.get(relation, []):
                answer = client.get(here(link["href"]))
                assert answer.status_code == 200, link
                if kind := link.get("type", "").partition(";")[0].replace("vnd.oai.openapi+", ""):
                    assert answer.headers["content-type"].partition(";")[0].endswith(kind[-4:])
