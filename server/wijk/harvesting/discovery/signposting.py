"""Links between a thing, its page and its files, as machines follow them.

FAIR Signposting, profile of 2 October 2023: level 1 in headers of HTTP (RFC 8288), level 2 as a
link set (RFC 9264).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

LINKSET = "application/linkset+json"
IN_DATASET = "http://rdfs.org/ns/void#inDataset"
_SCHEMA = "https://schema.org/"
_ABOUT_PAGE = f"{_SCHEMA}AboutPage"
_CLASSES: Mapping[str, str] = {
    **dict.fromkeys(("case", "bundle", "lesson"), "CreativeWork"),
    **dict.fromkeys(("actor", "initiative"), "Organization"),
    **dict.fromkeys(("place", "area"), "Place"),
    "scheme": "DefinedTermSet",
    "concept": "DefinedTerm",
    "event": "Event",
    "figure": "Dataset",
    "media": "MediaObject",
    "project": "Project",
    "source": "WebPage",
}


@dataclass(frozen=True)
class Link:
    """A link from something that goes without saying."""

    target: str
    rel: str
    media_type: str = ""

    def __str__(self) -> str:
        kind = f'; type="{self.media_type}"' if self.media_type else ""
        return f'<{self.target}>; rel="{self.rel}"{kind}'


@dataclass(frozen=True)
class Signposted:
    """A page about a thing, with the files that say the same; all addresses are whole."""

    thing: str
    page: str
    files: Mapping[str, str]
    """The address of each file, by its media type."""
    content: str
    """The media type of the file that the others are made from."""
    kind: str
    """The kind of thing: `case`, `place`, `concept` and so on."""
    licence: str
    author: str
    dataset: str
    linkset: str

    def of_page(self) -> list[Link]:
        """The links of the page."""
        return [
            Link(self.thing, "cite-as"),
            *(Link(_ABOUT_PAGE, "type"), *self._type()),
            *(Link(url, "describedby", kind) for kind, url in self.files.items()),
            Link(self.files[self.content], "item", self.content),
            *(Link(url, "alternate", kind) for kind, url in self.files.items()),
            *self._rights(),
            Link(self.linkset, "linkset", LINKSET),
        ]

    def of_file(self, media_type: str) -> list[Link]:
        """The links of one of the files."""
        back = [Link(self.page, "describes", "text/html")]
        if media_type == self.content:
            back.append(Link(self.page, "collection", "text/html"))
        others = ((kind, url) for kind, url in self.files.items() if kind != media_type)
        alternates = (Link(url, "alternate", kind) for kind, url in others)
        return [*back, *alternates, *self._rights(), Link(self.linkset, "linkset", LINKSET)]

    def whole(self) -> dict[str, Any]:
        """All of that with where each begins: the link set."""
        files = [_anchored(url, self.of_file(kind)) for kind, url in self.files.items()]
        return {"linkset": [_anchored(self.page, self.of_page()), *files]}

    def _type(self) -> Iterable[Link]:
        name = _CLASSES.get(self.kind)
        return [Link(f"{_SCHEMA}{name}", "type")] if name else []

    def _rights(self) -> Iterable[Link]:
        yield from rights(self.licence, self.author)
        if self.dataset:
            yield Link(self.dataset, IN_DATASET)


def rights(licence: str, author: str) -> Iterable[Link]:
    """The links to a licence and to who publishes, as far as these are known."""
    return [Link(it, rel) for it, rel in ((licence, "license"), (author, "author")) if it]


def header(links: Iterable[Link]) -> str:
    """The value of a Link header; links to the same are one, for a proxy takes only so much."""
    relations: dict[tuple[str, str], dict[str, None]] = {}
    for link in links:
        relations.setdefault((link.target, link.media_type), {})[link.rel] = None
    return ", ".join(
        str(Link(target, " ".join(rels), kind)) for (target, kind), rels in relations.items()
    )


def _anchored(anchor: str, links: Iterable[Link]) -> dict[str, Any]:
    told: dict[str, Any] = {"anchor": anchor}
    listed = sorted((it for it in links if it.rel != "linkset"), key=lambda it: it.rel)
    for rel, group in groupby(listed, key=lambda it: it.rel):
        told[rel] = [
            {"href": it.target, **({"type": it.media_type} if it.media_type else {})}
            for it in group
        ]
    return told
