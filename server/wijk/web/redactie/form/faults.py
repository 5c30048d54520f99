"""What is wrong with a draft, by the name of the input where it stands."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from wijk.checking.findings import Finding
from wijk.checking.messages import level, sentence
from wijk.editing.desk import drafts
from wijk.editing.desk.drafts import Draft
from wijk.editing.fields import Field
from wijk.editing.meaning import SOURCE, Meaning
from wijk.editing.records import Evidence, Record, Statement, path_of
from wijk.web.redactie.form import wording
from wijk.web.redactie.form.inputs import of_record
from wijk.web.redactie.form.showing import Fault

UNTITLED = "Dit heeft nog geen naam. Zonder naam is er geen adres voor."
NO_ADDRESS = "Vul het webadres van deze bron in, met https:// ervoor."


class Faults:
    """Gathers them, each once at its input."""

    def __init__(self, draft: Draft, meaning: Meaning) -> None:
        self._draft = draft
        self._meaning = meaning
        self._found: dict[str, list[Fault]] = {}
        self._usual = draft.usual
        self._unproven: set[str] = set()
        self._filled: set[str] = set()

    def found(self, findings: Iterable[Finding] = ()) -> Mapping[str, Sequence[Fault]]:
        """What was not understood, and then what the check found."""
        if self._usual is not None:
            self._source("vast.b0", self._usual)
        for number, record in enumerate(self._draft.records):
            self._of_record(of_record(number), record)
            for at, part in enumerate(record.parts):
                self._misread(of_record(number, at), part.kind, part.statements)
        # What is typed there and not understood is not missing too.
        typed = {name.rpartition(".")[0] for name in (*self._found, *self._filled)}
        for each in findings:
            fault = self._fault(each)
            if self._follows(each.rule, fault.at, typed):
                continue
            if not each.missing or fault.at not in typed:
                self._add(fault)
        return self._found

    def _follows(self, rule: str, at: str, typed: Collection[str]) -> bool:
        """Whether this is so only because a source or an initiative is not known yet."""
        if rule == "evidence-missing":
            return at in self._unproven
        return rule == "state-and-initiative" and f"{at.partition('.')[0]}.initiatief" in typed

    def _of_record(self, prefix: str, record: Record) -> None:
        if record.kind == "source" and not self._meaning.is_address(record.thing):
            self._add(Fault(f"{prefix}.webadres", NO_ADDRESS, field="webadres"))
        self._misread(prefix, record.kind, record.statements)

    def _misread(self, prefix: str, kind: str, said: Iterable[Statement]) -> None:
        for name, field, it in _rows(prefix, self._meaning.fields(kind), said):
            if (found := self._meaning.misread(it.value, field)) is not None and found.value:
                if field.path == SOURCE and self._usual_filled(found.value):
                    self._filled.add(name)
                else:
                    text = wording.misread(found, field)
                    self._add(Fault(name, text, nearest=found.nearest, field=field.name["nl"]))
            self._proofs(name, it.evidence)

    def _proofs(self, name: str, evidence: Iterable[Evidence]) -> None:
        """The sources below a value, and those for all values of its field."""
        box, own = name.rpartition(".")[0], [it for it in evidence if not it.whole]
        for above, proofs in ((name, own), (f"{box}.alle", [it for it in evidence if it.whole])):
            for at, proof in enumerate(proofs):
                if self._meaning.source_misread(proof.source) is None:
                    continue
                self._unproven |= {name, box}
                if not (self._usual and self._usual.content == proof.content):
                    self._source(f"{above}.b{at}", proof)

    def _usual_filled(self, typed: str) -> bool:
        """Whether this is the usual source, which is told where that stands."""
        return self._usual is not None and drafts.source_as_typed(self._usual.source) == typed

    def _source(self, name: str, proof: Evidence) -> None:
        """Tell it at a source when that is not known."""
        found = self._meaning.source_misread(proof.source)
        if found is not None:
            text = wording.misread(found, self._meaning.proof[SOURCE])
            self._add(Fault(f"{name}.bron", text, nearest=found.nearest, field="bron"))

    def _fault(self, finding: Finding) -> Fault:
        at, field = self._where(finding)
        name = field.name["nl"] if field is not None else ""
        return Fault(at, sentence(finding, "nl"), level(finding, "nl"), field=name)

    def _where(self, finding: Finding) -> tuple[str, Field | None]:
        """The name of the input that a finding is about, or of its thing."""
        finding = finding.turned({str(path_of(it)) for it in self._draft.records})
        for number, record in enumerate(self._draft.records):
            if finding.file and finding.file != str(path_of(record)):
                continue
            fragment = finding.thing.strip("<>").partition("#")[2]
            prefix, kind, said = of_record(number), record.kind, record.statements
            for at, part in enumerate(record.parts):
                if part.name == fragment:
                    prefix, kind, said = of_record(number, at), part.kind, part.statements
            path = finding.property or _proven(record, fragment)
            fields = [it for it in self._meaning.fields(kind) if it.path == path]
            for name, field, it in _rows(prefix, fields, said):
                if it.value == finding.value and not (field.many and field.value == "choice"):
                    return name, field
            return (f"{prefix}.{fields[0].key}", fields[0]) if fields else (prefix, None)
        return "0", None

    def _add(self, fault: Fault) -> None:
        there = self._found.setdefault(fault.at, [])
        if fault.text not in {it.text for it in there}:
            there.append(fault)


def _proven(record: Record, fragment: str) -> str:
    """The property of the statement that has this evidence."""
    found = (it.path for it in record.statements for e in it.evidence if e.name == fragment)
    return next(found, "") if fragment else ""


def _rows(
    prefix: str, fields: Iterable[Field], said: Iterable[Statement]
) -> Iterator[tuple[str, Field, Statement]]:
    """Each value with its field and the name of its input."""
    by_path: dict[str, list[Statement]] = {}
    for it in said:
        by_path.setdefault(it.path, []).append(it)
    for field in fields:
        for at, it in enumerate(by_path.get(field.path, [])):
            yield f"{prefix}.{field.key}.{at}", field, it


def summed(found: Iterable[Fault]) -> list[Fault]:
    """What is told above a form: a source that is not known once, with at how many places."""
    alike: dict[tuple[str, str], list[Fault]] = {}
    for it in found:
        alike.setdefault(("" if it.at.endswith(".bron") else it.at, it.text), []).append(it)
    return [_several(each) for each in alike.values()]


def _several(alike: Sequence[Fault]) -> Fault:
    first = alike[0]
    more = f" Dit staat op {len(alike)} plekken." if len(alike) > 1 else ""
    return replace(first, text=first.text + more)
