"""Key figures as an RDF Data Cube: to documents of the graph, and from it.

One series (`qb:DataSet`) per measure and year carries what all its figures share: the period, the
measure and the unit. A figure itself says only its series, its area and its value. What is missing
is in a series of its own, so that every series is well-formed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rdflib import QB, RDF, RDFS, SKOS, XSD, Literal, URIRef
from rdflib.namespace import DCTERMS, SDO
from rdflib.term import Node

from wijk import namespaces
from wijk.linking import writing
from wijk.linking.codes import Level
from wijk.linking.figures import How, Measure, Region, number
from wijk.linking.writing import Block
from wijk.namespaces import SDMX_ATTRIBUTE, SDMX_CODE, SDMX_DIMENSION, WIJK

LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")
_ESTIMATED, _MISSING = SDMX_CODE["obsStatus-E"], SDMX_CODE["obsStatus-M"]
_NO_FIGURES = {"nl": "Ontbrekende cijfers", "en": "Missing figures"}
_KINDS = {Level.LAND: "land", Level.GEMEENTE: "gemeente", Level.WIJK: "wijk", Level.BUURT: "buurt"}


@dataclass(frozen=True)
class Cube:
    """The figures of one year, as the documents of one case base say them."""

    base: str
    year: int
    measures: Mapping[str, Measure]

    def area(self, code: str) -> URIRef:
        """The area of that code in the division of the year."""
        year = f"{self.year}-" if code[:2] in ("WK", "BU") else ""
        return URIRef(f"{self.base}id/area/{year}{code.lower()}")

    def figure(self, name: str) -> URIRef:
        """A document of figures: of a series, or of a municipality with its wijken."""
        return URIRef(f"{self.base}id/figure/{self.year}-{name.lower()}")

    def areas(self, regions: Iterable[Region], source: URIRef) -> Iterator[tuple[str, bytes]]:
        """The document of each area, by its path: name, kind, code, year, and what it lies in."""
        for region in regions:
            code, thing = region.code, self.area(region.code.text)
            pairs: list[tuple[URIRef, Node]] = [
                (RDF.type, WIJK.Area),
                (SDO.name, Literal(region.name, lang="nl")),
                (WIJK.placeKind, URIRef(f"{self.base}id/place-kind/{_KINDS[code.level]}")),
                (DCTERMS.source, source),
                (WIJK.code, Literal(code.text)),
            ]
            if code.level in (Level.WIJK, Level.BUURT):
                pairs.insert(3, (WIJK.withinArea, self.area(str(code.municipality))))
                pairs.append((WIJK.divisionYear, Literal(str(self.year), datatype=XSD.gYear)))
            yield self._document("areas", thing, [Block(thing, pairs)])

    def series(self, slugs: Iterable[str], source: URIRef) -> Iterator[tuple[str, bytes]]:
        """The document of each series, by its path; `missing` is the one of missing figures."""
        for slug in slugs:
            thing = self.figure(slug)
            measure = URIRef(f"{self.base}id/measure/{slug}")
            known = self.measures.get(slug)
            labels = known.labels if known else _NO_FIGURES
            unit = known.unit if known else URIRef(f"{self.base}id/unit/figures")
            pairs = [
                (RDF.type, QB.DataSet),
                *((RDFS.label, Literal(f"{labels[it]}, {self.year}", lang=it)) for it in labels),
                (DCTERMS.license, LICENCE),
                (DCTERMS.isPartOf, URIRef(f"{self.base}dataset/figures")),
                (DCTERMS.source, source),
                (QB.structure, URIRef(f"{measure}#structure")),
                *([(QB.measureType, measure)] if known else []),
                (SDMX_DIMENSION.refPeriod, Literal(str(self.year), datatype=XSD.gYear)),
                (SDMX_ATTRIBUTE.unitMeasure, unit),
            ]
            yield self._document("figures", thing, [Block(thing, pairs)])

    def figures(
        self, whole: Region, regions: Sequence[Region], source: URIRef
    ) -> tuple[str, bytes]:
        """The document with the figures of a municipality and of what lies in it, by its path."""
        thing = self.figure(whole.code.text)
        pairs = [
            (RDF.type, SDO.Dataset),
            (DCTERMS.title, Literal(f"Kerncijfers van {whole.name}, {self.year}", lang="nl")),
            (DCTERMS.title, Literal(f"Key figures of {whole.name}, {self.year}", lang="en")),
            (DCTERMS.spatial, self.area(whole.code.text)),
            (DCTERMS.license, LICENCE),
            (DCTERMS.source, source),
        ]
        blocks = [Block(thing, pairs)]
        for region in sorted(regions, key=lambda it: (it.code.text[:2] != "GM", it.code.text)):
            blocks += self._observed(thing, region)
        return self._document("figures", thing, blocks)

    def _observed(self, thing: URIRef, region: Region) -> Iterator[Block]:
        for slug, measure in self.measures.items():
            if slug not in region.figures:
                continue
            text, how = region.figures[slug], region.how.get(slug)
            pairs: list[tuple[URIRef, Node]] = [
                (RDF.type, QB.Observation),
                (QB.dataSet, self.figure("missing" if text is None else slug)),
                (SDMX_DIMENSION.refArea, self.area(region.code.text)),
            ]
            if text is None:
                pairs += [
                    (URIRef(f"{self.base}id/measure/about"), measure.iri),
                    (URIRef(f"{self.base}id/measure/missing"), number("1")),
                    (SDMX_ATTRIBUTE.obsStatus, _MISSING),
                ]
            else:
                pairs.append((measure.iri, measure.value(text)))
            pairs += self._told(how) if how else []
            yield Block(URIRef(f"{thing}#{region.code.text.lower()}-{slug}"), pairs)

    def _told(self, how: How) -> list[tuple[URIRef, Node]]:
        """How a figure was obtained that is not the publisher's own."""
        return [
            *([(SDMX_ATTRIBUTE.obsStatus, _ESTIMATED)] if how.estimated else []),
            (WIJK.basis, URIRef(f"{self.base}id/basis/inferred")),
            *((SKOS.note, Literal(text, lang=lang)) for lang, text in how.notes.items()),
        ]

    def _document(self, folder: str, thing: URIRef, blocks: Sequence[Block]) -> tuple[str, bytes]:
        slug = str(thing).rpartition("/")[2]
        text = writing.document(thing, blocks, namespaces.prefixes(self.base))
        return f"data/{folder}/{slug}.ttl", text
