"""`/def` for people: the picture, and every term with what is said of it."""

import html
import re

import pytest
from httpx2 import Client
from rdflib import OWL, RDF, RDFS, SKOS, Literal, URIRef
from wijk.namespaces import ONTOLOGY, WIJK
from wijk.snapshot import Snapshot
from wijk.web.pages.ontology.diagram import PLACES

PAGE = {"Accept": "text/html"}


def own(graph: Snapshot, kind: URIRef) -> set[str]:
    document = graph.documents[ONTOLOGY].graph
    return {str(it) for it in document.subjects(RDF.type, kind) if str(it).startswith(str(WIJK))}


@pytest.mark.parametrize(("path", "lang"), [("/def", "nl"), ("/en/def", "en")])
def test_every_term_is_there_with_its_definition_and_its_example(
    client: Client, graph: Snapshot, path: str, lang: str
) -> None:
    page = client.get(path, headers=PAGE)
    assert page.headers["content-language"] == lang
    text, ontology = html.unescape(page.text), graph.documents[ONTOLOGY].graph
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    for term in (it for kind in kinds for it in own(graph, kind)):
        assert f'id="{term.rpartition("#")[2]}"' in text
        for predicate in (SKOS.definition, RDFS.label, SKOS.example):
            for said in ontology.objects(URIRef(term), predicate):
                told = isinstance(said, Literal) and said.language in (lang, None)
                assert not told or str(said) in text, (term, predicate)


def test_a_term_says_how_often_the_data_use_it(client: Client, cases: int) -> None:
    page = client.get("/def", headers=PAGE).text
    case = page.partition('id="Case"')[2].partition("</article>")[0]
    assert f"{cases} keer" in case
    assert 'href="/shape#Case"' in case


def test_every_class_of_the_ontology_has_its_place_in_the_picture(
    client: Client, graph: Snapshot
) -> None:
    assert own(graph, OWL.Class) <= {str(it) for it in PLACES}
    page = client.get("/def", headers=PAGE).text
    linked = set(re.findall(r'<a href="#(\w+)"><g class="vak', page))
    assert {it.rpartition("#")[2] for it in own(graph, OWL.Class)} <= linked


def test_every_rule_that_is_named_is_at_the_address_it_links_to(client: Client) -> None:
    page = client.get("/en/def", headers=PAGE).text
    there = set(re.findall(r'id="([^"]+)"', client.get("/shape", headers=PAGE).text))
    named = set(re.findall(r'href="/shape#([^"]+)"', page))
    assert len(named) > 50
    assert named - there == set()
