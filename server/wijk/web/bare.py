"""The endpoint over a dataset alone: no pages and no shapes, live when a file changes."""

import asyncio
from collections.abc import Callable, Mapping

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from wijk import questions, resources
from wijk.counting import counted
from wijk.engine import Ask, Engine, dataset, formats
from wijk.engine.contents import Kept, here
from wijk.engine.dataset import Dataset, File, Reading
from wijk.engine.embedded import Embedded
from wijk.errors import DatasetError, EngineUnavailable, WijkError
from wijk.questions import Question
from wijk.watching import Watch
from wijk.web import replies, templating
from wijk.web.app import application

Tell = Callable[[str], None]
"""What the operator is told."""
_AGAIN = 2.0
"""Seconds before it is tried again when a process was killed."""


class Bare:
    """How a dataset is shown: by the names its data have, without links to pages."""

    def __init__(self, engine: Engine, public_url: str = "") -> None:
        self.examples: Mapping[str, Question] = {}
        self.steps: Mapping[str, Question] = {}
        self.engine = engine
        self.public_url = public_url
        self.snapshot = None  # there are no documents
        self._templates = templating.environment()

    def show(self, template: str, root: str, **values: object) -> bytes:
        """Fill in a template; `root` stands before every path."""
        chosen = self._templates.get_template(template)
        return chosen.render(site="SPARQL", root=root, pages=False, **values).encode()

    def path(self, iri: str) -> str | None:
        """None: there are no pages here."""
        return None

    def label(self, iri: str) -> str:
        """The IRI itself."""
        return iri

    def prepare(self) -> None:
        """There is nothing to make."""


class Followed:
    """The files of a dataset as they change, and what was read last."""

    def __init__(self, files: tuple[File, ...], engine: Embedded, tell: Tell) -> None:
        self._files = files
        self._engine = engine
        self._tell = tell
        self._watch = Watch(files=[file.path for file in files])
        self.digest = ""
        self.statements = 0
        self.problem = ""

    async def begin(self) -> None:
        """Read all files for the first time, into the engine, and start that.

        Raises:
            DatasetError: one cannot be read; where, and why.
            EngineUnavailable: a process does not start.
        """
        read: Reading | Dataset = (reading := Reading(self._files, self._tell))
        try:
            await self._engine.hold(Kept(reading.pieces()), "")
            await self._engine.start()
        except EngineUnavailable:  # a process was killed: then one after the other
            read = await dataset.read(self._files, self._tell)
            await self._engine.hold(Kept(here(read.pieces)), "")
            await self._engine.start()
        self._engine.call(read.digest)
        self._noted(read)
        if read.statements and not read.unnamed:
            self._tell(
                "All statements are in named graphs. A query without GRAPH sees them with "
                "--default-graph union."
            )

    @property
    def watcher(self) -> int | None:
        """None: they are watched in this process."""
        return None

    async def follow(self, app: FastAPI) -> None:
        """Follow the files, for as long as the application lives."""
        async for _ in self._watch.changes():
            while not await self._settled():
                await asyncio.sleep(_AGAIN)

    async def _settled(self) -> bool:
        """Serve what is in the files now, or tell why not; False when it is to be tried again."""
        try:
            await self._again()
        except WijkError as error:
            self.problem = _public(error)
            self._tell(f"wijk: {error} What was served before stays.")
            return not isinstance(error, EngineUnavailable)
        return True

    async def _again(self) -> None:
        read = await dataset.read(self._files, self._tell)
        if read.digest != self.digest:
            await self._engine.hold(Kept(here(read.pieces)), read.digest)
            self._noted(read)
            self._tell(f"The data changed: {counted(read.statements, 'statement')}. That is live.")
        elif self.problem:
            self._tell("The data are again as they are served.")
        self.problem = ""

    def _noted(self, read: Reading | Dataset) -> None:
        self.digest, self.statements = read.digest, read.statements


def _public(error: WijkError) -> str:
    """What everybody may know of it: not where the file stands on this machine."""
    if isinstance(error, DatasetError):
        return str(DatasetError(error.path.name, error.line, error.reason))
    return str(error)


def create(followed: Followed, engine: Engine, public_url: str = "") -> FastAPI:
    """The application of the endpoint alone; it starts the engine with the data, and ends it."""
    routes = {"/": _home, "/health/ready": _ready}
    app = application(Bare(engine, public_url), routes, followed.begin, followed)
    own = questions.load(resources.came_along() / "queries" / "pages")
    app.state.ready = Ask(own["ready"].text, formats.JSON, own=True)
    return app


async def _home(request: Request) -> Response:
    return replies.see_other(request, f"{replies.root(request)}/sparql")


async def _ready(request: Request) -> Response:
    """Ready as soon as the engine answers; it says when the files are not what is served."""
    state = request.app.state
    await state.site.engine.answer(state.ready)
    live: Followed = state.live
    told = {
        "status": "ok",
        "snapshot": live.digest,
        "statements": live.statements,
        "dataset": "invalid" if live.problem else "served",
        "problem": live.problem or None,
    }
    return JSONResponse(told, headers={"Cache-Control": "no-store"})
