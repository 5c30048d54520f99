"""The words for classes and properties: from the shapes, else the ontology, else from here."""

from collections.abc import Iterable

from rdflib import OWL, QB, RDF, RDFS, SKOS, Graph, Literal, Node, URIRef
from rdflib.namespace import DCAT, DCTERMS, GEO, ORG, PROV, SDO, SH, VANN

from wijk.namespaces import DASH, ONTOLOGY, SDMX_ATTRIBUTE, SDMX_DIMENSION, SHAPES, WIJK
from wijk.snapshot import Snapshot

_KNOWN = {
    RDF.type: "is een",
    RDFS.label: "naam",
    RDFS.comment: "in gewone woorden",
    RDFS.isDefinedBy: "hoort bij",
    RDFS.subClassOf: "is een soort",
    RDFS.subPropertyOf: "is een vorm van",
    RDFS.domain: "zegt iets over",
    RDFS.range: "heeft als waarde",
    RDFS.seeAlso: "zie ook",
    SKOS.prefLabel: "naam",
    SKOS.altLabel: "ook wel",
    SKOS.hiddenLabel: "wordt ook gezocht als",
    SKOS.definition: "omschrijving",
    SKOS.scopeNote: "wanneer gebruiken",
    SKOS.example: "voorbeeld",
    SKOS.note: "toelichting",
    SKOS.broader: "valt onder",
    SKOS.narrower: "omvat",
    SKOS.related: "hangt samen met",
    SKOS.inScheme: "staat in de lijst",
    SKOS.topConceptOf: "staat bovenaan in",
    SKOS.hasTopConcept: "bovenaan",
    DCTERMS.source: "bron",
    DCTERMS.replaces: "vervangt",
    SDO.mentions: "noemt",
    SDO.softwareVersion: "versie",
    PROV.wasAssociatedWith: "gemaakt door",
    PROV.wasDerivedFrom: "komt uit",
    SDMX_ATTRIBUTE.unitMeasure: "eenheid",
    SDMX_DIMENSION.refPeriod: "jaar",
    QB.structure: "opbouw",
    QB.measureType: "maat",
    QB.component: "onderdelen",
    QB.measure: "maat",
    QB.dimension: "kenmerk",
    QB.attribute: "bijzonderheid",
    QB.componentAttachment: "staat bij",
    QB.componentRequired: "verplicht",
    QB.order: "volgorde",
    PROV.wasGeneratedBy: "gemaakt met",
    OWL.versionInfo: "versie",
    OWL.versionIRI: "adres van deze versie",
    OWL.priorVersion: "vorige versie",
    OWL.disjointWith: "is nooit ook",
    OWL.members: "leden",
    SH["class"]: "waarde is een",
    SH.datatype: "soort waarde",
    SH.description: "uitleg",
    SH.group: "groep",
    SH.hasValue: "heeft als waarde",
    SH["in"]: "een van",
    SH.languageIn: "talen",
    SH.maxCount: "hoogstens",
    SH.maxInclusive: "niet meer dan",
    SH.message: "melding",
    SH.minCount: "minstens",
    SH.minInclusive: "niet minder dan",
    SH.minLength: "minste aantal tekens",
    SH.name: "naam",
    SH.node: "voldoet aan",
    SH.nodeKind: "soort knoop",
    SH["or"]: "voldoet aan een van",
    SH.order: "volgorde",
    SH.path: "gaat over",
    SH.pattern: "patroon",
    SH.property: "regels",
    SH.qualifiedMinCount: "minstens zo veel waarden",
    SH.qualifiedValueShape: "waarden die voldoen aan",
    SH.severity: "ernst",
    SH.targetClass: "geldt voor",
    SH.targetSubjectsOf: "geldt voor wat dit heeft",
    SH.uniqueLang: "een per taal",
    DASH.editor: "wordt ingevuld als",
    DASH.hidden: "niet zelf in te vullen",
    DASH.singleLine: "op één regel",
    VANN.preferredNamespacePrefix: "prefix",
    VANN.preferredNamespaceUri: "begin van de namen",
}
NO_KIND = "document"
"""What something is called of which no class has a word."""
_CLASSES = {
    SKOS.Concept: "begrip",
    SKOS.ConceptScheme: "begrippenlijst",
    **dict.fromkeys((OWL.Class, RDFS.Class), "klasse"),
    RDFS.Datatype: "soort waarde",
    OWL.Ontology: "ontologie",
    **dict.fromkeys((OWL.ObjectProperty, OWL.DatatypeProperty), "eigenschap"),
    **dict.fromkeys((OWL.AnnotationProperty, RDF.Property), "eigenschap"),
    SH.NodeShape: "vorm",
    SH.PropertyShape: "regel",
    SDO.WebPage: "bron",
    SDO.CreativeWork: "uiting",
    SDO.Article: "artikel",
    SDO.BlogPosting: "blog",
    SDO.PodcastSeries: "podcastserie",
    SDO.Report: "rapport",
    SDO.VideoObject: "video",
    SDO.Project: "project",
    ORG.Organization: "organisatie",
    DCAT.Dataset: "dataset",
    DCTERMS.RightsStatement: "afspraak over rechten",
    PROV.Activity: "gebeurtenis",
    PROV.Entity: "gegevens",
    PROV.SoftwareAgent: "programma",
    SDO.Dataset: "cijfers",
    QB.DataSet: "reeks cijfers",
    QB.MeasureProperty: "maat",
    QB.DimensionProperty: "kenmerk",
    QB.DataStructureDefinition: "opbouw",
    QB.ComponentSpecification: "deel van de opbouw",
}
_INCOMING: dict[Node, str] = {
    DCTERMS.isPartOf: "Hoort hierbij",
    DCTERMS.spatial: "Speelt zich hier af",
    DCTERMS.subject: "Heeft dit thema",
    DCTERMS.source: "Gebruikt deze bron",
    DCTERMS.isReplacedBy: "Ging hierin op",
    DCTERMS.replaces: "Kwam hiervoor in de plaats",
    GEO.sfWithin: "Ligt in dit gebied",
    QB.dimension: "Heeft dit kenmerk",
    QB.measure: "Heeft deze maat",
    QB.measureType: "Heeft deze maat",
    SDMX_ATTRIBUTE.unitMeasure: "Heeft deze eenheid",
    PROV.generated: "Ontstond bij",
    PROV.invalidated: "Hield op te bestaan bij",
    PROV.used: "Werd groter bij",
    SDO.about: "Gaat hierover",
    SDO.containedInPlace: "Ligt hierin",
    DCTERMS.isVersionOf: "Is hier een versie van",
    SKOS.broader: "Valt hieronder",
    SKOS.inScheme: "Staat in deze lijst",
    SKOS.hasTopConcept: "Staat bovenaan in",
    SKOS.topConceptOf: "Staat bovenaan",
    SDO.additionalType: "Is van deze soort",
    SDO.contributor: "Werkte mee aan",
    SDO.mentions: "Wordt genoemd in",
    SDO.url: "Heeft deze website",
    SH.hasValue: "Regels die hiernaar kijken",
    WIJK.actorKind: "Is van deze soort",
    WIJK.audience: "Is voor deze doelgroep",
    WIJK.basis: "Rust hierop",
    WIJK.connection: "Gaat over deze verbinding",
    WIJK.placeKind: "Is van deze soort",
    WIJK.startedBy: "Is hierdoor begonnen",
    WIJK.state: "Heeft deze stand",
    WIJK.status: "Is zo zeker",
    SDMX_DIMENSION.refArea: "Cijfers hierover",
    QB.dataSet: "Cijfers in deze reeks",
    WIJK.actor: "Doet mee in",
    WIJK.case: "Doet hier mee",
    WIJK.project: "Doet hier mee",
    WIJK.holdsFor: "Lessen die rechtstreeks hiervoor gelden",
    WIJK.role: "Heeft deze rol",
    WIJK.presentArea: "Hoort nu bij deze gemeente",
    WIJK.withinArea: "Ligt in dit gebied",
    WIJK.exactArea: "Is precies dit gebied",
    WIJK.closeArea: "Is ongeveer dit gebied",
    WIJK.hasPartArea: "Omvat dit gebied",
}


