"""What can be chosen in a field of a prepared question, and what a typed value means."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wijk.matching import texts
from wijk.questions import Param
from wijk.web.site import Site
from wijk.web.views import Link

MOST = 200
"""Values that a list to choose from has; of more, the field is for the name or the code."""
_FREE = ("iri", "code", "year", "date", "text")
_NEAREST = 3


@dataclass(frozen=True)
class Choices:
    """The values in order, each with what people call it; and each by its names as compared."""

    listed: Sequence[Link]
    by_name: Mapping[str, str]

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


async def choices(site: Site, param: Param) -> Choices:
    """What can be chosen for a parameter; nothing when that is a text of its own.

    Raises:
        EngineError: the engine cannot tell it.
    """
    if param.choices:
        return await site.once_asked(("choices", param.choices), lambda: _asked(site, param))
    if param.kind in _FREE:
        return Choices((), {})
    return await site.once(("things to choose", param.kind), lambda: _of_kind(site, param.kind))


async def _asked(site: Site, param: Param) -> Choices:
    """The answer to its query: a value with a thing, its names, and until when it was."""
    called: dict[str, str] = {}
    names: dict[str, str] = {}
    of: dict[str, str] = {}
    rows = await site.rows(f"choose-{param.choices}", {})
    for row in sorted(rows, key=lambda it: bool(it.get("until"))):
        ended = f" (tot {row['until'][:4]})" if row.get("until") else ""
        label = site.label(row["thing"])
        called.setdefault(row["value"], label + ended)
        of.setdefault(row["thing"], row["value"])
        for name in (row["value"], called[row["value"]], label, row["name"]):
            names.setdefault(texts.plain(name), row["value"])
    for row in await site.rows("area-names", {}):
        if row["thing"] in of:
            names.setdefault(texts.plain(row["value"]), of[row["thing"]])
    return Choices(tuple(_sorted(Link(text, value) for value, text in called.items())), names)


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
