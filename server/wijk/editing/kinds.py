"""The kinds of things that people enter, by the shapes and classes that say what they are."""

from collections.abc import Mapping

from rdflib import RDF, URIRef
from rdflib.namespace import DCTERMS, ORG, SDO

from wijk.namespaces import SHAPE, WIJK

KINDS = ("case", "initiative", "lesson", "actor", "place", "media", "source")
"""What has a document of its own."""
PARTICIPATION = "participation"
EVIDENCE = "evidence"
PARTS = (PARTICIPATION, EVIDENCE)
"""What stands in the document of another thing."""

SHAPES: Mapping[str, tuple[URIRef, ...]] = {
    "case": (SHAPE.Case,),
    "initiative": (SHAPE.Initiative, SHAPE.Actor),
    "lesson": (SHAPE.Lesson,),
    "actor": (SHAPE.Actor,),
    "place": (SHAPE.Place,),
    "media": (SHAPE.Media,),
    "source": (SHAPE.Source,),
    "bundle": (SHAPE.Bundle,),
    PARTICIPATION: (SHAPE.Participation,),
    EVIDENCE: (SHAPE.Evidence,),
}
"""The shapes that say which fields a kind has; a bundle is not entered, and has fields."""

TYPES: Mapping[str, tuple[URIRef, ...]] = {
    "case": (WIJK.Case,),
    "initiative": (WIJK.Initiative, WIJK.Actor, ORG.Organization),
    "lesson": (WIJK.Lesson,),
    "actor": (WIJK.Actor, ORG.Organization),
    "place": (WIJK.Place,),
    "media": (SDO.CreativeWork,),
    "source": (SDO.WebPage,),
    "bundle": (WIJK.Bundle,),
    PARTICIPATION: (WIJK.Participation,),
    EVIDENCE: (WIJK.Evidence,),
}
"""What a new one says that it is."""

OF_CLASS: Mapping[URIRef, tuple[str, ...]] = {
    WIJK.Case: ("case",),
    WIJK.Initiative: ("initiative",),
    WIJK.Actor: ("actor", "initiative"),
    WIJK.Lesson: ("lesson",),
    WIJK.Place: ("place",),
    WIJK.Area: ("area",),
    WIJK.Bundle: ("bundle",),
    SDO.Project: ("project",),
    SDO.WebPage: ("source",),
}
"""Of what kinds a thing of a class can be."""

_OWN = {WIJK.basis, WIJK.status, DCTERMS.source}
_BARE: Mapping[str, set[URIRef]] = {
    "lesson": {DCTERMS.identifier, SDO.text, *_OWN},
    **{kind: {DCTERMS.identifier} for kind in ("case", "initiative", "actor", "place", "media")},
}


def needs_evidence(kind: str, path: URIRef) -> bool:
    """Whether a statement has evidence of its own, as the check `evidence-missing` demands."""
    return kind in _BARE and path not in _BARE[kind] and path != RDF.type
