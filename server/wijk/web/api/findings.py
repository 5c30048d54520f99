"""Findings as the API tells them: a code, where, what stands there, and what to do about it."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wijk import turtle
from wijk.checking import Finding, report
from wijk.checking.findings import term
from wijk.checking.messages import code, level, sentence
from wijk.web.replies import Representation

JSON = "application/json"
OFFERED = (JSON, turtle.TURTLE, turtle.JSONLD)
MOST = 1000
"""So many findings are told; all are counted."""

_HEADERS = {"Cache-Control": "no-store"}

Where = Callable[[Finding], str]
"""Where a finding stands, or what stands there, in words of who sent what was checked."""


def value(finding: Finding) -> str:
    """What a finding is about: a text, or the address of a thing."""
    return str(term(finding.value)) if finding.value else ""


def told(finding: Finding, lang: str, place: str, said: str) -> dict[str, Any]:
    """One finding as plain data."""
    return {
        "code": code(finding),
        "niveau": level(finding, lang),
        "plek": place,
        "veld": finding.field.get(lang, ""),
        "waarde": said,
        "uitleg": sentence(finding, lang),
        "voorstel": list(finding.suggested),
    }


def written(
    findings: Sequence[Finding],
    media_type: str,
    lang: str,
    where: Where,
    said: Where,
    prefixes: Mapping[str, str],
) -> Representation:
    """All findings: as JSON, or as a validation report of SHACL."""
    if media_type != JSON:
        body = turtle.serialize(report(findings[:MOST]), media_type, prefixes=prefixes)
        return Representation(media_type, body, _HEADERS)
    conforms = all(finding.severity != "violation" for finding in findings)
    items = [told(finding, lang, where(finding), said(finding)) for finding in findings[:MOST]]
    told_of = {"conforms": conforms, "count": len(findings), "items": items}
    return Representation(JSON, json.dumps(told_of, ensure_ascii=False).encode(), _HEADERS)
