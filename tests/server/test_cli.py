"""The command: its exit codes, its two streams, and one clear message when something is wrong."""

import csv
import io
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import SH, Graph

from .conftest import CASE, place

Run = Callable[..., subprocess.CompletedProcess[str]]
FILE = "data/cases/pluktuin-zuid.ttl"


def test_check_exits_0_when_there_are_only_warnings(wijk: Run, small: Path) -> None:
    done = wijk("check", "--graph", small)
    assert (done.returncode, done.stderr) == (0, "0 fouten, 1 aandachtspunt, 0 tips.\n")
    assert f"{FILE}:" in done.stdout
    assert "Waar is het?" in done.stdout


def test_check_exits_1_when_there_is_a_violation(wijk: Run, small: Path) -> None:
    place(small, FILE, CASE.replace("theme:groen", "theme:greon"))
    done = wijk("check", "--graph", small, "--lang", "en")
    assert done.returncode == 1
    assert "Choose a theme." in done.stdout
    assert "theme:greon" in done.stdout
    assert "did you mean: theme:groen" in done.stdout
    assert "\x1b" not in done.stdout


def test_check_gives_json_and_rdf(wijk: Run, small: Path) -> None:
    (finding,) = json.loads(wijk("check", "--graph", small, "--json").stdout)
    assert finding["file"] == FILE
    assert finding["message"]["en"] == "Where is it?"
    graph = Graph().parse(data=wijk("check", "--graph", small, "--rdf").stdout, format="turtle")
    assert len(list(graph.objects(None, SH.result))) == 1


def test_check_can_be_narrowed_to_a_path(wijk: Run, small: Path) -> None:
    assert wijk("check", "data/bundles", "--graph", small).stdout == ""
    assert FILE in wijk("check", small / "data", "--graph", small).stdout


def test_check_takes_a_file_from_elsewhere(wijk: Run, small: Path, tmp_path: Path) -> None:
    path = place(tmp_path, "cases/nieuw.ttl", CASE.replace("theme:groen", "theme:greon"))
    done = wijk("check", path, "--graph", small)
    assert done.returncode == 1
    assert FILE not in done.stdout


def test_ask_without_a_question_lists_them(wijk: Run, small: Path) -> None:
    done = wijk("ask", "--graph", small)
    assert done.returncode == 0
    assert "cases-by-theme" in done.stdout


def test_ask_in_a_pipe_gives_csv(wijk: Run, small: Path) -> None:
    done = wijk("ask", "cases-by-theme", "theme=groen", "--graph", small)
    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert row["case"].endswith("/case/pluktuin-zuid")


def test_a_table_shows_short_names(wijk: Run, small: Path) -> None:
    done = wijk("ask", "cases-by-theme", "--format", "table", WIJK_GRAPH=str(small))
    assert "case:pluktuin-zuid" in done.stdout
    assert done.stderr == "1 row.\n"


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "table"])
def test_a_yes_or_no_can_be_had_in_every_format(wijk: Run, small: Path, form: str) -> None:
    done = wijk("query", "-", "--format", form, "--graph", small, given="ASK { ?s ?p ?o }")
    assert done.returncode == 0
    assert "true" in done.stdout


@pytest.mark.parametrize(
    ("form", "name"),
    [(None, "turtle"), ("nt", "nt"), ("jsonld", "json-ld"), ("rdf", "xml"), ("ttl", "turtle")],
)
def test_a_construct_gives_a_graph(wijk: Run, small: Path, form: str | None, name: str) -> None:
    query = (
        "CONSTRUCT { ?s <https://schema.org/name> ?o } WHERE { ?s ?p ?o . FILTER ISLITERAL(?o) }"
    )
    chosen = ["--format", form] if form else []
    done = wijk("query", "-", *chosen, "--graph", small, given=query)
    assert len(Graph().parse(data=done.stdout, format=name)) > 5


