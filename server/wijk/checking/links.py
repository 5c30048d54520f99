"""Sources that no longer answer, as findings: who asks them is `wijk.linking.answering`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import URIRef
from rdflib.namespace import DCTERMS

from wijk.checking.findings import Finding, Other
from wijk.checking.lookup import Whole
from wijk.checking.messages import Plain
from wijk.checking.places import Places
from wijk.snapshot import Snapshot

_GONE = {
    "nl": "Deze bron is er niet meer. Zoek haar nieuwe adres op, of een kopie in een webarchief.",
    "en": "This source is gone. Look up its new address, or a copy in a web archive.",
}
_KEPT = {
    "nl": "Deze bron is er niet meer. Een bewaarde kopie staat op {other}; verwijs daarnaar.",
    "en": "This source is gone. A copy was kept at {other}; refer to that.",
}
_SILENT = {
    "nl": "Deze bron antwoordt nu niet ({reason}). Kijk het later na.",
    "en": "This source does not answer now ({reason}). Look again later.",
}
ASTRAY = "astray"
"""Why there is no status: the site answered with an address that is none."""
_LED = {
    "nl": "Deze bron stuurt door naar een adres dat niet te lezen is. Zoek haar nieuwe adres op.",
    "en": "This source redirects to an address that cannot be read. Look up its new address.",
}
_MOVED = {
    "nl": "Deze bron is voorgoed verhuisd naar {other}. Neem dat adres over.",
    "en": "This source has moved for good to {other}. Use that address.",
}
_REASONS: Mapping[str, Mapping[str, str]] = {
    "timeout": {"nl": "geen antwoord op tijd", "en": "no answer in time"},
    "tls": {"nl": "de beveiligde verbinding klopt niet", "en": "the secure connection is wrong"},
    "loop": {"nl": "het adres verwijst in een kring", "en": "the address refers in a circle"},
    "silent": {"nl": "de site is niet te bereiken", "en": "the site cannot be reached"},
}


@dataclass(frozen=True)
class Answer:
    """What came of an address: a status, or 0 and why not; where it moved for good; when."""

    address: str
    status: int
    reason: str
    moved: str
    at: str

    @property
    def is_gone(self) -> bool:
        """Whether the site itself says that it is not there."""
        return self.status in (404, 410)

    @property
    def is_well(self) -> bool:
        """Whether it answers; who only lets people in that it knows does."""
        return 200 <= self.status < 400 or self.status in (401, 403, 429, 451)


def addresses(taken: Snapshot) -> list[str]:
    """The web addresses of all sources."""
    sources = (it for it in taken.documents.values() if it.kind == "source")
    things = (thing for source in sources for thing in source.told.things)
    return sorted(thing for thing in things if thing.startswith(("http://", "https://")))


def findings(taken: Snapshot, answers: Iterable[Answer]) -> Iterator[Finding]:
    """A warning for each source that does not answer, a hint for each that moved for good."""
    lookup = Whole(taken)
    places, plain = Places(taken, lookup), Plain(taken, lookup)
    for answer in answers:
        told = _told(answer, lookup)
        if told is None:
            continue
        rule, severity, message, other = told
        place = places.of(URIRef(answer.address))
        finding = Finding(
            rule,
            severity,
            {lang: text.replace("{other}", other) for lang, text in message.items()},
            place.file,
            place.line,
            answer.address,
            other=Other(f"<{other}>") if other else None,
        )
        yield plain.said(finding)


def _told(answer: Answer, lookup: Whole) -> tuple[str, str, Mapping[str, str], str] | None:
    if answer.is_gone:
        copies = lookup.subjects(DCTERMS.isVersionOf, URIRef(answer.address))
        if copies:
            return "source-gone-kept", "warning", _KEPT, min(map(str, copies))
        return "source-gone", "warning", _GONE, ""
    if answer.reason == ASTRAY:
        return "source-astray", "warning", _LED, ""
    if not answer.is_well:
        reason = _REASONS.get(answer.reason)
        said = {
            lang: text.replace("{reason}", reason[lang] if reason else str(answer.status))
            for lang, text in _SILENT.items()
        }
        return "source-silent", "warning", said, ""
    if answer.moved and not _differ_little(answer.address, answer.moved):
        return "source-moved", "info", _MOVED, answer.moved
    return None


def _differ_little(one: str, other: str) -> bool:
    """A slash more or less at the end is no other address to people."""
    return one.rstrip("/") == other.rstrip("/")
