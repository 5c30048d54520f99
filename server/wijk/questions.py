"""Prepared questions: SPARQL files with a header that says what they ask."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import process
from rdflib import XSD, Literal, URIRef

from wijk import days, resources, turtle
from wijk.errors import BadValue, MissingParam, QuestionFileError, UnknownParam, UnknownQuestion
from wijk.snapshot import Snapshot, is_there

Bindings = Mapping[str, str]
# The safe loader of libyaml where it came along: ten times as fast, and a check reads 50 headers.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TYPED = {
    "code": (
        r"GM\d{4}|PV\d{2}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4}",
        "an area code: GM and four digits (GM0796), PV and two, WK and six, BU and eight",
    ),
    "year": (r"\d{4}", "a year of four digits"),
    "date": (r"\d{4}-\d{2}-\d{2}", "a day, such as 2022-03-24"),
    "text": (r"(?s).*\S.*", "some text"),
}
_LOOKED = 9
_DATATYPES = {"year": XSD.gYear, "date": XSD.date}


@dataclass(frozen=True)
class Param:
    """One variable that is filled in: its name, its kind, and how it is shown.

    `choices` is what a list of its values has, of a kind that is a text: the rest of the name of
    a query `choose-…` of the pages.
    """

    name: str
    kind: str
    required: bool = False
    example: str = ""
    label: str = ""
    choices: str = ""

    def parse(self, value: str, snapshot: Snapshot) -> str:
        """The value as an N-Triples term.

        Raises:
            BadValue: it is not of this kind; the message names the nearest that are.
        """
        if self.kind in _TYPED:
            return self._literal(value)
        iri = self._iri(value.strip(), snapshot)
        if iri.startswith(f"{snapshot.base}id/"):
            self._there(iri, value, snapshot)
        return turtle.term(URIRef(iri))

    def _there(self, iri: str, value: str, snapshot: Snapshot) -> None:
        kind, _, slug = iri.removeprefix(f"{snapshot.base}id/").partition("/")
        start = f"{snapshot.base}doc/{kind}/"
        if is_there(start + slug, snapshot):
            return
        found = process.extract(slug, snapshot.slugs(kind), limit=_LOOKED, score_cutoff=50)
        nearest = [name for name, *_ in found if is_there(start + name, snapshot)][:3]
        gone = ", and not one that was withdrawn" if snapshot.has(kind, slug) else ""
        wanted = f"a {self.kind}, by its short name or IRI{gone}"
        raise BadValue(self.name, value, wanted, nearest)

    def document(self, value: str, snapshot: Snapshot) -> str:
        """The IRI of the document of what a value names, there or not; empty when it names none."""
        start = f"{snapshot.base}id/"
        try:
            iri = "" if self.kind in _TYPED else self._iri(value.strip(), snapshot)
        except BadValue:
            return ""
        thing = iri.partition("#")[0].removeprefix(start)
        return f"{snapshot.base}doc/{thing}" if iri.startswith(start) else ""

    def _iri(self, value: str, snapshot: Snapshot) -> str:
        """The full IRI of a short name; any IRI when the kind is that."""
        start = f"{snapshot.base}id/"
        if self.kind != "iri":
            own = f"{start}{self.kind}/"
            return own + value.removeprefix(own)
        iri = value if ":" in value else start + value
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+", iri):
            raise BadValue(self.name, value, "an IRI, or a kind and a short name: case/x")
        return iri

    def _literal(self, value: str) -> str:
        pattern, wanted = _TYPED[self.kind]
        text = value.strip().upper() if self.kind == "code" else value.strip()
        if not re.fullmatch(pattern, text) or (self.kind == "date" and not days.is_one(text)):
            raise BadValue(self.name, value, wanted)
        return turtle.term(Literal(text, datatype=_DATATYPES.get(self.kind)))


@dataclass(frozen=True)
class Question:
    """One `.rq` file: its text, and what its `#+` header says.

    `english` is the summary in English, where it has one; `subject` is the heading in a list.
    """

    name: str
    path: Path
    summary: str
    question: str
    params: tuple[Param, ...]
    text: str
    english: str = ""
    subject: str = ""

    def bind(self, given: Mapping[str, str], snapshot: Snapshot) -> dict[str, str]:
        """Turn request values into RDF terms, in N-Triples; an empty value is none.

        Raises:
            UnknownParam: a name that the header does not list.
            MissingParam: a required value is not given.
            BadValue: a value that is not of the parameter's kind; the message says what is.
        """
        names = [param.name for param in self.params]
        unknown = given.keys() - set(names)
        if unknown:
            raise UnknownParam(self.name, sorted(unknown), names)
        values = {name: value for name, value in given.items() if value.strip()}
        missing = [param for param in self.params if param.required and param.name not in values]
        if missing:
            example = " ".join(
                f"{param.name}={param.example}" for param in missing if param.example
            )
            raise MissingParam(self.name, [param.name for param in missing], example)
        return {
            param.name: param.parse(values[param.name], snapshot)
            for param in self.params
            if param.name in values
        }


def load(folder: Path) -> dict[str, Question]:
    """All questions in a folder, by name.

    Raises:
        GraphFolderError: the folder cannot be read.
        QuestionFileError: a header that cannot be read.
    """
    listed = resources.files(folder, ".rq") if folder.exists() else []
    found = [path for path in listed if path.parent == folder]
    return {path.stem: read(path) for path in found}


def choose(questions: Mapping[str, Question], name: str) -> Question:
    """The question of that name.

    Raises:
        UnknownQuestion: there is none; the message names the nearest.
    """
    if name not in questions:
        nearest = process.extract(name, list(questions), limit=3, score_cutoff=50)
        raise UnknownQuestion(name, [found for found, *_ in nearest])
    return questions[name]


def header(path: Path) -> tuple[dict[str, Any], str]:
    """What the `#+` lines of an .rq file say, and the whole text.

    Raises:
        QuestionFileError: the file or its header cannot be read, or has no summary.
    """
    if path.is_fifo():
        raise QuestionFileError(path, "it is not a file but a pipe; take it away")
    try:
        text = path.read_text(encoding="utf-8")
        said = _said(text)
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(path, f"it cannot be read: {error}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        lines = [at for at, _ in _header_lines(text)]
        line = lines[min(mark.line, len(lines) - 1)] if mark is not None and lines else None
        problem = getattr(error, "problem", None) or error
        raise QuestionFileError(path, f"its header is not YAML: {problem}", line) from error
    if not isinstance(said, dict) or not said.get("summary"):
        raise QuestionFileError(path, "its header has no summary; begin with '#+ summary: …'")
    return said, text


@lru_cache(maxsize=256)
def _said(text: str) -> object:
    """What the `#+` lines of this text say; not to be changed."""
    lines = (line for _, line in _header_lines(text))
    return yaml.load("\n".join(lines), Loader=_LOADER)


def _header_lines(text: str) -> list[tuple[int, str]]:
    """The lines of the header without their mark, and which lines of the file those are."""
    numbered = enumerate(text.splitlines(), 1)
    return [(at, line[2:].removeprefix(" ")) for at, line in numbered if line.startswith("#+")]


def read(path: Path) -> Question:
    """The question in one file.

    Raises:
        QuestionFileError: a header that cannot be read.
    """
    said, text = header(path)
    listed = said.get("params") or []
    if not isinstance(listed, list):
        raise QuestionFileError(path, "params in its header must be a list")
    params = tuple(_param(path, item) for item in listed)
    question = str(said.get("question", ""))
    return Question(
        path.stem,
        path,
        str(said["summary"]),
        question,
        params,
        text,
        str(said.get("english", "")),
        str(said.get("subject", "")),
    )


def _param(path: Path, item: object) -> Param:
    said = {"name": item} if isinstance(item, str) else item
    if not isinstance(said, dict) or not isinstance(said.get("name"), str):
        raise QuestionFileError(path, f"a parameter needs a name; this stands there: {item}")
    strange = said.keys() - set(Param.__dataclass_fields__)
    if strange:
        raise QuestionFileError(path, f"a parameter has no {', '.join(sorted(map(str, strange)))}")
    name = said["name"]
    return Param(
        name=name,
        kind=str(said.get("kind", name)),
        required=bool(said.get("required", False)),
        example=str(said.get("example", "")),
        label=str(said.get("label", name)),
        choices=str(said.get("choices", "")),
    )