def test_version_and_help_need_no_graph(wijk: Run) -> None:
    assert wijk("--version").stdout.startswith("wijk ")
    assert "serve" in wijk("--help").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "--graph", "{tmp}/nergens"], "no such folder"),
        (["check", "--graph", "{tmp}"], "data/catalog.ttl"),
        (["check", "nergens.ttl"], "no such file"),
        (["check", "{tmp}"], "not in"),
        (["check", "--lang", "fy"], "fy"),
        (["ask", "cases-by-thema"], "cases-by-theme"),
        (["ask", "cases-by-theme", "theme"], "key=value"),
        (["ask", "cases-by-theme", "theme=groen", "theme=jeugd"], "once"),
        (["ask", "cases-by-theme", "thema=groen"], "it takes theme"),
        (["ask", "cases-by-theme", "theme=greon"], "groen"),
        (["query", "nergens.rq"], "nergens.rq"),
        (["query", "{tmp}"], "cannot be read"),
        (["query", "-"], "line 1"),
        (["query", "{tmp}/update.rq"], "only reads"),
        (["query", "{tmp}/service.rq"], "SERVICE"),
        (["query", "{tmp}/select.rq", "--format", "ttl"], "cannot be answered"),
        (["query", "{tmp}/latin.rq"], "UTF-8"),
        (["serve", "--port", "99999"], "WIJK_PORT"),
        (["serve", "--query-timeout", "0"], "WIJK_QUERY_TIMEOUT"),
        (["serve", "--graph", "{tmp}/nergens"], "no such folder"),
        (["bestaat-niet"], "bestaat-niet"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_input_gets_one_message_and_exit_2(
    wijk: Run, small: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "update.rq").write_text("DELETE WHERE { ?s ?p ?o }")
    (tmp_path / "service.rq").write_text("SELECT ?s { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }")
    (tmp_path / "select.rq").write_text("SELECT ?s { ?s ?p ?o }")
    (tmp_path / "latin.rq").write_bytes(b"# \xe9\nASK {}")
    filled = [argument.replace("{tmp}", str(tmp_path)) for argument in arguments]
    done = wijk(*filled, given="SELECT ?s {", WIJK_GRAPH=str(small))
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [["ask", "cases-by-theme"], ["query", "-"], ["serve"]])
def test_broken_turtle_stops_all_but_the_check(wijk: Run, small: Path, command: list[str]) -> None:
    (small / "data" / "cases" / "kapot.ttl").write_text("\n\n<a:b> <a:c> .")
    done = wijk(*command, "--graph", small, given="ASK {}")
    assert done.returncode == 2
    assert "kapot.ttl, line 3" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_package_is_a_command_too(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wijk", "query", "-", "--graph", tmp_path],
        input="ASK {}",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("wijk: ")
    assert done.stderr.count("\n") == 1


def test_a_broken_header_is_one_message(wijk: Run, small: Path) -> None:
    place(small, "queries/checks/kapot.rq", "#+ summary: x\nASK {}")
    done = wijk("check", "--graph", small)
    assert done.returncode == 2
    assert "kapot.rq" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.process
def test_a_reader_that_stops_early_is_no_error(small: Path) -> None:
    shell = shutil.which("bash")
    assert shell is not None
    done = subprocess.run(
        [shell, "-c", f"set -o pipefail; {command(small)} | head -c 1"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""


def command(small: Path) -> str:
    """A query with a long answer, for a shell."""
    query = shlex.quote("SELECT ?s ?p ?o ?x { ?s ?p ?o . ?x a ?y }")
    python, folder = shlex.quote(sys.executable), shlex.quote(str(small))
    return f"echo {query} | {python} -m wijk query - --graph {folder}"


def in_a_shell(line: str, small: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which `WIJK` is the command; the result is that of the command."""
    shell = shutil.which("bash")
    assert shell is not None
    return subprocess.run(
        [shell, "-c", f'WIJK() {{ "{sys.executable}" -m wijk "$@"; }}; {line}'],
        env={**os.environ, "WIJK_GRAPH": str(small), "PYTHONWARNINGS": "default"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def shapeless(small: Path) -> Path:
    """The small graph without shapes: a process that checks it is sooner done."""
    (small / "shapes" / "case.ttl").unlink()
    return small


@pytest.mark.parametrize(
    ("way", "theme", "code"),
    [("", "groen", 0), ("", "greon", 1), ("2>&1", "greon", 1), ("--json", "greon", 1)],
)
@pytest.mark.process
def test_a_check_of_which_nobody_reads_on_keeps_its_own_result(
    shapeless: Path, way: str, theme: str, code: int
) -> None:
    place(shapeless, FILE, CASE.replace("theme:groen", f"theme:{theme}"))
    done = in_a_shell(f"WIJK check {way} | true; exit ${{PIPESTATUS[0]}}", shapeless)
    assert done.returncode == code
    assert "Error" not in done.stderr


@pytest.mark.process
def test_help_and_questions_of_which_nobody_reads_on_are_well(small: Path) -> None:
    for words in ("--help", "ask", "ask cases-by-theme --format table"):
        assert in_a_shell(f"WIJK {words} | true; exit ${{PIPESTATUS[0]}}", small).returncode == 0


@pytest.mark.parametrize("words", ["query - <<< 'ASK {}'", "check --json", "ask cases-by-theme"])
@pytest.mark.process
def test_a_result_that_cannot_be_written_is_one_message(shapeless: Path, words: str) -> None:
    done = in_a_shell(f"WIJK {words} > /dev/full", shapeless)
    assert done.returncode == 2
    (said,) = [line for line in done.stderr.splitlines() if "fouten" not in line]
    assert said.startswith("wijk: The result cannot be written: No space left on device.")


@pytest.mark.process
def test_a_command_without_a_place_to_write_is_well(small: Path) -> None:
    done = in_a_shell("WIJK query - <<< 'ASK {}' >&-", small)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("language", ["C", "C.UTF-8"])
@pytest.mark.process
def test_what_comes_in_and_is_not_utf_8_is_one_message(small: Path, language: str) -> None:
    done = in_a_shell(rf"printf '#\n\xff\xfe' | (export LC_ALL={language}; WIJK query -)", small)
    assert done.returncode == 2
    assert done.stderr == "wijk: What came in is not UTF-8 text (line 2).\n"


def test_a_graph_as_a_table_is_refused_with_what_there_is(wijk: Run, small: Path) -> None:
    query = "CONSTRUCT WHERE { ?s ?p ?o }"
    done = wijk("query", "-", "--format", "table", "--graph", small, given=query)
    assert (done.returncode, done.stdout) == (2, "")
    assert "A table needs SELECT or ASK" in done.stderr
    assert "ttl, nt, jsonld, rdf, trig or nq" in done.stderr


def test_a_broken_check_is_named_with_its_place(wijk: Run, small: Path) -> None:
    header = "#+ summary: x\n#+ message_nl: x\n#+ message_en: x\n"
    path = place(small, "queries/checks/kapot.rq", f"{header}SELECT ?thing WHERE {{ ?thing }}\n")
    done = wijk("check", "--graph", small)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"wijk: {path}: This is not SPARQL")
    assert "line 4, column" in done.stderr


@pytest.mark.parametrize("deep", ["(" * 5000, "[ <a:b> " * 3000, "[ <a:b> " * 3000 + "]" * 3000])
def test_turtle_that_is_too_deep_is_a_finding(wijk: Run, small: Path, deep: str) -> None:
    place(small, "data/cases/diep.ttl", f"<> <a:b>\n {deep} .")
    done = wijk("check", "--json", "--graph", small)
    assert done.returncode == 1
    first = json.loads(done.stdout)[0]
    assert (first["rule"], first["file"]) == ("turtle-syntax", "data/cases/diep.ttl")
    assert "too deeply nested" in first["message"]["en"]


@pytest.mark.parametrize("wrong", ["sh:path 3", 'sh:path dcterms:title ; sh:pattern "("'])
def test_shapes_that_cannot_be_used_are_one_message(wijk: Run, small: Path, wrong: str) -> None:
    shape = f"shape:Case sh:property shape:Case-odd . shape:Case-odd a sh:PropertyShape ; {wrong} ."
    place(small, "shapes/odd.ttl", shape)
    done = wijk("check", "--graph", small)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"wijk: {small / 'shapes'}: pySHACL cannot work with")
    assert "It says: " in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("text", ["{ kapot", "[]", "[" * 100_000])
def test_a_broken_context_stops_the_server_with_one_message(
    wijk: Run, small: Path, text: str
) -> None:
    path = small / "ontology" / "context.jsonld"
    path.write_text(text, encoding="utf-8")
    done = wijk("serve", "--port", "0", "--graph", small)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].startswith(f"wijk: {path}: this is not")
    assert "Traceback" not in done.stderr


def test_make_says_that_a_python_is_not_there(root: Path, tmp_path: Path) -> None:
    shutil.copy(root / "Makefile", tmp_path)
    done = subprocess.run(
        ["make", "serve", "PYTHON=nopython"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert done.stderr.startswith("nopython is not there; name a Python that is")
