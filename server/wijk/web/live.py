"""Keeps what is served in step with the folder: what is well goes live, what is not is told."""

import asyncio
import pickle
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from fastapi import FastAPI

from wijk import resources, snapshot
from wijk.counting import counted
from wijk.engine import Engine, awaited, children, wire
from wijk.engine.draft import Drafting
from wijk.errors import EngineUnavailable, WijkError
from wijk.snapshot import Snapshot
from wijk.web.asking import lacking
from wijk.web.front import Follower
from wijk.web.outcome import Bad, Good, Outcome
from wijk.web.site import Site

Tell = Callable[[Outcome], None]
"""What the operator is told."""
_AGAIN = 1.0
"""Seconds before another process takes the place of one that ended."""
_A_SECOND = timedelta(seconds=1)
"""HTTP has no smaller one: what is served after something else has another date."""


class Live:
    """The folder of an application that is served, as it changes."""

    def __init__(
        self, served: Snapshot, engine: Engine, tell: Tell, public_url: str, home: Path | None
    ) -> None:
        self._served = served
        self._engine = engine
        self._public_url = public_url
        self._home = str(home) if home else ""
        self._tell = tell
        self._asides = resources.beside(served.root)
        self._problem: Bad | None = None
        self.watcher: int | None = None
        """The process that watches the folder, when it is there."""

    @property
    def problem(self) -> str:
        """Why the folder as it is now is not what is served; nothing when it is."""
        if self._problem is None:
            return ""
        count = counted(len(self._problem.findings), "violation")
        return self._problem.message or f"{count}; see `wijk check`."

    async def follow(self, app: FastAPI) -> None:
        """Follow the folder, for as long as the application lives."""
        while True:
            with suppress(OSError, EngineUnavailable):
                await self._followed(app)
            await asyncio.sleep(_AGAIN)

    async def _followed(self, app: FastAPI) -> None:
        process, control = children.started("wijk.web.checker", str(self._served.root))
        loop = asyncio.get_running_loop()
        self.watcher = process.pid
        try:
            await loop.sock_sendall(
                control, wire.packed(self._beginning(), pickle.dumps(self._served.remarks))
            )
            while True:
                head, body = await awaited.receive(control)
                if "draft" in head:
                    await self._draft(control, head["draft"])
                    continue
                if "known" in head:
                    told = await asyncio.to_thread(lacking, self._served, head["known"])
                    await loop.sock_sendall(control, wire.packed({}, told))
                    continue
                outcome: Outcome = await asyncio.to_thread(pickle.loads, body)
                await self._taken(app, outcome)
        finally:
            self.watcher = None
            control.close()
            process.send_signal(signal.SIGKILL)
            await asyncio.to_thread(process.wait)

    async def _draft(self, control: socket.socket, digest: str) -> None:
        """Hand over a draft of what is served, if that is what the other side takes it to be."""
        if digest != self._served.digest or not isinstance(self._engine, Drafting):
            raise ConnectionError("the process is not in step with what is served")
        with await self._engine.draft() as draft:
            socket.send_fds(control, [b"d"], [draft.fileno()])

    def _beginning(self) -> wire.Head:
        served = self._served
        said = {"digest": served.digest, "base": served.base, "asides": self._asides}
        return {**said, "home": self._home, "drafts": isinstance(self._engine, Drafting)}

    async def _taken(self, app: FastAPI, outcome: Outcome) -> None:
        try:
            if isinstance(outcome, Good):
                await self._serve(app, outcome)
            self._problem = outcome if isinstance(outcome, Bad) else None
            self._tell(outcome)
        except WijkError as error:
            self._problem = Bad((), {}, str(error))
            self._tell(self._problem)
            if isinstance(error, EngineUnavailable):  # a process was killed: begin again
                raise ConnectionError from error

    async def _serve(self, app: FastAPI, good: Good) -> None:
        """Let the good folder take the place of what is served."""
        taken = await asyncio.to_thread(_changed, self._served, good)
        site = await asyncio.to_thread(Site, taken, self._engine, self._public_url)
        site.since = max(site.since, app.state.site.since + _A_SECOND)
        await asyncio.to_thread(site.prepare)
        if taken.digest != self._served.digest:
            if good.whole:
                await self._engine.load(b"".join(good.graphs.values()), taken.digest)
            else:
                await self._engine.change(good.graphs, taken.digest)
        self._served, self._asides = taken, good.asides
        app.state.site = site
        app.state.warming.begin(site)


@asynccontextmanager
async def following(app: FastAPI) -> AsyncIterator[None]:
    """Follow the folder of the application, if it has one that is to be followed."""
    live: Follower | None = app.state.live
    task = asyncio.create_task(live.follow(app)) if live else None
    try:
        yield
    finally:
        if task is not None:
            task.cancel()
            await asyncio.wait({task})


def _changed(served: Snapshot, good: Good) -> Snapshot:
    kept = {} if good.whole else served.documents
    documents = {iri: it for iri, it in kept.items() if iri not in good.removed}
    documents |= {document.iri: document for document in good.documents}
    taken = snapshot.of_documents(served.root, served.base, documents)
    if taken.digest != good.digest:
        raise ConnectionError("the process is not in step with what is served")
    return replace(taken, remarks=good.remarks)
