"""What goes wrong, told: RFC 9457 problem details for machines, a page for people."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from rapidfuzz import fuzz, process
from starlette.requests import Request
from starlette.responses import Response

from wijk.errors import (
    EngineBusy,
    EngineError,
    EngineRefuses,
    EngineUnavailable,
    QueryRefused,
    QueryTextTooLarge,
    QueryTimeout,
    QueryTooLarge,
)
from wijk.web import negotiation, replies
from wijk.web.front import Front
from wijk.web.lists import LISTS, kind_of
from wijk.web.site import Site
from wijk.web.templating import short
from wijk.web.views import Link

PROBLEM = "application/problem+json"
_TELLING = 4
"""So many letters say something of what was meant; fewer are in anything."""
_NEAR = 80
"""How alike an address is at least, of 100, that may have been meant: a slip, or a part of it."""
_SHARED = 75
"""How much of its words an address shares at least, of 100, with one that may have been meant."""
_MOST_NEAR, _LOOKED = 5, 25

_DUTCH = {
    400: ("Deze vraag klopt niet", "De server begrijpt dit verzoek niet."),
    404: ("Dit staat hier niet", "Op dit adres staat niets. Misschien zoek je een van deze:"),
    405: ("Dat kan hier niet", "Dit adres kun je alleen lezen."),
    406: ("Niet in deze vorm", "Dit is er wel, maar niet in de vorm waar je om vraagt."),
    410: ("Dit is ingetrokken", "Dit heeft hier gestaan en is ingetrokken."),
    413: ("Deze vraag is te groot", "Stel een kleinere vraag, of splits hem."),
    415: ("Deze vorm kent de server niet", "Stuur een vraag als formulier of als SPARQL."),
    416: ("Dit deel is er niet", "Het bestand is korter dan het deel waar je om vraagt."),
    422: ("Dit antwoord is te groot", "Vraag minder rijen of kolommen tegelijk."),
    500: ("Er ging hier iets mis", "Dat ligt niet aan jou. Probeer het later nog eens."),
    502: ("Er ging hier iets mis", "De server kan niet bij de gegevens. Dat ligt niet aan jou."),
    503: ("De server is druk", "Probeer het over een paar tellen nog eens."),
    504: ("Deze vraag duurt te lang", "De server heeft hem gestopt. Vraag minder tegelijk."),
}


@dataclass(frozen=True)
class Problem:
    """One thing that went wrong, with the status that says so."""

    status: int
    title: str
    detail: str
    headers: Mapping[str, str] | None = None
    more: Mapping[str, object] | None = None
    nearest: tuple[Link, ...] = ()
    told: str = ""
    """What to say in Dutch, where the usual sentence says too little."""
    way: tuple[Link, ...] = ()
    """The way from the start to the list that it is in, or was."""

    @property
    def dutch(self) -> tuple[str, str]:
        """A heading and a sentence for people."""
        heading, sentence = self._usual
        return heading, self.told or sentence

    def spoken(self, lang: str, heading: str = "") -> "Problem":
        """It for machines in Dutch, unless `lang` is en or it has no Dutch; it says in which.

        `heading` is the Dutch one, where the usual one says too little.
        """
        lang = "nl" if lang != "en" and (self.told or self.status >= 500) else "en"
        said = replace(self, headers={**(self.headers or {}), "Content-Language": lang})
        usual, sentence = self.dutch
        return said if lang == "en" else replace(said, title=heading or usual, detail=sentence)

    @property
    def _usual(self) -> tuple[str, str]:
        return _DUTCH.get(self.status, _DUTCH[500] if self.status >= 500 else _DUTCH[400])


def of_engine(error: EngineError) -> Problem:
    """The problem that an error of the engine is."""
    if isinstance(error, QueryRefused):
        place = {"line": error.line, "column": error.column} if error.line else {}
        return Problem(400, "The query is not taken", str(error), more=place, told=error.dutch)
    if isinstance(error, QueryTimeout):
        return Problem(504, "The query took too long", str(error))
    if isinstance(error, QueryTextTooLarge):
        return Problem(413, "The query is too large", str(error))
    if isinstance(error, QueryTooLarge):
        return Problem(422, "The query asks too much", str(error))
    if isinstance(error, EngineBusy):
        again = {"Retry-After": str(error.again)}
        return Problem(503, "Too many queries at once", str(error), again)
    if isinstance(error, EngineUnavailable):
        return Problem(503, "The engine does not answer", str(error), {"Retry-After": "3"})
    if isinstance(error, EngineRefuses):
        return Problem(502, "The engine behind this service cannot be used", str(error))
    return Problem(500, "The engine failed", str(error))


def response(site: Front, request: Request, problem: Problem) -> Response:
    """Tell it in the form the client reads."""
    wanted = PROBLEM
    if is_for_people(request):
        wanted = negotiation.HTML
        body = _page(site, request, problem)
    else:
        body = json.dumps(_fields(problem), ensure_ascii=False).encode()
    headers = {
        "Vary": "Accept",
        "Cache-Control": "no-store",
        "Content-Type": replies.content_type(wanted),
        **(problem.headers or {}),
    }
    if wanted == negotiation.HTML:
        headers["Content-Language"] = "nl"
    return Response(body, problem.status, headers)


def is_for_people(request: Request) -> bool:
    """Whether the client would rather have a page than problem details."""
    offered = (PROBLEM, negotiation.HTML)
    asked = negotiation.choose(replies.accept(request), offered, {"application/json": PROBLEM})
    return asked == negotiation.HTML


def _page(site: Front, request: Request, problem: Problem) -> bytes:
    heading, sentence = problem.dutch
    return site.show(
        "problem.html",
        replies.root(request),
        heading=heading,
        sentence=sentence,
        detail=problem.detail,
        nearest=problem.nearest,
        status=problem.status,
        crumbs=[*problem.way, Link(heading, "")],
        whole=problem.way[-1] if problem.way else None,
    )


def not_found(site: Front, request: Request) -> Problem:
    """Nothing is at this address; these are the nearest that are."""
    path, root = replies.path(request), replies.root(request)
    nearest = tuple(_nearest(site, path))
    hint = f" The nearest: {', '.join(root + link.href for link in nearest)}." if nearest else ""
    detail = f"There is nothing at {root}{path}.{hint}"
    _, way = LISTS.get(kind_of(path.partition(".")[0]), ("", ()))
    return Problem(404, "Not found", detail, nearest=nearest, way=way)


def not_acceptable(path: str, offered: Iterable[str], why: str = "") -> Problem:
    """What is at a path is there in these media types only; `why` is one sentence more."""
    available = list(offered)
    detail = " ".join(filter(None, (f"{path} is there as {', '.join(available)}.", why)))
    return Problem(406, "Not acceptable", detail, more={"available": available})


def _nearest(site: Front, path: str) -> Iterable[Link]:
    if not isinstance(site, Site):
        return
    kind, _, slug = path.strip("/").partition("/")[2].partition("/")
    slug = slug.partition(".")[0]
    known = {
        f"{kind}/{name}": f"{site.snapshot.base}doc/{kind}/{name}"
        for kind in ([kind] if kind in site.snapshot.kinds else site.snapshot.kinds)
        for name in site.snapshot.slugs(kind)
    }
    wanted = slug or path.strip("/")
    if len(wanted) < _TELLING:
        return
    slugs = {key: key.partition("/")[2] for key in known}
    found = process.extract(wanted[:200], slugs, limit=_LOOKED, score_cutoff=_NEAR)
    if not found and kind in site.snapshot.kinds:  # no slip; it may share most of its words
        spaced, words = {key: it.replace("-", " ") for key, it in slugs.items()}, _words(wanted)
        found = process.extract(words, spaced, scorer=fuzz.token_set_ratio, score_cutoff=_SHARED)
    there = (known[key] for _, _, key in found if known[key] not in site.gone)
    things = ((it, it.replace("/doc/", "/id/", 1)) for it in there)
    labels, page = site.snapshot.labels, site.addresses.document_path
    named = (Link(short(labels[it]), page(at)) for at, it in things if it in labels)
    yield from islice(named, _MOST_NEAR)


def _words(slug: str) -> str:
    return slug[:200].replace("-", " ")


def _fields(problem: Problem) -> dict[str, object]:
    return {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        **(problem.more or {}),
    }
