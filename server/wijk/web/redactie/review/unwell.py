"""What is wrong in the folder so that nothing is published: where it is, and who can mend it."""

from collections.abc import Sequence

from wijk.checking.findings import Finding
from wijk.checking.messages import sentence
from wijk.documents import base_of
from wijk.publishing.edits import NotWell
from wijk.web.redactie.listing import KINDS
from wijk.web.site import Site

_MOST = 3


def told(site: Site, error: NotWell) -> str:
    """Why nothing was published: what would be wrong with this, and what is wrong without it."""
    said = ["Er is niets gepubliceerd."]
    if error.findings:
        said.append(f"Hiermee zou dit niet kloppen. {_listed(site, error.findings)}")
    if error.others:
        where = "Ook los hiervan is er" if error.findings else "Dat ligt niet aan jou: er is"
        said.append(f"{where} iets anders mis in de gegevens. {_listed(site, error.others)}")
        said.append("Wie deze site beheert, kan dat verbeteren. Probeer het daarna opnieuw.")
    return " ".join(said)


def _listed(site: Site, findings: Sequence[Finding]) -> str:
    named = [f"{_place(site, it)}: {sentence(it, 'nl')}" for it in findings[:_MOST]]
    more = len(findings) - _MOST
    return " ".join([*named, *([f"En nog {more}."] if more > 0 else [])])


def _place(site: Site, finding: Finding) -> str:
    """The file, its line, and what it is about as it is served now."""
    documents = site.snapshot.documents.values()
    there = next((it for it in documents if str(it.path) == finding.file), None)
    line = f", regel {finding.line}" if finding.line else ""
    at = f"{finding.file or 'de map'}{line}"
    if there is None or there.kind not in KINDS or there.iri in site.gone:
        return f"In {at}"
    return f"In {KINDS[there.kind][0]} “{site.label(base_of(there.iri))}” ({at})"
