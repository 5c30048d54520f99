"""What is wrong with a draft, by the name of the input where it stands."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from wijk.checking.findings import Finding
from wijk.checking.messages import level, sentence
from wijk.editing.desk import drafts
from wijk.editing.desk.drafts import Draft
from wijk.editing.fields import Field
from wijk.editing.handing import based
from wijk.editing.meaning import SOURCE, Meaning
from wijk.editing.records import Evidence, Record, Statement, path_of
from wijk.web.redactie.form import wording
from wijk.web.redactie.form.inputs import PROOF_OF, of_record
from wijk.web.redactie.form.showing import Fault

Files = Mapping[PurePosixPath, bytes | None]
UNTITLED = "Dit heeft nog geen naam. Zonder naam is er geen adres voor."
_SURE = ("candidate-in-graph", "disputed-alone", "evidence-mixed", "evidence-object")
"""The rules about how sure evidence is."""
NO_ADDRESS = "Vul het webadres van deze bron in, met https:// ervoor."


class Faults:
    """Gathers them, each once at its input."""

    def __init__(self, draft: Draft, meaning: Meaning, made: Files) -> None:
        """Of a draft, and of the files that it would be written as."""
        self._draft = draft
        self._meaning = meaning
        self._made = made
        self._written: dict[PurePosixPath, Record] = {}
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
            if (found := self._meaning.misread(it.value, field)) is not None:
                self._filled.add(name)
                if field.path != SOURCE or not self._usual_filled(found.value):
                    # What is ticked has no input of its own for what is not there.
                    at = name.rpartition(".")[0] if field.value == "choice" and field.many else name
                    text = wording.misread(found, field)
                    self._add(Fault(at, text, nearest=found.nearest, field=field.name["nl"]))
            self._proofs(name, it.evidence)

    def _proofs(self, name: str, evidence: Iterable[Evidence]) -> None:
        """The sources below a value, and those for all values of its field."""
        for at, proof in _proofs(name, evidence):
            if self._meaning.source_misread(proof.source) is None:
                continue
            self._unproven |= {name, name.rpartition(".")[0]}
            if not self._is_usual(proof):
                self._source(at, proof)

    def _is_usual(self, proof: Evidence) -> bool:
        """Whether evidence is the usual, where it is told then."""
        return self._usual is not None and self._usual.content == proof.content

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
        return Fault(at, sentence(finding, "nl"), level(finding, "nl"), field=field)

    def _where(self, finding: Finding) -> tuple[str, str]:
        """The name of the input that a finding is about, or of its thing; and of the field."""
        finding = finding.turned({str(path_of(it)) for it in self._draft.records})
        for number, record in enumerate(self._draft.records):
            if finding.file and finding.file != str(path_of(record)):
                continue
            fragment = finding.thing.strip("<>").partition("#")[2]
            prefix, kind, said = of_record(number), record.kind, record.statements
            if (found := self._proven(prefix, record, finding, fragment)) is not None:
                return found
            for at, part in enumerate(record.parts):
                if part.name == fragment:
                    prefix, kind, said = of_record(number, at), part.kind, part.statements
            fields = [it for it in self._meaning.fields(kind) if it.path == finding.property]
            for name, field, it in _rows(prefix, fields, said):
                if it.value == finding.value and not (field.many and field.value == "choice"):
                    return name, field.name["nl"]
            return next(((f"{prefix}.{it.key}", it.name["nl"]) for it in fields), (prefix, ""))
        return "0", ""

    def _proven(
        self, prefix: str, record: Record, finding: Finding, fragment: str
    ) -> tuple[str, str] | None:
        """The input of the evidence of that name, or of what that is for, and of the field."""
        proven = _with_evidence(self._as_written(record), fragment)
        if proven is None:
            return None
        said, proof = proven
        usual = "bron" if not finding.property else ""
        part = "zekerheid" if finding.rule in _SURE else PROOF_OF.get(finding.property, usual)
        if part and self._is_usual(proof):
            return f"vast.b0.{part}", f"vaste bron, {part}"
        for name, field, it in _rows(prefix, self._meaning.fields(record.kind), record.statements):
            if (it.path, it.value) == (said.path, said.value):
                here = (
                    at for at, each in _proofs(name, it.evidence) if each.content == proof.content
                )
                if part and (at := next(here, "")):
                    return f"{at}.{part}", f"{field.name['nl']}, {part}"
                return name, field.name["nl"]
        return None

    def _as_written(self, record: Record) -> Record:
        """A record as it comes back from its file: there all evidence has a name."""
        path = path_of(record)
        text = self._made.get(path)
        if path not in self._written:
            taken = self._meaning.taken
            self._written[path] = based(text.decode(), record, taken) if text else record
        return self._written[path]

    def _add(self, fault: Fault) -> None:
        there = self._found.setdefault(fault.at, [])
        if fault.text not in {it.text for it in there}:
            there.append(fault)


def _with_evidence(record: Record, fragment: str) -> tuple[Statement, Evidence] | None:
    """The evidence of that name, and the first statement that rests on it."""
    found = ((it, e) for it in record.statements for e in it.evidence if e.name == fragment)
    return next(found, None) if fragment else None


def _proofs(name: str, evidence: Iterable[Evidence]) -> Iterator[tuple[str, Evidence]]:
    """The evidence of a value, with the name of its inputs: its own, and that for all values."""
    box, told = name.rpartition(".")[0], list(evidence)
    for above, whole in ((name, False), (f"{box}.alle", True)):
        for at, each in enumerate(it for it in told if it.whole == whole):
            yield f"{above}.b{at}", each


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
