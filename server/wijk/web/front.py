"""What the endpoint asks of what stands behind it: a whole site, or a dataset alone."""

from collections.abc import Mapping
from typing import Protocol

from fastapi import FastAPI

from wijk.engine import Engine
from wijk.questions import Question


class Front(Protocol):
    """An engine, where it can be reached, and how to show what it says to people."""

    engine: Engine
    public_url: str

    @property
    def examples(self) -> Mapping[str, Question]:
        """Prepared questions."""
        ...

    @property
    def steps(self) -> Mapping[str, Question]:
        """Queries to learn from, the easiest first."""
        ...

    def show(self, template: str, root: str, **values: object) -> bytes:
        """Fill in a template; `root` stands before every path."""
        ...

    def path(self, iri: str) -> str | None:
        """The path of the page about it, if there is one here."""
        ...

    def label(self, iri: str) -> str:
        """What to call something."""
        ...

    def prepare(self) -> None:
        """Make what takes time and the first answer does not need; in a thread."""


class Follower(Protocol):
    """What keeps an application in step with its files."""

    @property
    def watcher(self) -> int | None:
        """The process that watches them, when that is another one and is there."""
        ...

    async def follow(self, app: FastAPI) -> None:
        """Do so, for as long as the application lives."""
