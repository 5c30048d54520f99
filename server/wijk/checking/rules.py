"""Whole-graph rules: each file in queries/checks is one; any row it finds is a finding."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

from rdflib import Literal, URIRef

from wijk import turtle
from wijk.checking.findings import SEVERITIES, Finding, term
from wijk.checking.places import Names, Places
from wijk.errors import QueryRefused, QuestionFileError
from wijk.questions import header

# Query text in, rows out; every value an N-Triples term.
Ask = Callable[[str], Iterable[Mapping[str, str]]]


def findings(
    folder: Path, ask: Ask, places: Places, names: Names, wanted: Collection[str] = SEVERITIES
) -> Iterator[Finding]:
    """One finding per row, for every rule in the folder, or those of the wanted severities."""
    for path in sorted(folder.glob("*.rq")):
        said, text = header(path)
        severity = said.get("severity", "violation")
        messages = {lang: said.get(f"message_{lang}") for lang in ("nl", "en")}
        if severity not in SEVERITIES or not all(messages.values()):
            raise QuestionFileError(path, "a check needs a severity, a message_nl and a message_en")
        if severity not in wanted:
            continue
        try:
            rows = ask(text)
        except QueryRefused as error:
            raise QuestionFileError(path, str(error)) from error
        for row in rows:
            if row.get("thing", "").startswith("_:"):
                continue  # the store's own name for it; that it has none is a finding already
            yield _finding(path.stem, severity, messages, row, places, names)


def _finding(
    rule: str,
    severity: str,
    messages: Mapping[str, str | None],
    row: Mapping[str, str],
    places: Places,
    names: Names,
) -> Finding:
    terms = {name: term(text) for name, text in row.items() if text}
    thing, property, value = (terms.get(name) for name in ("thing", "property", "value"))
    shown = {
        name: str(node) if isinstance(node, Literal) else names.short(node)
        for name, node in terms.items()
    }
    about = (thing or URIRef(""), property, value)
    place = places.of(*about)
    other = terms.get("other")
    return Finding(
        rule=rule,
        severity=severity,
        message={lang: _filled(str(text), shown) for lang, text in messages.items()},
        file=place.file,
        line=place.line,
        thing=str(thing or ""),
        property=str(property or ""),
        value=turtle.term(value) if isinstance(value, URIRef | Literal) else "",
        other=places.other(other, *about) if other is not None else None,
        missing=property is not None and places.missing(about[0], property),
    )


def _filled(message: str, shown: Mapping[str, str]) -> str:
    for name in ("thing", "property", "value", "other"):
        message = message.replace(f"{{{name}}}", shown.get(name, ""))
    return message
