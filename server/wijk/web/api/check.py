"""`/api/v1/check`: a graph is sent, and the findings of the check come back; nothing is kept.

What is sent takes the place of what is here about the same things, and joins the rest.
"""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from fastapi import FastAPI
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from wijk.checking import Finding
from wijk.engine import sent
from wijk.engine.sent import GraphNotTaken, Statements
from wijk.errors import EngineError, EngineUnavailable
from wijk.namespaces import document_iri
from wijk.snapshot import Snapshot
from wijk.tabular import checked
from wijk.tabular.problems import once
from wijk.web import negotiation, problems, replies, trying
from wijk.web.api import findings, parameters
from wijk.web.api.findings import JSON, OFFERED
from wijk.web.api.uploads import MULTIPART, uploaded
from wijk.web.api.working import Places
from wijk.web.problems import Problem
from wijk.web.replies import Representation
from wijk.web.requests import BadRequest
from wijk.web.site import Site

PATH = "/api/v1/check"
LANGUAGES = ("nl", "en")
_UNREAD = "The graph cannot be checked"
_UNTAKEN = {_UNREAD: "Dit kan niet worden gecontroleerd"}
_TOO_WIDE = (
    "This touches more things than are checked at once.",
    "Dit raakt meer dingen dan tegelijk kunnen worden gecontroleerd.",
)
_LOOSE = PurePosixPath("data/loose/sent.ttl")
"""What is about nothing of this case base stands together."""
_UNPACKED = 20
"""So many times as large as what is sent a workbook may be, once unpacked."""
_FILED = frozenset(("document-elsewhere", "statement-elsewhere", "base", "prefix"))
"""Where things are filed is not up to who sends them."""


@dataclass(frozen=True)
class GraphLimits:
    """How large a graph may be, in bytes and statements, and how many are checked at once."""

    size: int = 1024 * 1024
    statements: int = 5000
    at_once: int = 2


@dataclass(frozen=True)
class Checked:
    """What was sent, as files of the data; what was found on reading it, and where it stands."""

    files: Mapping[PurePosixPath, bytes]
    found: tuple[Finding, ...]
    where: findings.Where
    said: findings.Where = findings.value
    causes: Callable[[Sequence[Finding]], Sequence[Finding]] = tuple
    """Of what the check found what does not follow from what could not be read."""


Reader = Callable[[BinaryIO, str, Site, GraphLimits], Checked]
"""Makes files of what was sent: the stream, its media type, what is served, the limits."""


def add(app: FastAPI) -> None:
    """Let an application check what is sent."""
    app.state.graphs = GraphLimits()
    app.state.checking = Places("graphs are being checked")
    app.add_route(PATH, check, methods=["GET", "POST"])


async def check(request: Request) -> Response:
    """POST checks a graph; GET says what may be sent."""
    return await (_checked if request.method == "POST" else _described)(request)


async def _described(request: Request) -> Response:
    limits: GraphLimits = request.app.state.graphs
    said = {
        "accepts": [*READERS, MULTIPART],
        "limit": limits.size,
        "statements": limits.statements,
        "reports": list(OFFERED),
    }
    return replies.reply(request, Representation(JSON, json.dumps(said).encode()))


async def _checked(request: Request) -> Response:
    site: Site = request.app.state.site
    lang = request.query_params.get("taal", LANGUAGES[0])
    try:
        return await _found(request, site)
    except BadRequest as error:
        problem = Problem(error.status, "The request is not taken", str(error), told=error.dutch)
    except GraphNotTaken as error:
        more = {"line": error.line} if error.line else {}
        status = 413 if error.too_much else 400
        problem = Problem(status, _UNREAD, str(error), more=more, told=error.dutch)
    except EngineError as error:
        problem = problems.of_engine(error)
    except ConnectionError:
        gone = EngineUnavailable("The engine is not there now. Send it again soon.")
        problem = problems.of_engine(gone)
    except ClientDisconnect:
        return Response(status_code=499)
    return problems.response(site, request, problem.spoken(lang, _UNTAKEN.get(problem.title, "")))


def _asked(request: Request) -> tuple[str, str]:
    """The language and the media type of the findings that are asked."""
    parameters.only(request.query_params, ("taal",))
    lang = request.query_params.get("taal", LANGUAGES[0])
    if lang not in LANGUAGES:
        dutch = f"Er is geen taal “{lang[:20]}”. Kies {' of '.join(LANGUAGES)}."
        said = f"There is no taal '{lang[:20]}'; there are {' and '.join(LANGUAGES)}."
        raise BadRequest(said, 400, dutch)
    wanted = negotiation.choose(replies.accept(request), OFFERED)
    if wanted is None:
        dutch = f"Bevindingen zijn er als {', '.join(OFFERED)}."
        raise BadRequest(f"Findings are there as {', '.join(OFFERED)}.", 406, dutch)
    return lang, wanted


