"""The site of a source, which its address tells."""

from urllib.parse import urlsplit

from rdflib import Literal
from rdflib.namespace import DC

from wijk import turtle
from wijk.editing.statements import Record, Statement

_SITE = str(DC.publisher)


def sited(record: Record) -> Record:
    """A source that names no site has the one of its web address: `movisie.nl`; else as it was."""
    if record.kind != "source" or record.values(_SITE):
        return record
    site = _site(record.thing)
    return record.having(_SITE, (Statement(_SITE, turtle.term(Literal(site))),) if site else ())


def _site(address: str) -> str:
    """The name of the machine in an address, without www; nothing when there is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    name = parts.hostname if parts.scheme in ("http", "https") else None
    return (name or "").removeprefix("www.")
