"""`/vragen`: the prepared questions; `/vragen/<naam>`: one as a form, with its answer and query."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from rapidfuzz import process
from rdflib import URIRef
from starlette.requests import Request
from starlette.responses import Response

from wijk.engine import Ask, formats
from wijk.errors import BadValue
from wijk.questions import Param, Question
from wijk.web import gone, numbers, problems, replies, spreadsheets
from wijk.web.cells import Cell
from wijk.web.pages import frame
from wijk.web.pages.choosing import ANY, MOST, anywhere, choices
from wijk.web.pages.columns import CODED, headings, names
from wijk.web.problems import Problem
from wijk.web.results import Result, Shower
from wijk.web.site import Site
from wijk.web.sources import SURE, named
from wijk.web.templating import short
from wijk.web.views import Link

_FILES = {"csv": formats.CSV, "json": formats.JSON, "xml": formats.XML}
_OTHER = "Andere vragen"
_HOW_SURE = ("basis", "basisLabel", "status", "statusLabel")
_UNKNOWN = "Dit kennen wij niet. Kies een van de namen."
_UNLISTED = "Dit kennen wij niet. Kijk hoe je het schrijft, of geef de code."
_EXPECTED = {
    "code": "Geef een code van het CBS, zoals GM0796 of PV30.",
    "year": "Geef een jaar van vier cijfers.",
    "date": "Geef een dag, zoals 2022-03-24.",
}


@dataclass(frozen=True)
class Field:
    """One field of the form: what is in it, what can be chosen, and what is wrong with it.

    `called` is the name of a code that was typed.
    """

    param: Param
    value: str
    choices: tuple[Link, ...]
    wrong: str
    called: str = ""


async def _several(request: Request) -> Response:
    """All questions under the subjects of their headers, each in the order of their numbers."""
    site: Site = request.app.state.site
    by: dict[str, list[Link]] = {}
    for it in sorted(site.examples.values(), key=lambda it: (not it.subject, it.question, it.name)):
        by.setdefault(it.subject or _OTHER, []).append(Link(it.summary, f"/vragen/{it.name}"))
    return frame.shown(request, "vragen.html", crumbs=[Link("Vragen", "/vragen")], subjects=by)


async def _one(request: Request) -> Response:
    site: Site = request.app.state.site
    name, _, suffix = request.path_params["naam"].partition(".")
    question = site.examples.get(name)
    if question is None or suffix not in ("", *_FILES):
        near = process.extract(name[:200], list(site.examples), limit=3, score_cutoff=50)
        links = tuple(Link(site.examples[it].summary, f"/vragen/{it}") for it, *_ in near)
        told = Problem(404, "Not found", f"There is no question {name[:200]}.", nearest=links)
        return problems.response(site, request, told)
    given, is_example = _given(site, question, request.query_params)
    fields = [
        await _field(site, question, it, given.get(it.name, "").strip()) for it in question.params
    ]
    if any(it.wrong for it in fields):
        away = gone.asked(site, question.params, given)
        if away and suffix:
            return problems.response(site, request, away)
        return _page(request, question, fields, None, is_example, away.status if away else 400)
    bindings = {it.param.name: it.param.parse(it.value, site.snapshot) for it in fields if it.value}
    media_type = _FILES.get(suffix, formats.JSON)
    answer = await site.engine.answer(Ask(question.text, media_type, bindings=bindings, whole=True))
    if suffix == "csv":
        return await spreadsheets.answered(request, answer)
    if suffix:
        return replies.answer(request, answer)
    result = Shower(site.path, site.label).rows(await answer.whole(), {})
    return _page(request, question, fields, _written(site, _short(result)), is_example)


def _short(result: Result) -> Result:
    """The same without the columns that only repeat the words of a link in every row.

    Of what has a column with its name beside it, that may be empty too. A link has no more than
    the beginning of a very long name, so that is what is compared.
    """
    links = [{cell.text for cell in row if cell.href} for row in result.rows]

    def tells(at: int) -> bool:
        idle = {""} if names(result.variables[at]) in result.variables else set()
        return any(
            row[at].href or short(row[at].text) not in linked | idle
            for row, linked in zip(result.rows, links, strict=True)
        )

    kept = [at for at in range(len(result.variables)) if not result.rows or tells(at)]
    rows = tuple(tuple(row[at] for at in kept) for row in result.rows)
    return replace(result, variables=tuple(result.variables[at] for at in kept), rows=rows)


def _written(site: Site, result: Result) -> Result:
    """The same as people write it: `17.590.672`, `50,3`; a property and a web page in words.

    How sure something is has the words that pages of things have for it.
    """

    sure = {site.label(f"{site.snapshot.base}id/{it}"): word for it, word in SURE.items()}

    def written(name: str, cell: Cell) -> Cell:
        if cell.number:
            return replace(cell, text=numbers.as_written(cell.text))
        if name in _HOW_SURE:
            return replace(cell, text=sure.get(cell.text, cell.text))
        if name in CODED:
            return replace(cell, text=CODED[name].get(cell.text, cell.text))
        if name == "property" and cell.outside:
            return replace(cell, text=site.words.property(URIRef(cell.href)))
        return replace(cell, text=named(cell.text)) if cell.href and not cell.outside else cell

    rows = tuple(tuple(map(written, result.variables, row)) for row in result.rows)
    return replace(result, rows=rows)


def _given(
    site: Site, question: Question, asked: Mapping[str, str]
) -> tuple[Mapping[str, str], bool]:
    """What was filled in; of who filled in nothing yet, the example of the first field."""
    if asked or not question.params:
        return asked, False
    first = question.params[0]
    if not first.example or _wrong(site, first, first.example):
        return {}, False
    return {first.name: first.example}, True


async def _field(site: Site, question: Question, param: Param, typed: str) -> Field:
    """The field with what was typed; a name or another spelling of a value is that value."""
    offered = await choices(site, question, param)
    if several := offered.several(typed):
        return Field(param, typed, tuple(several), "Er zijn er meer die zo heten. Kies er een.")
    value = typed.removeprefix(f"{site.snapshot.base}id/{param.kind}/")
    if not gone.asked(site, (param,), {param.name: value}):
        value = offered.meant(value)
        if param.kind == ANY and value and not offered.has(value):
            value = await anywhere(site, value)
    wrong = _wrong(site, param, value)
    if not wrong and value and param.name in CODED and not offered.has(value):
        wrong = _UNKNOWN
    near = offered.nearest(value) if wrong and value else []
    if near:
        wrong = f"Dit kennen wij niet. Bedoel je {' of '.join(near)}?"
    elif wrong and value and offered.listed:
        wrong = _UNKNOWN if len(offered.listed) <= MOST else _UNLISTED
    listed = offered.listed if len(offered.listed) <= MOST else ()
    if listed and value and not wrong and not offered.has(value):
        iri = value if ":" in value else f"{site.snapshot.base}id/{value}"
        called = named(site.label(iri)) if param.kind == ANY else value
        listed = (*listed, Link(called, value))
    return Field(param, value, tuple(listed), wrong, "" if listed else offered.called(value))


def _wrong(site: Site, param: Param, value: str) -> str:
    """What is wrong with a value; nothing when it fits."""
    if not value:
        return "Vul dit in." if param.required else ""
    if away := gone.asked(site, (param,), {param.name: value}):
        return away.told
    try:
        param.parse(value, site.snapshot)
    except BadValue:
        return _EXPECTED.get(param.kind, _UNKNOWN)
    return ""


def _page(
    request: Request,
    question: Question,
    fields: list[Field],
    result: Result | None,
    example: bool,
    status: int = 200,
) -> Response:
    path = f"/vragen/{quote(question.name)}"
    asked = urlencode({it.param.name: it.value for it in fields if it.value})
    tail = f"?{asked}" if asked else ""
    lines = [line for line in question.text.splitlines() if not line.startswith("#+")]
    return frame.shown(
        request,
        "vraag.html",
        status=status,
        crumbs=[Link("Vragen", "/vragen"), Link(question.summary, path)],
        question=question,
        path=path,
        fields=fields,
        wrong=[it for it in fields if it.wrong],
        result=result,
        columns=headings(result.variables) if result else [],
        example=example,
        text="\n".join(lines).strip(),
        files=[Link(name.upper(), f"{path}.{name}{tail}") for name in _FILES],
    )


ROUTES = {"/vragen": _several, "/vragen/{naam}": _one}
