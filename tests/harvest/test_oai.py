"""OAI-PMH as the protocol has it: what every verb says, and what becomes of a withdrawn case."""

import re
from dataclasses import replace
from datetime import timedelta

from lxml import etree
from rdflib import Graph
from rdflib.compare import isomorphic
from wijk import changelog, turtle
from wijk.changelog import ChangeLog
from wijk.documents import base_of
from wijk.harvesting.oai.items import Naming

from .oai_requests import CASE, DC, NOW, NS, ask, code, listed, parts, texts

BASE = "https://w3id.org/wijindewijk/"
DOCUMENT = f"{BASE}doc/case/boefjes-en-baristas"


def test_identify_says_what_harvesters_rely_on(own, log):
    response = ask(own, "Identify")
    said = {etree.QName(element).localname: element.text for element in response[2]}
    assert said["baseURL"] == "https://w3id.org/wijindewijk/oai"
    assert said["protocolVersion"] == "2.0"
    assert said["deletedRecord"] == "persistent"
    assert said["granularity"] == "YYYY-MM-DDThh:mm:ssZ"
    assert said["earliestDatestamp"] == "2026-11-23T09:30:00Z"
    assert "@" in said["adminEmail"]
    assert response.findtext("o:responseDate", namespaces=NS) == changelog.stamped(
        log.last, "seconds"
    )
    assert texts(response, "{*}sampleIdentifier") == [CASE]


def test_what_was_published_before_a_response_and_told_after_it_is_in_the_next_harvest(
    made, own, log, then
):
    late = then(log, "Update", DOCUMENT, log.latest[DOCUMENT].content + "\n")
    between = (late.last or NOW) + timedelta(minutes=5)
    began = ask(own, "Identify", between).findtext("o:responseDate", namespaces=NS)
    assert CASE in listed(made(late), from_=began)


def test_a_response_is_not_dated_after_the_clock(own, log):
    response = ask(own, "Identify", log.first - timedelta(hours=1))
    said = response.findtext("o:responseDate", namespaces=NS)
    assert said == changelog.stamped(log.first - timedelta(hours=1), "seconds")


def test_there_are_two_formats_also_of_one_item(own):
    for arguments in ({}, {"identifier": CASE}):
        response = ask(own, "ListMetadataFormats", **arguments)
        assert texts(response, "o:metadataPrefix") == ["oai_dc", "rdf"]
        assert texts(response, "o:schema")[1] == "https://w3id.org/wijindewijk/oai/rdf.xsd"


def test_there_are_sets_by_theme_province_and_bundle_with_those_above(own):
    specs = texts(ask(own, "ListSets"), "o:setSpec")
    assert {"thema", "thema:ouderen", "provincie:noord-brabant", "bundel:wij-in-de-wijk-1"} <= {
        *specs
    }
    assert len(specs) == len(set(specs))
    for spec in specs:
        assert spec.partition(":")[0] in specs


def test_a_set_has_what_the_headers_say_and_a_broader_theme_has_what_is_below_it(own):
    headers = [
        (header.findtext("o:identifier", namespaces=NS), texts(header, "o:setSpec"))
        for part in parts(own, "ListIdentifiers", **DC)
        for header in part.iterfind(".//o:header", NS)
    ]
    for spec in texts(ask(own, "ListSets"), "o:setSpec"):
        inside = {it for it, specs in headers for of in specs if f"{of}:".startswith(f"{spec}:")}
        if inside:
            assert set(listed(own, set=spec)) == inside, spec
        else:
            assert code(ask(own, "ListIdentifiers", set=spec, **DC)) == "noRecordsMatch"
    assert set(listed(own, set="thema:ouderen")) < set(listed(own, set="thema:mensen"))


def test_a_record_in_dublin_core_says_what_the_case_is_and_what_may_be_done_with_it(own):
    record = ask(own, "GetRecord", identifier=CASE, **DC)
    assert texts(record, "dc:title") == ["Boefjes en Barista's"]
    assert texts(record, "dc:identifier") == [f"{BASE}id/case/boefjes-en-baristas"]
    assert f"{BASE}id/theme/ouderen" in texts(record, "dc:subject")
    assert "ouderen" in texts(record, "dc:subject")
    assert "Noord-Brabant (PV30)" in texts(record, "dc:coverage")
    assert "https://www.movisie.nl/wijindewijk" in texts(record, "dc:relation")
    assert texts(record, "dc:language") == ["nl"]
    assert texts(record, "dc:type") == ["Text"]
    licence, sentence = texts(record, "dc:rights")
    assert licence == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert sentence.startswith("Vrij te gebruiken")
    assert record.find(".//r:rightsReference", NS).get("ref") == licence


def test_the_provenance_of_a_record_is_the_document_as_it_was_published(own):
    for prefix, altered in (("oai_dc", "true"), ("rdf", "false")):
        record = ask(own, "GetRecord", identifier=CASE, metadataPrefix=prefix)
        origin = record.find(".//p:originDescription", NS)
        assert origin.get("altered") == altered
        assert origin.get("harvestDate") == "2026-11-23T09:30:00Z"
        assert origin.findtext("p:baseURL", namespaces=NS) == "https://w3id.org/wijindewijk/oai"
        assert origin.findtext("p:identifier", namespaces=NS) == CASE