async def _found(request: Request, site: Site) -> Response:
    limits: GraphLimits = request.app.state.graphs
    places: Places = request.app.state.checking
    lang, wanted = _asked(request)
    with ExitStack() as opened:
        upload = await uploaded(request, tuple(READERS), limits.size, opened)
        opened.enter_context(places.one(limits.at_once))
        kind = upload.media_type
        if kind not in READERS:
            listed = ", ".join(READERS)
            dutch = f"Zeg van het bestand wat het is: {listed}; niet {kind[:80]}."
            raise BadRequest(f"Say of the file what it is: {listed}; not {kind}.", 415, dutch)
        read = READERS[kind]
        made = await asyncio.to_thread(read, upload.stream, kind, site, limits)
        found = await trying.partly(site, made.files)
    if found is None:
        raise GraphNotTaken(*_TOO_WIDE, None, True)
    told = [*made.found, *made.causes([it for it in found if it.rule not in _FILED])]
    shown = await asyncio.to_thread(
        findings.written, told, wanted, lang, made.where, made.said, site.snapshot.prefixes
    )
    return replies.reply(request, shown)


def _graph(stream: BinaryIO, media_type: str, site: Site, limits: GraphLimits) -> Checked:
    """A graph: what it says of a thing with a document here is that document."""
    taken = site.snapshot
    base = f"{taken.base}id/loose/sent"
    read = sent.read(stream.read(), media_type, base, limits.statements)
    files: dict[PurePosixPath, list[str]] = {}
    for subject, lines in read.said.items():
        files.setdefault(_path(subject, taken), []).extend(lines)
    texts = {path: _text(path, lines, taken) for path, lines in files.items()}
    return Checked(texts, tuple(_unnamed(read)), lambda finding: finding.thing)


def _path(subject: str, taken: Snapshot) -> PurePosixPath:
    """The file of the document of a thing: where it is here, or would be."""
    whole = subject.partition("#")[0].replace(f"{taken.base}doc/", f"{taken.base}id/", 1)
    inside = whole.removeprefix(f"{taken.base}id/")
    kind, _, slug = inside.partition("/")
    if inside == whole or not kind or not slug or "/" in slug or slug.startswith("."):
        return _described_in(whole, taken)
    document = taken.documents.get(document_iri(whole, taken.base))
    return (
        document.path if document is not None else PurePosixPath("data", f"{kind}s", f"{slug}.ttl")
    )


def _described_in(thing: str, taken: Snapshot) -> PurePosixPath:
    """The file of the data in which something with an address of its own is described."""
    found = (it.path for it in taken.documents.values() if thing in it.told.things)
    return next((path for path in found if path.parts[0] == "data"), _LOOSE)


def _text(path: PurePosixPath, lines: list[str], taken: Snapshot) -> bytes:
    base = f"{taken.base}id/{path.parts[1].removesuffix('s')}/{path.stem}"
    return "\n".join((f"@base <{base}> .", *lines, "")).encode()


def _unnamed(read: Statements) -> list[Finding]:
    """One finding for each thing without a name, as a document may not have it."""
    said = {
        "nl": "Dit onderdeel heeft geen naam. Geef het een naam.",
        "en": "This part has no name. Give it a name.",
    }
    return [
        Finding("blank-node", "violation", said, thing=name.partition("#")[0], sentence=said)
        for name in sorted(read.unnamed)
    ]


def _workbook(stream: BinaryIO, media_type: str, site: Site, limits: GraphLimits) -> Checked:
    """A workbook or table of an editor: what it would write, and what was wrong in its cells."""
    # Only here: what reads workbooks takes long to import, and most servers are sent none.
    from wijk.tabular import importing

    given = importing.read(stream.read(), site.snapshot, unpacked=_UNPACKED * limits.size)
    told = tuple(map(checked.finding, once(given.problems)))

    def where(finding: Finding) -> str:
        """The cell; of what the check of the graph found, the one that it is about."""
        if finding.rule.startswith(checked.RULE):
            return finding.file
        spot = given.spot(finding)
        return spot.shown() if spot is not None else finding.thing

    def said(finding: Finding) -> str:
        """What stands in that cell."""
        return (
            findings.value(finding)
            if finding.rule.startswith(checked.RULE)
            else given.said(finding)
        )

    def causes(found: Sequence[Finding]) -> Sequence[Finding]:
        rows, rest = given.causes(found)
        return [*map(checked.finding, rows), *rest]

    return Checked(given.files, told, where, said, causes)


READERS: Mapping[str, Reader] = {
    **dict.fromkeys(sent.MEDIA_TYPES, _graph),
    **dict.fromkeys(checked.MEDIA_TYPES, _workbook),
}
"""Who makes files of what, by media type."""
