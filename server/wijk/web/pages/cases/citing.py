"""How to cite a case: in words, and as BibTeX, RIS and CSL-JSON."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from rdflib import URIRef
from rdflib.namespace import DCTERMS
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from wijk import days
from wijk.harvesting.rights import said
from wijk.snapshot import Document
from wijk.web import gone, problems, publication, replies, signposts
from wijk.web.addresses import main_thing
from wijk.web.replies import Representation
from wijk.web.site import Site
from wijk.web.templating import short

_SPECIAL = re.compile(r"([\\{}$&#%_^~])")
_ESCAPED = {"\\": r"\textbackslash{}", "^": r"\^{}", "~": r"\~{}"}


@dataclass(frozen=True)
class Citation:
    """What a reference to a case says.

    `stamp` is the moment of its last publication (RFC 3339, UTC), which names that version in the
    catalogue and the log too; empty when there is none. Who reads a reference is told the day of
    it. On which day somebody read it is not known here: a page leaves that to the browser, and
    software that takes a reference adds it itself.
    """

    slug: str
    title: str
    abstract: str
    container: str
    publisher: str
    stamp: str
    address: str

    @property
    def day(self) -> date | None:
        """The day of its last publication."""
        return date.fromisoformat(self.stamp[:10]) if self.stamp else None

    @property
    def words(self) -> str:
        """The reference in a line, without the address."""
        when = f", {days.dutch(self.day)}" if self.day else ""
        by = f" {self.publisher}{when}." if self.publisher else when
        version = f" (versie van {days.dutch(self.day)})" if self.day else ""
        return f"{short(self.title)}{version}. In: {self.container}.{by}"


def citation(site: Site, document: Document) -> Citation:
    """The citation of the document of a case."""
    thing = main_thing(document, site.snapshot.base) or URIRef(document.iri)
    return Citation(
        document.slug,
        site.snapshot.labels.get(str(thing)) or site.label(str(thing)),
        str(document.graph.value(thing, DCTERMS.abstract) or ""),
        site.name,
        said(site.rights.publisher.name),
        publication.of(site, document).stamp,
        str(thing),
    )


def bibtex(of: Citation) -> str:
    """As BibTeX, for BibTeX and Biber in UTF-8."""
    fields = {
        "title": f"{{{_tex(of.title)}}}",
        "booktitle": _tex(of.container),
        "publisher": _tex(of.publisher),
        "year": str(of.day.year) if of.day else "",
        "date": of.day.isoformat() if of.day else "",
        "version": of.day.isoformat() if of.day else "",
        "url": of.address,
        "langid": "dutch",
        "abstract": _tex(of.abstract),
    }
    told = ",\n".join(f"  {name} = {{{text}}}" for name, text in fields.items() if text)
    return f"@incollection{{{of.slug},\n{told}\n}}\n"


def ris(of: Citation) -> str:
    """As RIS, with the line ends it asks for."""
    fields = [
        *(("TY", "CHAP"), ("TI", of.title), ("T2", of.container), ("PB", of.publisher)),
        ("PY", str(of.day.year) if of.day else ""),
        ("DA", of.day.strftime("%Y/%m/%d") if of.day else ""),
        ("ET", of.day.isoformat() if of.day else ""),
        *(("UR", of.address), ("LA", "nl"), ("AB", of.abstract)),
    ]
    lines = [f"{tag}  - {' '.join(text.split())}" for tag, text in fields if text]
    return "".join(f"{line}\r\n" for line in (*lines, "ER  - "))


def csl(of: Citation) -> str:
    """As CSL-JSON: an array with one item."""
    item: dict[str, object] = {
        "id": of.slug,
        "type": "chapter",
        "title": of.title,
        "container-title": of.container,
        "publisher": of.publisher,
        "version": of.stamp,
        "URL": of.address,
        "language": "nl",
        "abstract": of.abstract,
    }
    if of.day:
        item["issued"] = {"date-parts": [[of.day.year, of.day.month, of.day.day]]}
    found = {name: value for name, value in item.items() if value}
    return json.dumps([found], ensure_ascii=False, indent=2) + "\n"


Writer = Callable[[Citation], str]
FORMS: Mapping[str, tuple[str, str, Writer]] = {
    ".bib": ("BibTeX", "application/x-bibtex", bibtex),
    ".ris": ("RIS", "application/x-research-info-systems", ris),
    ".json": ("CSL-JSON", "application/vnd.citationstyles.csl+json", csl),
}
"""The suffix of each form: its name, its media type, and what writes it."""


async def _cited(request: Request) -> Response:
    """`/citeer/case/<slug>.bib`, `.ris` and `.json`."""
    site: Site = request.app.state.site
    name: str = request.path_params["name"]
    suffix = next((it for it in FORMS if name.endswith(it)), "")
    iri = f"{site.snapshot.base}doc/case/{name.removesuffix(suffix)}"
    if suffix and (away := gone.problem(site, iri)):
        return problems.response(site, request, away)
    document = site.snapshot.documents.get(iri)
    if document is None or not suffix:
        raise HTTPException(404)
    _, media_type, write = FORMS[suffix]
    body = write(citation(site, document)).encode()
    return replies.reply(request, Representation(media_type, body, signposts.rights(site)))


def _tex(text: str) -> str:
    """A text in which TeX reads every character as it stands, and on one line."""
    return _SPECIAL.sub(lambda it: _ESCAPED.get(it[0], f"\\{it[0]}"), " ".join(text.split()))


ROUTES = {"/citeer/case/{name}": _cited}
