"""The page of `/sparql`, in Dutch and in English: the query, its answer, and what helps on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from wijk.engine import Answer, formats
from wijk.engine.gate import Limits
from wijk.harvesting.embed import map
from wijk.questions import Question
from wijk.web import replies
from wijk.web.front import Front
from wijk.web.negotiation import HTML
from wijk.web.problems import Problem
from wijk.web.replies import Representation
from wijk.web.requests import Wanted
from wijk.web.results import MOST_ROWS, Known, Result, Shower
from wijk.web.site import Site
from wijk.web.templating import short
from wijk.web.views import Link

ENGLISH = "/en/sparql"
PART = "antwoord"
"""The value of the parameter `deel` that asks for the answer alone, without the page around it."""
MOST_BYTES = 2 * 2**20
"""So long an answer is shown; as a file it may be longer."""
_ROWS = (("csv", "CSV"), ("tsv", "TSV"), ("json", "JSON"), ("xml", "XML"))
_GRAPHS = (("turtle", "Turtle"), ("nt", "N-Triples"), ("jsonld", "JSON-LD"), ("rdfxml", "RDF/XML"))
_TERM = re.compile(r"[a-z]+:[A-Za-z][\w-]*")
_COUNTS = re.compile(r"\b(COUNT|SUM|AVG|MIN|MAX|SAMPLE|GROUP_CONCAT)\s*\(", re.IGNORECASE)
"""What reads all rows before it tells one: a LIMIT takes nothing from that."""
_STOPPED = (422, 504)
"""What was stopped because of the query: another one may do."""
_NEAREST = 3
_NAME = 80


@dataclass(frozen=True)
class Told:
    """What a page tells of one query: its answer and the seconds that took, or what went wrong.

    `offered` is the media type of an answer that is too large for a page: a file may have it.
    """

    query: str = ""
    answer: Answer | None = None
    seconds: float = 0.0
    problem: Problem | None = None
    offered: str = ""
    example: Question | None = None


async def page(request: Request, wanted: Wanted, it: Told) -> Response:
    """The page, or only the part with the answer."""
    site: Front = request.app.state.site
    lang = "en" if replies.path(request) == ENGLISH else "nl"
    known = await _known(site)
    part = wanted.given.get("deel") == PART
    body = site.show(
        f"delen/{PART}.html" if part else "sparql.html",
        replies.root(request),
        **_frame(site, lang),
        elsewhere=_elsewhere(it, wanted, request.app.state.limits, lang),
        **_limits(site, request.app.state.limits, lang),
        query=it.query,
        long=len(it.query.encode("utf-8", "replace")) > request.app.state.limits.by_get,
        result=_result(site, it.answer, known, lang),
        seconds=_seconds(it.seconds, lang),
        kept=it.answer is not None and it.answer.kept,
        problem=it.problem,
        stopped=it.problem is not None and it.problem.status in _STOPPED,
        counting=_COUNTS.search(it.query) is not None,
        example=it.example,
        unknown=_unknown(it, wanted),
        exports=_exports(it, wanted, request.app.state.limits),
        nearest=_nearest(site, it) if it.problem else (),
        view=map.VIEW,
        provinces=map.provinces(),
    )
    headers = dict((it.problem.headers or {}) if it.problem else {})
    made = Representation(HTML, body, {**headers, "Content-Language": lang})
    return replies.reply(request, made, it.problem.status if it.problem else 200)


def _frame(site: Front, lang: str) -> dict[str, Any]:
    return {
        "lang": lang,
        "action": ENGLISH if lang == "en" else "/sparql",
        "section": "",
        "crumbs": [Link("SPARQL", "/sparql")] if isinstance(site, Site) else [],
        "steps": list(site.steps.values()),
        "examples": list(site.examples.values()),
    }


def _limits(site: Front, limits: Limits, lang: str) -> dict[str, Any]:
    about = site.engine.about
    return {
        "most_seconds": f"{about.seconds:g}"
        if lang == "en"
        else f"{about.seconds:g}".replace(".", ","),
        "most_shown": min(MOST_BYTES, about.answer or MOST_BYTES) // 2**20,
        "most_answer": about.answer // 2**20,
        "most_rows": f"{MOST_ROWS:,}" if lang == "en" else f"{MOST_ROWS:,}".replace(",", "."),
        "most_text": limits.by_get,
    }


def _result(site: Front, answer: Answer | None, known: Known, lang: str) -> Result | None:
    if answer is None:
        return None
    if answer.media_type != formats.JSON:
        return Result(text=answer.body.decode())
    named = site.snapshot.labels if isinstance(site, Site) else {}
    return Shower(site.path, lambda iri: _called(site, iri), lang, named).rows(answer.body, known)


def _called(site: Front, iri: str) -> str:
    """What to call a thing; of a part without a name of its own also what it is a part of."""
    label = site.label(iri)
    whole, _, part = iri.partition("#")
    return f"{site.label(whole)} #{part}" if part and label == part else label


async def _known(site: Front) -> Known:
    """Where our cases and their places are; nothing of a dataset alone."""
    if not isinstance(site, Site):
        return {}
    records = await site.records()

    def make() -> Known:
        found: dict[str, list[Any]] = {}
        for record in records.all:
            for place in record.places:
                if place.point is not None:
                    found.setdefault(record.iri, []).append(place.point)
                    found[place.iri] = [place.point]
        return found

    return await site.once("spots", make)


def _exports(it: Told, wanted: Wanted, limits: Limits) -> Sequence[Link]:
    """The same answer as files, as long as the query fits in an address."""
    media_type = it.answer.media_type if it.answer else it.offered
    asked = _asked(it, wanted, limits)
    if not media_type or not asked:
        return ()
    forms = _ROWS if media_type == formats.JSON else _GRAPHS
    return [Link(said, "/sparql?" + urlencode([*asked, ("format", form)])) for form, said in forms]


def _elsewhere(it: Told, wanted: Wanted, limits: Limits, lang: str) -> str:
    """The page in the other language, with what was asked on this one."""
    where = "/sparql" if lang == "en" else ENGLISH
    asked = _asked(it, wanted, limits)
    if it.example:
        asked = [("voorbeeld", it.example.name)] if "voorbeeld" in wanted.given else []
    return f"{where}?{urlencode(asked)}" if asked else where


def _asked(it: Told, wanted: Wanted, limits: Limits) -> list[tuple[str, str]]:
    """The query and its data set as parameters; none when the query does not fit in an address."""
    if not it.query or len(it.query.encode()) > limits.by_get:
        return []
    asked = [("query", it.query)]
    for name, graphs in (
        ("default-graph-uri", wanted.default_graphs),
        ("named-graph-uri", wanted.named_graphs),
    ):
        asked += [(name, graph) for graph in graphs or ()]
    return asked


def _nearest(site: Front, it: Told) -> Sequence[Question]:
    """The prepared questions that speak of the same terms, for a query that was stopped."""
    if it.problem is None or it.problem.status not in _STOPPED:
        return ()
    asked = set(_TERM.findall(it.query))
    common = {name: len(asked & _terms(each)) for name, each in site.examples.items()}
    listed = sorted((name for name in common if common[name]), key=lambda name: -common[name])
    return [site.examples[name] for name in listed[:_NEAREST]]


def _terms(question: Question) -> set[str]:
    return set(_TERM.findall(plain(question.text)))


def plain(text: str) -> str:
    """An example without the header that is for us."""
    lines = [line for line in text.splitlines() if not line.startswith("#+")]
    return "\n".join(lines).strip() + "\n"


def example(site: Front, given: Mapping[str, str]) -> Question | None:
    """The example that the parameters name, or else the first step; None when there is none."""
    name = given.get("voorbeeld", "")
    first = None if "query" in given else next(iter(site.steps.values()), None)
    return site.steps.get(name) or site.examples.get(name) or first


def _unknown(it: Told, wanted: Wanted) -> str:
    """The example that was asked for and is not there."""
    name = wanted.given.get("voorbeeld", "")
    return "" if it.example and it.example.name == name else short(name, _NAME)


def larger(problem: Problem, most: int) -> Problem:
    """What is told when an answer is too large for a page; a file has so many bytes, 0 is unknown.

    It may have been more memory that it wanted: so this tells what a page can do.
    """
    shown, file = MOST_BYTES // 2**20, most // 2**20
    detail = f"This page shows an answer of at most {shown} MB"
    told = f"Deze pagina toont een antwoord van hooguit {shown} MB"
    if file > shown:
        detail, told = (
            f"{detail}; a file may be {file} MB",
            f"{told}; een bestand mag {file} MB zijn",
        )
    return replace(problem, detail=f"{detail}.", told=f"{told}.")


def longer(problem: Problem) -> Problem:
    """What is told when a query is too long for an address; the page sends it in another way."""
    told = "Deze vraag is te lang voor een adres. Druk nog eens op “Voer uit”: dan past hij wel."
    return replace(problem, detail=f"{problem.detail} Press “Run” once more to do so.", told=told)


def _seconds(seconds: float, lang: str) -> str:
    if seconds < 0.01:
        return "minder dan 0,01" if lang == "nl" else "less than 0.01"
    text = f"{seconds:.2f}"
    return text if lang == "en" else text.replace(".", ",")
