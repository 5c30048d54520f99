"""Answers SPARQL: a query and a media type go in, bytes come out."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from wijk.engine.gate import Passed


@dataclass(frozen=True)
class Ask:
    """One query and how it is to be answered.

    A data set of None is the one the service has: each document is a named graph, and the
    default graph is their union, unless the operator chose otherwise. A query that has to have
    that union says so (`whole`). As soon as one of the two is given, the other one is empty
    unless it is given as well. Bindings are RDF terms as N-Triples writes them. A query of the
    service's own (`own`) has places of its own, so that pages go on while the public ones are
    taken. Who had the text examined already hands over what the gate said (`passed`). A limit,
    in bytes, is for who can take no long answer; the engine has one of its own as well.
    """

    text: str
    media_type: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    bindings: Mapping[str, str] = field(default_factory=dict)
    own: bool = False
    whole: bool = False
    passed: Passed | None = None
    limit: int | None = None


@dataclass(frozen=True)
class Answer:
    """What the engine said, in the media type that was asked for; `kept` when it said so before.

    A short answer is its body. A long one is its body, the first piece, and the rest; an
    EngineError or ConnectionError while that is read means that the answer cannot be finished.
    Whoever does not read all of the rest closes it with `aclose`.
    """

    media_type: str
    body: bytes
    rest: AsyncIterator[bytes] | None = None
    kept: bool = False

    async def whole(self) -> bytes:
        """All of it at once.

        Raises:
            EngineError, ConnectionError: it cannot be finished.
        """
        if self.rest is None:
            return self.body
        try:
            return b"".join([self.body, *[piece async for piece in self.rest]])
        finally:
            await self.aclose()

    async def bindings(self) -> list[dict[str, Any]]:
        """The rows of a SELECT that was asked as JSON, as the W3C's results in JSON have them.

        Raises:
            EngineError, ConnectionError: it cannot be finished.
        """
        rows: list[dict[str, Any]] = json.loads(await self.whole())["results"]["bindings"]
        return rows

    async def aclose(self) -> None:
        """Ask for no more of it; whatever makes it stops."""
        if close := getattr(self.rest, "aclose", None):
            await close()


@dataclass(frozen=True)
class About:
    """What an engine can do, as far as we know; the description of the service tells it.

    Is its default graph the union of all graphs; does it read SPARQL 1.2 and RDF 1.2; which
    functions has it besides those of SPARQL, by their IRIs? And what it takes for one query: so
    many seconds, and an answer of so many bytes; 0 is not known.
    """

    union: bool = True
    version_1_2: bool = False
    functions: tuple[str, ...] = ()
    seconds: float = 0.0
    answer: int = 0


class Engine(Protocol):
    """What the web asks of an engine, be it embedded or elsewhere."""

    @property
    def about(self) -> About:
        """What it can do."""
        ...

    async def start(self) -> None:
        """Begin to answer."""

    async def load(self, nquads: bytes, digest: str) -> None:
        """Answer from these data from now on; what is under way ends on the data it began with."""

    async def change(self, graphs: Mapping[str, bytes], digest: str) -> None:
        """The same for some graphs alone: N-Quads by the name of each, nothing for what is gone."""

    async def answer(self, ask: Ask) -> Answer:
        """Answer one query.

        Raises:
            QueryRefused: the text is not a query this service takes.
            QueryTimeout, AnswerTooLarge, QueryBusy, EngineDown: a limit was reached.
        """
        ...

    async def aclose(self) -> None:
        """Stop, and leave nothing behind."""
