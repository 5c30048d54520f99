"""What can be chosen in a field of a prepared question, and what a typed value means."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from wijk.engine import Ask, formats
from wijk.matching import texts
from wijk.questions import Param, Question
from wijk.web.lists import LISTS, kind_of
from wijk.web.pages.columns import CODED
from wijk.web.site import Site
from wijk.web.sources import named
from wijk.web.views import Link

MOST = 200
"""Values that a list to choose from has; of more, the field is for the name or the code."""
ANY = "iri"
"""The kind of a parameter that any thing can be."""
_FREE = ("code", "year", "date", "text")
_NEAREST = 3


@dataclass(frozen=True)
class Choices:
    """The values in order, each with what people call it; and each by its names as compared."""

    listed: Sequence[Link]
    by_name: Mapping[str, str]
    shared: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The values of a name that several have, each in another municipality."""

    def several(self, value: str) -> list[Link]:
        """The values that are all called so; nothing when at most one is."""
        keys = () if self.has(value) else self.shared.get(texts.plain(value), ())
        return [it for it in self.listed if it.href in keys]

    def called(self, value: str) -> str:
        """What people call this value; nothing when it is none of them."""
        return next((it.text for it in self.listed if it.href == value), "")

    def meant(self, value: str) -> str:
        """The value that a typed one is another name or spelling of; itself when there is none."""
        return value if self.has(value) else self.by_name.get(texts.plain(value), value)

    def has(self, value: str) -> bool:
        """Whether this is one of the values."""
        return any(it.href == value for it in self.listed)

    def nearest(self, value: str) -> list[str]:
        """What those are called that have nearly this name, or have it in theirs."""
        plain = texts.plain(value)
        near = {name: key for name, key in self.by_name.items() if texts.mistyped(plain, name)}
        if plain and not near:
            near = {name: key for name, key in self.by_name.items() if plain in name}
        keys = set(near.values())
        return [it.text for it in self.listed if it.href in keys][:_NEAREST]


async def choices(site: Site, question: Question, param: Param) -> Choices:
    """What can be chosen for a parameter of a question; nothing when that is a text of its own.

    For any thing at all that is what the question has an answer about.

    Raises:
        EngineError: the engine cannot tell it.
    """
    if param.choices:
        return await site.once_asked(("choices", param.choices), lambda: _asked(site, param))
    if param.name in CODED:
        listed = [Link(text, code) for code, text in CODED[param.name].items()]
        return Choices(tuple(_sorted(listed)), {texts.plain(it.text): it.href for it in listed})
    if param.kind in _FREE:
        return Choices((), {})
    if param.kind == ANY:
        key = ("answered", question.name, param.name)
        return await site.once_asked(key, lambda: _answered(site, question, param.name))
    return await site.once(("things to choose", param.kind), lambda: _of_kind(site, param.kind))


async def _asked(site: Site, param: Param) -> Choices:
    """The answer to its query: a value with a thing, its names, what it is in and until when.

    One of several in other municipalities with the same name has that of its own behind it.
    """
    called: dict[str, str] = {}
    names: dict[str, str] = {}
    of: dict[str, str] = {}
    rows = await site.rows(f"choose-{param.choices}", {})
    shared = _shared(rows)
    among = {value for values in shared.values() for value in values}
    for row in sorted(rows, key=lambda it: bool(it.get("until"))):
        ended = f" (tot {row['until'][:4]})" if row.get("until") else ""
        label = site.label(row["thing"])
        inside = f" ({site.label(row['within'])})" if row["value"] in among else ""
        called.setdefault(row["value"], label + inside + ended)
        of.setdefault(row["thing"], row["value"])
        for name in (row["value"], called[row["value"]], label, row["name"]):
            names.setdefault(texts.plain(name), row["value"])
    for row in await site.rows("area-names", {}):
        if row["thing"] in of:
            names.setdefault(texts.plain(row["value"]), of[row["thing"]])
    listed = _sorted(Link(text, value) for value, text in called.items())
    return Choices(tuple(listed), names, shared)


def _shared(rows: Iterable[Mapping[str, str]]) -> dict[str, list[str]]:
    """The values that have the same name, where all of them are in something."""
    by: dict[str, dict[str, str]] = {}
    for row in rows:
        by.setdefault(texts.plain(row["name"]), {})[row["value"]] = row.get("within", "")
    return {name: [*found] for name, found in by.items() if len(found) > 1 and all(found.values())}


async def _answered(site: Site, question: Question, column: str) -> Choices:
    """What stands in this column when the question is asked about everything."""
    ask = Ask(question.text, formats.JSON, own=True, whole=True)
    rows = await (await site.engine.answer(ask)).bindings()
    found = {it[column]["value"]: it.get("name", {}).get("value", "") for it in rows}
    called = {iri: _called(site, iri, name) for iri, name in sorted(found.items())}
    times = Counter(called.values())
    listed: list[Link] = []
    names: dict[str, str] = {}
    for iri, label in called.items():
        short = iri.removeprefix(f"{site.snapshot.base}id/")
        kind = site.kind(iri) or iri
        listed.append(Link(f"{label} ({kind})" if times[label] > 1 else label, short))
        for name in (short, iri, listed[-1].text, label, found[iri], short.rpartition("/")[2]):
            names.setdefault(texts.plain(name), short)
    names.pop("", None)
    return Choices(tuple(_sorted(listed)), names)


def _called(site: Site, iri: str, name: str) -> str:
    """What people call a thing, or a part of one: that by its name in the answer."""
    whole, part, _ = iri.partition("#")
    label = named(site.label(whole))
    return f"{name or site.label(iri)} bij {label}" if part else label


async def anywhere(site: Site, value: str) -> str:
    """The kind and short name of any thing that is called so; the value itself when none is."""
    names = await site.once("everything by its name", lambda: _everything(site))
    return names.get(texts.plain(value), value)


def _everything(site: Site) -> Mapping[str, str]:
    """All things here by their names and short names: what has a list before what has none."""
    start = f"{site.snapshot.base}id/"
    own = [iri for iri in site.snapshot.labels if iri.startswith(start) and "#" not in iri]
    ranks = {kind: at for at, kind in enumerate(LISTS)}
    names: dict[str, str] = {}
    for iri in sorted(own, key=lambda it: (ranks.get(kind_of(it), len(LISTS)), it)):
        short = iri.removeprefix(start)
        for name in (site.label(iri), short.rpartition("/")[2]):
            names.setdefault(texts.plain(name), short)
    return names


def _of_kind(site: Site, kind: str) -> Choices:
    start = f"{site.snapshot.base}id/{kind}/"
    gone = site.gone
    listed = [
        Link(site.label(start + slug), slug)
        for slug in site.snapshot.slugs(kind)
        if f"{site.snapshot.base}doc/{kind}/{slug}" not in gone
    ]
    return Choices(tuple(_sorted(listed)), {texts.plain(it.text): it.href for it in listed})


def _sorted(listed: Iterable[Link]) -> list[Link]:
    return sorted(listed, key=lambda it: texts.sorted_as(it.text))
