"""The table of cases as CSV, workbook and GeoJSON: the same cells, and no formula."""

import csv
import json
import warnings
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from csvw import CSVW
from wijk.changelog import stamped
from wijk.harvesting.dumps import tables
from wijk.harvesting.dumps.columns import Row, harmless, joined
from wijk.harvesting.dumps.making import Dumps
from wijk.harvesting.records import Records

ADDRESS = "https://example.org/wijk"


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter, strict=True))


def test_the_table_has_the_columns_portals_know_in_their_order(dumped: Dumps) -> None:
    table = rows(dumped.folder / "casussen.csv")
    assert list(table[0])[:10] == [
        *("iri", "titel", "samenvatting", "themas", "gemeente", "gemeentecode", "jaar", "url"),
        *("licentie", "gewijzigd"),
    ]


def test_the_table_is_what_the_graph_says(dumped: Dumps, records: Records) -> None:
    table = {row["iri"]: row for row in rows(dumped.folder / "casussen.csv")}
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
        assert row["licentie"] == dumped.about["cases"].licence


def test_a_dutch_excel_finds_its_own_way_of_writing(dumped: Dumps) -> None:
    assert (dumped.folder / "casussen-excel.csv").read_bytes().startswith(b"\xef\xbb\xbfiri;titel;")
    plain = rows(dumped.folder / "casussen.csv")
    dutch = rows(dumped.folder / "casussen-excel.csv", ";")
    for one, other in zip(plain, dutch, strict=True):
        assert other["breedtegraad"] == one["breedtegraad"].replace(".", ",")
        assert other["gewijzigd"] == one["gewijzigd"][:10]
        same = one.keys() - {"breedtegraad", "lengtegraad", "gewijzigd"}
        assert all(one[name] == other[name] for name in same)


@pytest.mark.parametrize("name", ["casussen.csv", "casussen-excel.csv"])
def test_a_reader_of_csvw_reads_the_table(dumped: Dumps, records: Records, name: str) -> None:
    table = CSVW(str(dumped.folder / f"{name}-metadata.json"), validate=True)
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


def test_that_reader_sees_a_cell_of_another_kind(dumped: Dumps, tmp_path: Path) -> None:
    for name in ("casussen.csv", "casussen.csv-metadata.json"):
        text = (dumped.folder / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace(",1,Wij", ",een,Wij"), encoding="utf-8")
    with warnings.catch_warnings(action="always"):
        assert not CSVW(str(tmp_path / "casussen.csv-metadata.json"), validate=True).is_valid


def test_the_workbook_has_the_same_cells(dumped: Dumps) -> None:
    book = openpyxl.load_workbook(dumped.folder / "casussen.xlsx")
    head, *body = book["Casussen"].iter_rows(values_only=True)
    table = rows(dumped.folder / "casussen.csv")
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
    assert said["licentie"] == dumped.about["cases"].licence
    assert said["versie"] == dumped.about["cases"].version


def test_the_points_are_geojson_by_rfc_7946(dumped: Dumps, records: Records) -> None:
    told = json.loads((dumped.folder / "casussen.geojson").read_bytes())
    assert told["type"] == "FeatureCollection"
    assert "crs" not in told
    assert told["license"] == dumped.about["cases"].licence
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


def test_a_formula_in_a_title_stays_a_text(dumped: Dumps, records: Records, tmp_path: Path) -> None:
    row = Row(replace(records.all[0], title='=HYPERLINK("https://example.org")'), "u", "l")
    tables.write_csv(tmp_path / "t.csv", [row], ",")
    assert rows(tmp_path / "t.csv")[0]["titel"].startswith("'=HYPERLINK")
    tables.write_xlsx(tmp_path / "t.xlsx", [row], dumped.about["cases"])
    cell = openpyxl.load_workbook(tmp_path / "t.xlsx")["Casussen"]["B2"]
    assert (cell.data_type, cell.value) == ("s", row.record.title)
