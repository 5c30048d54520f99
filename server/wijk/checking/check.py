"""All checks together, worst finding first."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from wijk.checking import asked, literals, published, references, rules, shapes, syntax
from wijk.checking.asked import Understand
from wijk.checking.consequences import causes_only
from wijk.checking.findings import Finding
from wijk.checking.lookup import Lookup, Whole
from wijk.checking.messages import Plain, sentence
from wijk.checking.places import Names, Places
from wijk.checking.rules import Ask
from wijk.namespaces import SHAPES
from wijk.remarks import Remark, Remarks
from wijk.snapshot import Reading


def check(
    reading: Reading,
    ask: Ask,
    checks: Path | None = None,
    understand: Understand | None = None,
    referee: bool = False,
) -> list[Finding]:
    """Every finding about a folder as it was read; `checks` is queries/checks in that folder.

    With `understand`, also about the files with questions. The referee is pySHACL: what is found by
    the shapes is the same without it, and sooner.
    """
    snapshot = reading.snapshot
    asking = rules.read(checks or snapshot.root / "queries" / "checks")
    lookup = Whole(snapshot)
    names, places = Names(snapshot.prefixes), Places(snapshot, lookup)
    found = [syntax.finding(file) for file in reading.broken]
    with rules.ahead(asking, ask) as answers:
        if SHAPES in snapshot.documents:
            found += shapes.findings(snapshot, lookup, places, names, referee)
        other = [
            *references.findings(snapshot, places, names),
            *literals.findings(snapshot, places),
            *published.findings(reading, places),
            *(asked.findings(snapshot.root, understand) if understand else ()),
        ]
        found += rules.findings(asking, answers, places, names)
    found += other
    return judged(reading, found, lookup)


def judged(reading: Reading, found: Iterable[Finding], lookup: Lookup) -> list[Finding]:
    """Each finding once and the causes alone, worst first, each with a plain sentence."""
    kept = causes_only(reading, _once(found), lookup)
    if not kept:
        return []
    plain = Plain(reading.snapshot, lookup)
    return sorted(map(plain.said, kept), key=lambda finding: finding.rank())


def remarks(findings: Iterable[Finding]) -> Remarks:
    """What is left to say of a folder that has no violations."""
    return Remarks.of(
        Remark(it.file, it.thing, sentence(it, "nl"), it.rule, it.severity)
        for it in findings
        if it.severity != "violation"
    )


def narrowed(findings: Iterable[Finding], paths: Iterable[str]) -> list[Finding]:
    """Only what is about these files and folders of the graph."""
    wanted = [path.rstrip("/") for path in paths]
    if "." in wanted:
        return list(findings)
    return [
        finding
        for finding in findings
        if any(
            file == path or file.startswith(f"{path}/")
            for path in wanted
            for file in finding.files()
        )
    ]


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """A shape or rule that already says it goes before the general `dangling`."""
    said: set[tuple[str, str, str]] = set()
    seen: set[tuple[str, ...]] = set()
    for finding in findings:
        about = (finding.thing, finding.property, finding.value)
        key = (finding.rule, finding.file, *about, finding.other.term if finding.other else "")
        if key in seen or (finding.rule == "dangling" and about in said):
            continue
        seen.add(key)
        said.add(about)
        yield finding
