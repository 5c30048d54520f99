"""The versions that the catalogue names: what was published up to a moment, under a name.

<https://…/dataset/cases/1.0.0> a dcat:Dataset ;
    dcat:version "1.0.0" ;
    dcterms:issued "2026-11-23T00:00:00.884Z"^^xsd:dateTime .
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from rdflib import DCTERMS, Graph

from wijk.namespaces import DCAT_3

# It is part of an address, and no name of a file.
_NAME = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.+-]{0,60}[0-9A-Za-z])?")


@dataclass(frozen=True)
class Version:
    """A name, and the moment up to which it has what was published."""

    name: str
    moment: datetime


def versions(catalogue: Graph) -> tuple[Version, ...]:
    """The versions of a catalogue, the newest first; of a name used twice, the newest."""
    found = {it.name: it for it in sorted(_named(catalogue), key=lambda it: it.moment)}
    return tuple(sorted(found.values(), key=lambda it: it.moment, reverse=True))


def _named(catalogue: Graph) -> Iterator[Version]:
    for about, name in catalogue.subject_objects(DCAT_3.version):
        for issued in catalogue.objects(about, DCTERMS.issued):
            moment = _moment(str(issued))
            if moment is not None and _NAME.fullmatch(str(name)):
                yield Version(str(name), moment)


def _moment(text: str) -> datetime | None:
    """A moment with its time zone; a day alone says too little."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None
