"""What every page says in schema.org, as harvesters take it out."""

import json
from typing import Any

import extruct
import httpx2
import pytest
from wijk.harvesting.discovery import schemaorg
from wijk.harvesting.records import Records
from wijk.snapshot import Snapshot

CASE = "/doc/case/de-oude-bieb"
HTML = {"Accept": "text/html"}


def told(page: str) -> dict[str, Any]:
    """What a page says in JSON-LD, as a harvester takes it out."""
    (found,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    assert isinstance(found, dict)
    return found


def test_a_case_page_says_in_schema_org_what_its_record_says(
    web: httpx2.Client, site: str, records: Records, shipped: Snapshot
) -> None:
    iri = f"{shipped.base}id/case/de-oude-bieb"
    record, found = records.one[iri], told(web.get(CASE, headers=HTML).text)
    assert found["@context"]["@vocab"] == "https://schema.org/", "with http, checkers see nothing"
    assert (found["@type"], found["@id"]) == ("CreativeWork", iri)
    assert (found["name"], found["abstract"]) == (record.title, record.abstract)
    about = {it["@id"] for it in found["about"]}
    assert about == {it.iri for it in (*record.themes, *record.initiatives)}
    assert [it["@id"] for it in found["spatialCoverage"]] == [it.iri for it in record.places]
    assert {it["@id"] for it in found["isBasedOn"]} == set(record.sources)
    assert found["license"]["@id"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert f"{shipped.base}dataset/cases" in {it["@id"] for it in found["isPartOf"]}
    assert found["url"]["@id"] == f"{site}{CASE}"


@pytest.mark.parametrize(
    ("page", "kind", "name"),
    [
        ("/doc/initiative/de-oude-bieb", "Organization", "De Oude Bieb"),
        ("/doc/actor/accolade", "Organization", "Accolade"),
        ("/doc/place/lewenborg", "Place", "Lewenborg"),
        ("/doc/area/gm0014", "AdministrativeArea", "Groningen"),
        ("/doc/theme/groen", "DefinedTerm", "groen"),
        ("/doc/scheme/theme", "DefinedTermSet", "Thema's"),
        ("/doc/bundle/wij-in-de-wijk-4", "CreativeWork", "Wij in de Wijk 4"),
    ],
)
def test_each_kind_of_page_says_what_it_is_about(
    web: httpx2.Client, page: str, kind: str, name: str
) -> None:
    found = told(web.get(page, headers=HTML).text)
    assert (found["@type"], found["name"]) == (kind, name)
    assert found["mainEntityOfPage"]["license"]["@id"].startswith("https://creativecommons.org/")


def test_a_place_and_a_term_say_where_they_belong(web: httpx2.Client) -> None:
    place = told(web.get("/doc/place/lewenborg", headers=HTML).text)
    assert place["containedInPlace"][0]["identifier"] == "GM0014"
    assert 52 < place["geo"]["latitude"] < 54
    term = told(web.get("/doc/theme/groen", headers=HTML).text)
    assert term["inDefinedTermSet"]["@id"].endswith("/id/scheme/theme")


def test_no_text_ends_the_block_it_stands_in() -> None:
    nasty = {"name": '</script><script>alert("x")</script><!-- & \u2028 -->'}
    made = schemaorg.block(nasty)
    assert "<" not in made
    assert "\u2028" not in made
    assert json.loads(made) == nasty
    page = f'<script type="application/ld+json">{made}</script>'
    (found,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    assert found == nasty
