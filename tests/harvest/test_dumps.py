"""Whole datasets as files: the same statements in every format, the same bytes every time."""

import csv
import gzip
import json
import os
import pickle
import shutil
import subprocess
import sys
import warnings
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

import openpyxl
import pyoxigraph as ox
import pytest
from csvw import CSVW
from wijk.changelog import ChangeLog, stamped
from wijk.harvesting import dumps
from wijk.harvesting.dumps import content, tables
from wijk.harvesting.dumps.__main__ import ORDER
from wijk.harvesting.dumps.columns import Row, harmless, joined
from wijk.harvesting.dumps.content import FILES
from wijk.harvesting.dumps.making import Dumps, Order
from wijk.harvesting.records import Records
from wijk.snapshot import Snapshot, of_documents

ADDRESS = "https://example.org/wijk"
NAMES = [FILES[name] for name in ("cases", "thesaurus", "areas", "figures")]


@pytest.fixture(scope="session")
def order(shipped: Snapshot, log: ChangeLog, query: str) -> Order:
    """The cases as they were published last, with what their records need and a few others."""
    context = json.loads((shipped.root / "ontology" / "context.jsonld").read_bytes())
    whole = dumps.ordered(shipped, log, context, ADDRESS, query)
    left_out = {"source", "actor", "media", "derived", "figure"}
    few = next(part for part in whole.content.parts if part.kind == "figure")
    parts = tuple(it for it in whole.content.parts if it.kind not in left_out or it == few)
    return replace(whole, content=replace(whole.content, parts=parts))


@pytest.fixture(scope="session")
def made(order: Order, tmp_path_factory: pytest.TempPathFactory) -> Dumps:
    """Its dumps."""
    return dumps.made(order, tmp_path_factory.mktemp("dumps"))


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter, strict=True))


def quads(path: Path, kind: ox.RdfFormat) -> set[str]:
    return {str(quad) for quad in ox.parse(path=path, format=kind)}


def test_every_dataset_has_its_files(made: Dumps) -> None:
    assert Counter(dump.dataset for dump in made.all if not dump.encoding) == {
        "cases": 9,
        "thesaurus": 3,
        "areas": 3,
        "figures": 3,
    }
    for dump in made.all:
        body = made.path(dump).read_bytes()
        assert len(body) == dump.size
        assert dump == made.find(dump.name)


@pytest.mark.parametrize("name", NAMES)
def test_nquads_turtle_and_jsonld_say_the_same(made: Dumps, name: str) -> None:
    whole = quads(made.folder / f"{name}.nq", ox.RdfFormat.N_QUADS)
    assert len(whole) > 300
    assert whole == quads(made.folder / f"{name}.jsonld", ox.RdfFormat.JSON_LD)
    triples = {
        str(ox.Triple(quad.subject, quad.predicate, quad.object))
        for quad in ox.parse(path=made.folder / f"{name}.nq", format=ox.RdfFormat.N_QUADS)
    }
    flat = ox.parse(path=made.folder / f"{name}.ttl", format=ox.RdfFormat.TURTLE)
    assert triples == {str(triple) for triple in flat}


def test_together_they_hold_every_document_once(made: Dumps, order: Order) -> None:
    graphs: Counter[str] = Counter()
    for name in NAMES:
        found = ox.parse(path=made.folder / f"{name}.nq", format=ox.RdfFormat.N_QUADS)
        graphs.update({str(quad.graph_name).strip("<>") for quad in found} - {"DEFAULT"})
    assert graphs == Counter(part.iri for part in order.content.parts)


def test_a_packed_file_is_the_plain_one(made: Dumps) -> None:
    packed = [dump for dump in made.all if dump.encoding]
    assert len(packed) > 10
    for dump in packed:
        body = made.path(dump).read_bytes()
        assert gzip.decompress(body) == (made.folder / dump.plain).read_bytes()
        assert body[4:8] == bytes(4), "the hour at which it was packed"


def test_the_same_content_gives_the_same_bytes_in_every_process(
    order: Order, tmp_path: Path
) -> None:
    few = replace(order.content, parts=order.content.parts[::40])
    found = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        (folder / ORDER).write_bytes(pickle.dumps(replace(order, content=few)))
        command = [sys.executable, "-m", dumps.__name__, str(folder)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE) as child:
            assert child.wait() == 0
        made = dumps.there(replace(order, content=few), folder)
        assert made is not None
        found.append(made.all)
    assert found[0] == found[1]
    assert len(found[0]) > 20


