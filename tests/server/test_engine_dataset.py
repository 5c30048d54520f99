"""Files of any format of RDF as one dataset; an evil one harms nobody."""

import asyncio
import gzip
import os
import signal
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from wijk.engine import dataset
from wijk.engine.dataset import Dataset
from wijk.errors import DatasetError, EngineUnavailable

A, B = "https://example.org/a", "https://example.org/b"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NODE = f"<{A}> <{B}> _:node .\n"
IN_GRAPH = f"<{A}> <{B}> _:node <https://example.org/g> .\n"
XML = (
    f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:e="https://example.org/">'
    f'<rdf:Description rdf:about="{A}"><e:b rdf:nodeID="node"/></rdf:Description></rdf:RDF>'
)
JSON = f'{{"@id": "{A}", "{B}": {{"@id": "_:node"}}}}'
SAID = {
    "one.ttl": NODE,
    "one.nt": NODE,
    "one.nq": NODE + IN_GRAPH,
    "one.trig": f"{NODE} <https://example.org/g> {{ {NODE} }}",
    "one.rdf": XML,
    "one.jsonld": JSON,
}


def read(*paths: Path, base: str = "") -> Dataset:
    """These files as a dataset."""
    return asyncio.run(dataset.read(dataset.files(paths, base)))


def written(folder: Path, name: str, text: str) -> Path:
    """A file with this in it."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def lines(found: Dataset) -> list[str]:
    """The statements, sorted."""
    return sorted(found.nquads.decode().splitlines())


@pytest.mark.parametrize("name", SAID)
def test_every_format_gives_its_statements_in_the_graphs_they_are_in(
    tmp_path: Path, name: str
) -> None:
    found = read(written(tmp_path, name, SAID[name]))
    named = [line for line in lines(found) if line.endswith(" <https://example.org/g> .")]
    unnamed = [line for line in lines(found) if line not in named]
    assert len(unnamed) == found.unnamed == 1
    assert unnamed[0].startswith(f"<{A}> <{B}> _:")
    assert len(named) == (name in ("one.nq", "one.trig"))
    assert found.statements == len(named) + 1


def test_blank_nodes_of_two_files_are_two_and_of_one_file_one(tmp_path: Path) -> None:
    one, two = written(tmp_path, "1.nq", NODE + IN_GRAPH), written(tmp_path, "2.nq", NODE)
    found = lines(read(one, two))
    nodes = [line.split()[2] for line in found]
    assert len(nodes) == 3
    assert len(set(nodes)) == 2
    in_graph = next(line.split()[2] for line in found if line.endswith("g> ."))
    assert nodes.count(in_graph) == 2


def test_relative_addresses_are_those_of_the_file_or_of_the_base_that_is_given(
    tmp_path: Path,
) -> None:
    file = written(tmp_path, "a file.ttl", "<> <#b> <c> .")
    folder = tmp_path.absolute().as_uri()
    assert lines(read(file)) == [
        f"<{folder}/a%20file.ttl> <{folder}/a%20file.ttl#b> <{folder}/c> ."
    ]
    base = "https://example.org/tests/"
    assert lines(read(file, base=base)) == [
        f"<{base}a%20file.ttl> <{base}a%20file.ttl#b> <{base}c> ."
    ]


def test_triple_terms_directions_and_literals_stay_as_written(tmp_path: Path) -> None:
    text = (
        f'<{A}> <{B}> <<( <{A}> <{B}> "01"^^<http://www.w3.org/2001/XMLSchema#int> )>> .\n'
        f'<{A}> <{B}> "x"@ar--rtl .\n'
    )
    assert sorted(read(written(tmp_path, "12.nt", text)).nquads.decode().splitlines()) == sorted(
        text.splitlines()
    )


def test_a_packed_file_is_read_like_the_file_in_it(tmp_path: Path) -> None:
    packed = tmp_path / "one.ttl.gz"
    packed.write_bytes(gzip.compress(NODE.encode()) + gzip.compress(IN_GRAPH[:0].encode()))
    assert read(packed).statements == 1


@pytest.mark.parametrize("context", ['"https://example.org/c"', '[{}, "https://example.org/c"]'])
def test_a_context_elsewhere_is_not_fetched_and_that_is_told(tmp_path: Path, context: str) -> None:
    file = written(tmp_path, "remote.jsonld", f'{{"@context": {context}, "@id": "{A}", "b": 1}}')
    with pytest.raises(DatasetError, match="a context that is elsewhere, and nothing is fetched"):
        read(file)


def test_what_was_read_has_the_digest_of_what_stands_there(tmp_path: Path) -> None:
    file = written(tmp_path, "one.ttl", NODE)
    first = read(file)
    assert read(file).digest == first.digest
    assert read(written(tmp_path, "one.ttl", NODE + NODE)).digest != first.digest
    assert read(file, base="https://example.org/").digest != first.digest


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("broken.ttl", f"<{A}>\n<{B}> ; .", 2),
        ("broken.nq", f"{NODE}{NODE[:-3]}", 2),
        ("broken.trig", f"\n\n{{ <{A}> <{B}> }}", 3),
        ("broken.jsonld", '{\n"a": [1, 2}', 2),
        ("broken.rdf", "<rdf:RDF>", None),
        ("remote.jsonld", f'{{"@context": "https://example.org/c", "@id": "{A}", "b": 1}}', None),
        ("utf16.ttl", "", 1),
    ],
)
def test_a_broken_file_is_told_with_its_line_and_the_reason(
    tmp_path: Path, name: str, text: str, line: int | None
) -> None:
    broken = written(tmp_path, name, text)
    if not text:
        broken.write_bytes(NODE.encode("utf-16"))
    with pytest.raises(DatasetError) as refused:
        read(written(tmp_path, "good.ttl", NODE), broken)
    assert refused.value.path == broken
    assert refused.value.line == line
    assert refused.value.reason
    assert str(refused.value).count(name) == 1
    assert "Parser error" not in str(refused.value)


def _bomb() -> str:
    entities = "".join(
        f'<!ENTITY e{depth} "{f"&e{depth - 1};" * 10 if depth else "x" * 100}">'
        for depth in range(9)
    )
    return f"<!DOCTYPE rdf:RDF [{entities}]>{XML}".replace(
        "<e:b rdf:nodeID=", "<e:b>&e8;</e:b><e:b rdf:nodeID="
    )


def test_an_evil_file_is_told_and_harms_nobody(tmp_path: Path) -> None:
    evil = written(tmp_path, "bomb.rdf", _bomb())
    with pytest.raises(DatasetError, match=r"bomb.rdf: .*(memory|longer)"):
        read(evil)


def test_a_packed_file_that_is_nothing_but_air_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "air.nt.gz").write_bytes(gzip.compress(bytes(120 * 1024 * 1024)))
    with pytest.raises(DatasetError, match=r"air.nt.gz: .*unpacked"):
        read(tmp_path / "air.nt.gz")


def test_a_packed_file_that_stops_halfway_is_told(tmp_path: Path) -> None:
    (tmp_path / "half.nt.gz").write_bytes(gzip.compress(NODE.encode())[:-9])
    with pytest.raises(DatasetError, match="halfway"):
        read(tmp_path / "half.nt.gz")


def readers() -> set[int]:
    """The processes of ours that read files."""
    found = set()
    for path in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):  # a thread or a process that has just ended
            for name in path.read_text().split():
                if b"wijk.engine.parser" in Path(f"/proc/{name}/cmdline").read_bytes():
                    found.add(int(name))
    return found


def kill_readers(times: int) -> None:
    """Kill the first readers that come, before they have begun."""
    killed: set[int] = set()
    while len(killed) < times:
        for pid in readers() - killed:
            os.kill(pid, signal.SIGKILL)
            killed.add(pid)


@pytest.mark.parametrize("times", [1, 2])
def test_a_reader_that_is_killed_says_nothing_of_the_file(tmp_path: Path, times: int) -> None:
    # The second has much to read, so that it is there to be killed on a busy machine too.
    path = written(tmp_path, "one.nt", NODE if times == 1 else NODE * 200_000)
    killing = threading.Thread(target=kill_readers, args=(times,), daemon=True)
    killing.start()
    if times == 1:
        assert read(path).statements == 1
    else:
        with pytest.raises(EngineUnavailable, match="killed, each time"):
            read(path)
    killing.join(10)
    assert not killing.is_alive()


def test_reading_leaves_no_word_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = written(tmp_path, "one.nt", NODE)
    for _ in range(3):
        read(path)
    assert not caplog.messages
