"""Questions that measure: of the engines only the one that comes along has their functions.

They stand apart from the questions that every engine answers the same, in queries/geosparql, and
say in their header which functions they need. `geosparql/<question>` has a made-up graph and the
rows that it must give, as for the others.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
from wijk import questions
from wijk.engine.abilities import FUNCTIONS
from wijk.questions import header
from wijk.snapshot import Snapshot

from .test_questions import bindings, columns, shown, table

HERE = Path(__file__).parent / "geosparql"
ROOT = Path(__file__).parents[2]
ASKED = questions.load(ROOT / "queries" / "geosparql")
GIVEN = [path for name in ASKED for path in sorted((HERE / name).glob("*.csv"))]
GEOF = "http://www.opengis.net/def/function/geosparql/"
Ask = Callable[[ox.Store, str, Mapping[str, str]], list]


@pytest.mark.parametrize("path", GIVEN, ids=lambda path: f"{path.parent.name}/{path.stem[:20]}")
def test_a_made_up_graph_gives_exactly_the_rows_that_were_written_down(
    path: Path, oxigraph: Ask
) -> None:
    question = ASKED[path.parent.name]
    store = ox.Store()
    store.load(path=str(path.with_name("given.ttl")), format=ox.RdfFormat.TURTLE)
    rows = oxigraph(store, question.text, bindings(path, question))
    assert (columns(question), [tuple(map(shown, row)) for row in rows]) == table(path)


@pytest.mark.parametrize("name", ASKED)
def test_the_header_names_the_functions_it_needs_and_the_engine_has_them(name: str) -> None:
    said, text = header(ASKED[name].path)
    used = {f"geof:{part.split('(')[0]}" for part in text.partition("WHERE")[2].split("geof:")[1:]}
    assert {*said["needs"]} == used
    assert {need.replace("geof:", GEOF) for need in used} <= {*FUNCTIONS}


@pytest.mark.parametrize("name", ASKED)
def test_on_the_shipped_graph_there_is_an_answer_with_and_without_the_parameter(
    name: str, store: ox.Store, real: Snapshot, oxigraph: Ask
) -> None:
    question = ASKED[name]
    assert oxigraph(store, question.text, {})
    (param,) = question.params
    assert oxigraph(store, question.text, question.bind({param.name: param.example}, real))


def test_from_de_muntel_it_is_sixteen_and_a_half_kilometres_to_oss(
    store: ox.Store, real: Snapshot, oxigraph: Ask
) -> None:
    question = ASKED["cases-near-a-place"]
    first, *_ = oxigraph(store, question.text, question.bind({"near": "de-muntel"}, real))
    assert (first[4][0], float(first[5][0])) == ("Oss", 16.5)


def test_every_one_has_a_made_up_graph_and_a_line_in_the_page_about_open_data() -> None:
    page = (ROOT / "docs" / "open-data.md").read_text(encoding="utf-8")
    for name, question in ASKED.items():
        assert (HERE / name / "given.ttl").exists()
        assert f"wijk ask {name}" in page
        assert question.question in page