def test_the_process_ends_with_who_started_it(order: Order, tmp_path: Path) -> None:
    (tmp_path / ORDER).write_bytes(pickle.dumps(order))
    command = [sys.executable, "-m", dumps.__name__, str(tmp_path)]
    assert subprocess.run(command, stdin=subprocess.DEVNULL).returncode == 1
    assert dumps.there(order, tmp_path) is None


def test_what_is_not_as_it_was_made_is_not_there(made: Dumps, order: Order, tmp_path: Path) -> None:
    shutil.copytree(made.folder, tmp_path / "copy")
    assert dumps.there(order, tmp_path / "copy")
    (tmp_path / "copy" / "casussen.csv").write_text("iri\r\n")
    assert dumps.there(order, tmp_path / "copy") is None


def test_what_was_made_from_something_else_is_not_there(made: Dumps, order: Order) -> None:
    assert dumps.there(replace(order, address="https://example.org"), made.folder) is None


def test_each_says_its_licence_version_and_date(made: Dumps, log: ChangeLog) -> None:
    assert log.last is not None
    cases, areas = made.about["cases"], made.about["areas"]
    assert cases.licence == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert areas.licence == "https://creativecommons.org/licenses/by/4.0/"
    for about, name in ((cases, "casussen"), (areas, "gebieden")):
        for suffix in (".nq", ".ttl", ".jsonld"):
            text = (made.folder / f"{name}{suffix}").read_text(encoding="utf-8")
            head = text[: text.index("/doc/")]
            assert about.licence in head
            assert stamped(about.modified) in head


def test_the_table_has_the_columns_portals_know_in_their_order(made: Dumps) -> None:
    table = rows(made.folder / "casussen.csv")
    assert list(table[0])[:10] == [
        *("iri", "titel", "samenvatting", "themas", "gemeente", "gemeentecode", "jaar", "url"),
        *("licentie", "gewijzigd"),
    ]


def test_the_table_is_what_the_graph_says(made: Dumps, records: Records) -> None:
    table = {row["iri"]: row for row in rows(made.folder / "casussen.csv")}
    assert len(table) == len(records.all) == 29
    for record in records.all:
        row = table[record.iri]
        assert row["titel"] == record.title
        assert row["samenvatting"] == record.abstract
        assert row["themas"].split("|") == [it.label for it in record.themes] or not record.themes
        codes = {it.municipality.code for it in record.places if it.municipality}
        assert set(filter(None, row["gemeentecode"].split("|"))) == codes
        assert row["jaar"] == str(record.year)
        assert row["gewijzigd"] == stamped(record.modified)
        assert row["url"] == f"{ADDRESS}/doc/case/{record.slug}"
        assert row["licentie"] == made.about["cases"].licence


def test_a_dutch_excel_finds_its_own_way_of_writing(made: Dumps) -> None:
    assert (made.folder / "casussen-excel.csv").read_bytes().startswith(b"\xef\xbb\xbfiri;titel;")
    plain = rows(made.folder / "casussen.csv")
    dutch = rows(made.folder / "casussen-excel.csv", ";")
    for one, other in zip(plain, dutch, strict=True):
        assert other["breedtegraad"] == one["breedtegraad"].replace(".", ",")
        assert other["gewijzigd"] == one["gewijzigd"][:10]
        same = one.keys() - {"breedtegraad", "lengtegraad", "gewijzigd"}
        assert all(one[name] == other[name] for name in same)


@pytest.mark.parametrize("name", ["casussen.csv", "casussen-excel.csv"])
def test_a_reader_of_csvw_reads_the_table(made: Dumps, records: Records, name: str) -> None:
    table = CSVW(str(made.folder / f"{name}-metadata.json"), validate=True)
    assert table.is_valid, [str(warning.message) for warning in table.warnings]
    found = {row["iri"].unsplit(): row for row in table.tables[0]}
    assert len(found) == len(records.all)
    for record in records.all:
        row = found[record.iri]
        assert row["titel"] == record.title
        assert row["themas"] == [it.label for it in record.themes]
        assert row["nummer"] == record.number
        point = next((it.point for it in record.places if it.point), None)
        assert row["breedtegraad"] == (Decimal(str(point.lat)) if point else None)


def test_that_reader_sees_a_cell_of_another_kind(made: Dumps, tmp_path: Path) -> None:
    for name in ("casussen.csv", "casussen.csv-metadata.json"):
        text = (made.folder / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace(",1,Wij", ",een,Wij"), encoding="utf-8")
    with warnings.catch_warnings(action="always"):
        assert not CSVW(str(tmp_path / "casussen.csv-metadata.json"), validate=True).is_valid


