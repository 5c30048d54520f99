"""The lessons of a site: what each says, for whom it is, and what it holds for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from wijk.matching import texts
from wijk.web.site import Site
from wijk.web.templating import short

Rows = Iterable[Mapping[str, str]]


@dataclass(frozen=True)
class Lesson:
    """One lesson; audiences, connections and what it holds for are IRIs.

    `own` says that its audience is our own reading; `lang` is empty for Dutch.
    """

    iri: str
    title: str
    text: str
    lang: str
    audiences: tuple[str, ...]
    own: bool
    holds_for: tuple[str, ...]
    part_of: str
    connections: tuple[str, ...]


@dataclass(frozen=True)
class Lessons:
    """All lessons by their IRI, and by what they hold for."""

    one: Mapping[str, Lesson]
    holding: Mapping[str, tuple[Lesson, ...]]

    def linked(self, lesson: Lesson) -> list[Lesson]:
        """Other lessons about the same kind of connection, else those of the same bundle."""
        others = [it for it in self.one.values() if it.iri != lesson.iri]
        alike = [it for it in others if set(it.connections) & set(lesson.connections)]
        return alike or [it for it in others if it.part_of == lesson.part_of]


async def lessons(site: Site) -> Lessons:
    """The lessons of a site; asked once.

    Raises:
        EngineError: the engine cannot tell them.
    """

    async def asked() -> Lessons:
        return told(await site.rows("told-lessons", {}))

    return await site.once_asked(Lessons, asked)


def told(rows: Rows) -> Lessons:
    """The lessons that rows of a field and a value each tell of."""
    said: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for row in rows:
        fields = said.setdefault(row["thing"], {})
        fields.setdefault(row["field"], []).append((row["value"], row.get("lang", "")))
    one = {iri: _lesson(iri, fields) for iri, fields in said.items()}
    holding: dict[str, list[Lesson]] = {}
    for lesson in sorted(one.values(), key=lambda it: (texts.sorted_as(it.title), it.iri)):
        for target in lesson.holds_for:
            holding.setdefault(target, []).append(lesson)
    return Lessons(
        MappingProxyType(one),
        MappingProxyType({target: tuple(found) for target, found in holding.items()}),
    )


def _lesson(iri: str, fields: Mapping[str, list[tuple[str, str]]]) -> Lesson:
    def values(field: str) -> tuple[str, ...]:
        return tuple(value for value, _ in fields.get(field, ()))

    title, _ = _dutch(fields.get("title", ())) or (iri.rpartition("/")[2], "")
    text, lang = _dutch(fields.get("text", ())) or (title, "")
    return Lesson(
        iri,
        short(title),
        text,
        "" if lang == "nl" else lang,
        values("audience"),
        "own" in fields,
        values("holds-for"),
        next(iter(values("part-of")), ""),
        values("connection"),
    )


def _dutch(texts: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    """The Dutch text of these, each with its language, else the first."""
    return min(texts, key=lambda it: (it[1] not in ("nl", ""), it), default=None)