def test_a_record_in_rdf_is_the_whole_document_as_it_was_published(own, made, log, then):
    def described(own):
        record = ask(own, "GetRecord", identifier=CASE, metadataPrefix="rdf")
        (described,) = record.find(".//o:metadata", NS)
        return Graph().parse(data=etree.tostring(described), format="xml")

    entry = log.latest[DOCUMENT]
    published = turtle.parse(entry.content.encode(), entry.path, base_of(DOCUMENT))
    assert isomorphic(described(own), published)
    edited = then(log, "Update", DOCUMENT, entry.content.replace("Breidde later", "Breidde"))
    assert not isomorphic(described(made(edited)), published)


def test_texts_are_without_html_and_without_what_xml_does_not_have(made, log, then):
    content = log.latest[DOCUMENT].content.replace(
        "Ouders met kleine kinderen", r"<p class='x'>Ouders\u0001 &amp; <b>kinderen</b></p> 1 < 2"
    )
    own = made(then(log, "Update", DOCUMENT, content))
    response = ask(own, "GetRecord", identifier=CASE, **DC)
    assert texts(response, "dc:description")[0].startswith("Ouders &amp; kinderen 1 < 2")
    assert ask(own, "GetRecord", identifier=CASE, metadataPrefix="rdf").find("o:error", NS) is None


def test_one_broken_record_does_not_take_its_page_along(own, log):
    item = own.items.one(CASE)
    broken = replace(item.entry, content="this is not Turtle")
    own = replace(own, items=replaced(own, item, replace(item, entry=broken)))
    whole = list(parts(own, metadataPrefix="rdf"))
    assert sum(len(texts(part, "o:identifier")) for part in whole) == 29


def replaced(own, old, new):
    items = [it for it in own.items.window("", 0, 10**11).after((0, ""), 10**6) if it != old]
    return type(own.items)([*items, new], own.items.sets)


def test_a_withdrawn_case_is_a_header_for_ever_in_the_sets_it_was_in(own, made, log, then):
    gone = made(then(log, "Delete", DOCUMENT, "Op verzoek."))
    for prefix in ("oai_dc", "rdf"):
        response = ask(gone, "GetRecord", identifier=CASE, metadataPrefix=prefix)
        (record,) = response.iterfind(".//o:record", NS)
        (header,) = record
        assert header.get("status") == "deleted"
        assert header.findtext("o:datestamp", namespaces=NS) == "2026-11-23T10:30:00Z"
        assert "Barista" not in etree.tostring(record, encoding="unicode")
    assert set(listed(gone, set="thema:ouderen")) == set(listed(own, set="thema:ouderen"))
    assert listed(gone, from_="2026-11-23T10:30:00Z") == [CASE]
    assert texts(ask(gone, "ListMetadataFormats", identifier=CASE), "o:metadataPrefix")


def test_a_withdrawn_case_of_which_all_was_taken_out_is_told_in_every_set(made, log, then):
    after = then(log, "Delete", DOCUMENT).entries
    taken = (replace(it, content=None) if it.document == DOCUMENT else it for it in after)
    own = made(ChangeLog(tuple(taken)))
    assert CASE in listed(own, set="thema:groen")
    assert CASE in listed(own, set="provincie:zeeland")


def test_a_case_that_came_back_is_a_record_again(made, log, then):
    content = log.latest[DOCUMENT].content
    gone = then(log, "Delete", DOCUMENT)
    back = made(then(ChangeLog(gone.entries), "Create", DOCUMENT, content))
    response = ask(back, "GetRecord", identifier=CASE, **DC)
    assert response.find(".//o:header", NS).get("status") is None
    assert texts(response, "o:datestamp") == ["2026-11-23T11:30:00Z"]


def test_a_change_of_a_set_is_a_change_of_the_record(made, log, then):
    """The place of the case goes to another province: the case itself did not change."""
    place = f"{BASE}doc/place/de-muntel"
    moved = re.sub("area:(gm0796|pv30|2022-bu07960401)", "area:pv20", log.latest[place].content)
    own = made(then(log, "Update", place, moved))
    assert listed(own, from_="2026-11-23T10:30:00Z") == [CASE]
    assert listed(own, set="provincie:groningen", from_="2026-11-23T10:30:00Z") == [CASE]
    assert CASE not in listed(own, set="provincie:noord-brabant")


def test_before_anything_was_published_there_is_an_empty_repository(made):
    own = made(ChangeLog())
    assert texts(ask(own, "Identify"), "o:earliestDatestamp") == ["1970-01-01T00:00:00Z"]
    assert code(ask(own, "ListRecords", **DC)) == "noRecordsMatch"
    assert code(ask(own, "GetRecord", identifier=CASE, **DC)) == "idDoesNotExist"


def test_a_base_whose_domain_is_none_keeps_its_iris():
    assert Naming("http://localhost:8000/").identifier("http://localhost:8000/id/case/x") == (
        "http://localhost:8000/id/case/x"
    )
    assert Naming("https://wijk.example/").identifier("https://wijk.example/id/case/x") == (
        "oai:wijk.example:case/x"
    )
