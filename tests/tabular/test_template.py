"""The workbook to fill in: all fields, with what a spreadsheet needs to help."""

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from wijk.editing.fields import fields
from wijk.snapshot import Snapshot
from wijk.tabular import making
from wijk.tabular.layout import EXAMPLE, NAMES, tables

from ..server.conftest import small_at


@pytest.fixture(scope="module")
def template(shipped: Snapshot) -> bytes:
    """The template as bytes."""
    into = io.BytesIO()
    making.write(shipped, into)
    return into.getvalue()


@pytest.fixture(scope="module")
def book(template: bytes) -> Workbook:
    """The template as a spreadsheet reads it."""
    return openpyxl.load_workbook(io.BytesIO(template))


def test_the_sheets_stand_in_the_order_in_which_they_are_filled_in(book: Workbook) -> None:
    assert book.sheetnames == [
        *("Uitleg", "Casussen", "Initiatieven", "Lessen", "Betrokkenen", "Deelnames", "Plaatsen"),
        *("Media", "Bronnen", "Onderbouwing", "Keuzes"),
    ]


@pytest.mark.parametrize("kind", NAMES)
def test_every_field_has_a_column_and_what_is_required_is_marked(
    kind: str, book: Workbook, shipped: Snapshot
) -> None:
    headings = [cell.value for cell in book[NAMES[kind]][1]]
    for field in fields(shipped, kind):
        assert (f"{field.name['nl']} *" if field.required else field.name["nl"]) in headings
    assert len(set(headings)) == len(headings)
    assert book[NAMES[kind]].freeze_panes == "B2"


@pytest.mark.parametrize("kind", NAMES)
def test_the_second_row_is_an_example_and_says_so(kind: str, book: Workbook) -> None:
    assert book[NAMES[kind]].cell(2, 1).value == EXAMPLE


def test_every_list_is_offered_whole_and_its_error_is_in_dutch(
    book: Workbook, shipped: Snapshot
) -> None:
    state = next(field for field in fields(shipped, "case") if field.key == "stand")
    offers = {made.promptTitle: made for made in book["Casussen"].data_validations.dataValidation}
    made = offers["Stand"]
    assert made.showErrorMessage
    assert made.error.startswith("Dit staat niet in de lijst.")
    assert "Verplicht." in made.prompt
    column = made.formula1.split("$")[1]
    first, last = (int(part) for part in made.formula1.replace(":", "").split("$")[2::2])
    words = [book["Keuzes"][f"{column}{row}"].value for row in range(first, last + 1)]
    assert words == [choice.label for choice in state.choices]


def test_no_prompt_or_error_is_longer_than_excel_shows(book: Workbook) -> None:
    for name in NAMES.values():
        for made in book[name].data_validations.dataValidation:
            assert len(made.prompt) <= 255
            assert len(made.promptTitle) <= 32
            assert len(made.error) <= 255


def test_the_same_graph_gives_the_same_bytes(template: bytes, shipped: Snapshot) -> None:
    again = io.BytesIO()
    making.write(shipped, again)
    assert again.getvalue() == template


def test_every_column_has_help(shipped: Snapshot) -> None:
    for table in tables(shipped):
        for column in table.columns:
            assert column.help, f"{table.name}: {column.title}"


def test_the_command_does_not_write_over_a_file(wijk, tmp_path: Path) -> None:
    filled_in = tmp_path / "casussen.xlsx"
    filled_in.write_bytes(b"work of a day")
    done = wijk("template", filled_in)
    assert done.returncode == 2
    assert "--force" in done.stderr
    assert filled_in.read_bytes() == b"work of a day"


def test_a_graph_whose_shapes_tell_no_fields_is_told_so(wijk, tmp_path: Path, root: Path) -> None:
    small = small_at(tmp_path / "small", root)
    done = wijk("template", tmp_path / "casussen.xlsx", "--graph", small)
    assert done.returncode == 2
    assert "do not tell the fields of Initiatieven, Lessen" in done.stderr
    assert not (tmp_path / "casussen.xlsx").exists()