class Words:
    """What to call a class or a property in Dutch, and in which order to show properties."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._labels = snapshot.labels
        self._names: dict[tuple[Node | None, Node], str] = {}
        self._orders: dict[Node, float] = {}
        self._classes: dict[Node, str] = {}
        shapes = snapshot.documents.get(SHAPES)
        if shapes is not None:
            self._learn(shapes.graph)
        self._supers = _supers(snapshot)

    def property(self, predicate: Node, classes: Iterable[Node] = ()) -> str:
        """The word for a property, of a thing of these classes."""
        for cls in self._all(classes):
            if (cls, predicate) in self._names:
                return self._names[cls, predicate]
        if predicate in _KNOWN:
            return _KNOWN[URIRef(str(predicate))]
        if (None, predicate) in self._names:
            return self._names[None, predicate]
        return self._labels.get(str(predicate)) or _last(str(predicate))

    def kind(self, classes: Iterable[Node]) -> str:
        """The word for a thing of these classes."""
        listed = sorted(classes, key=lambda cls: not str(cls).startswith(ONTOLOGY))
        for cls in listed:
            if cls in self._classes:
                return self._classes[cls]
            if cls in _CLASSES:
                return _CLASSES[URIRef(str(cls))]
        called = (self._labels.get(str(cls), "").lower() for cls in listed)
        return next(filter(None, called), NO_KIND)

    def incoming(self, predicate: Node) -> str:
        """The heading above what points here with this property."""
        return _INCOMING.get(predicate) or f"Verwijst hiernaar met “{self.property(predicate)}”"

    def order(self, predicate: Node) -> tuple[float, str]:
        """Where a property comes."""
        return self._orders.get(predicate, 99.0), self.property(predicate)

    def _learn(self, shapes: Graph) -> None:
        for shape, target in shapes.subject_objects(SH.targetClass | SH.targetSubjectsOf):
            if (name := _dutch(shapes, shape)) is not None:
                self._classes[target] = name
            for part in shapes.objects(shape, SH.property):
                path, word = shapes.value(part, SH.path), _dutch(shapes, part)
                if path is None or word is None:
                    continue
                self._names.setdefault((target, path), word)
                self._names.setdefault((None, path), word)
                order = shapes.value(part, SH.order)
                if order is not None:
                    self._orders.setdefault(path, float(str(order)))

    def _all(self, classes: Iterable[Node]) -> list[Node]:
        own = list(classes)
        return own + [up for cls in own for up in self._supers.get(cls, ())]


def _supers(snapshot: Snapshot) -> dict[Node, list[Node]]:
    ontology = snapshot.documents.get(ONTOLOGY)
    found: dict[Node, list[Node]] = {}
    for cls, above in ontology.graph.subject_objects(RDFS.subClassOf) if ontology else ():
        found.setdefault(cls, []).append(above)
    return found


def _dutch(graph: Graph, subject: Node) -> str | None:
    names = [name for name in graph.objects(subject, SH.name) if isinstance(name, Literal)]
    return next((str(name) for name in names if name.language == "nl"), None)


def _last(iri: str) -> str:
    return iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2] or iri
