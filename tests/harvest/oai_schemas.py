"""Responses of OAI-PMH held to the schemas of the protocol, with nothing fetched."""

import os
from functools import cache
from pathlib import Path

from lxml import etree
from wijk.harvesting import oai

HERE = Path(__file__).parent
OURS = HERE / "standards" / "oai-pmh"
THEIRS = Path(os.environ.get("WIJK_STANDARDS") or HERE.parents[2] / "shared" / "standards")
SETS = [OURS, *(each for each in [THEIRS / "oai-pmh"] if each.is_dir())]
"""Ours, and those of the Open Archives Initiative where they can be read: these have no licence."""
_OAI = "http://www.openarchives.org/OAI/2.0/"


@cache
def schema(protocol: Path = OURS) -> etree.XMLSchema:
    """One schema for a whole response: of the protocol, of both formats, of what is said about."""
    about = HERE / "standards" / "oai-about"
    files = {
        _OAI: protocol / "OAI-PMH.xsd",
        f"{_OAI}oai_dc/": protocol / "oai_dc.xsd",
        f"{_OAI}oai-identifier": protocol / "oai-identifier.xsd",
        f"{_OAI}rights/": about / "rights.xsd",
        f"{_OAI}provenance": about / "provenance.xsd",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#": Path(oai.__file__).parent / "rdf.xsd",
    }
    imports = "".join(
        f'<xs:import namespace="{namespace}" schemaLocation="{path.resolve().as_uri()}"/>'
        for namespace, path in files.items()
    )
    driver = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(driver, etree.XMLParser(no_network=True)))


def validated(body: bytes) -> etree._Element:
    """The root of a response that is as all schemas have it."""
    root = etree.fromstring(body, etree.XMLParser(no_network=True))
    for each in SETS:
        schema(each).assertValid(root)
    return root
