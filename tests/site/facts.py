"""What a page states, and whether that is in the Turtle of it or of a page that it links.

What a page states is cut in words. These have to be those of texts, names, numbers and days in the
graph, each as a whole; between them only words of the frame may stand, which tell nothing. A figure
counts only with the name of what it measures, in the area that the page is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

import pyoxigraph as ox
from bs4 import BeautifulSoup

from .written import Words, addresses, forms, words

if TYPE_CHECKING:
    import httpx2

_OF_KIND = ':has(dt:-soup-contains("Is een"))'
_KINDS = f".feiten > div{_OF_KIND} > dd"
"""A class in the word that pages have for it; the plate may say it once more."""
STATED = (
    *(".casuskop h1", ".lead > span", ".bord > b", ".bord > span", ".bij", "time"),
    *(f".feiten > div:not({_OF_KIND}) > dd", "tbody th:has(a)"),
    *(
        "tbody td",
        ".lestekst",
        ".leerzin",
        "section > p > span",
        ".lessenrij p:first-child",
        ".cijferkop p",
    ),
    *(".belnaam", ".belrol", ".belnoot", ".balken > div", ".bronnen li", ".lijktop div > a"),
    *(".rij h3", ".rij p:not(.klein)", ".kaartje h3", ".kaartje p", ".etiketten li"),
    *(".lijst li > a", '[aria-label="Andere cijfers"] tbody tr'),
)
"""Where a page states facts."""
_ASIDE = ".noot, .verborgen, svg, [hidden], .aantal, .bronnen a[href^='/doc/']"
"""What a page says of itself: where its sources stand, and how long its lists are."""
_FRAME = words(
    "in de en of van tot vanaf meer geen niet bekend beschikbaar nederland benadering casus open "
    "casussen eigen duiding afgeleid bronnen spreken elkaar tegen nog bevestigd op andere site "
    "hield hielden te bestaan ontstond werd groter naam thema herindeling begrippenlijst voor "
    "cijfers kenmerk maat reeks telde inwoners het streepje geeft cijfer beschreven een "
    "samenvatting is er punt ontbreekt iedereen ja nee "
    "bron bewoners professionals webpagina tooi geonames wikidata"
)
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_CUBE = "http://purl.org/linked-data/"
_NAMING = {
    "http://www.w3.org/2000/01/rdf-schema#label",
    *(f"{_SKOS}{kind}Label" for kind in ("pref", "alt")),
    *(f"https://schema.org/{name}" for name in ("name", "headline")),
    *(f"http://purl.org/dc/terms/{name}" for name in ("title", "issued")),
    f"{_CUBE}sdmx/2009/dimension#refPeriod",
}
"""What a thing is called, and the year that it is of."""
_AROUND = {
    "https://schema.org/containedInPlace",
    *(f"https://w3id.org/wijk/def#{name}" for name in ("withinArea", "placeKind", "actorKind")),
    "http://purl.org/dc/terms/isPartOf",
    "http://purl.org/dc/terms/spatial",
}
"""A thing is told with where it lies, and with what it is part of."""
_ENDS = 3
_WRITTEN_OUT = "code, pre, textarea, .adres, .plak, #citaat"
"""Where an address is meant to be read as one."""


class Facts:
    """The graph behind the pages of a server, page by page as Turtle."""

    def __init__(self, client: httpx2.Client, cases: int) -> None:
        self._client = client
        self._read = cache(self._fetched)
        self._about = cache(self._sorted)
        self._names = cache(self._called)
        self._all = words(f"van {cases}")

    def unknown(self, path: str, page: bytes) -> list[str]:
        """What a page states that is neither in its own Turtle nor in that of one it links."""
        document = BeautifulSoup(page, "lxml")
        known = _Known(self._known(path, document))
        return [told for told in stated(document) if not known.explains(words(told))]

    def bare(self, path: str, page: bytes) -> list[str]:
        """What a page calls by its address, though it has a name."""
        document = BeautifulSoup(page, "lxml")
        for meant in document.select(_WRITTEN_OUT):
            meant.decompose()
        found = [text.strip() for text in document.select_one("main").strings if _OURS.search(text)]
        for link in document.select("main a[href]"):
            text, home = link.get_text().strip(), urldefrag(str(link["href"])).url
            if home.startswith("/doc/") and text == home.rpartition("/")[2]:
                named = [it.object for it in self._read(home) if it.predicate.value in _NAMING]
                found += [text] if named and text not in {it.value for it in named} else []
        return found

    def _known(self, path: str, document: BeautifulSoup) -> Iterator[Words]:
        yield self._all
        near = [*self._read(path)]
        for link in linked(path, document):
            near += self._read(link)
        areas = {path, *linked(path, document)}
        yield from self._measured(near, areas)
        named = set()
        for quad in near:
            table = quad.predicate.value.startswith(_MEASURE) and "/doc/figure/" not in path
            for term in (quad.subject, quad.predicate, quad.object):
                if isinstance(term, ox.Literal) and not table:
                    yield from forms(term)
                elif isinstance(term, ox.NamedNode):
                    named.add(term.value)
        for iri in named:
            yield from addresses(iri)
            yield from self._names(iri, _ENDS)

    def _measured(self, near: Iterable[ox.Quad], areas: Iterable[str]) -> Iterator[Words]:
        """Each figure of an area and of the country, behind the name of its measure."""
        values: dict[tuple[str, bool], set[Words]] = {}
        of = {it.subject: it.object.value for it in near if it.predicate.value == _OF}
        for quad in near:
            area = of.get(quad.subject, "")
            if quad.predicate.value.startswith(_MEASURE) and area:
                own, country = _home(area) in areas, area == _COUNTRY
                told = {*self._told(quad)}
                if own:
                    values.setdefault((quad.predicate.value, False), set()).update(told)
                if country:
                    values.setdefault((quad.predicate.value, True), set()).update(told)
        for measure in {measure for measure, _ in values}:
            for name in self._names(measure, 1):
                for value in {*values.get((measure, False), ()), ("niet", "beschikbaar")}:
                    yield name + value
                    yield value + name
                    for other in values.get((measure, True), {("niet", "beschikbaar")}):
                        yield name + value + other
                        yield name + value + ("nederland", *other)

    def _told(self, quad: ox.Quad) -> Iterator[Words]:
        """A figure as it may be written: with its unit, and as a near one."""
        if isinstance(quad.object, ox.Literal):
            units = ((), ("duizend", "euro"), ("vierkante", "kilometer"))
            for form in forms(quad.object):
                for unit in units:
                    yield form + unit
                    yield (*form, *unit, "benadering")
        else:
            yield from self._names(quad.object.value, 1)

    def _called(self, iri: str, deep: int) -> tuple[Words, ...]:
        """What something is called, and what it lies in or is part of is called, so far."""
        home = _home(iri)
        found: list[Words] = []
        for quad in self._about(home).get(iri, ()) if home and deep else ():
            if quad.predicate.value in _NAMING and isinstance(quad.object, ox.Literal):
                found += forms(quad.object)
            elif quad.predicate.value in _AROUND:
                found += self._names(quad.object.value, deep - 1)
        return tuple(found)

    def _sorted(self, path: str) -> dict[str, list[ox.Quad]]:
        found: dict[str, list[ox.Quad]] = {}
        for quad in self._read(path):
            found.setdefault(quad.subject.value, []).append(quad)
        return found

    def _fetched(self, path: str) -> tuple[ox.Quad, ...]:
        answer = self._client.get(path, headers={"Accept": "text/turtle"}, follow_redirects=True)
        if not answer.headers.get("content-type", "").startswith("text/turtle"):
            return ()
        return tuple(ox.parse(answer.content, ox.RdfFormat.TURTLE, base_iri=str(answer.url)))


_ID = "https://w3id.org/wijindewijk/id/"
_OURS = re.compile(r"https?://w3id\.org/|\b(wijk|schema|skos|dcterms|prov|qb|org|foaf):[A-Za-z]")
_MEASURE = f"{_ID}measure/"
_COUNTRY = f"{_ID}area/nl00"
_OF = f"{_CUBE}sdmx/2009/dimension#refArea"


class _Known:
    """Texts that are known, to be found again in other texts."""

    def __init__(self, texts: Iterable[Words]) -> None:
        self._by_first: dict[str, set[Words]] = {}
        for text in texts:
            if text:
                self._by_first.setdefault(text[0], set()).add(text)

    def explains(self, told: Words) -> bool:
        """Whether known texts, and words of the frame, make up all of this."""
        ends = {0}
        for at in range(len(told)):
            if at in ends:
                ends |= {at + len(one) for one in self._at(told, at)}
        return len(told) in ends

    def _at(self, told: Words, at: int) -> Iterator[Words]:
        if told[at] in _FRAME:
            yield told[at : at + 1]
        for one in self._by_first.get(told[at], ()):
            if told[at : at + len(one)] == one:
                yield one


def stated(document: BeautifulSoup) -> Iterator[str]:
    """Each fact on a page, as people read it, once.

    A figure in a comparison is told with its row; of what it is, is told apart from it.
    """
    for aside in document.select(_ASIDE):
        aside.replace_with(" ")
    kinds = {it.get_text(strip=True).lower() for it in document.select(f".kort {_KINDS}")}
    for plate in document.select(".bord > b"):
        if plate.get_text(strip=True).lower() in kinds:
            plate.replace_with(" ")
    for marked in document.select("mark"):
        marked.unwrap()
    document.smooth()
    told = [it.extract().get_text(" ") for it in document.select("main .grond")]
    for figure in document.select("main .naast th:has(a[href*='/doc/measure/']) ~ td"):
        figure.insert(0, f"{figure.find_previous_sibling('th').get_text()} ")
    inside = {*map(id, document.select('[aria-label="Andere cijfers"] td'))}
    places = ", ".join(f"main {place}" for place in STATED)
    found = (element for element in document.select(places) if id(element) not in inside)
    told += [element.get_text(" ") for element in found]
    once = dict.fromkeys(" ".join(one.split()) for one in told)
    yield from (one for one in once if one and not re.fullmatch(r"en \d+ meer", one))


def linked(path: str, document: BeautifulSoup) -> Iterator[str]:
    """The pages of things and of terms that a page links in its content, and its own Turtle."""
    found = dict.fromkeys(
        urldefrag(urljoin(path, str(link["href"]))).url for link in document.select("main a[href]")
    )
    yield from (link for link in found if re.match(r"/(doc/[^.]*$|def$|\w+\.ttl)", link))


def _home(iri: str) -> str:
    """The path of the document that tells of something of ours; empty when it is not ours."""
    if iri.startswith(_ID):
        return f"/doc/{urldefrag(iri.removeprefix(_ID)).url}"
    return "/def" if iri.startswith("https://w3id.org/wijk/def#") else ""
