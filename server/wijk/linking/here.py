"""The register as a snapshot has it, read from no more documents than that takes."""

import re
from dataclasses import replace

from wijk import turtle
from wijk.documents import Document
from wijk.linking.register import VERSIONS, Register
from wijk.snapshot import Snapshot

# A wijk or buurt is named after its year and code; that is all the register needs of it.
_DIVISION = re.compile(r"([0-9]{4})-((?:wk|bu)[0-9a-z]+)")


def register(taken: Snapshot) -> Register:
    """The municipalities, changes and divisions that this snapshot has."""
    needed = [document for document in taken.documents.values() if _tells(document)]
    read = Register.of(turtle.merged(document.graph for document in needed))
    years: dict[str, list[int]] = {}
    names = dict(read.names)
    for slug in taken.slugs("area"):
        if (found := _DIVISION.fullmatch(slug)) is not None:
            code = found[2].upper()
            years.setdefault(code, []).append(int(found[1]))
            names[code] = taken.labels.get(f"{taken.base}id/area/{slug}", code)
    divisions = {code: tuple(sorted(known)) for code, known in years.items()}
    return replace(read, names=names, divisions=divisions)


def _tells(document: Document) -> bool:
    """Whether it is about a municipality, a province, a change or a version of the register."""
    if document.kind == "area":
        return _DIVISION.fullmatch(document.slug) is None
    if document.kind == "source":
        return any(thing.startswith(VERSIONS) for thing in document.told.things)
    return document.kind == "event"
