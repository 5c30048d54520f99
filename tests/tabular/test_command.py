"""`wijk import` as people run it: what it shows, writes and leaves, and how it ends."""

import io
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from wijk import stamps
from wijk.documents import base_of
from wijk.publishing import journal
from wijk.snapshot import Snapshot

CASE = "data/cases/boefjes-en-baristas.ttl"
Run = Callable[..., subprocess.CompletedProcess[str]]
WEB = "https://www.movisie.nl/wijindewijk"
HEADS = ["naam", "soort plek", "ligt in", "waarom geen gebied", "bron van deze rij"]
ROW = ["Zuiderpark", "wijk", "Den Bosch", "Een park dat geen eigen buurt is.", WEB, "vermeld"]


@pytest.fixture
def few(tmp_path: Path, shipped: Snapshot) -> Path:
    """The graph with one case and what that names, never published, to be changed."""
    case = next(it for it in shipped.documents.values() if str(it.path) == CASE)
    named = set(map(str, case.graph.objects()))
    folder = tmp_path / "few"
    for name in ("ontology", "shapes", "queries"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(shipped.root / name)
    around = [f"data/{name}.ttl" for name in ("catalog", "places/den-bosch", "areas/gm0796")]
    for document in shipped.documents.values():
        path = str(document.path)
        wanted = document is case or path in around or named & set(document.told.things)
        if wanted and path.startswith("data/") and document.kind != "derived":
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            bare, _ = stamps.parted(document.source, base_of(document.iri))
            (folder / path).write_bytes(bare)
    return folder


@pytest.fixture
def places(workbook: Callable[..., bytes], tmp_path: Path) -> Callable[..., Path]:
    """Makes a workbook with one place, and a case that is there too."""

    def made(*row: str) -> Path:
        file = tmp_path / "plaatsen.xlsx"
        heads = [*HEADS, "grondslag van deze rij"]
        case = [["nummer", "plek", *heads[-2:]], [5, "De Muntel\nZuiderpark", WEB, "vermeld"]]
        file.write_bytes(workbook({"Plaatsen": [heads, row or ROW], "Casussen": case}))
        return file

    return made


def test_what_is_right_is_shown_and_then_written(
    wijk: Run, few: Path, places: Callable[..., Path]
) -> None:
    before = {path: path.read_bytes() for path in few.rglob("*.ttl")}
    dry = wijk("import", places(), "--dry-run", "--graph", few)
    assert dry.returncode == 0, dry.stdout
    assert "nieuw      data/places/zuiderpark.ttl\n    + naam: Zuiderpark" in dry.stdout
    assert f"gewijzigd  {CASE}\n    + plek: Zuiderpark\n" in dry.stdout
    assert "Er is niets geschreven" in dry.stderr
    assert {path: path.read_bytes() for path in few.rglob("*.ttl")} == before
    done = wijk("import", places(), "--graph", few)
    assert (done.returncode, done.stdout) == (0, dry.stdout)
    assert "2 documenten geschreven" in done.stderr
    made = (few / "data/places/zuiderpark.ttl").read_text()
    assert 'schema:name "Zuiderpark"@nl' in made
    assert sorted(path.name for path in few.iterdir()) == ["data", "ontology", "queries", "shapes"]


@pytest.mark.process
def test_a_dry_run_reads_while_something_is_published(
    wijk: Run, few: Path, places: Callable[..., Path]
) -> None:
    with journal.alone(few):
        (few / journal.NAME).write_text("{}")
        dry = wijk("import", places(), "--dry-run", "--graph", few)
    assert dry.returncode == 0, dry.stderr
    assert "Er wordt net gepubliceerd" in dry.stderr
    assert "nieuw      data/places/zuiderpark.ttl" in dry.stdout
    assert (few / journal.NAME).read_text() == "{}", "a dry run finishes nothing"


def test_with_mistakes_nothing_is_written_and_the_copy_says_where(
    wijk: Run, few: Path, places: Callable[..., Path], tmp_path: Path
) -> None:
    copy = tmp_path / "met-opmerkingen.xlsx"
    file = places("Zuiderpark", "wijkje", "", "Een park.")
    done = wijk("import", file, "--annotate", copy, "--graph", few)
    assert done.returncode == 1
    assert done.stdout.splitlines()[:2] == [
        "fout    plaatsen.xlsx, blad Plaatsen, cel B2",
        "        “wijkje” staat niet in de lijst van “soort plek”. Bedoel je “wijk”?",
    ]
    found_by_the_check = "let op  plaatsen.xlsx, blad Casussen, cel A2"
    assert found_by_the_check in done.stdout.splitlines()
    assert "Er is niets geschreven" in done.stderr
    assert not (few / "data/places/zuiderpark.ttl").exists()
    commented = openpyxl.load_workbook(copy)["Plaatsen"]["B2"]
    assert commented.value == "wijkje"
    assert "Bedoel je “wijk”?" in commented.comment.text


def test_a_copy_takes_the_place_of_nothing(
    wijk: Run, places: Callable[..., Path], tmp_path: Path
) -> None:
    copy = tmp_path / "er-al.xlsx"
    copy.write_bytes(b"work of a day")
    assert wijk("import", places(), "--annotate", copy).returncode == 2
    assert copy.read_bytes() == b"work of a day"
    assert wijk("import", tmp_path / "nergens.xlsx").returncode == 2
    assert wijk("import", places(), "--annotate", tmp_path / "a.ods").returncode == 2


def test_a_workbook_with_the_data_is_made_and_read_back(
    wijk: Run, few: Path, tmp_path: Path
) -> None:
    file = tmp_path / "alles.xlsx"
    made = wijk("template", file, "--with-data", "--graph", few)
    assert made.returncode == 0, made.stderr
    sheet = openpyxl.load_workbook(io.BytesIO(file.read_bytes()), read_only=True)["Casussen"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)][1] == Path(CASE).stem
    done = wijk("import", file, "--graph", few)
    assert (done.returncode, done.stdout) == (0, "")
    assert not os.path.lexists(few / ".publishing")


def test_what_cannot_be_read_gets_an_answer_and_no_copy(
    wijk: Run, few: Path, tmp_path: Path
) -> None:
    file, copy = tmp_path / "in.csv", tmp_path / "uit.xlsx"
    file.write_bytes(b'titel;plek\n"Tuin;West\n')
    done = wijk("import", file, "--annotate", copy, "--graph", few)
    assert (done.returncode, copy.exists()) == (1, False)
    assert done.stdout.startswith("fout    in.csv, rij 2")
    assert "geen kopie" in done.stderr
    assert "Traceback" not in done.stderr
