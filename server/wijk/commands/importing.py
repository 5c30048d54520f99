"""`wijk import`: a workbook or table of an editor becomes files in the folder."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path, PurePosixPath
from typing import Annotated

import typer

from wijk import snapshot
from wijk.arguments import Graph, root_of, whole
from wijk.checking import Finding
from wijk.checking.trial import Trial
from wijk.documents import hashed
from wijk.engine.changing import ChangingStore
from wijk.errors import OutputError, PublishError, RequestError
from wijk.linking.derived import derive
from wijk.publishing import act, edits
from wijk.publishing.journal import File, Journal
from wijk.snapshot import Reading
from wijk.tabular import annotating, importing
from wijk.tabular.grid import Unreadable
from wijk.tabular.importing import Made, Taken
from wijk.tabular.problems import total
from wijk.tabular.telling import Telling
from wijk.terminal import counting, say, tell_line

Given = Annotated[
    Path, typer.Argument(metavar="FILE", help="A workbook (.xlsx, .ods) or CSV or TSV; - is stdin.")
]
Dry = Annotated[bool, typer.Option("--dry-run", help="Show what would change; write nothing.")]
Copy = Annotated[
    Path | None,
    typer.Option("--annotate", help="Also a copy (.xlsx) with each finding on its own cell."),
]
Named = Annotated[str, typer.Option(help="Which sheet a table in text is, such as Casussen.")]
_BEING_PUBLISHED = (
    "Er wordt net gepubliceerd, of een publicatie is nog niet af. Dit is gezien in de map zoals "
    "die nu is; kijk straks nog eens."
)
AsJson = Annotated[bool, typer.Option("--json", help="Findings and changes as JSON.")]


def import_(
    file: Given,
    dry_run: Dry = False,
    annotate: Copy = None,
    sheet: Named = "",
    as_json: AsJson = False,
    graph: Graph = None,
) -> None:
    """Take in a workbook. Nothing is written unless all of it is right. Exit 1 when it is not."""
    _refuse(file, annotate)
    content = _content(file)
    root = root_of(graph)
    with nullcontext() if dry_run else act.publishing(root, say):
        reading = snapshot.read(root)
        if dry_run and edits.broken_off(root):
            say(_BEING_PUBLISHED)
        taken = whole(reading)
        with counting("Rows") as tell:
            found = importing.take(content, taken, _judge(reading), sheet, tell)
        _shown(found, file, as_json, Telling(taken, found.made))
        if annotate is not None and found.problems:
            _annotated(content, found, annotate)
        if found.right and found.made and not dry_run:
            _write(root, reading, found.made)
    say(conclusion(found, dry_run))
    raise typer.Exit(0 if found.right else 1)


def _refuse(file: Path, annotate: Path | None) -> None:
    if annotate is None:
        return
    if annotate.suffix.lower() != ".xlsx":
        raise RequestError(f"{annotate}: give the copy a name that ends in .xlsx.")
    if annotate.exists():
        raise RequestError(f"{annotate} is there already. Choose another name for the copy.")


def _content(file: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise RequestError(f"{file} cannot be read: {error.strerror}.") from error


def _judge(
    reading: Reading,
) -> Callable[[Mapping[PurePosixPath, bytes | None]], Sequence[Finding]]:
    """Checks the graph as it would be: what is about these files, and what they break elsewhere."""

    def judged(files: Mapping[PurePosixPath, bytes | None]) -> Sequence[Finding]:
        taken = reading.snapshot
        store = ChangingStore(taken.nquads(), taken.prefixes, known=True)
        return Trial.of(reading, store).findings(files)

    return judged


def _write(root: Path, reading: Reading, made: Sequence[Made]) -> None:
    """Write the files: all of them, or none.

    Raises:
        PublishError: a file was edited while the workbook was read.
    """
    files = [
        File(str(it.path), it.document.digest if it.document else "", it.text.decode())
        for it in made
    ]
    for file in files:
        path = root / file.path
        now = hashed(path.read_bytes()) if path.is_file() else ""
        if now != file.before:
            raise PublishError(f"{file.path} was edited meanwhile. Nothing was written; try again.")
    texts = {it.path: it.text for it in made}
    now_is = snapshot.edited(reading, texts)
    if any(it.kind == "derived" for it in now_is.snapshot.documents.values()):
        files += [
            File(str(it.path), hashed(it.before) if it.before else "", it.after.decode())
            for it in derive(now_is.snapshot)
        ]
    act.publish(root, Journal(tuple(files), "", False))


def _shown(found: Taken, file: Path, as_json: bool, telling: Telling) -> None:
    name = "stdin" if str(file) == "-" else file.name
    if as_json:
        told = {
            "bevindingen": [it.as_json(name) for it in found.problems],
            "wijzigingen": [
                {"bestand": str(it.path), "regels": [*telling.lines(it)]} for it in found.made
            ],
        }
        print(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for problem in found.problems:
        where, what = problem.lines(name)
        tell_line(where)
        tell_line(f"        {what}")
    for each in found.made if found.right else ():
        tell_line(f"{'gewijzigd' if each.document else 'nieuw':<9}  {each.path}")
        for line in telling.lines(each):
            tell_line(f"    {line}")


def _annotated(content: bytes, found: Taken, into: Path) -> None:
    try:
        into.write_bytes(annotating.annotated(content, found.problems))
    except Unreadable:
        say("Van dit bestand is niets te lezen. Er is geen kopie met opmerkingen gemaakt.")
        return
    except OSError as error:
        raise OutputError(f"{into} cannot be written: {error.strerror}.") from error
    say(f"De opmerkingen staan bij de cellen in {into}.")


def conclusion(found: Taken, dry_run: bool) -> str:
    """How an import ended, in one or two Dutch sentences."""
    said = total(found.problems)
    documents = "1 document" if len(found.made) == 1 else f"{len(found.made)} documenten"
    if not found.right:
        return f"{said}. Er is niets geschreven. Verbeter dit eerst."
    if not found.made:
        return f"{said}. Er verandert niets."
    if dry_run:
        would = "zou" if len(found.made) == 1 else "zouden"
        return f"{said}. {documents} {would} veranderen. Er is niets geschreven."
    return f"{said}. {documents} geschreven. Maak het openbaar met `wijk publish`."
