"""What is wrong with a draft, by the name of the input where it stands."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from wijk.checking.findings import Finding
from wijk.checking.messages import level, sentence
from wijk.editing.desk.drafts import Draft
from wijk.editing.fields import Field
from wijk.editing.records import Evidence, Record, Statement, path_of
from wijk.web.redactie.form import wording
from wijk.web.redactie.form.inputs import of_record
from wijk.web.redactie.form.meaning import SOURCE, Meaning
from wijk.web.redactie.form.showing import Fault

UNTITLED = "Dit heeft nog geen naam. Zonder naam is er geen adres voor."
NO_ADDRESS = "Vul het webadres van deze bron in, met https:// ervoor."


class Faults:
    """Gathers them, each once at its input."""

    def __init__(self, draft: Draft, meaning: Meaning) -> None:
        self._draft = draft
        self._meaning = meaning
        self._found: dict[str, list[Fault]] = {}
        self._sources: set[str] = set()
        self._unproven: set[str] = set()

    def found(self, findings: Iterable[Finding] = ()) -> Mapping[str, Sequence[Fault]]:
        """What was not understood, and then what the check found."""
        if self._draft.usual is not None:
            self._source("vast.b0", self._draft.usual)
        for number, record in enumerate(self._draft.records):
            self._of_record(of_record(number), record)
            for at, part in enumerate(record.parts):
                self._misread(of_record(number, at), part.kind, part.statements)
        # What is typed there and not understood is not missing too.
        typed = {name.rpartition(".")[0] for name in self._found}
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
                text = wording.misread(found, field)
                self._add(Fault(name, text, nearest=found.nearest, field=field.name["nl"]))
            for at, proof in enumerate(each for each in it.evidence if not each.whole):
                if self._source(f"{name}.b{at}", proof):
                    self._unproven |= {name, name.rpartition(".")[0]}

    def _source(self, name: str, proof: Evidence) -> bool:
        """Whether its source is not known; that is told where it stands first."""
        found = self._meaning.source_misread(proof.source)
        if found is not None and proof.source not in self._sources:
            self._sources.add(proof.source)
            text = wording.misread(found, self._meaning.proof[SOURCE])
            self._add(Fault(f"{name}.bron", text, nearest=found.nearest, field="bron"))
        return found is not None

    def _fault(self, finding: Finding) -> Fault:
        at, field = self._where(finding)
        name = field.name["nl"] if field is not None else ""
        return Fault(at, sentence(finding, "nl"), level(finding, "nl"), field=name)

    def _where(self, finding: Finding) -> tuple[str, Field | None]:
        """The name of the input that a finding is about, or of its thing."""
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
