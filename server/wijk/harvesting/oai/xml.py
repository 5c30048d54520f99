"""Writes the XML of OAI-PMH responses: only characters that XML 1.0 has, and no HTML in texts."""

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from lxml import etree

from wijk.characters import legal

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
PROVENANCE = "http://www.openarchives.org/OAI/2.0/provenance"
RIGHTS = "http://www.openarchives.org/OAI/2.0/rights/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

SCHEMAS: Mapping[str, str] = {
    OAI: "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd",
    OAI_DC: "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
    IDENTIFIER: "http://www.openarchives.org/OAI/2.0/oai-identifier.xsd",
    PROVENANCE: "http://www.openarchives.org/OAI/2.0/provenance.xsd",
    RIGHTS: "http://www.openarchives.org/OAI/2.0/rights.xsd",
}

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)

Element: TypeAlias = Any
"""An element of lxml, which has no types."""


def plain(text: str) -> str:
    """The text as people read it: without HTML, and with single spaces."""
    return " ".join(legal(_TAG.sub(" ", text)).split())


def root(namespace: str, name: str, prefixes: Mapping[str | None, str]) -> Element:
    """An element that says where the schema of its namespace is."""
    made = etree.Element(f"{{{namespace}}}{name}", nsmap={**prefixes, "xsi": _XSI})
    made.set(f"{{{_XSI}}}schemaLocation", f"{namespace} {SCHEMAS[namespace]}")
    return made


def child(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """A new last element in the namespace of its parent."""
    namespace = etree.QName(parent).namespace
    made = etree.SubElement(parent, f"{{{namespace}}}{name}", attributes)
    made.text = legal(text) or None
    return made


def term(parent: Element, namespace: str, name: str, text: str, language: str = "") -> None:
    """A new last element with a text for people, in a language if that is named."""
    made = etree.SubElement(parent, f"{{{namespace}}}{name}")
    made.text = plain(text)
    if language:
        made.set(_LANGUAGE, language)


def written(element: Element) -> bytes:
    """The whole document."""
    return bytes(etree.tostring(element, xml_declaration=True, encoding="UTF-8"))


def read(source: bytes) -> Element:
    """What another writer made; nothing is fetched for it and no entity is filled in."""
    parser = etree.XMLParser(no_network=True, resolve_entities=False, huge_tree=True)
    return etree.fromstring(source, parser)
