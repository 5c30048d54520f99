"""A month of a portal: what it copied by three routes is what is published, whatever happens."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import httpx2
import pytest
from pyoxigraph import RdfFormat
from wijk import changelog, snapshot, stamps

from .network import no_way_out
from .portal import Portal, found_by, lines_of, portal, table
from .server import free_port, serving

pytestmark = pytest.mark.harvest
T = TypeVar("T")
ROOT = Path(__file__).parents[2]
REGISTER = ROOT / "tests" / "linking" / "extracts" / "tooi_gemeenten_extract.jsonld"
TOOI = "https://identifier.overheid.nl/tooi/def/ont/"
PROV = "http://www.w3.org/ns/prov#"
HERE = "https://identifier.overheid.nl/tooi/id/gemeente/"
BASE = "https://w3id.org/wijindewijk/"
PUBLISHED = ("data", "ontology", "shapes", "queries")
CASES = "oai:w3id.org:wijindewijk/case/"
CORRECTED, WITHDRAWN, NEW = "choku-gym", "holybe", "tuin-in-utrecht"


@dataclass
class Month:
    """The folder of an editor, the server over it, and the portal."""

    folder: Path
    port: int
    stack: ExitStack = field(default_factory=ExitStack)

    @property
    def address(self) -> str:
        """Where the server is, also after a restart."""
        return f"http://127.0.0.1:{self.port}"

    def serve(self) -> None:
        """Start the server, after ending the one that runs."""
        self.stack.close()
        running = serving(self.folder, port=self.port, WIJK_PUBLIC_URL=self.address)
        assert self.stack.enter_context(running) == self.address

    def wijk(self, *arguments: str | Path) -> str:
        """Run a command on the folder; what it said to people."""
        command = [sys.executable, "-m", "wijk", *arguments, "--graph", self.folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stderr

    def publish(self) -> None:
        """Publish what was edited, and wait until it is served."""
        assert "published at" in self.wijk("publish")
        self.served()

    def served(self) -> None:
        """Wait until the folder as it is now is served."""
        digest = snapshot.read(self.folder).snapshot.digest
        until(lambda: self._ready()["snapshot"] == digest)

    def _ready(self) -> dict[str, str]:
        found: dict[str, str] = httpx2.get(f"{self.address}/health/ready").json()
        return found

    def edit(self, slug: str, old: str, new: str) -> None:
        """Replace a text in the file of a case."""
        path = self.folder / "data" / "cases" / f"{slug}.ttl"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def rows(self, query: str) -> list[dict[str, str]]:
        """What the graph says that is served now."""
        accept = {"Accept": "application/sparql-results+json"}
        asked = httpx2.get(f"{self.address}/sparql", params={"query": query}, headers=accept)
        found = asked.raise_for_status().json()["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in found]


def until(happens: Callable[[], T]) -> T:
    """Wait until something is so, for half a minute at most."""
    deadline = time.monotonic() + 30
    while not (seen := happens()):
        assert time.monotonic() < deadline, "it does not happen"
        time.sleep(0.05)
    return seen


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    """A server over a copy of the folder, with no way out for anybody."""
    folder = tmp_path_factory.mktemp("month") / "graph"
    for name in PUBLISHED:
        shutil.copytree(ROOT / name, folder / name)
    with no_way_out():
        made = Month(folder, free_port())
        with made.stack:
            made.serve()
            yield made


def agree(month: Month, own: Portal) -> None:
    """All three copies are what is published, and what is in the graph."""
    taken, log = snapshot.read(month.folder).snapshot, changelog.read(month.folder)
    documents = {
        iri: lines_of(it.source, RdfFormat.TURTLE)
        for iri, it in taken.documents.items()
        if stamps.is_logged(it.path) and log.latest[iri].type != "Delete"
    }
    assert own.ldes.held.keys() == documents.keys()
    assert own.ldes.held == documents
    cases = {iri: it for iri, it in documents.items() if iri.startswith(f"{BASE}doc/case/")}
    assert {f"{BASE}doc/{name.partition('/')[2]}": it for name, it in own.oai.held.items()} == cases
    told = month.rows(
        """PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX wijk: <https://w3id.org/wijk/def#>
        SELECT ?case ?title ?abstract { ?case a wijk:Case ; dcterms:title ?title
          OPTIONAL { ?case dcterms:abstract ?abstract FILTER (LANG(?abstract) = "nl") }
          FILTER (LANG(?title) = "nl") }"""
    )
    known = {row["case"]: (row["title"], row.get("abstract", "")) for row in told}
    assert {case: title for case, (title, _) in own.feed.held.items()} == {
        case: title for case, (title, _) in known.items()
    }
    abstracts = {case: own.feed.held[case][1] for case, (_, said) in known.items() if said}
    assert abstracts == {case: said for case, (_, said) in known.items() if said}
    dumped = table(f"{month.address}/dump/casussen.csv")
    assert sorted(row["iri"] for row in dumped) == sorted(known)
    assert len(known) == len(cases) > 20


def register(folder: Path) -> Path:
    """A made-up version 5 of the register: Hilversum became part of Wijdemeren, a month ago."""
    nodes = {each["@id"].rpartition("/")[2]: each for each in json.loads(REGISTER.read_bytes())}
    nodes["4"]["@id"] = nodes["4"]["@id"][:-1] + "5"
    nodes["4"][f"{TOOI}zichtdatum"] = [{"@value": "2026-11-23"}]
    nodes["gm0402"] |= {
        f"{TOOI}einddatum": [{"@value": "2026-10-31"}],
        f"{PROV}invalidatedAtTime": [{"@value": "2026-11-01T00:00:00"}],
    }
    nodes["wzg_9999"] = {
        "@id": f"{HERE}wzg_9999",
        "@type": [f"{TOOI}Uitbreiding"],
        f"{TOOI}tijdstipWijziging": [{"@value": "2026-11-01T00:00:00"}],
        f"{PROV}invalidated": [{"@id": f"{HERE}gm0402"}],
        f"{PROV}used": [{"@id": f"{HERE}gm1696"}],
    }
    path = folder / "register.jsonld"
    path.write_text(json.dumps([*nodes.values()]), encoding="utf-8")
    return path


def test_a_portal_has_what_is_published_through_all_of_a_month(
    month: Month, tmp_path: Path
) -> None:
    own = portal(month.address, tmp_path)
    everything_is_taken(month, own)
    a_case_comes(month, own)
    a_case_is_corrected(month, own)
    a_case_is_withdrawn(month, own)
    a_place_is_withdrawn(month, own)
    a_municipality_ends(month, own, register(tmp_path))
    month.serve()
    own.harvest()
    agree(month, own)
    other = portal(month.address, tmp_path / "other")
    other.harvest()
    agree(month, other)
    held = (other.oai.held, other.oai.sets, other.ldes.held, other.feed.held)
    assert held == (own.oai.held, own.oai.sets, own.ldes.held, own.feed.held)


def everything_is_taken(month: Month, own: Portal) -> None:
    """Day 1: everything, and then nothing."""
    records, members, entries = own.harvest()
    assert records == entries == 29
    assert members > 800
    agree(month, own)
    newest = own.oai.newest
    assert own.harvest() == (newest, 0, 0), "from is inclusive: what was published last comes again"


def a_case_comes(month: Month, own: Portal) -> None:
    """Day 5: it is on its page before it is published, and nowhere else."""
    cases = month.folder / "data" / "cases"
    text = (cases / "initiatief-in-utrecht.ttl").read_text(encoding="utf-8")
    text = text.replace("initiatief-in-utrecht", NEW).replace("Initiatief in", "Tuin in")
    text = text.replace("wijk:number 21", "wijk:number 30").replace("b3-utrecht", "b3-tuin")
    lines = [line for line in text.splitlines(keepends=True) if "dcterms:modified" not in line]
    (cases / f"{NEW}.ttl").write_text("".join(lines), encoding="utf-8")
    month.served()
    assert httpx2.get(f"{month.address}/doc/case/{NEW}.ttl").status_code == 200
    assert own.harvest()[1:] == (0, 0)
    month.publish()
    assert own.harvest()[1:] == (1, 30)
    assert f"{BASE}id/case/{NEW}" in own.feed.held
    agree(month, own)


def a_case_is_corrected(month: Month, own: Portal) -> None:
    """Day 10: a correction, and the server starts anew."""
    month.edit(CORRECTED, '"Choku Gym"@nl', '"Choku Gym, Zaandam"@nl')
    month.publish()
    month.serve()
    assert own.harvest() == (2, 1, 30), "the new one and the correction"
    assert own.feed.held[f"{BASE}id/case/{CORRECTED}"][0] == "Choku Gym, Zaandam"
    agree(month, own)


def a_case_is_withdrawn(month: Month, own: Portal) -> None:
    """Day 17: it says so at each of its addresses."""
    both = (f"case:{WITHDRAWN}", f"initiative:{WITHDRAWN}")
    month.wijk("withdraw", *both, "--reason", "Op verzoek van de initiatiefnemers.")
    month.publish()
    own.harvest()
    assert own.oai.seen == 2, "the correction and the withdrawn one"
    for path in (
        f"id/case/{WITHDRAWN}",
        f"doc/case/{WITHDRAWN}.ttl",
        f"api/v1/casussen/{WITHDRAWN}",
    ):
        assert httpx2.get(f"{month.address}/{path}").status_code == 410, path
    assert f"{BASE}id/case/{WITHDRAWN}" not in own.feed.held
    agree(month, own)


def a_place_is_withdrawn(month: Month, own: Portal) -> None:
    """Day 20: a case is in its province no more, though its own document is as it was."""
    case = f"{CASES}boefjes-en-baristas"
    assert "provincie:noord-brabant" in own.oai.sets[case]
    month.wijk("withdraw", "place:de-muntel", "--reason", "Op verzoek van de bewoners.")
    month.publish()
    own.harvest()
    assert own.oai.sets[case]
    assert "provincie:noord-brabant" not in own.oai.sets[case]
    agree(month, own)


def a_municipality_ends(month: Month, own: Portal, register: Path) -> None:
    """Day 24: a municipality became part of another one, and its cases are found by both."""
    before = dict(own.ldes.held)
    cases = found_by(month.address, "hilversum", "GM0402")
    assert len(cases) == 2
    assert not found_by(month.address, "wijdemeren", "GM1696")
    month.wijk("link", "register", register)
    month.wijk("derive")
    month.publish()
    assert own.harvest()[1] > 2
    changed = {iri for iri, it in own.ldes.held.items() if before.get(iri) != it}
    assert f"{BASE}doc/area/gm0402" in changed
    assert any("/doc/event/" in iri for iri in changed - before.keys())
    agree(month, own)
    for names in (("hilversum", "GM0402"), ("wijdemeren", "GM1696")):
        assert found_by(month.address, *names) == cases
