"""Licence, words, publisher and contact come from the catalogue, and from nowhere else."""

from pathlib import Path

import pytest
from rdflib import DCTERMS
from rdflib.namespace import SDO
from wijk import snapshot
from wijk.harvesting.rights import Rights, dataset_of, said

CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
BASE = "https://example.org/buurten/"


@pytest.fixture
def rights(shipped):
    return Rights(shipped)


def test_each_dataset_has_one_licence_and_words_for_people_in_two_languages(rights):
    licences = {name: terms.licence for name, terms in rights.datasets.items()}
    assert licences == {"cases": CC0, "thesaurus": CC0, "areas": CC_BY, "figures": CC_BY}
    for terms in rights.datasets.values():
        for texts in (terms.title, terms.sentence, terms.credit):
            assert set(texts) == {"nl", "en"}


@pytest.mark.parametrize(
    ("kind", "dataset", "label"),
    [
        ("case", "cases", "CC0 1.0"),
        ("lesson", "cases", "CC0 1.0"),
        ("scheme", "thesaurus", "CC0 1.0"),
        ("theme", "thesaurus", "CC0 1.0"),
        ("area", "areas", "CC BY 4.0"),
        ("event", "areas", "CC BY 4.0"),
        ("figure", "figures", "CC BY 4.0"),
    ],
)
def test_things_of_a_kind_have_the_terms_of_their_dataset(rights, kind, dataset, label):
    assert (rights.of(kind).name, rights.of(kind).label) == (dataset, label)


def test_every_kind_of_document_is_in_a_dataset_or_is_about_the_data_themselves(shipped, rights):
    without = {it.kind for it in shipped.documents.values() if dataset_of(it.kind) is None}
    assert without == {"alignment", "catalog", "ontology", "shape"}
    used = {dataset_of(it.kind) for it in shipped.documents.values()} - {None}
    assert used == rights.datasets.keys()


def test_every_concept_is_in_the_thesaurus(shipped):
    kinds = {iri.removeprefix(f"{shipped.base}doc/").partition("/")[0] for iri in shipped.concepts}
    assert {dataset_of(kind) for kind in kinds} == {"thesaurus"}


def test_who_names_others_says_whom(rights):
    for name in ("areas", "figures"):
        terms = rights.datasets[name]
        for one in ("CBS", "Kadaster", "KOOP"):
            assert one in said(terms.credit)
            assert one in said(terms.sentence)


def test_the_shipped_contact_is_nobody_and_says_so(rights):
    assert said(rights.publisher.name) == "Project wijk"
    assert rights.contact.email.endswith(".invalid")


def test_a_folder_whose_catalogue_says_nothing_has_no_rights_to_tell(tmp_path: Path):
    (tmp_path / "data").mkdir()
    catalogue = f'<{BASE}dataset> <http://rdfs.org/ns/void#uriSpace> "{BASE}" .\n'
    (tmp_path / "data" / "catalog.ttl").write_text(catalogue, encoding="utf-8")
    told = Rights(snapshot.read(tmp_path, folders=("data",)).snapshot)
    assert told.of("case").dataset == f"{BASE}dataset"
    assert (told.of("case").licence, told.publisher.name, told.contact.email) == ("", {}, "")


def test_a_text_of_others_has_rights_and_never_a_licence_of_ours(shipped):
    sources = [it for it in shipped.documents.values() if it.kind == "source"]
    assert len(sources) > 50
    for document in sources:
        for licence in (DCTERMS.license, SDO.license):
            assert (None, licence, None) not in document.graph, document.path


def test_no_licence_forbids_a_use(rights):
    for terms in rights.datasets.values():
        assert "-nc" not in terms.licence
        assert "-nd" not in terms.licence
        assert terms.licence.startswith("https://creativecommons.org/")
        assert terms.licence.endswith("/")
        assert "deed" not in terms.licence
