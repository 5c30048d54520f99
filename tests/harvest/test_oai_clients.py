"""Two harvesters nobody here wrote take a thousand made-up cases, and keep their copies right."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from lxml import etree
from oaipmh_scythe import Scythe
from sickle import Sickle
from wijk import changelog
from wijk.harvesting.oai.items import Naming

from .made_up import BASE, awaited, edit, lone_case, made_up, publish, withdraw
from .network import no_way_out
from .oai_schemas import validated
from .server import free_port, serving

pytestmark = pytest.mark.harvest

CASES = 1000
NS = {"o": "http://www.openarchives.org/OAI/2.0/"}
Copy = dict[str, tuple[str, bool]]
"""What a harvester has: datestamp and whether it is deleted, by identifier."""


@dataclass
class Portal:
    """A folder, and the port where it is served."""

    folder: Path
    home: Path
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def served(self):
        home = ("--home", str(self.home))
        return serving(self.folder, *home, port=self.port, WIJK_PUBLIC_URL=self.url)

    def wanted(self) -> set[tuple[str, bool]]:
        """Every case there ever was, and whether it is deleted, by the log."""
        named = Naming(BASE).identifier
        latest = changelog.read(self.folder).latest.values()
        cases = (it for it in latest if it.document.startswith(f"{BASE}doc/case/"))
        return {(named(it.thing), it.type == "Delete") for it in cases}

    def ask(self, **arguments: str) -> etree._Element:
        """A response of the server, held to the schemas."""
        given = {name.rstrip("_"): value for name, value in arguments.items()}
        return validated(httpx2.get(f"{self.url}/oai", params=given, timeout=60).content)


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    home = tmp_path_factory.mktemp("home")
    folder = made_up(tmp_path_factory.mktemp("portal") / "graph", CASES, home)
    with no_way_out():
        yield Portal(folder, home, free_port())


def by_sickle(url: str, **arguments: str) -> Copy:
    found = Sickle(f"{url}/oai").ListRecords(ignore_deleted=False, **arguments)
    return {it.header.identifier: (it.header.datestamp, it.deleted) for it in found}


def by_scythe(url: str, metadataPrefix: str, **arguments: str) -> Copy:
    names = {"set": "set_", "from": "from_"}
    given = {names.get(name, name): value for name, value in arguments.items()}
    with Scythe(f"{url}/oai", timeout=60) as scythe:
        found = scythe.list_records(metadata_prefix=metadataPrefix, **given)
        return {it.header.identifier: (it.header.datestamp, it.deleted) for it in found}


def flags(copy: Copy) -> set[tuple[str, bool]]:
    return {(identifier, deleted) for identifier, (_, deleted) in copy.items()}


def test_both_harvesters_take_everything_in_both_formats_and_by_set(portal):
    with portal.served():
        for prefix in ("oai_dc", "rdf"):
            one, other = (by(portal.url, metadataPrefix=prefix) for by in (by_sickle, by_scythe))
            assert one == other
            assert flags(one) == portal.wanted()
            assert len(one) == CASES
        arguments = {"metadataPrefix": "oai_dc", "set": "thema:groen"}
        inside = by_sickle(portal.url, **arguments)
        assert inside == by_scythe(portal.url, **arguments)
        assert 0 < len(inside) < CASES
        assert {it.setSpec for it in Sickle(f"{portal.url}/oai").ListSets()} >= {"thema:groen"}


def test_every_response_is_as_the_schemas_have_it(portal):
    with portal.served():
        portal.ask(verb="Identify")
        portal.ask(verb="ListMetadataFormats")
        portal.ask(verb="ListSets")
        for verb in ("ListIdentifiers", "ListRecords"):
            for prefix in ("oai_dc", "rdf"):
                response = portal.ask(verb=verb, metadataPrefix=prefix)
                count = 0
                while True:
                    count += len([it for it in response[2] if "resumptionToken" not in it.tag])
                    token = response.find(".//o:resumptionToken", NS)
                    if not token.text:
                        break
                    response = portal.ask(verb=verb, resumptionToken=token.text)
                assert count == int(token.get("completeListSize")) == len(portal.wanted())


def test_a_page_is_the_same_after_a_restart_and_the_list_goes_on_from_there(portal):
    with portal.served():
        first = portal.ask(verb="ListRecords", metadataPrefix="oai_dc")
        token = first.findtext(".//o:resumptionToken", namespaces=NS)
        before = portal.ask(verb="ListRecords", resumptionToken=token)
    with portal.served():
        after = portal.ask(verb="ListRecords", resumptionToken=token)
        assert etree.tostring(before[2]) == etree.tostring(after[2])
        records = Sickle(f"{portal.url}/oai").ListRecords(resumptionToken=token)
        rest = {it.header.identifier for it in records}
    here = {it.text for it in first.iterfind(".//o:identifier", NS)}
    assert not here & rest
    assert len(here | rest) == len(portal.wanted())


def test_what_changes_between_two_pages_comes_in_the_next_harvest_and_nothing_is_missed(portal):
    """A case is corrected and one withdrawn while a harvest is under way, in a running server."""
    with portal.served():
        began = portal.ask(verb="Identify").findtext("o:responseDate", namespaces=NS)
        records = Sickle(f"{portal.url}/oai").ListRecords(False, metadataPrefix="oai_dc")
        copy = {}
        for _ in range(150):
            record = next(records)
            copy[record.header.identifier] = record.header.datestamp, record.deleted
        path = lone_case(portal.folder)
        corrected = sorted((portal.folder / "data" / "cases").glob("*.ttl"))[-1]
        edit(corrected, '"Casus ', '"Verbeterd ')
        gone = withdraw(path)
        publish(portal.folder)
        awaited(lambda: is_gone(portal, gone))
        copy |= {it.header.identifier: (it.header.datestamp, it.deleted) for it in records}
        later = {"metadataPrefix": "oai_dc", "from": began}
        update = by_sickle(portal.url, **later)
        assert update == by_scythe(portal.url, **later)
        assert (Naming(BASE).identifier(gone), True) in flags(update)
        now = portal.ask(verb="Identify").findtext("o:responseDate", namespaces=NS)
        assert len(by_sickle(portal.url, **{**later, "from": now})) < 10
        assert flags(copy | update) == portal.wanted()
        assert copy | update == by_scythe(portal.url, metadataPrefix="oai_dc")


def is_gone(portal: Portal, thing: str) -> bool:
    """Whether the server tells that a case was withdrawn."""
    identifier = Naming(BASE).identifier(thing)
    response = portal.ask(verb="GetRecord", metadataPrefix="oai_dc", identifier=identifier)
    return response.find(".//o:header", NS).get("status") == "deleted"