def test_the_workbook_has_the_same_cells(made: Dumps) -> None:
    book = openpyxl.load_workbook(made.folder / "casussen.xlsx")
    head, *body = book["Casussen"].iter_rows(values_only=True)
    table = rows(made.folder / "casussen.csv")
    assert list(head) == list(table[0])
    for cells, row in zip(body, table, strict=True):
        told = dict(zip(head, cells, strict=True))
        assert isinstance(told["gewijzigd"], datetime)
        assert stamped(told.pop("gewijzigd").replace(tzinfo=UTC)) == row["gewijzigd"]
        for name, cell in told.items():
            text = "" if cell is None else str(cell)
            text = text.lower() if isinstance(cell, bool) else text
            assert text == row[name], name
    about = [row[:2] for row in book["Over deze gegevens"].iter_rows(values_only=True)]
    said = dict(about[: about.index((None, None))])
    assert said["licentie"] == made.about["cases"].licence
    assert said["versie"] == made.about["cases"].version


def test_the_points_are_geojson_by_rfc_7946(made: Dumps, records: Records) -> None:
    told = json.loads((made.folder / "casussen.geojson").read_bytes())
    assert told["type"] == "FeatureCollection"
    assert "crs" not in told
    assert told["license"] == made.about["cases"].licence
    by_iri: dict[str, Any] = {feature["id"]: feature for feature in told["features"]}
    assert len(by_iri) == 29
    for record in records.all:
        feature = by_iri[record.iri]
        assert feature["type"] == "Feature"
        points = [(it.point.lon, it.point.lat) for it in record.places if it.point]
        shape = feature["geometry"]
        if not points:
            assert shape is None
        elif len(points) == 1:
            assert shape == {"type": "Point", "coordinates": list(points[0])}
        else:
            assert shape == {"type": "MultiPoint", "coordinates": [list(it) for it in points]}
        for lon, lat in points:
            assert 3 < lon < 8, "the longitude comes first"
            assert 50 < lat < 54


@pytest.mark.parametrize("text", ["=1+1", "+31", "-1", "@x", "\t=1", "\r=1", "'=1", "\uff1d1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert harmless(text)[1:] == text, "and what it was can be told"


@pytest.mark.parametrize("text", ["Buurt", "'s-Hertogenbosch", "1 + 1", "#1"])
def test_other_texts_are_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_a_bar_in_a_name_does_not_make_two_of_it() -> None:
    assert joined(("a|b", "c")) == "a\u00a6b|c"


def test_a_formula_in_a_title_stays_a_text(made: Dumps, records: Records, tmp_path: Path) -> None:
    row = Row(replace(records.all[0], title='=HYPERLINK("https://example.org")'), "u", "l")
    tables.write_csv(tmp_path / "t.csv", [row], ",")
    assert rows(tmp_path / "t.csv")[0]["titel"].startswith("'=HYPERLINK")
    tables.write_xlsx(tmp_path / "t.xlsx", [row], made.about["cases"])
    cell = openpyxl.load_workbook(tmp_path / "t.xlsx")["Casussen"]["B2"]
    assert (cell.data_type, cell.value) == ("s", row.record.title)


def test_what_was_edited_since_is_not_in_it(shipped: Snapshot, log: ChangeLog) -> None:
    iri = f"{shipped.base}doc/case/de-oude-bieb"
    edited = replace(shipped.documents[iri], text=b"<> a <x> .\n")
    taken = of_documents(shipped.root, shipped.base, {**shipped.documents, iri: edited})
    found = {part.iri: part for part in content.published(taken, log).parts}
    assert found[iri].source == shipped.documents[iri].source


def test_what_is_withdrawn_is_not_in_it_and_is_in_the_version_before(
    shipped: Snapshot, log: ChangeLog, then: Any
) -> None:
    iri = f"{shipped.base}doc/case/de-oude-bieb"
    after = then(log, "Delete", iri, "Op verzoek.")
    assert iri not in {part.iri for part in content.published(shipped, after).parts}
    assert log.last is not None
    before = content.at(shipped, after, log.last, "1.0.0")
    assert iri in {part.iri for part in before.parts}
    assert before.digest != content.published(shipped, after).digest


def test_a_folder_that_was_never_published_is_taken_as_it_is(shipped: Snapshot) -> None:
    taken = content.published(shipped, ChangeLog())
    assert {part.iri for part in taken.of("cases")} >= {
        it.iri for it in shipped.documents.values() if it.kind == "case"
    }


@pytest.mark.parametrize("kind", ["catalog", "versions", "ontology", "alignment", "shape"])
def test_what_is_about_the_data_themselves_is_in_no_dump(kind: str) -> None:
    assert content.Part("", kind, PurePosixPath(), b"").dataset is None
