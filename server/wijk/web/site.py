"""All that the pages of one snapshot need, made once."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, TypeVar, cast

from rdflib import RDF, URIRef

from wijk import changelog, questions, resources, tombstones, turtle
from wijk.engine import Ask, Engine, formats
from wijk.engine.trimming import give_back
from wijk.harvesting import gathering, statements
from wijk.harvesting.records import Records
from wijk.harvesting.rights import Rights
from wijk.linking.register import Register
from wijk.matching import texts
from wijk.namespaces import ONTOLOGY
from wijk.questions import Question
from wijk.snapshot import Document, Snapshot
from wijk.web import context, examples, templating
from wijk.web.addresses import Addresses
from wijk.web.answering import by_a_server
from wijk.web.keeping import Kept
from wijk.web.replies import Representation
from wijk.web.sources import Numbering
from wijk.web.views import Link, Views
from wijk.web.words import Words

T = TypeVar("T")


class Site:
    """One snapshot, the engine over it, and the words and templates to show it.

    `since` is from when on it is served. What is made of it may change with it: by a publication,
    but also by what is not in the log or left it (the catalogue, what a command makes), or by
    other software. So it is the only moment that all of that can be dated by.
    """

    def __init__(self, snapshot: Snapshot, engine: Engine, public_url: str = "") -> None:
        self.since = datetime.now(UTC)
        self.services: str | None = ""  # where a server answers what files cannot; None is nowhere
        self.snapshot = snapshot
        self.log = changelog.read(snapshot.root)
        self.engine = engine
        self.public_url = public_url
        self.addresses = Addresses(snapshot)
        folder, along = snapshot.root / "queries", resources.came_along() / "queries"
        self.examples = examples.fitting(questions.load(folder / "questions"), snapshot)
        self.steps = questions.load(folder / "steps")
        self._own = questions.load(along / "pages") | questions.load(folder / "pages")
        own = context.read(snapshot.root / "ontology" / "context.jsonld")
        self.context = context.with_measures(own, snapshot.base) if own else None
        self._made: dict[tuple[str, str], Representation] = {}
        self._kinds: dict[str, str] = {}
        self.register: Register | None = None
        self._templates = templating.environment()
        self._gathering = asyncio.Lock()
        self._records: Records | None = None
        self._once: dict[object, Any] = {}
        self.kept = Kept()

    @cached_property
    def words(self) -> Words:
        """What people call classes and properties."""
        return Words(self.snapshot)

    @cached_property
    def views(self) -> Views:
        """Documents as people read them."""
        return Views(self.snapshot, self.addresses, self.words)

    @cached_property
    def rights(self) -> Rights:
        """Who publishes, and what may be done with it."""
        return Rights(self.snapshot)

    def prepare(self) -> None:
        """Make what a page needs and an answer does not, and put the texts of documents away."""
        _ = self.views
        self.snapshot.pack()
        give_back()

    @cached_property
    def gone(self) -> frozenset[str]:
        """The documents of what was withdrawn and is still in the folder as a tombstone."""
        documents = self.snapshot.documents.values()
        return frozenset(it.iri for it in documents if tombstones.of(it) is not None)

    @cached_property
    def cases(self) -> int:
        """How many cases there are, without those that were withdrawn."""
        there = (it.iri for it in self.snapshot.documents.values() if it.kind == "case")
        return sum(iri not in self.gone for iri in there)

    @cached_property
    def published(self) -> date | None:
        """The day on which something was last published; None when nothing is."""
        return max((it.time.date() for it in self.log.latest.values()), default=None)

    @property
    def name(self) -> str:
        """What this case base is called."""
        catalog = f"{self.snapshot.base}catalog"
        return self.snapshot.labels.get(catalog, "wijk")

    @property
    def short(self) -> str:
        """The same in short, as it stands above every page."""
        return self.rights.short or self.name

    def show(self, template: str, root: str, **values: object) -> bytes:
        """Fill in a template; `root` stands before every path."""
        chosen = self._templates.get_template(template)
        usual = {
            "rights": self.rights,
            "cases": self.cases,
            "numbered": Numbering(),
            "published": self.published,
        }
        values = {**usual, **values}
        return templating.filled(chosen, site=self.short, root=root, pages=True, **values)

    def at_once(self, usual: int) -> int:
        """How many rows a page shows of a list that usually shows so many."""
        return 1000 if self.services is None else usual

    def url(self, path: str) -> str:
        """The whole address of one of our paths, which begins with a slash: never by the Host."""
        start = (by_a_server(path) and self.services) or self.public_url or self.snapshot.base
        return start.rstrip("/") + path

    def question(self, name: str) -> Question:
        """One of the site's own queries."""
        return self._own[name]

    async def records(self) -> Records:
        """The published cases, and those that were withdrawn; made once.

        Raises:
            EngineError: the engine cannot tell them.
        """
        async with self._gathering:
            if self._records is None:
                query = self._own["harvest-cases"].text
                answer = await self.answer("harvest-cases", {}, formats.JSON)
                self._records = await asyncio.to_thread(self._gathered, answer, query)
            return self._records

    async def once(self, key: object, make: Callable[[], T]) -> T:
        """What a function makes of this site, which is made once, in a thread, and then kept.

        The module of the function is part of the key: no two rooms take each other's things.
        """
        return await self.once_asked((make.__module__, key), lambda: asyncio.to_thread(make))

    async def once_asked(self, key: object, make: Callable[[], Awaitable[T]]) -> T:
        """The same of what has to ask the engine first.

        Raises:
            EngineError: the engine cannot tell it; who comes next asks again.
        """
        if key not in self._once:
            self._once[key] = asyncio.ensure_future(make())
            self._once[key].add_done_callback(lambda done: self._failed(key, done))
        return cast(T, await asyncio.shield(self._once[key]))

    def _failed(self, key: object, done: "asyncio.Future[Any]") -> None:
        if done.cancelled() or done.exception() is not None:
            del self._once[key]

    def _gathered(self, answer: bytes, query: str) -> Records:
        rows = statements.read(answer)
        rows = statements.published(rows, query, self.snapshot, self.log)
        past = statements.past(rows, query, self.log, self.snapshot.base)
        return gathering.records(rows, self.snapshot, self.log, past)

    def path(self, iri: str) -> str | None:
        """The path of the page about it, if there is one here."""
        return self.addresses.path(iri)

    def label(self, iri: str) -> str:
        """What to call something, in not too many words."""
        return self.views.label(iri)

    def rdf(self, document: Document, media_type: str) -> Representation:
        """A document in one of the formats of RDF; Turtle is the file itself."""
        key = (document.iri, media_type)
        if key not in self._made:
            body = (
                document.source
                if media_type == turtle.TURTLE
                else turtle.serialize(
                    document.graph,
                    media_type,
                    document.iri,
                    self.context,
                    self.snapshot.prefixes,
                )
            )
            self._made[key] = Representation(media_type, body)
        return self._made[key]

    async def rows(self, name: str, bindings: Mapping[str, str]) -> list[dict[str, str]]:
        """The rows of one of the site's own queries; values without their kind."""
        rows = json.loads(await self.answer(name, bindings, formats.JSON))["results"]["bindings"]
        return [{variable: term["value"] for variable, term in row.items()} for row in rows]

    async def answer(self, name: str, bindings: Mapping[str, str], media_type: str) -> bytes:
        """The whole answer to one of the site's own queries."""
        ask = Ask(self._own[name].text, media_type, bindings=bindings, own=True, whole=True)
        return await (await self.engine.answer(ask)).whole()

    async def incoming(self, iri: str, path: str) -> list[tuple[str, list[Link]]]:
        """What points at a thing from elsewhere, by the property it does that with."""
        groups: dict[str, dict[Link, None]] = {}
        for row in await self.rows("incoming", {"thing": f"<{iri}>"}):
            link = self._pointing(row, iri)
            if link is not None and link.href.partition("#")[0] != path:
                heading = self.words.incoming(URIRef(row["property"]))
                groups.setdefault(heading, {})[link] = None
        return [
            (heading, sorted(links, key=lambda it: (texts.sorted_as(it.text), it.text, it.small)))
            for heading, links in groups.items()
        ]

    def _pointing(self, row: Mapping[str, str], iri: str) -> Link | None:
        whole = row["subject"].partition("#")[0]
        part = "role" in row or whole in (ONTOLOGY,)
        path = self.addresses.path(row["subject"] if part else whole)
        if path is None:
            return None
        shown = whole if row.get("actor") in (None, iri) else f"{row['actor']}"
        role = row.get("role", iri)
        small = self.views.label(role) if role != iri else "" if part else self.kind(whole)
        if shown != whole:
            small = ", ".join(filter(None, (small, self.views.label(whole))))
        return Link(self.views.label(row["subject"] if whole == ONTOLOGY else shown), path, small)

    def kind(self, iri: str) -> str:
        """The word for what a thing is; known once, as its document may have to be read for it."""
        if (kind := self._kinds.get(iri)) is None:
            home = self.snapshot.find(self.addresses.home(iri) or "")
            kind = self.words.kind(home.graph.objects(URIRef(iri), RDF.type)) if home else ""
            self._kinds[iri] = kind
        return kind
