"""The command: the only place where things are wired."""

import gc
import json
import signal
import sys
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from wijk import __version__, questions, remembered, snapshot, turtle
from wijk.arguments import Graph, pairs, root_of, sorted_out, text_of, whole
from wijk.checking import check as check_graph
from wijk.checking import narrowed, report
from wijk.checking.findings import Finding
from wijk.checking.places import Names
from wijk.commands import Commands
from wijk.commands.links import answering
from wijk.engine import children, formats, gate
from wijk.engine.local import LocalStore, understood
from wijk.errors import RequestError, WijkError
from wijk.options import with_settings
from wijk.publishing import act
from wijk.settings import Settings
from wijk.snapshot import Reading, Snapshot
from wijk.streams import careful
from wijk.terminal import say, show_findings, show_questions, show_rows, tell, total

app = typer.Typer(
    name="wijk",
    cls=Commands,
    help="Publishes a case base as linked data, from a folder of Turtle files.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


class Language(StrEnum):
    """The languages of findings."""

    nl = "nl"
    en = "en"


class Format(StrEnum):
    """How an answer is written."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    xml = "xml"
    ttl = "ttl"
    nt = "nt"
    jsonld = "jsonld"
    rdf = "rdf"
    trig = "trig"
    nq = "nq"


_MEDIA = {
    Format.table: formats.JSON,
    Format.csv: formats.CSV,
    Format.tsv: formats.TSV,
    Format.json: formats.JSON,
    Format.xml: formats.XML,
    Format.ttl: formats.TURTLE,
    Format.nt: formats.N_TRIPLES,
    Format.jsonld: formats.JSON_LD,
    Format.rdf: formats.RDF_XML,
    Format.trig: formats.TRIG,
    Format.nq: formats.N_QUADS,
}

Form = Annotated[
    Format | None,
    typer.Option("--format", help="Else a table on a terminal, CSV in a pipe; Turtle for graphs."),
]

Referee = Annotated[
    bool, typer.Option("--referee", help="Let pySHACL judge by the shapes: slow, the same.")
]
Links = Annotated[
    bool, typer.Option("--links", help="Also ask every source whether it still answers.")
]
Home = Annotated[
    Path | None,
    typer.Option(envvar="WIJK_HOME", help="Where --links keeps what it asked; else a cache."),
]


def main() -> NoReturn:
    """Run the command; whatever goes wrong in a way we know is one message."""
    gc.set_threshold(100_000, 50, 100)  # a graph is many small objects that stay
    sys.stdout, sys.stderr = careful(sys.stdout), careful(sys.stderr, tells=False)
    try:
        try:
            app(standalone_mode=True)
        finally:
            sys.stdout.flush()
    except WijkError as error:
        say(f"wijk: {error}")
        sys.exit(2)
    sys.exit(0)


def _say_version(wanted: bool) -> None:
    if wanted:
        print(f"wijk {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_say_version, help="The version only."),
    ] = False,
) -> None:
    pass


@app.command()
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...", help="Only these; a Turtle file from elsewhere joins in."
        ),
    ] = None,
    lang: Annotated[Language, typer.Option(help="The language of the findings.")] = Language.nl,
    as_json: Annotated[bool, typer.Option("--json", help="Findings as JSON.")] = False,
    as_rdf: Annotated[bool, typer.Option("--rdf", help="A SHACL report, in Turtle.")] = False,
    referee: Referee = False,
    links: Links = False,
    home: Home = None,
    graph: Graph = None,
) -> None:
    """Check the graph: syntax, references, shapes and rules. Exit 0 without violations, else 1."""
    root = root_of(graph)
    act.recovered(root, say)
    inside, extra = sorted_out(paths or [], root)
    reading = snapshot.read(root, extra)
    findings = _checked(reading, referee)
    findings += answering(reading.snapshot, home) if links else []
    if paths:
        findings = narrowed(findings, [*inside, *(path.as_posix() for path in extra)])
    shown = "json" if as_json else "rdf" if as_rdf else "text"
    _show(findings, reading.snapshot, shown, lang)
    say(total(findings, lang))
    raise typer.Exit(int(any(finding.severity == "violation" for finding in findings)))


def _show(findings: list[Finding], taken: Snapshot, shown: str, lang: str) -> None:
    if shown == "json":
        print(json.dumps([finding.as_json() for finding in findings], indent=2, ensure_ascii=False))
    elif shown == "rdf":
        _write(turtle.serialize(report(findings), turtle.TURTLE, prefixes=taken.prefixes))
    else:
        show_findings(findings, Names(taken.prefixes), lang)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="Its name; without it, the list.")] = None,
    given: Annotated[list[str] | None, typer.Argument(metavar="[KEY=VALUE]...")] = None,
    form: Form = None,
    graph: Graph = None,
) -> None:
    """Ask a prepared question."""
    root = root_of(graph)
    loaded = questions.load(root / "queries" / "questions")
    loaded |= questions.load(root / "queries" / "geosparql")
    if question is None:
        show_questions(loaded.values())
        return
    chosen = questions.choose(loaded, question)
    taken = _taken(root)
    _answer(taken, chosen.text, form, chosen.bind(pairs(given or []), taken))


@app.command()
def query(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A SPARQL query; - is stdin.")],
    form: Form = None,
    graph: Graph = None,
) -> None:
    """Run any SPARQL query on the graph in the folder."""
    text = text_of(file)
    _answer(_taken(root_of(graph)), text, form, {})


@app.command()
@with_settings
def serve(settings: Settings) -> None:
    """Load the graph, check it and serve it; or, with --dataset, any files of RDF."""
    with nullcontext() if settings.engine else children.ahead(children.KEEPER) as ahead:
        from wijk.web import serving  # only needed here; meanwhile the process ahead gets ready

        with serving.listening(settings.host, settings.port) as listener:
            if settings.dataset:
                serving.serve_dataset(settings, listener, say, ahead)
                return
            root = root_of(settings.graph)
            act.recovered(root, say)
            taken = remembered.recall(root, settings.home)
            if taken is None:
                from wijk.inspecting import inspected  # a start that finds what it knows needs none

                taken = inspected(root, settings.home)
            serving.serve(settings, taken, listener, tell, ahead)


def _taken(root: Path) -> Snapshot:
    """The folder as it is now: as it was remembered, or else read."""
    return remembered.recall(root, None) or whole(snapshot.read(root))


def _checked(reading: Reading, referee: bool) -> list[Finding]:
    taken = reading.snapshot
    store = LocalStore(taken.nquads(), taken.prefixes, known=True)
    return check_graph(reading, store.rows, understand=understood, referee=referee)


def _answer(taken: Snapshot, text: str, form: Format | None, bindings: dict[str, str]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the store cannot be stopped otherwise
    graph_form = gate.examine(text).form in ("CONSTRUCT", "DESCRIBE")
    plain = Format.table if sys.stdout.isatty() else Format.csv
    chosen = form or (Format.ttl if graph_form else plain)
    if graph_form and chosen is Format.table:
        raise RequestError(
            "A table needs SELECT or ASK. "
            "A CONSTRUCT or DESCRIBE can be had as ttl, nt, jsonld, rdf, trig or nq."
        )
    store = LocalStore(taken.nquads(), taken.prefixes, taken.base)
    answer = store.query(text, _MEDIA[chosen], bindings)
    if chosen is Format.table:
        show_rows(answer, Names(taken.prefixes))
    else:
        _write(answer)


def _write(answer: bytes) -> None:
    sys.stdout.buffer.write(answer if answer.endswith(b"\n") else answer + b"\n")
    sys.stdout.flush()
