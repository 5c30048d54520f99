"""`wijk link PLACE`: shows what was found with the reason, and writes what somebody said yes to."""

import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from wijk import snapshot
from wijk.checking import check
from wijk.engine.local import LocalStore
from wijk.namespaces import WIJK

from .stubs import Pdok, buurt, items

ROOT = Path(__file__).parents[2]
MUNTEL = buurt("BU07960401", "De Muntel", "Muntel / Vliert", "'s-Hertogenbosch")
NORTH = buurt("BU07960499", "De Muntel-Noord", "Muntel / Vliert", "'s-Hertogenbosch")
ITEM = {"code": "0796", "item": "http://www.wikidata.org/entity/Q9807", "label": "Den Bosch"}
Run = Callable[..., subprocess.CompletedProcess[str]]


NEEDED = ("catalog.ttl", "places/de-muntel.ttl", "places/den-bosch.ttl", "areas/pv30.ttl")
NEEDED += ("areas/gm0796.ttl", "areas/2022-bu07960401.ttl")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What there is around De Muntel, which has no area yet."""
    root = tmp_path / "graph"
    for name in NEEDED:
        (root / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "data" / name, root / "data" / name)
    for name in ("ontology", "shapes", "queries"):
        (root / name).symlink_to(ROOT / name)
    path = root / "data" / "places" / "de-muntel.ttl"
    link = "    wijk:exactArea area:2022-bu07960401 ;\n"
    text = path.read_text(encoding="utf-8").replace(link, "")
    kept = [block for block in text.split("\n\n") if "wijk:exactArea" not in block]
    path.write_text("\n\n".join(kept).rstrip("\n") + "\n", encoding="utf-8")
    return root


@pytest.fixture
def services(service, reply) -> dict[str, str]:
    """Where the services are that know De Muntel, as variables."""
    service.answers("/sparql", items(ITEM | {"ended": "false"}))
    url = Pdok([MUNTEL, NORTH], here=[MUNTEL]).on(service, reply)
    return {"WIJK_LOCATIESERVER": url, "WIJK_WIKIDATA": f"{service.url}/sparql"}


def texts(root: Path) -> dict[Path, bytes]:
    """Every file of the folder."""
    return {path: path.read_bytes() for path in (root / "data").rglob("*.ttl")}


def broken(root: Path) -> set[tuple[str, str]]:
    """The rules that are broken, and by what: of so few files some refer to what is not there."""
    reading = snapshot.read(root)
    found = check(reading, LocalStore(reading.snapshot.nquads()).rows)
    return {(each.rule, each.thing) for each in found if each.severity == "violation"}


def test_candidates_are_shown_with_their_reason_and_nothing_is_written(
    wijk: Run, folder: Path, services: dict[str, str]
) -> None:
    before = texts(folder)
    done = wijk("link", "de-muntel", "--graph", folder, **services)
    assert done.returncode == 0
    assert (
        "precies: valt samen met buurt BU07960401 De Muntel\n     de naam is gelijk" in done.stdout
    )
    assert "misschien: bestaat onder meer uit buurt BU07960499 De Muntel-Noord" in done.stdout
    assert "precies: is elders Q9807 Den Bosch\n     het enige item" in done.stdout
    assert "Niets geschreven. Kies op een terminal, of geef --accept exact." in done.stderr
    wijk("link", "de-muntel", "--accept", "exact", "--dry-run", "--graph", folder, **services)
    assert texts(folder) == before


def test_what_is_exact_is_written_with_evidence_and_breaks_no_rule(
    wijk: Run, folder: Path, services: dict[str, str]
) -> None:
    before, known = texts(folder), broken(folder)
    done = wijk("link", "de-muntel", "--accept", "exact", "--graph", folder, **services)
    changed = {path.name for path, text in texts(folder).items() if before.get(path) != text}
    assert changed == {
        *("de-muntel.ttl", "gm0796.ttl"),
        *("pdok-locatieserver.ttl", "wikidata-p382.ttl"),
    }
    assert "Geschreven: data/places/de-muntel.ttl" in done.stderr
    place = (folder / "data" / "places" / "de-muntel.ttl").read_text(encoding="utf-8")
    assert "    wijk:exactArea area:2022-bu07960401 ;\n    wijk:withinArea area:gm0796 ;" in place
    assert "Gevonden met de Locatieserver op 20" in place
    assert "de naam is gelijk, en geen ander gebied daar heet zo." in place
    area = (folder / "data" / "areas" / "gm0796.ttl").read_text(encoding="utf-8")
    assert "    schema:sameAs <http://www.wikidata.org/entity/Q9807> ;" in area
    assert "status:candidate" not in area, "what was a candidate is confirmed"
    assert broken(folder) <= known


def test_what_is_written_once_is_not_proposed_again(
    wijk: Run, folder: Path, services: dict[str, str]
) -> None:
    wijk("link", "de-muntel", "--accept", "exact", "--graph", folder, **services)
    again = wijk("link", "de-muntel", "--accept", "exact", "--graph", folder, **services)
    assert "precies" not in again.stdout
    assert "Niets geschreven." in again.stderr


def test_an_area_of_another_division_gets_a_file_once_its_year_is_told(
    wijk: Run, folder: Path, service, reply, services: dict[str, str]
) -> None:
    Pdok([buurt("BU07960477", "De Muntel", "Muntel / Vliert", "'s-Hertogenbosch")]).on(
        service, reply
    )
    path = folder / "data" / "areas" / "2025-bu07960477.ttl"
    said = wijk("link", "de-muntel", "--accept", "exact", "--graph", folder, **services)
    assert "geef met --division het jaar" in said.stdout
    assert not path.exists()
    year = ("--division", "2025")
    wijk("link", "de-muntel", "--accept", "exact", *year, "--graph", folder, **services)
    taken = snapshot.read(folder).snapshot
    made = taken.documents[f"{taken.base}doc/area/2025-bu07960477"].graph
    assert {str(code) for code in made.objects(None, WIJK.code)} == {"BU07960477"}
    assert (
        b"wijk:exactArea area:2025-bu07960477"
        in (folder / "data" / "places" / "de-muntel.ttl").read_bytes()
    )


def test_without_a_place_all_that_have_no_area_are_looked_up(
    wijk: Run, folder: Path, services: dict[str, str]
) -> None:
    done = wijk("link", "place", "--graph", folder, **services)
    shown = [line for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert [line.split(" ")[0] for line in shown] == ["de-muntel"]
    assert "exactArea" in (ROOT / "data" / "places" / "de-muntel.ttl").read_text(encoding="utf-8")


def test_a_name_that_is_not_there_says_the_nearest(wijk: Run, folder: Path) -> None:
    done = wijk("link", "de-munttel", "--graph", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "There is no place 'de-munttel'. Did you mean de-muntel" in done.stderr


def test_a_service_that_refuses_is_told_in_a_sentence(
    wijk: Run, folder: Path, service, reply, services: dict[str, str]
) -> None:
    service.answers("/sparql", reply("Query timeout limit reached", 400))
    done = wijk("link", "de-muntel", "--dry-run", "--graph", folder, **services)
    assert "refuses with status 400: Query timeout limit reached" in done.stderr
    assert "BU07960401" in done.stdout, "the areas still count"
    services["WIJK_LOCATIESERVER"] = f"{service.url}/gone"
    done = wijk("link", "de-muntel", "--dry-run", "--graph", folder, **services)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    bad = wijk("link", "de-muntel", "--graph", folder, WIJK_LOCATIESERVER="ftp://x")
    assert "WIJK_LOCATIESERVER (or --locatieserver) is 'ftp://x'" in bad.stderr


def test_on_a_terminal_each_is_asked_and_only_a_yes_is_written(
    folder: Path, services: dict[str, str]
) -> None:
    master, terminal = pty.openpty()
    command = [sys.executable, "-m", "wijk", "link", "de-muntel", "--graph", str(folder)]
    os.write(master, b"ja\n\nnee\n\n")
    try:
        done = subprocess.run(
            command, stdin=terminal, capture_output=True, text=True, env=os.environ | services
        )
    finally:
        os.close(master)
        os.close(terminal)
    assert done.returncode == 0, done.stderr
    assert "buurt BU07960401 De Muntel overnemen? [j/N]" in done.stderr
    assert b"wijk:exactArea" in (folder / "data" / "places" / "de-muntel.ttl").read_bytes()
    assert b"status:candidate" in (folder / "data" / "areas" / "gm0796.ttl").read_bytes()
    assert not (folder / "data" / "sources" / "wikidata-p382.ttl").exists()
