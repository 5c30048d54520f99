"""`wijk join`, as somebody with a table of their own runs it."""

import csv
import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import described

EXTRACT = Path(__file__).parent.parent / "extracts" / "ses_woa_2019_amsterdam_zuidoost.csv"
HANDREIKING = "https://w3id.org/wijindewijk/id/case/buurtwerkkamer-de-handreiking"
HERE = ["GM0363", "WK036393", *(f"BU0363930{number}" for number in (5, 6, 7, 8))]
Run = Callable[..., subprocess.CompletedProcess[str]]


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table with semicolons."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def test_a_download_of_statline_keeps_its_rows_and_gets_what_we_know(
    wijk: Run, tmp_path: Path
) -> None:
    out, report = tmp_path / "met-casussen.csv", tmp_path / "rapport.csv"
    code = "Regiocode (gemeente, wijk, buurt) (code)"
    done = wijk("join", EXTRACT, "--code", code, "--output", out, "--report", report)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("56 rijen: ")
    before, after = EXTRACT.read_bytes().splitlines(), out.read_bytes().splitlines()
    assert len(after) == len(before) == 57
    assert all(new.startswith(old + b";") for old, new in zip(before, after, strict=True))
    joined = rows(out)
    assert [row[code].strip() for row in joined if HANDREIKING in row["wijk_links"]] == HERE
    around = [row for row in joined if HANDREIKING in row["wijk_omgeving_links"]]
    assert len(around) == 56 - len(HERE)
    told = {row["code"]: row for row in rows(report)}
    assert {row[code] for row in joined if row["wijk_uitkomst"] != "exact"} == set(told)
    assert all(row["uitleg"] for row in told.values())
    told_of = described(out.with_name("met-casussen.csv-metadata.json"))
    assert len(told_of) == 56
    assert "armoede" in told_of[0]["wijk_themas"]
    assert {path.name for path in tmp_path.iterdir()} == {
        "met-casussen.csv",
        "met-casussen.csv-metadata.json",
        "rapport.csv",
    }


def test_a_table_from_stdin_goes_to_stdout(wijk: Run, tiny: Path) -> None:
    text = "a,b\n1,BU07960401\n2,GM12\n3,GM13\n"
    done = wijk("join", "-", "--code", "2", "--graph", tiny, given=text)
    assert done.returncode == 0
    header, *rows = csv.reader(io.StringIO(done.stdout))
    assert dict(zip(header, rows[0], strict=True))["wijk_casussen"] == "Tuin"
    said = done.stderr.splitlines()
    assert said[0] == "3 rijen: 1 exact, 2 geen code."
    assert said[1].startswith("  geen code, zoals in rij 3: 'GM12' is geen code: een gemeente is")
    assert said[2:] == ["Alle codes die niet pasten, met de reden: met --report FILE."]


def test_no_half_a_result_is_left_behind(wijk: Run, tmp_path: Path) -> None:
    table, out = tmp_path / "tabel.csv", tmp_path / "uit.csv"
    table.write_bytes(b'a;b\n1;GM0363\n2;"GM0363\n')
    done = wijk("join", table, "--code", "b", "--output", out)
    assert done.returncode == 2
    assert f'{table}: Row 3: a quote (") opens here that does not close' in done.stderr
    assert list(tmp_path.iterdir()) == [table]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["--code", "c"], "{table}: There is no column 'c' in this table. There are 2 columns"),
        (
            [],
            "{table}: It is not said which column has the codes. Column 2 looks like it; "
            'if that is right, give "b" for code',
        ),
        (["--code", "b", "--output", "{table}"], "FILE, --output and --report must be different"),
        (["--code", "b", "--output", "uit.xlsx"], "give uit.xlsx that ending as well"),
        (["--code", "b", "--output", "weg/uit.csv"], "weg/uit.csv cannot be written: No such file"),
        (["--code", "b", "--date", "gisteren"], "'gisteren' is not a date"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(
    wijk: Run, tmp_path: Path, given: list[str], message: str
) -> None:
    table = tmp_path / "tabel.csv"
    table.write_bytes(b"a;b\n1;GM0363\n2;GM0479\n")
    done = wijk("join", table, *(each.format(table=table) for each in given))
    assert done.returncode == 2
    assert message.format(table=table) in done.stderr
    assert table.read_bytes() == b"a;b\n1;GM0363\n2;GM0479\n"


def test_a_file_that_is_not_there_is_told(wijk: Run, tmp_path: Path) -> None:
    done = wijk("join", tmp_path / "weg.csv", "--code", "1")
    assert done.returncode == 2
    assert "weg.csv cannot be read: No such file or directory." in done.stderr
