"""Prepared questions and the queries of pages: what is wrong with their files."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from wijk import questions
from wijk.checking.findings import Finding
from wijk.errors import EngineError, QueryRefused, QuestionFileError

Understand = Callable[[str], object]
"""See that a text is a query; an EngineError says that it is not, and why."""
_FOLDERS = ("questions", "geosparql", "pages", "steps")
_MESSAGE = {
    "nl": "Deze vraag is niet te gebruiken: {reason}. Verbeter het bestand of haal het weg.",
    "en": "This question cannot be used: {reason}. Correct the file, or remove it.",
}
# What is said of a file, and that in Dutch.
_DUTCH = (
    (r"it is not a file but a pipe.*", "dit is geen bestand maar een pijp"),
    (r"it cannot be read: .*codec.*", "dit is geen tekst in UTF-8"),
    (r"it cannot be read: .*", "het bestand is niet te lezen"),
    (r"its header is not YAML: .*", "de kop (de regels met #+) is geen YAML"),
    (r"its header has no summary; .*", "de kop heeft geen samenvatting (#+ summary: …)"),
    (r"params in its header must be a list", "params in de kop is geen lijst"),
    (r"a parameter needs a name; .*: (.*)", r"een parameter heeft een naam nodig; er staat: \1"),
    (r"a parameter has no (.*)", r"een parameter heeft geen \1"),
)


def findings(root: Path, understand: Understand) -> Iterator[Finding]:
    """A finding for each file in queries/ that cannot be used, with the line where that shows."""
    for folder in _FOLDERS:
        for path in sorted((root / "queries" / folder).glob("*.rq")):
            file = path.relative_to(root).as_posix()
            try:
                understand(questions.read(path).text)
            except QuestionFileError as error:
                yield _finding(file, error.line, _in_dutch(error.problem), error.problem)
            except EngineError as error:
                line = error.line if isinstance(error, QueryRefused) else None
                reason = str(error).rstrip(".")
                yield _finding(file, line, f"de lezer zegt “{reason}”", reason)


def _in_dutch(problem: str) -> str:
    for pattern, dutch in _DUTCH:
        if found := re.fullmatch(pattern, problem, re.DOTALL):
            return found.expand(dutch)
    return f"de lezer zegt “{problem}”"


def _finding(file: str, line: int | None, dutch: str, english: str) -> Finding:
    reasons = {"nl": dutch, "en": english}
    message = {lang: text.replace("{reason}", reasons[lang]) for lang, text in _MESSAGE.items()}
    return Finding("question-file", "violation", message, file, line or 1)
