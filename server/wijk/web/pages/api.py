"""`/api` and `/en/api`: what can be asked as JSON, CSV and GeoJSON, with examples to copy.

What is offered is read from what answers it; the examples are run by the tests.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from wijk.web import openapi, replies
from wijk.web.api import areas, asked, check, description, join
from wijk.web.api.cases import CASES
from wijk.web.api.resource import ROOT, Resource
from wijk.web.examples import fitted
from wijk.web.pages import frame
from wijk.web.site import Site
from wijk.web.views import Link

ENGLISH = "/en/api"
_HERE = "/api"
_MOST_TRIED = 2
_ENGLISH: Mapping[str, str] = {
    "case": "cases",
    "place": "places of cases",
    "actor": "who takes part",
    "lesson": "lessons",
    "theme": "themes",
}
_DUTCH: Mapping[str, str] = {
    "case": "casussen",
    "place": "plekken van casussen",
    "actor": "wie meedoen",
    "lesson": "lessen",
    "theme": "thema’s",
}
_OTHERS: Mapping[str, Sequence[str]] = {
    "nl": (
        "de vragen die klaarstaan",
        "het antwoord op één vraag",
        "wat een code van het CBS op een dag is",
        "een tabel van jou naast onze casussen (POST)",
        "wat de controle vindt in gegevens van jou (POST)",
    ),
    "en": (
        "the prepared questions",
        "the answer to one",
        "what a code of CBS is on a day",
        "a table of yours beside our cases (POST)",
        "what the check finds in data of yours (POST)",
    ),
}


@dataclass(frozen=True)
class Way:
    """An address of the API: what is there, what chooses from it, and links that try it."""

    path: str
    what: str
    chosen: tuple[str, ...]
    tried: tuple[Link, ...]


@dataclass(frozen=True)
class Example:
    """A few lines in one language."""

    name: str
    text: str


async def _page(request: Request) -> Response:
    """The page in the language of its address."""
    site: Site = request.app.state.site
    lang = "en" if replies.path(request) == ENGLISH else "nl"
    return frame.shown(
        request,
        "api.html",
        section="gegevens",
        lang=lang,
        elsewhere=_HERE if lang == "en" else ENGLISH,
        crumbs=[Link("API", _HERE)],
        address=site.url(ROOT),
        version=openapi.API_VERSION,
        described=description.PATH,
        ways=_ways(site, lang),
        questions=len(site.examples),
        examples=examples(site.url(ROOT), _theme(site)),
    )


def _ways(site: Site, lang: str) -> Sequence[Way]:
    several, one, area, table, graph = _OTHERS[lang]
    name = next(iter(site.examples), "")
    answer = f"{ROOT}{asked.PATH}/{name}"
    return (
        *(_way(site, each, lang) for each in description.RESOURCES),
        Way(asked.PATH, several, (), (Link(asked.PATH, ROOT + asked.PATH),)),
        Way(f"{asked.PATH}/{{naam}}", one, (), (Link(name, answer),) if name else ()),
        Way(areas.PATH.removeprefix(ROOT), area, ("datum",), ()),
        Way(join.PATH.removeprefix(ROOT), table, (), ()),
        Way(check.PATH.removeprefix(ROOT), graph, ("taal",), ()),
    )


def _way(site: Site, resource: Resource, lang: str) -> Way:
    names = tuple(param.name for param in resource.filters)
    known = (fitted(it, site.snapshot) for it in resource.filters)
    filled = [it for it in known if it.example][:_MOST_TRIED]
    chosen = [Link(f"?{it.name}={it.example}", f"?{it.name}={it.example}") for it in filled]
    tried = (
        Link(resource.path, ROOT + resource.path),
        *(Link(it.text, ROOT + resource.path + it.href) for it in chosen),
    )
    words = _DUTCH if lang == "nl" else _ENGLISH
    return Way(resource.path, words.get(resource.kind, resource.kind), names, tried)


def _theme(site: Site) -> str:
    """A theme to ask for: that of the parameter's example, or else the first there is."""
    theme = next(it for it in CASES.filters if it.kind == "theme")
    return fitted(theme, site.snapshot).example or theme.example


def examples(address: str, theme: str) -> Sequence[Example]:
    """The same question in four languages: which cases are about this theme."""
    asked_for = f"{address}/casussen?thema={theme}"
    curl = f"""curl '{asked_for}'
curl -H 'Accept: text/csv' '{asked_for}' -o casussen.csv
"""
    python = f"""import json
from urllib.request import urlopen

address = "{asked_for}"
while address:
    with urlopen(address) as answer:
        page = json.load(answer)
    for case in page["items"]:
        print(case["title"], case["id"])
    address = page["_links"].get("next", {{}}).get("href")
"""
    javascript = f"""const answer = await fetch("{asked_for}");
const page = await answer.json();
for (const each of page.items) {{
  console.log(each.title, each.id);
}}
"""
    r = f"""library(jsonlite)

page <- fromJSON("{asked_for}")
page$items[, c("title", "id")]
"""
    named = (("curl", curl), ("Python", python), ("JavaScript", javascript), ("R", r))
    return [Example(name, text) for name, text in named]


ROUTES = {_HERE: _page, ENGLISH: _page}
