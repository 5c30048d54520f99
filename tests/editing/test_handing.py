"""A draft gives files that have what others published meanwhile, or asks what it is to be."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest
from rdflib.namespace import DCTERMS
from wijk import changelog, snapshot
from wijk.editing import reading
from wijk.editing.changes import resolved
from wijk.editing.desk import drafts
from wijk.editing.desk.drafts import Draft
from wijk.editing.fields import by_path
from wijk.editing.handing import handed
from wijk.editing.meaning import Meaning, reread
from wijk.editing.records import Record, Statement
from wijk.errors import PublishError
from wijk.publishing import withdrawing
from wijk.snapshot import Reading, Snapshot

CASE = "boefjes-en-baristas"
PATH = PurePosixPath(f"data/cases/{CASE}.ttl")
TITLE, ABSTRACT = str(DCTERMS.title), str(DCTERMS.abstract)


def read(taken: Snapshot) -> Record:
    return reading.read(taken.documents[f"{taken.base}doc/case/{CASE}"], taken)


def saying(record: Record, path: str, text: str) -> Record:
    said = record.values(path)
    return record.having(path, (replace(said[0], value=f'"{text}"@nl'), *said[1:]))


def draft(record: Record, base: str | None) -> Draft:
    bases = {} if base is None else {str(PATH): base}
    at = "2026-11-23T12:00:00+00:00"
    return Draft(*("x", "case", record.slug, "Een", "Anna", "review", at, at, 1), (record,), bases)


def text(taken: Snapshot) -> str:
    return taken.documents[f"{taken.base}doc/case/{CASE}"].source.decode()


def meanwhile(taken: Snapshot, old: str, new: str) -> Snapshot:
    """The folder after somebody replaced a text in the case."""
    made = text(taken)
    assert old in made
    return snapshot.edited(Reading(taken), {PATH: made.replace(old, new).encode()}).snapshot


def test_a_draft_that_changes_nothing_gives_no_file(shipped: Snapshot) -> None:
    assert handed(draft(read(shipped), text(shipped)), shipped).edits == ()


def test_what_others_said_in_another_field_is_in_the_file(shipped: Snapshot) -> None:
    ours = saying(read(shipped), TITLE, "Koffie in de serre")
    now = meanwhile(shipped, "wijk:number 5 ;", "wijk:number 55 ;")
    given = handed(draft(ours, text(shipped)), now)
    assert not given.clashes
    (edit,) = given.edits
    assert edit.before == now.documents[f"{now.base}doc/case/{CASE}"].source
    assert b"Koffie in de serre" in edit.text
    assert b"wijk:number 55 ;" in edit.text


def test_what_both_said_otherwise_is_a_choice_and_ours_until_then(shipped: Snapshot) -> None:
    title = read(shipped).values(TITLE)[0].value.rpartition("@")[0]
    ours = saying(read(shipped), TITLE, "Koffie in de serre")
    now = meanwhile(shipped, title, '"Taart in de serre"')
    given = handed(draft(ours, text(shipped)), now)
    (clash,) = given.clashes
    assert [it.path for it in clash.conflicts] == [TITLE]
    assert given.records[0].values(TITLE)[0].value == '"Koffie in de serre"@nl'
    theirs = resolved(given.records[0], clash.conflicts)
    assert theirs.values(TITLE)[0].value == '"Taart in de serre"@nl'


def test_something_new_never_takes_the_place_of_what_is_there(shipped: Snapshot) -> None:
    with pytest.raises(PublishError, match="is there already"):
        handed(draft(read(shipped), None), shipped)


def test_what_was_withdrawn_meanwhile_does_not_come_back_by_itself(shipped: Snapshot) -> None:
    document = shipped.documents[f"{shipped.base}doc/case/{CASE}"]
    stone = withdrawing.tombstone(document, "Op verzoek.", now=datetime(2026, 11, 23, tzinfo=UTC))
    log = changelog.read(shipped.root)
    gone = withdrawing.withdrawn(document, stone, log, shipped)
    now = snapshot.edited(Reading(shipped), {PATH: gone}).snapshot
    with pytest.raises(PublishError, match="withdrawn meanwhile"):
        handed(draft(saying(read(shipped), TITLE, "Terug"), text(shipped)), now)


def typed(said: tuple[Statement, ...], kind: str, meaning: Meaning) -> tuple[Statement, ...]:
    """Statements of which all is as somebody typed it, but texts."""
    known = by_path(meaning.taken, kind)
    made = []
    for it in said:
        told = meaning.text(it.value, known[it.path])
        value = it.value if known[it.path].value in ("line", "text") else drafts.typed(told)
        evidence = [
            replace(each, source=drafts.typed_source(meaning.source_text(each.source)))
            if each.source
            else each
            for each in it.evidence
        ]
        made.append(Statement(it.path, value, tuple(evidence)))
    return tuple(made)


@pytest.mark.parametrize(
    "document",
    [f"case/{CASE}", "case/holybe", f"initiative/{CASE}", "place/de-muntel", "actor/accolade"],
)
def test_whatever_was_typed_as_it_is_called_by_now_is_in_the_file(
    shipped: Snapshot, document: str
) -> None:
    there = shipped.documents[f"{shipped.base}doc/{document}"]
    record, meaning = reading.read(there, shipped), Meaning(shipped)
    parts = [replace(it, statements=typed(it.statements, it.kind, meaning)) for it in record.parts]
    said = typed(record.statements, record.kind, meaning)
    raw = replace(record, statements=said, parts=tuple(parts))
    assert drafts.unclear(raw)
    begun = replace(draft(raw, None), bases={str(there.path): there.source.decode("utf-8")})
    made = reread(begun, shipped)
    assert made.records == (record,)
    assert handed(made, shipped).edits == ()
    assert reread(made, shipped) == made, "and once is enough"


def test_what_nobody_understands_stays_as_it_was_typed(shipped: Snapshot) -> None:
    said = Statement(str(DCTERMS.spatial), drafts.typed("Zeeplek"))
    raw = draft(replace(read(shipped), statements=(said,)), text(shipped))
    assert reread(raw, shipped) == raw
    assert drafts.unclear(raw.record)
