"""The names of vocabularies and graphs, and the same prefixes everywhere."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import ClassVar

from rdflib import Namespace, URIRef
from rdflib.namespace import (
    DC,
    DCAT,
    DCTERMS,
    FOAF,
    GEO,
    ORG,
    OWL,
    PROV,
    QB,
    RDF,
    RDFS,
    SDO,
    SH,
    SKOS,
    VANN,
    VOID,
    XSD,
    DefinedNamespace,
)

ONTOLOGY = "https://w3id.org/wijk/def"
FIGURE = "figure"
"""The kind of documents that hold thousands of observations: rules look at them, shapes do not."""
MEASURE = "measure"
"""The kind of documents that each describe a property of observations."""
SHAPES = "https://w3id.org/wijk/shape"
WIJK = Namespace(f"{ONTOLOGY}#")
SHAPE = Namespace(f"{SHAPES}#")


class DCAT_3(DefinedNamespace):
    """What DCAT 3 has on versions; the list that comes with rdflib is of DCAT 2."""

    _NS = Namespace(str(DCAT))
    hasVersion: URIRef
    isVersionOf: URIRef
    version: URIRef


class DASH(DefinedNamespace):
    """Hints for forms, by DASH; the terms in use here."""

    _NS = Namespace("http://datashapes.org/dash#")
    URIEditor: URIRef
    editor: URIRef
    hidden: URIRef
    singleLine: URIRef


class SDMX_ATTRIBUTE(DefinedNamespace):
    """What a figure carries besides its value, by SDMX in RDF; the terms in use here."""

    _NS = Namespace("http://purl.org/linked-data/sdmx/2009/attribute#")
    obsStatus: URIRef
    unitMeasure: URIRef


class VCARD(DefinedNamespace):
    """Whom to write to, by vCard in RDF; the terms in use here."""

    _NS = Namespace("http://www.w3.org/2006/vcard/ns#")
    Kind: URIRef
    Organization: URIRef
    fn: URIRef
    hasEmail: URIRef
    hasURL: URIRef


class SDMX_CODE(DefinedNamespace):
    """The status of a figure, by SDMX in RDF: E is estimated, M is missing."""

    _NS = Namespace("http://purl.org/linked-data/sdmx/2009/code#")
    _extras: ClassVar[list[str]] = ["obsStatus-E", "obsStatus-M"]


class SDMX_DIMENSION(DefinedNamespace):
    """Where and when a figure holds, by SDMX in RDF; the terms in use here."""

    _NS = Namespace("http://purl.org/linked-data/sdmx/2009/dimension#")
    refArea: URIRef
    refPeriod: URIRef


class SPDX(DefinedNamespace):
    """The checksum of a version or a file, by SPDX; the terms in use here."""

    _NS = Namespace("http://spdx.org/rdf/terms#")
    Checksum: URIRef
    ChecksumAlgorithm: URIRef
    algorithm: URIRef
    checksum: URIRef
    checksumAlgorithm_sha256: URIRef
    checksumValue: URIRef


VOCABULARIES: Mapping[str, str] = {
    "wijk": str(WIJK),
    "shape": str(SHAPE),
    "dcterms": str(DCTERMS),
    "dc": str(DC),
    "schema": str(SDO),
    "skos": str(SKOS),
    "prov": str(PROV),
    "org": str(ORG),
    "owl": str(OWL),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "xsd": str(XSD),
    "sh": str(SH),
    "dash": str(DASH),
    "dcat": str(DCAT),
    "void": str(VOID),
    "foaf": str(FOAF),
    "geo": str(GEO),
    "qb": str(QB),
    "vann": str(VANN),
    "vcard": str(VCARD),
    "spdx": str(SPDX),
    "sdmxattribute": str(SDMX_ATTRIBUTE),
    "sdmxcode": str(SDMX_CODE),
    "sdmxdimension": str(SDMX_DIMENSION),
}

# The vocabularies of which the terms are a closed list here.
CLOSED: tuple[type[DefinedNamespace], ...] = (
    DASH,
    DC,
    DCAT,
    DCAT_3,
    DCTERMS,
    FOAF,
    GEO,
    ORG,
    OWL,
    PROV,
    QB,
    RDF,
    RDFS,
    SDO,
    SH,
    SKOS,
    VANN,
    VCARD,
    VOID,
    XSD,
    SPDX,
    SDMX_ATTRIBUTE,
    SDMX_CODE,
    SDMX_DIMENSION,
)

# Kinds of things and concepts, by prefix; a prefix has no hyphen, a kind may.
KINDS: Mapping[str, str] = {
    **{kind: kind for kind in ("bundle", "case", "initiative", "actor", "place", "area", "lesson")},
    **{kind: kind for kind in ("media", "project", "source", "event", "derived")},
    **{kind: kind for kind in ("figure", "measure")},
    **{kind: kind for kind in ("theme", "audience", "role", "connection", "basis", "status")},
    **{kind: kind for kind in ("unit", "urbanity")},
    "actorkind": "actor-kind",
    "placekind": "place-kind",
    "casestate": "case-state",
    "eventkind": "event-kind",
    "scheme": "scheme",
}


def prefixes(base: str) -> dict[str, str]:
    """All standard prefixes, those of the data made from its base."""
    return {**VOCABULARIES, **{name: f"{base}id/{kind}/" for name, kind in KINDS.items()}}


def document_iri(thing: str, base: str) -> str:
    """The document (named graph) of a thing."""
    return f"{base}doc/{thing.removeprefix(f'{base}id/')}"


def name_of(path: PurePosixPath, base: str) -> tuple[str, str, str]:
    """The graph's IRI, kind and slug, from where a file of the graph stands."""
    folder, slug = path.parts[0], path.stem
    if folder == "shapes":
        return SHAPES, "shape", slug
    if folder == "ontology":
        within = path.parts[1:-1]
        if within == ("concepts",):
            return f"{base}doc/scheme/{slug}", "scheme", slug
        if within:
            return f"{ONTOLOGY}/alignment/{slug}", "alignment", slug
        return ONTOLOGY, "ontology", slug
    if len(path.parts) == 2:
        return f"{base}doc/{slug}", slug, ""
    kind = path.parts[1].removesuffix("s")
    return f"{base}doc/{kind}/{slug}", kind, slug


def name_from(declared: str | None, path: PurePosixPath, base: str) -> tuple[str, str, str]:
    """The same for a file from elsewhere: the base it declares says what it is about."""
    if declared and declared.startswith(f"{base}id/"):
        kind, _, slug = declared.removeprefix(f"{base}id/").partition("/")
        if kind and slug and "/" not in slug:
            return f"{base}doc/{kind}/{slug}", kind, slug
    return f"{base}doc/loose/{path.stem}", "loose", path.stem
