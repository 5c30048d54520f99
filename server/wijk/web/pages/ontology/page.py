"""The pages `/def` and `/en/def`: one template in two languages."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from wijk.errors import EngineError
from wijk.namespaces import ONTOLOGY, SHAPES
from wijk.snapshot import Document
from wijk.web import replies
from wijk.web.pages import frame
from wijk.web.pages.ontology import diagram
from wijk.web.pages.ontology.diagram import Picture
from wijk.web.pages.ontology.terms import Counts, Reader, Reference, Scheme, Term
from wijk.web.pages.shown import Shown
from wijk.web.site import Site
from wijk.web.suffixes import NAMES
from wijk.web.views import Link

ENGLISH = "/en/def"
_HERE = "/def"


@dataclass(frozen=True)
class Told:
    """All that the page tells, in one language."""

    title: str
    about: str
    version: str
    terms: tuple[Term, ...]
    schemes: tuple[Scheme, ...]
    borrowed: dict[str, list[Reference]]
    counts: dict[str, int]
    alignments: tuple[Link, ...]
    picture: Picture


async def ontology(shown: Shown) -> bytes:
    """The page of the ontology in Dutch, at its own address."""
    values = await _values(shown.site, "nl")
    return shown.filled("ontologie.html", **values)


async def _english(request: Request) -> Response:
    """`/en/def`; of a folder without an ontology, `/def` says what there is."""
    site: Site = request.app.state.site
    if ONTOLOGY not in site.snapshot.documents:
        return replies.see_other(request, replies.root(request) + _HERE)
    formats = [Link(name, _HERE + suffix) for suffix, name in NAMES.items()]
    values = await _values(site, "en")
    return frame.shown(request, "ontologie.html", told="", formats=formats, **values)


async def _values(site: Site, lang: str) -> dict[str, Any]:
    made = await site.once_asked(("ontology", lang), lambda: _made(site, lang))
    return {
        "it": made,
        "iri": ONTOLOGY,
        "view": diagram.VIEW,
        "lang": lang,
        "elsewhere": ENGLISH if lang == "nl" else _HERE,
        "crumbs": [Link("Begrippen" if lang == "nl" else "Ontology", _HERE)],
    }


async def _made(site: Site, lang: str) -> Told:
    counts = await _counts(site)
    reader = Reader(site.snapshot, counts, lang)
    title, about, version = reader.title()
    own, shapes = (_of(site, iri).graph for iri in (ONTOLOGY, SHAPES))
    alignments = (
        Link(iri.rpartition("/")[2], site.addresses.document_path(iri))
        for iri in sorted(site.snapshot.documents)
        if iri.startswith(f"{ONTOLOGY}/")
    )
    return Told(
        title,
        about,
        version,
        tuple(reader.terms()),
        tuple(reader.schemes()),
        reader.borrowed(),
        {iri: count for (_, iri), count in counts.items()},
        tuple(alignments),
        diagram.picture(own, shapes, reader.label),
    )


def _of(site: Site, iri: str) -> Document:
    """The ontology; or the shapes, or what is nearest where a folder has none."""
    return site.snapshot.documents.get(iri) or site.snapshot.documents[ONTOLOGY]


async def _counts(site: Site) -> Counts:
    """How often each class and property is used in the data; nothing when that cannot be told."""
    try:
        rows = await site.rows("harvest-void", {})
    except EngineError:
        return {}
    kinds = ("class", "property")
    return {(row["kind"], row["of"]): int(row["count"]) for row in rows if row["kind"] in kinds}


ROUTES = {ENGLISH: _english}
