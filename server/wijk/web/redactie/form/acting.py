"""What a button of the form does with the draft, beyond saving it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from rdflib.namespace import DCTERMS, SDO

from wijk.editing import kinds
from wijk.editing.desk import drafts
from wijk.editing.fields import Field
from wijk.editing.meaning import Meaning
from wijk.editing.records import Part, Record, Statement
from wijk.namespaces import WIJK
from wijk.web.redactie.form.inputs import placed
from wijk.web.redactie.form.settling import unnamed

Records = tuple[Record, ...]
SAVE, ASK, MORE, GONE, NEW = "opslaan", "zoek", "erbij", "weg", "nieuw"
PART, PART_GONE, ALONG, THING_GONE = "deel", "deel-weg", "mee", "ding-weg"
_TITLE = {
    **dict.fromkeys(("case", "lesson", "media", "source"), str(DCTERMS.title)),
    **dict.fromkeys(("initiative", "actor", "place"), str(SDO.name)),
}
_BACK = {"lesson": str(WIJK.holdsFor), "media": str(SDO.about)}
"""How what is made along with a thing says that it belongs to it."""


@dataclass(frozen=True)
class Action:
    """What a button says: what to do, with which input or thing, and of what kind.

    `text` is what stood in that input: others may have put another value in its place since.
    """

    name: str = SAVE
    about: str = ""
    kind: str = ""
    text: str = ""

    @classmethod
    def read(cls, text: str) -> "Action":
        """The action of a button: `erbij:0.plek`, `nieuw:0.plek.0:place`."""
        name, _, rest = text.partition(":")
        about, _, kind = rest.partition(":")
        return cls(name, about, kind)


@dataclass(frozen=True)
class Done:
    """The records after it, and the name of the input to go to."""

    records: Records
    at: str = ""


def done(action: Action, records: Records, meaning: Meaning) -> Done:
    """Do what a button says; what cannot be done leaves the records as they are."""
    act = _ACTS.get(action.name)
    try:
        return act(action, records, meaning) if act is not None else Done(records, action.about)
    except (ValueError, IndexError, KeyError, StopIteration):
        return Done(records)


def _new(action: Action, records: Records, meaning: Meaning) -> Done:
    """What was typed becomes a new thing, to which the value refers from now on."""
    prefix, key = action.about.split(".")[:2]
    number, part = placed(prefix)
    record = records[number]
    holder = record if part is None else record.parts[part]
    field = next(it for it in meaning.fields(holder.kind) if it.key == key)
    kind = action.kind if action.kind in field.kinds else field.kinds[0]
    rows = list(holder.values(field.path))
    made = fresh(kind, action.text, meaning, records)
    if not action.text:
        rows.append(Statement(field.path, f"<{made.thing}>"))
    else:
        at = next(at for at, it in enumerate(rows) if _says(it, action.text, field, meaning))
        rows[at] = replace(rows[at], value=f"<{made.thing}>")
    changed = _having(record, part, field.path, tuple(rows))
    return Done((*_with(records, number, changed), made), str(len(records)))


def _says(statement: Statement, text: str, field: Field, meaning: Meaning) -> bool:
    """Whether that text was typed for this value."""
    same = meaning.text(statement.value, field) == text
    return same or statement.value == meaning.value(text, field)


def _source(action: Action, records: Records, meaning: Meaning) -> Done:
    """What was typed as a source becomes a new one."""
    raw = action.kind
    if "://" in raw:
        made = replace(fresh("source", "", meaning, records), thing=raw)
    else:
        made = fresh("source", raw, meaning, records)
    return Done((*records, made), str(len(records)))


def _part(action: Action, records: Records, meaning: Meaning) -> Done:
    """One more participation."""
    number, _ = placed(action.about)
    record = records[number]

    made = Part(kinds.PARTICIPATION, unnamed(id := drafts.new_id()), (), id)
    changed = replace(record, parts=(*record.parts, made))
    return Done(_with(records, number, changed), f"{number}-{len(record.parts)}")


def _part_gone(action: Action, records: Records, meaning: Meaning) -> Done:
    number, part = placed(action.about)
    record = records[number]
    parts = tuple(it for at, it in enumerate(record.parts) if at != part)
    return Done(_with(records, number, replace(record, parts=parts)), f"{number}.delen")


def _along(action: Action, records: Records, meaning: Meaning) -> Done:
    """Something new of a kind that is entered, about the thing of the draft."""
    made = fresh(action.about, "", meaning, records)
    path = _BACK.get(action.about)
    if path is not None:
        made = replace(made, statements=(Statement(path, f"<{records[0].thing}>"),))
    return Done((*records, made), str(len(records)))


def _thing_gone(action: Action, records: Records, meaning: Meaning) -> Done:
    """A thing that was made along goes."""
    number, _ = placed(action.about)
    left = tuple(it for at, it in enumerate(records) if at != number or not number)
    return Done(left)


def fresh(kind: str, title: str, meaning: Meaning, records: Sequence[Record]) -> Record:
    """A new thing that is called so, if it is called anything; its address follows later.

    Raises:
        ValueError: nothing of that kind is entered as a thing of its own.
    """
    if kind not in kinds.KINDS:
        raise ValueError(f"{kind} is no kind that is entered")
    title = " ".join(title.split())
    slug = unnamed(id := drafts.new_id())
    thing = f"{meaning.taken.base}id/{kind}/{slug}" if kind != "source" else f"urn:wijk:{id}"
    said: tuple[Statement, ...] = ()
    if title:
        field = next(it for it in meaning.fields(kind) if it.path == _TITLE[kind])
        said = (Statement(field.path, meaning.value(title, field)),)
    return Record(kind, slug, thing, said, id=id)


def _having(record: Record, part: int | None, path: str, rows: tuple[Statement, ...]) -> Record:
    if part is None:
        return record.having(path, rows)
    kept = tuple(it for it in record.parts[part].statements if it.path != path)
    changed = replace(record.parts[part], statements=kept + rows)
    return replace(record, parts=(*record.parts[:part], changed, *record.parts[part + 1 :]))


def _with(records: Records, number: int, changed: Record) -> Records:
    return (*records[:number], changed, *records[number + 1 :])


_ACTS: Mapping[str, Callable[[Action, Records, Meaning], Done]] = {
    NEW: _new,
    "bron": _source,
    PART: _part,
    PART_GONE: _part_gone,
    ALONG: _along,
    THING_GONE: _thing_gone,
}
