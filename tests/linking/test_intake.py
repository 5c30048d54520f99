"""A new version of the register comes in by the command, and takes nothing away."""

import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from wijk import snapshot
from wijk.linking import tooi
from wijk.linking.register import Register
from wijk.linking.resolve import resolve

from .conftest import EXTRACTS, Service

ROOT = Path(__file__).parents[2]
EXTRACT = EXTRACTS / "tooi_gemeenten_extract.jsonld"
TOOI = "https://identifier.overheid.nl/tooi/def/ont/"
PROV = "http://www.w3.org/ns/prov#"
HERE = "https://identifier.overheid.nl/tooi/id/gemeente/"
Wijk = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The areas and changes as shipped, in a folder of their own."""
    made = empty(tmp_path)
    for pattern in ("areas/gm*.ttl", "areas/pv*.ttl", "events/*.ttl", "sources/tooi-*.ttl"):
        for path in (ROOT / "data").glob(pattern):
            shutil.copy(path, made / "data" / path.parent.name)
    return made


def empty(where: Path) -> Path:
    """A folder with a catalogue and nothing else in it."""
    made = where / "graph"
    parts = ("areas", "events", "sources")
    for name in ("ontology", "shapes", "queries", *(f"data/{part}" for part in parts)):
        (made / name).mkdir(parents=True)
    shutil.copy(ROOT / "data" / "catalog.ttl", made / "data")
    return made


def register(folder: Path) -> Register:
    """The register that is in a folder."""
    reading = snapshot.read(folder)
    assert reading.broken == ()
    return Register.of(reading.snapshot.union)


def files(folder: Path) -> dict[str, bytes]:
    """Every file in a folder."""
    found = folder.rglob("*")
    return {str(path): path.read_bytes() for path in found if path.is_file()}


def version_5(where: Path, extract: bytes, **changed: dict[str, Any]) -> Path:
    """A made-up version 5: what is told of some things is changed, and added to."""
    nodes = {node["@id"].rpartition("/")[2]: node for node in json.loads(extract)}
    nodes["4"]["@id"] = nodes["4"]["@id"][:-1] + "5"
    nodes["4"][f"{TOOI}zichtdatum"] = [{"@value": "2026-11-23"}]
    for name, told in changed.items():
        nodes.setdefault(name, {"@id": f"{HERE}{name}"}).update(told)
    path = where / "register.jsonld"
    path.write_text(json.dumps([node for node in nodes.values() if len(node) > 1]), "utf-8")
    return path


@pytest.fixture
def hilversum(tmp_path: Path, extract: bytes) -> Path:
    """Wijdemeren becomes part of Hilversum on the first day of 2027."""
    wijdemeren = {
        f"{TOOI}einddatum": [{"@value": "2026-12-31"}],
        f"{PROV}invalidatedAtTime": [{"@value": "2027-01-01T00:00:00"}],
    }
    event = {
        "@type": [f"{TOOI}Uitbreiding"],
        f"{TOOI}tijdstipWijziging": [{"@value": "2027-01-01T00:00:00"}],
        f"{PROV}invalidated": [{"@id": f"{HERE}gm1696"}],
        f"{PROV}used": [{"@id": f"{HERE}gm0402"}],
    }
    return version_5(tmp_path, extract, gm1696=wijdemeren, wzg_9999=event)


def test_the_present_version_changes_nothing(wijk: Wijk, folder: Path) -> None:
    before = files(folder)
    done = wijk("link", "register", EXTRACT, "--graph", folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Nothing changes" in done.stderr
    assert files(folder) == before


def test_what_is_written_is_what_was_read(wijk: Wijk, tmp_path: Path, extract: bytes) -> None:
    made = empty(tmp_path)
    for path in (ROOT / "data" / "areas").glob("pv*.ttl"):
        shutil.copy(path, made / "data" / "areas")
    assert wijk("link", "register", EXTRACT, "--graph", made).returncode == 0
    told, here = tooi.read(extract, "extract").register, register(made)
    assert here.municipalities == told.municipalities
    assert here.events == told.events
    assert (here.version, here.since, here.seen) == (told.version, told.since, told.seen)
    before = files(made)
    wijk("link", "register", EXTRACT, "--graph", made)
    assert files(made) == before


def test_a_change_that_is_to_come_needs_data_only(
    wijk: Wijk, folder: Path, hilversum: Path
) -> None:
    before = files(folder)
    shown = wijk("link", "register", hilversum, "--graph", folder, "--dry-run")
    assert files(folder) == before
    assert "new      data/events/hilversum-2027.ttl" in shown.stdout
    assert '       + wijk:validUntil "2027-01-01"^^xsd:date' in shown.stdout
    assert "Nothing is written yet: 2 new files, 2 changed" in shown.stderr
    done = wijk("link", "register", hilversum, "--graph", folder)
    assert done.stdout == shown.stdout
    now = register(folder)
    assert (now.version, now.seen, now.since) == ("5", date(2026, 11, 23), date(2000, 1, 1))
    assert resolve(now, "GM1696", date(2026, 12, 31)).areas == ("GM1696",)
    assert resolve(now, "GM1696", date(2027, 1, 1)).areas == ("GM0402",)
    assert set(files(folder)) >= set(before)
    assert "Nothing changes" in wijk("link", "register", hilversum, "--graph", folder).stderr


def test_what_editors_added_stays(wijk: Wijk, folder: Path, tmp_path: Path, extract: bytes) -> None:
    uden, maashorst = (folder / "data" / "areas" / f"gm{code}.ttl" for code in ("0856", "1991"))
    frisian = folder / "data" / "areas" / "gm1900.ttl"
    text = frisian.read_text("utf-8").replace('"Súdwest-Fryslân"@nl', '"Súdwest-Fryslân"@fy')
    frisian.write_text(text, "utf-8")
    later = {
        f"{TOOI}einddatum": [{"@value": "2022-12-31"}],
        f"{PROV}invalidatedAtTime": [{"@value": "2023-01-01T00:00:00"}],
    }
    begun = {
        f"{TOOI}begindatum": [{"@value": "2023-01-01"}],
        f"{PROV}generatedAtTime": [{"@value": "2023-01-01T00:00:00"}],
    }
    day = {f"{TOOI}tijdstipWijziging": [{"@value": "2023-01-01T00:00:00"}]}
    path = version_5(tmp_path, extract, gm0856=later, gm1685=later, gm1991=begun, wzg_2089=day)
    shown = wijk("link", "register", path, "--graph", folder, "--all").stdout
    # The old day has evidence: an editor has to choose.
    assert 'wijk:validUntil "2022-01-01"' in uden.read_text("utf-8")
    assert 'wijk:validUntil "2023-01-01"' in uden.read_text("utf-8")
    assert maashorst.read_text("utf-8").count("a wijk:Evidence") == 4
    landerd = (folder / "data" / "areas" / "gm1685.ttl").read_text("utf-8")
    assert landerd.count("wijk:validUntil") == 1
    assert "gm1900" not in shown


@pytest.mark.parametrize(
    ("text", "said"),
    [(b'[{"@id"', "not JSON"), (b"[]", "no municipality"), (b"\xff", "not UTF-8")],
)
def test_a_broken_file_changes_nothing(
    wijk: Wijk, folder: Path, tmp_path: Path, text: bytes, said: str
) -> None:
    path, before = tmp_path / "broken.jsonld", files(folder)
    path.write_bytes(text)
    done = wijk("link", "register", path, "--graph", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert files(folder) == before


@pytest.mark.parametrize("lost", ["gm0457", "wzg_2089"])
def test_a_file_that_would_lose_something_changes_nothing(
    wijk: Wijk, folder: Path, tmp_path: Path, extract: bytes, lost: str
) -> None:
    nodes = [node for node in json.loads(extract) if not node["@id"].endswith(lost)]
    if lost == "gm0457":
        nodes = [node for node in nodes if not node["@id"].endswith("wzg_2700")]
    path, before = tmp_path / "half.jsonld", files(folder)
    path.write_text(json.dumps(nodes), "utf-8")
    done = wijk("link", "register", path, "--graph", folder)
    assert done.returncode == 2
    assert (lost.upper() if lost[0] == "g" else lost) in done.stderr
    assert "not whole" in done.stderr
    assert files(folder) == before


def test_an_older_version_changes_nothing(wijk: Wijk, folder: Path, hilversum: Path) -> None:
    wijk("link", "register", hilversum, "--graph", folder)
    before = files(folder)
    done = wijk("link", "register", EXTRACT, "--graph", folder)
    assert done.returncode == 2
    assert "version 5 is here already" in done.stderr
    assert files(folder) == before


def test_a_file_that_is_not_there_is_one_sentence(wijk: Wijk, folder: Path) -> None:
    done = wijk("link", "register", "nowhere.jsonld", "--graph", folder)
    assert done.returncode == 2
    assert "nowhere.jsonld cannot be read" in done.stderr


def test_a_version_can_be_taken_from_its_address(
    wijk: Wijk, folder: Path, hilversum: Path, service: Service
) -> None:
    service.answers("/register.json", hilversum.read_text("utf-8"))
    done = wijk("link", "register", f"{service.url}/register.json", "--graph", folder)
    assert (done.returncode, "Written: 2 new files" in done.stderr) == (0, True)
