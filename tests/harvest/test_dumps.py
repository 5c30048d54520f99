"""Whole datasets as files: the same statements in every format, the same bytes every time."""

import gzip
import os
import pickle
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import pyoxigraph as ox
import pytest
from wijk.changelog import ChangeLog, stamped
from wijk.harvesting import dumps
from wijk.harvesting.dumps import content
from wijk.harvesting.dumps.__main__ import ORDER
from wijk.harvesting.dumps.content import FILES
from wijk.harvesting.dumps.making import Dumps, Order
from wijk.snapshot import Snapshot, of_documents

NAMES = [FILES[name] for name in ("cases", "thesaurus", "areas", "figures")]


def quads(path: Path, kind: ox.RdfFormat) -> set[str]:
    return {str(quad) for quad in ox.parse(path=path, format=kind)}


def test_every_dataset_has_its_files(dumped: Dumps) -> None:
    assert Counter(dump.dataset for dump in dumped.all if not dump.encoding) == {
        "cases": 9,
        "thesaurus": 3,
        "areas": 3,
        "figures": 3,
    }
    for dump in dumped.all:
        body = dumped.path(dump).read_bytes()
        assert len(body) == dump.size
        assert dump == dumped.find(dump.name)


@pytest.mark.parametrize("name", NAMES)
def test_nquads_turtle_and_jsonld_say_the_same(dumped: Dumps, name: str) -> None:
    whole = quads(dumped.folder / f"{name}.nq", ox.RdfFormat.N_QUADS)
    assert len(whole) > 300
    assert whole == quads(dumped.folder / f"{name}.jsonld", ox.RdfFormat.JSON_LD)
    triples = {
        str(ox.Triple(quad.subject, quad.predicate, quad.object))
        for quad in ox.parse(path=dumped.folder / f"{name}.nq", format=ox.RdfFormat.N_QUADS)
    }
    flat = ox.parse(path=dumped.folder / f"{name}.ttl", format=ox.RdfFormat.TURTLE)
    assert triples == {str(triple) for triple in flat}


def test_together_they_hold_every_document_once(dumped: Dumps, order: Order) -> None:
    graphs: Counter[str] = Counter()
    for name in NAMES:
        found = ox.parse(path=dumped.folder / f"{name}.nq", format=ox.RdfFormat.N_QUADS)
        graphs.update({str(quad.graph_name).strip("<>") for quad in found} - {"DEFAULT"})
    assert graphs == Counter(part.iri for part in order.content.parts)


def test_a_packed_file_is_the_plain_one(dumped: Dumps) -> None:
    packed = [dump for dump in dumped.all if dump.encoding]
    assert len(packed) > 10
    for dump in packed:
        body = dumped.path(dump).read_bytes()
        assert gzip.decompress(body) == (dumped.folder / dump.plain).read_bytes()
        assert body[4:8] == bytes(4), "the hour at which it was packed"


@pytest.mark.process
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


def test_what_is_not_as_it_was_made_is_not_there(
    dumped: Dumps, order: Order, tmp_path: Path
) -> None:
    shutil.copytree(dumped.folder, tmp_path / "copy")
    assert dumps.there(order, tmp_path / "copy")
    (tmp_path / "copy" / "casussen.csv").write_text("iri\r\n")
    assert dumps.there(order, tmp_path / "copy") is None


def test_what_was_made_from_something_else_is_not_there(dumped: Dumps, order: Order) -> None:
    assert dumps.there(replace(order, address="https://example.org"), dumped.folder) is None


def test_each_says_its_licence_version_and_date(dumped: Dumps, log: ChangeLog) -> None:
    assert log.last is not None
    cases, areas = dumped.about["cases"], dumped.about["areas"]
    assert cases.licence == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert areas.licence == "https://creativecommons.org/licenses/by/4.0/"
    for about, name in ((cases, "casussen"), (areas, "gebieden")):
        for suffix in (".nq", ".ttl", ".jsonld"):
            text = (dumped.folder / f"{name}{suffix}").read_text(encoding="utf-8")
            head = text[: text.index("/doc/")]
            assert about.licence in head
            assert stamped(about.modified) in head


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
