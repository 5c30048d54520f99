"""The page of an area of Statistics Netherlands: a municipality, province, wijk or buurt."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rdflib.namespace import DCTERMS, GEO

from wijk.harvesting.records import Point
from wijk.namespaces import WIJK
from wijk.web.pages import maps
from wijk.web.pages.shown import Shown
from wijk.web.pages.things import figuring, framing
from wijk.web.pages.things.filed import SHOWN, Cases, Filed, filed
from wijk.web.pages.things.linking import Listed, bound, joined, link, listed
from wijk.web.pages.things.pointing import degrees_of, located
from wijk.web.pages.things.similar import similar
from wijk.web.views import Link

_FACTS = (
    *(WIJK.placeKind, WIJK.code, WIJK.withinArea, WIJK.validFrom, WIJK.validUntil),
    *(DCTERMS.isReplacedBy, DCTERMS.replaces, WIJK.divisionYear, GEO.hasGeometry),
)
_PLACES = {
    "exact": "Plekken die precies dit gebied zijn",
    "close": "Plekken die ongeveer dit gebied zijn",
    "part": "Plekken waar dit gebied een deel van is",
}
_EVENTS = {
    "ended": ("hield op te bestaan", "hielden op te bestaan"),
    "began": ("ontstond", "ontstonden"),
    "grew": ("werd groter", "werden groter"),
}
_MANY = 120
Rows = Sequence[Mapping[str, str]]


async def area(shown: Shown) -> bytes:
    """The page of an area.

    Raises:
        EngineError: the engine does not answer.
    """
    shown = located(shown)
    site, iri = shown.site, shown.page.iri
    rows = await site.rows("area", bound(iri))
    filing = await filed(site)
    every = _cases(filing, iri, rows, most=10_000)
    offers = [iri, *framing.objects(shown, WIJK.withinArea)]
    ended = _ended(shown, rows)
    figures = await figuring.figures(site, offers)
    return framing.filled(
        shown,
        "gebied",
        framing.PLACES,
        _plate(shown),
        _FACTS,
        what=_what(shown),
        found=_cases(filing, iri, rows),
        ended=ended,
        moved=ended[1] if ended else (),
        story=_story(shown, rows),
        dot=_dot(shown),
        lists=[*_lists(shown, filing, rows)],
        similar=await similar(site, offers, (each.iri for each in every.rows)),
        figures=figures,
        own_figures=figures is not None and figures.iri == iri,
    )


def _plate(shown: Shown) -> framing.Plate:
    kind = framing.kind(shown).capitalize()
    return framing.Plate(shown.page.title, ", ".join((kind, *dict.fromkeys(_around(shown)))))


def _what(shown: Shown) -> str:
    """What kind of area it is; of a wijk or buurt, of which many have one name, where too."""
    part = shown.document.slug.partition("-")[2]
    return f"{framing.kind(shown)} in {_around(shown)[0]}" if part else framing.kind(shown)


def _around(shown: Shown) -> list[str]:
    return [shown.site.label(it) for it in framing.objects(shown, WIJK.withinArea)]


def _cases(filing: Filed, iri: str, rows: Rows, most: int = SHOWN) -> Cases:
    """Its cases: of a municipality or province all in it, also those described before a merger."""
    for facet in ("gemeente", "provincie"):
        if iri in filing.values.get(facet, {}):
            return filing.cases(facet, (iri, *_values(rows, "was")), most)
    return filing.cases("plaats", [*_values(rows, "exact"), *_values(rows, "close")], most)


def _ended(shown: Shown, rows: Rows) -> tuple[str, list[Link]] | None:
    """Since when it is no more, and where it is now; None when it still is there."""
    until = next(iter(framing.values(shown, WIJK.validUntil)), None)
    replaced = framing.objects(shown, DCTERMS.isReplacedBy)
    if until is None and not replaced:
        return None
    now = _values(rows, "now") or replaced
    return until.text if until else "", [link(shown.site, each) for each in now]


def _story(shown: Shown, rows: Rows) -> list[tuple[str, Link, str]]:
    """What happened to it: the day, the event, and what that did to which areas."""
    events: dict[str, tuple[str, dict[str, dict[str, None]]]] = {}
    for row in rows:
        if row["field"] in _EVENTS:
            _, done = events.setdefault(row["value"], (row["date"], {}))
            if "other" in row:
                done.setdefault(row["how"], {})[row["other"]] = None
    return [
        (framing.day(date), link(shown.site, event), _told(shown, done))
        for event, (date, done) in sorted(events.items(), key=lambda it: it[1][0])
    ]


def _told(shown: Shown, done: Mapping[str, Iterable[str]]) -> str:
    """`Landerd en Uden hielden op te bestaan. Maashorst ontstond.`"""
    parts = []
    for how, (one, several) in _EVENTS.items():
        names = sorted(shown.site.label(iri) for iri in done.get(how, ()))
        if names:
            parts.append(f"{joined(names)} {one if len(names) == 1 else several}.")
    return " ".join(parts)


def _lists(shown: Shown, filing: Filed, rows: Rows) -> Iterator[Listed]:
    site = shown.site

    def places(iri: str) -> str:
        return framing.cases(filing.count("plaats", iri))

    def areas(iri: str) -> str:
        found = (filing.count(facet, iri) for facet in ("gemeente", "provincie"))
        return framing.cases(max(found))

    for field, heading in _PLACES.items():
        if found := _values(rows, field):
            yield listed(site, heading, found, places)
    inside = [row["value"] for row in rows if row["field"] == "inside"]
    if inside:
        yield listed(site, "Gebieden die hierin liggen", inside, areas, _MANY)
    if was := [row["value"] for row in rows if row["field"] == "was" and "code" in row]:
        yield listed(site, "Vroegere gemeenten die hier nu bij horen", was, areas)


def _dot(shown: Shown) -> maps.Dot | None:
    degrees = degrees_of(shown)
    return None if degrees is None else maps.dot(Point(degrees[1], degrees[0]), shown.page.title)


def _values(rows: Rows, field: str) -> list[str]:
    return list(dict.fromkeys(row["value"] for row in rows if row["field"] == field))
