"""A lesson that is there already and that a case of a draft shows too: it joins the draft."""

from dataclasses import replace

from wijk.editing import naming
from wijk.editing.desk.drafts import Draft
from wijk.editing.records import Record, Statement, path_of, read
from wijk.loaded import Snapshot
from wijk.namespaces import WIJK

INPUT = "bestaande-les"
_HOLDS_FOR = str(WIJK.holdsFor)


def lesson(text: str, case: Record, taken: Snapshot) -> tuple[Record, str] | None:
    """The lesson that is called so, which holds for this case from now on; and its file as it is.

    None when nothing is called so, or several are.
    """
    found = naming.known(text, "lesson", taken) if text.strip() else ()
    if len(found) != 1:
        return None
    document = taken.documents.get(found[0].replace("/id/", "/doc/", 1))
    if document is None:
        return None
    record = read(document, taken)
    said = Statement(_HOLDS_FOR, f"<{case.thing}>")
    if said.value not in {it.value for it in record.values(_HOLDS_FOR)}:
        record = record.having(_HOLDS_FOR, (*record.values(_HOLDS_FOR), said))
    return record, document.source.decode("utf-8")


def joined(draft: Draft, text: str, taken: Snapshot) -> Draft | None:
    """The draft with that lesson; None when it is not known or is in it already."""
    found = lesson(text, draft.record, taken)
    if found is None or found[0].thing in {it.thing for it in draft.records}:
        return None
    record, source = found
    bases = {**draft.bases, str(path_of(record)): source}
    return replace(draft, records=(*draft.records, record), bases=bases)
