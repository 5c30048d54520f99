"""What follows from another finding and goes away with it: an editor sees the cause alone."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from rdflib import URIRef

from wijk import turtle
from wijk.checking.findings import Finding
from wijk.checking.lookup import Lookup
from wijk.namespaces import SHAPES
from wijk.snapshot import BrokenFile, Reading

# What a file says of itself; until that is right, its contents cannot be judged.
_ITSELF = ("base", "prefix")
ANYWHERE = (
    "orphan-document",
    "orphan-published",
    "actor-without-role",
    "case-count",
    "lesson-count",
)
"""Rules that count or look for references anywhere, also in what cannot be read."""
_INITIATIVE = f"{SHAPES}#Case-initiative"
_TWICE = "thing-in-two-documents"
_SUBJECT = re.compile(r"^(?:<([^>\s]*)>|([\w-]*):([\w.-]+))(?=\s)", re.MULTILINE)


def causes_only(reading: Reading, findings: Iterable[Finding], lookup: Lookup) -> list[Finding]:
    """The findings without those that follow from another one."""
    found = _pairs_once(findings)
    found = _without_what_is_unread(reading, found, lookup)
    found = _without_what_is_twice(found)
    found = _without_what_has_no_name(found)
    found = _without_what_no_term_says(found)
    found = _without_what_is_yet_to_come(found)
    found = _without_what_its_state_asks(found)
    return list(_without_what_is_ill_typed(found))


def _pairs_once(findings: Iterable[Finding]) -> list[Finding]:
    """Two documents that share many things are one finding, about the whole of them."""
    kept: list[Finding] = []
    seen: dict[tuple[str, str], int] = {}
    for finding in findings:
        key = (finding.value, finding.other.term if finding.other else "")
        if finding.rule != _TWICE or not finding.value:
            kept.append(finding)
        elif key not in seen:
            seen[key] = len(kept)
            kept.append(finding)
        elif len(finding.thing) < len(kept[seen[key]].thing):
            kept[seen[key]] = finding
    return kept


def _without_what_is_unread(
    reading: Reading, findings: list[Finding], lookup: Lookup
) -> list[Finding]:
    """A thing whose file cannot be taken in is not absent, and may refer to anything."""
    lost = {name for file in reading.broken for name in described(file)}
    bad = {each.file for each in findings if each.rule in _ITSELF and each.severity == "violation"}
    for document in reading.snapshot.documents.values() if bad else ():
        if str(document.path) in bad:
            lost.add(document.iri.replace("/doc/", "/id/", 1))
            lost.update(str(subject) for subject in document.graph.subjects())
    if not (lost or bad or reading.broken):
        return findings
    return [
        finding
        for finding in findings
        if _is_about_itself(finding)
        or not (finding.rule in ANYWHERE or finding.file in bad or _refers(finding, lost, lookup))
    ]


def _is_about_itself(finding: Finding) -> bool:
    return finding.rule in ("turtle-syntax", _TWICE, "ill-typed", *_ITSELF)


def _refers(finding: Finding, lost: set[str], lookup: Lookup) -> bool:
    """Is the finding about a thing that is lost, or does the property lead to one?"""
    named = {finding.thing, finding.value.strip("<>")}
    if finding.other:
        named.add(finding.other.term.strip("<>"))
    if finding.property and finding.rule != "unknown-term":
        about = (URIRef(finding.thing), URIRef(finding.property))
        owners = lookup.owners(about[0])
        named.update(str(value) for owner in owners for value in owner.graph.objects(*about))
    return not named.isdisjoint(lost)


def described(file: BrokenFile) -> Iterator[str]:
    """The things that an unreadable file seems to describe."""
    base, prefixes = turtle.declared(file.source)
    if file.twin is not None:
        return
    yield file.thing
    for local, prefix, name in _SUBJECT.findall(file.source.decode("utf-8", "replace")):
        if not name:
            yield urljoin(base or file.thing, local)
        elif prefix in prefixes:
            yield prefixes[prefix] + name


def _without_what_is_twice(findings: list[Finding]) -> list[Finding]:
    """What stands in two documents is judged again once it is in one."""
    things = {_whole(finding.thing) for finding in findings if finding.rule == _TWICE}
    pairs = [finding for finding in findings if finding.rule == _TWICE]
    files = {file for finding in pairs for file in finding.files()}
    return [
        finding
        for finding in findings
        if _is_about_itself(finding)
        or not (_whole(finding.thing) in things or _in_pair(finding, files, things))
    ]


def _in_pair(finding: Finding, files: set[str], things: set[str]) -> bool:
    """Is it about the file that is one too many?"""
    return finding.file in files and _whole(finding.value.strip("<>")) in things


def _without_what_has_no_name(findings: list[Finding]) -> list[Finding]:
    """A blank node is judged once it has an address."""
    files = {finding.file for finding in findings if finding.rule == "blank-node"}
    return [
        finding
        for finding in findings
        if not (finding.thing.startswith("_:") and finding.file in files)
    ]


def _without_what_no_term_says(findings: list[Finding]) -> list[Finding]:
    """What stands at a property that does not exist needs its source once it stands elsewhere."""
    odd = {(each.thing, each.property) for each in findings if each.rule == "unknown-term"}
    return [
        finding
        for finding in findings
        if finding.rule != "evidence-missing" or (finding.thing, finding.property) not in odd
    ]


def _without_what_is_yet_to_come(findings: list[Finding]) -> list[Finding]:
    """A start that cannot be right is not after the end too."""
    ahead = {(each.thing, each.value) for each in findings if each.rule == "date-in-future"}
    return [
        finding
        for finding in findings
        if finding.rule != "dates-in-order" or (finding.thing, finding.value) not in ahead
    ]


def _without_what_its_state_asks(findings: list[Finding]) -> list[Finding]:
    """A case that lacks its initiative, as its state tells, is not asked for it once more."""
    unlike = {each.thing for each in findings if each.rule == "state-and-initiative"}
    return [it for it in findings if it.rule != _INITIATIVE or it.thing not in unlike]


def _without_what_is_ill_typed(findings: list[Finding]) -> Iterator[Finding]:
    """A value that is not of its type breaks many rules, for one reason."""
    wrong = {(each.thing, each.property) for each in findings if each.rule == "ill-typed"}
    for finding in findings:
        about = {(finding.thing, finding.property)}
        if finding.other:  # evidence: the thing is its other half, the property its value
            about.add((finding.other.term.strip("<>"), finding.value.strip("<>")))
        if finding.rule == "ill-typed" or about.isdisjoint(wrong):
            yield finding


def _whole(thing: str) -> str:
    return thing.partition("#")[0]
