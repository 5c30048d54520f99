"""The versions of the dataset: `data/versions.ttl`, which only `wijk publish --version` writes.

    <…/dataset/cases/1.0.0> a prov:Entity ;
        dcat:isVersionOf <…/dataset/cases> ;
        dcat:version "1.0.0" ;
        dcterms:issued "2026-11-23T09:30:00.000Z"^^xsd:dateTime ;
        spdx:checksum <…/dataset/cases/1.0.0#checksum> .

A version is what was published up to its moment. Its checksum is the SHA-256 of that in canonical
N-Quads (RDFC-1.0): of all that is logged, so of more than one file has, and its comment says so.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import PurePosixPath

from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, VOID

from wijk.documents import Document
from wijk.namespaces import DCAT_3, SPDX

PATH = PurePosixPath("data/versions.ttl")
_SEMANTIC = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?")
_PREFIXES = ("dcat", "dcterms", "prov", "rdfs", "spdx", "xsd")
COVERS = {
    "nl": "SHA-256 van alles wat toen gepubliceerd was, in canonieke N-Quads (RDFC-1.0): "
    "elk document in het logboek, niet één bestand.",
    "en": "SHA-256 of all that was published then, in canonical N-Quads (RDFC-1.0): "
    "each document in the log, not one file.",
}
"""What the checksum of a version is of, in each language."""


@dataclass(frozen=True)
class Version:
    """A name for what was published up to a moment; the digest is of its canonical N-Quads."""

    name: str
    time: datetime
    digest: str


def of(documents: Mapping[str, Document], base: str) -> tuple[Version, ...]:
    """The versions of a case base, the oldest first; of a name used twice, the newest.

    What is no name of a version, or has no moment with its time zone, is passed over.
    """
    document = documents.get(f"{base}doc/{PATH.stem}")
    found = sorted(_told(document.graph) if document else (), key=lambda it: (it.time, it.name))
    return tuple({it.name: it for it in found}.values())


def _told(graph: Graph) -> Iterator[Version]:
    for subject, name in graph.subject_objects(DCAT_3.version):
        checksum = graph.value(subject, SPDX.checksum)
        digest = graph.value(checksum, SPDX.checksumValue) if checksum is not None else None
        moment = _moment(str(graph.value(subject, DCTERMS.issued)))
        if moment is not None and is_name(str(name)):
            yield Version(str(name), moment, str(digest or ""))


def _moment(text: str) -> datetime | None:
    """A moment with its time zone; a day alone says too little."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None


def is_name(text: str) -> bool:
    """Whether a version can be called so: 1.2.0 or 2026-11-23."""
    if _SEMANTIC.fullmatch(text):
        return True
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_later(name: str, other: str) -> bool:
    """Whether a name comes after another; a day and a number are not compared, so both do.

    Numbers are ordered as Semantic Versioning 2.0.0 has it (section 11): 1.0.0-rc.1, 1.0.0, 1.0.1.
    """
    one, two = _SEMANTIC.fullmatch(name), _SEMANTIC.fullmatch(other)
    if one and two:
        return _order(one) > _order(two)
    return bool(one or two) or name > other


def _order(found: re.Match[str]) -> tuple[object, ...]:
    """What a number is ordered by: without a part behind a hyphen it comes last."""
    major, minor, patch, before = found.groups()
    parts = (before or "")[1:].split(".")
    told = tuple((0, int(it), "") if it.isdecimal() else (1, 0, it) for it in parts)
    return int(major), int(minor), int(patch), not before, told


def dataset_of(catalog: Graph) -> str:
    """The dataset whose versions these are: the one that the names of the case base are from."""
    return min((str(dataset) for dataset in catalog.subjects(VOID.uriSpace)), default="")


def written(
    versions: Iterable[Version], dataset: str, base: str, prefixes: Mapping[str, str]
) -> str:
    """The file of these versions, in the house format."""
    head = f"@base <{base}{PATH.stem}> .\n"
    head += "".join(f"@prefix {name}: <{prefixes[name]}> .\n" for name in _PREFIXES)
    return head + "".join(_block(version, URIRef(dataset)) for version in versions)


def _block(version: Version, dataset: str) -> str:
    stamp = version.time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    name = f"{dataset}/{version.name}"
    covers = " , ".join(f'"{text}"@{language}' for language, text in COVERS.items())
    return f"""
<{name}> a prov:Entity ;
    dcat:isVersionOf <{dataset}> ;
    dcat:version "{version.name}" ;
    dcterms:issued "{stamp}"^^xsd:dateTime ;
    spdx:checksum <{name}#checksum> .

<{name}#checksum> a spdx:Checksum ;
    rdfs:comment {covers} ;
    spdx:algorithm spdx:checksumAlgorithm_sha256 ;
    spdx:checksumValue "{version.digest}"^^xsd:hexBinary .
"""
