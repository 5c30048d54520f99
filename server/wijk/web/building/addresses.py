"""Every address that can be a file, from the routes of the application itself.

A route without parameters is an address. A route with parameters has a function here that lists
its addresses; a test sees to it that each has one, or is left out.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping

from fastapi import FastAPI
from starlette.routing import Route

from wijk.harvesting.feeds import feed
from wijk.harvesting.ldes.stream import OF_PAGES
from wijk.harvesting.ldes.stream import path as page_path
from wijk.harvesting.rights import CASES, Rights
from wijk.namespaces import ONTOLOGY
from wijk.web.answering import LEFT_OUT, POINTLESS
from wijk.web.harvest import catalogue, discovery, dumping, feeds, ldes
from wijk.web.pages import changes, control
from wijk.web.pages.cases import citing
from wijk.web.site import Site
from wijk.web.static import files
from wijk.web.suffixes import SUFFIXES

Listing = Callable[[FastAPI], Awaitable[Iterable[str]]]


async def listed(app: FastAPI) -> AsyncIterator[str]:
    """All paths that are asked for, without what a proxy puts before them."""
    site: Site = app.state.site
    without = POINTLESS if site.services is None else ()
    for route in routes(app):
        if "{" not in route.path:
            if route.path not in without:
                yield route.path
        elif route.path in BY_ROUTE:
            for path in sorted(await BY_ROUTE[route.path](app)):
                yield path


def routes(app: FastAPI) -> Iterable[Route]:
    """The routes that can be files."""
    for route in app.routes:
        reads = isinstance(route, Route) and "GET" in (route.methods or ())
        if isinstance(route, Route) and reads and not route.path.startswith(LEFT_OUT):
            yield route


def leads(path: str) -> bool:
    """Whether people are led on from there, though a dot in its name looks like a format."""
    return _is_of_version(path) and not path.endswith(tuple(catalogue.SUFFIXES))


def may_be_absent(path: str) -> bool:
    """Whether a folder may have nothing there: no catalogue, for example."""
    starts = {route.partition("{")[0] for route in BY_ROUTE} - {"/dataset/"}
    return _is_of_version(path) or not path.startswith(tuple(starts))


def _is_of_version(path: str) -> bool:
    return path.startswith("/dataset/") and path.count("/") == 3


def withdrawn(site: Site) -> Iterable[str]:
    """`case/x` of everything that is gone, in the folder or from it."""
    start = f"{site.snapshot.base}doc/"
    gone = {entry.document for entry in site.log.withdrawn} - site.snapshot.documents.keys()
    return sorted(iri.removeprefix(start) for iri in gone | site.gone)


async def _documents(app: FastAPI) -> Iterable[str]:
    site: Site = app.state.site
    start = f"{site.snapshot.base}doc/"
    there = (*site.snapshot.documents, *site.snapshot.concepts)
    paths = [iri for iri in there if iri.startswith(start) and iri not in site.gone]
    return [site.addresses.document_path(iri) + suffix for iri in {*paths} for suffix in SUFFIXES]


async def _linksets(app: FastAPI) -> Iterable[str]:
    site: Site = app.state.site
    there = {*site.snapshot.documents, *site.snapshot.concepts} - site.gone
    return [f"/linkset{site.addresses.document_path(iri)}.linkset" for iri in there]


async def _alignments(app: FastAPI) -> Iterable[str]:
    site: Site = app.state.site
    paths = [iri for iri in site.snapshot.documents if iri.startswith(f"{ONTOLOGY}/")]
    return [site.addresses.document_path(iri) + suffix for iri in paths for suffix in SUFFIXES]


async def _things(app: FastAPI) -> Iterable[str]:
    return ()  # these lead on: a rule of the web server does that


async def _static(app: FastAPI) -> Iterable[str]:
    return [f"/static/{name}" for name in files()]


async def _datasets(app: FastAPI) -> Iterable[str]:
    names = Rights(app.state.site.snapshot).datasets
    return [f"/dataset/{name}{suffix}" for name in names for suffix in catalogue.SUFFIXES]


async def _versions_of_datasets(app: FastAPI) -> Iterable[str]:
    """For people these lead on, to the page of the files of a version."""
    names = [f"/dataset/{CASES}/{it.name}" for it in dumping.versions(app.state.site)]
    return [f"{name}{suffix}" for name in names for suffix in ("", *catalogue.SUFFIXES)]


async def _dumps(app: FastAPI) -> Iterable[str]:
    made = await dumping.latest(app)
    found = [f"/dump/{dump.name}" for name in made.about for dump in made.of(name)]
    return [*found, *(f"/dump/{version.name}" for version in dumping.versions(app.state.site))]


async def _versions(app: FastAPI) -> Iterable[str]:
    return [f"/dump/{version.name}/" for version in dumping.versions(app.state.site)]


async def _dumps_of_versions(app: FastAPI) -> Iterable[str]:
    found: list[str] = []
    for version in dumping.versions(app.state.site):
        made = await dumping.of_version(app, version.name)
        for name in made.about if made else ():
            found += [f"/dump/{version.name}/{dump.name}" for dump in made.of(name)] if made else []
    return found


async def _feeds(app: FastAPI) -> Iterable[str]:
    names = [*feed.names(await app.state.site.records())]
    return [
        f"/feeds/{part}{name}{suffix}"
        for name in names
        for part in ("", feed.WHOLE)
        for suffix in feeds.SUFFIXES
    ]


async def _pages_of_the_stream(app: FastAPI) -> Iterable[str]:
    stream = await ldes.stream(app.state.site)
    suffixes = [suffix for suffix, kind in ldes.SUFFIXES.items() if kind in OF_PAGES]
    return [f"{page_path(page)}{suffix}" for page in stream.pages.all for suffix in suffixes]


async def _cases(app: FastAPI) -> Iterable[str]:
    site: Site = app.state.site
    start = f"{site.snapshot.base}id/case/"
    records = await site.records()
    return [f"/embed/case/{record.iri.removeprefix(start)}" for record in records.all]


async def _citations(app: FastAPI) -> Iterable[str]:
    slugs = _slugs_of_cases(app.state.site)
    return [f"/citeer/case/{slug}{suffix}" for slug in slugs for suffix in citing.FORMS]


async def _histories(app: FastAPI) -> Iterable[str]:
    return [f"/wijzigingen/case/{slug}" for slug in _slugs_of_cases(app.state.site)]


def _slugs_of_cases(site: Site) -> list[str]:
    """The cases that are here and not withdrawn."""
    documents = site.snapshot.documents.values()
    return [it.slug for it in documents if it.kind == "case" and it.iri not in site.gone]


async def _days(app: FastAPI) -> Iterable[str]:
    return [f"/wijzigingen/{day}" for day in await changes.by_day(app.state.site)]


async def _parts_of_days(app: FastAPI) -> Iterable[str]:
    found = await changes.by_day(app.state.site)
    return [
        f"/wijzigingen/{day}/deel/{number}"
        for day, entries in found.items()
        for number in range(2, changes.parts(entries) + 1)
    ]


async def _kinds_of_points(app: FastAPI) -> Iterable[str]:
    return [f"/controle/{kind.slug}" for kind in control.KINDS]


async def _parts_of_points(app: FastAPI) -> Iterable[str]:
    found = await control.report(app.state.site)
    return [
        f"/controle/{kind.slug}/deel/{number}"
        for kind, things in found.items()
        for number in range(2, control.parts(things) + 1)
    ]


BY_ROUTE: Mapping[str, Listing] = {
    "/citeer/case/{name}": _citations,
    "/wijzigingen/case/{slug}": _histories,
    "/wijzigingen/{day}": _days,
    "/wijzigingen/{day}/deel/{number:int}": _parts_of_days,
    "/controle/{kind}": _kinds_of_points,
    "/controle/{kind}/deel/{number:int}": _parts_of_points,
    "/static/{name:path}": _static,
    "/id/{path:path}": _things,
    "/doc/{path:path}": _documents,
    "/def/{path:path}": _alignments,
    "/dataset/{name}": _datasets,
    "/dataset/{name}/{version}": _versions_of_datasets,
    "/dump/{name}": _dumps,
    "/dump/{version}/": _versions,
    "/dump/{version}/{name}": _dumps_of_versions,
    "/feeds/{path:path}": _feeds,
    "/ldes/{name}": _pages_of_the_stream,
    "/linkset/{path:path}": _linksets,
    "/sitemap/{number:int}.xml": discovery.parts,
    "/embed/case/{slug}": _cases,
}
