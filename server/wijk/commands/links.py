"""`wijk check --links`: the findings about sources that do not answer."""

from pathlib import Path

from wijk import remembered
from wijk.checking import Finding, links
from wijk.snapshot import Snapshot
from wijk.terminal import counting


def answering(taken: Snapshot, home: Path | None) -> list[Finding]:
    """What there is to say of the sources: whether they answer. What was asked is kept at home."""
    from wijk.linking.answering import Asker, answers  # few ask the sources

    state = remembered.kept(home, "links.jsonl")
    with Asker() as asker, counting("Asking the sources") as tell:
        found = answers(links.addresses(taken), asker, state, tell)
        return sorted(links.findings(taken, found), key=Finding.rank)
