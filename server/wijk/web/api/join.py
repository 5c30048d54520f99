"""`/api/v1/join`: a table is sent, and comes back with the cases of each area beside its rows."""

import asyncio
import json
from collections.abc import Generator
from contextlib import ExitStack
from datetime import date
from typing import BinaryIO

from fastapi import FastAPI
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from wijk.engine import Answer
from wijk.errors import EngineError, TableError
from wijk.linking import here, tables
from wijk.linking.cases import QUERIES, Cases, Told
from wijk.linking.join import COLUMNS, Joiner
from wijk.linking.layout import Layout
from wijk.linking.register import Register
from wijk.linking.tables import Table
from wijk.linking.tally import Tally
from wijk.linking.texts import TextTable
from wijk.linking.workbooks import WorkbookTable
from wijk.web import negotiation, problems, replies
from wijk.web.api.uploads import MULTIPART, uploaded
from wijk.web.api.working import Made, Places, TableLimits
from wijk.web.problems import Problem
from wijk.web.replies import Representation
from wijk.web.requests import BadRequest
from wijk.web.site import Site

PATH = "/api/v1/join"
ZIP = "application/zip"
_SUFFIXES = {ZIP: ".zip", **{each.media_type: each.suffix for each in (TextTable, WorkbookTable)}}
_KINDS = (TextTable.media_type, WorkbookTable.media_type)
_UNPACKED = 2
"""A workbook may unpack to so many times the limit: 20 MiB are work for twenty seconds."""


class Keeper:
    """Has what is known of the snapshot that is served; it is made once."""

    def __init__(self) -> None:
        self._site: Site | None = None
        self._making: asyncio.Future[tuple[Told, Register]] | None = None

    async def known(self, site: Site) -> tuple[Told, Register]:
        """What the queries tell of a site, and its register.

        Raises:
            EngineError: the engine does not say; the next one who asks tries again.
        """
        making = self._making
        failed = making is not None and making.done() and making.exception() is not None
        if making is None or failed or self._site is not site:
            making = asyncio.ensure_future(_made(site))
            self._site, self._making = site, making
        return await asyncio.shield(making)


async def _made(site: Site) -> tuple[Told, Register]:
    told = {name: await site.rows(name, {}) for name in QUERIES}
    if site.register is None:
        site.register = await asyncio.to_thread(here.register, site.snapshot)
    return told, site.register


def add(app: FastAPI) -> None:
    """Let an application join tables."""
    app.state.join = Keeper()
    app.state.tables = TableLimits()
    app.state.joining = Places()
    app.add_route(PATH, join, methods=["GET", "POST"])


async def join(request: Request) -> Response:
    """POST joins a table; GET says what is added and what may be sent."""
    return await (joined if request.method == "POST" else described)(request)


async def described(request: Request) -> Response:
    """What is added to a table, and what may be sent."""
    limits: TableLimits = request.app.state.tables
    columns = [{"title": column.title, "description": column.told} for column in COLUMNS]
    said = {"columns": columns, "accepts": [*_KINDS, MULTIPART], "limit": limits.size}
    body = json.dumps(said, ensure_ascii=False).encode()
    return replies.reply(request, Representation("application/json", body))


async def joined(request: Request) -> Response:
    """The table with its columns, or a zip file with that, its description and a report."""
    site: Site = request.app.state.site
    try:
        return await _joined(request, site)
    except BadRequest as error:
        problem = Problem(error.status, "The request is not taken", str(error))
    except TableError as error:
        problem = Problem(400, "The table cannot be joined", str(error))
    except EngineError as error:
        problem = problems.of_engine(error)
    except ClientDisconnect:
        return Response(status_code=499)
    return problems.response(site, request, problem)


async def _joined(request: Request, site: Site) -> Response:
    limits: TableLimits = request.app.state.tables
    places: Places = request.app.state.joining
    if others := sorted(request.query_params.keys() - {"code", "datum"}):
        raise BadRequest(f"There is no parameter '{others[0][:40]}'; there are code and datum.")
    with ExitStack() as opened:
        upload = await uploaded(request, _KINDS, limits.size, opened)
        opened.enter_context(places.one(limits.at_once))
        joiner = await _joiner(request, site, upload.given.get("datum", ""))
        code = upload.given.get("code") or None
        table, layout = await asyncio.to_thread(_laid, upload.stream, code, limits.size)
        media_type = _wanted(request, table)
        pieces = _pieces(table, layout, joiner, media_type)
        opened.callback(pieces.close)
        made = Made(pieces, limits.answer, opened.pop_all().close)
    first = await made.first()
    return _Download(Answer(media_type, first, made), replies.root(request), table)


class _Download(replies.Long):
    """A long answer that is meant to be kept as a file, in the encoding of what was sent."""

    def __init__(self, answer: Answer, root: str, table: Table) -> None:
        super().__init__(answer)
        if isinstance(table, TextTable) and answer.media_type == table.media_type:
            encoding = table.dialect.encoding
            self.headers["Content-Type"] = f"{table.media_type}; charset={encoding}"
        name = f"{tables.NAME}{_SUFFIXES[answer.media_type]}"
        self.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        self.headers["Link"] = f'<{root}{PATH}>; rel="describedby"'


async def _joiner(request: Request, site: Site, day: str) -> Joiner:
    try:
        on = date.fromisoformat(day) if day else date.today()
    except ValueError as error:
        shown = day[:80]
        raise BadRequest(f"'{shown}' is not a date. Write it as 2022-03-24.") from error
    keeper: Keeper = request.app.state.join
    told, register = await keeper.known(site)
    return Joiner(await asyncio.to_thread(Cases.of, told, register, on), bool(day))


def _laid(stream: BinaryIO, code: str | None, most: int) -> tuple[Table, Layout]:
    table = tables.opened(stream, _UNPACKED * most)
    return table, table.lay(code)


def _wanted(request: Request, table: Table) -> str:
    offered = (table.media_type, ZIP)
    wanted = negotiation.choose(replies.accept(request), offered)
    if wanted is None:
        raise BadRequest(f"A joined table is there as {' and '.join(offered)}.", 406)
    return wanted


def _pieces(
    table: Table, layout: Layout, joiner: Joiner, media_type: str
) -> Generator[bytes, None, None]:
    if media_type == ZIP:
        yield from tables.packaged(table, layout, joiner)
    else:
        yield from table.joined(layout, joiner, Tally(lambda line: None))
