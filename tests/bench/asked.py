"""The queries of the benchmark: the product's own questions, and queries like those of its pages.

All are bound as text, so that every engine gets the same; each is asked about ever other things.
"""

import itertools
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from documents import BASE
from generate import FIRST_MUNICIPALITY, ROOT, Size, slug
from wijk import questions
from wijk.questions import Question

QUERIES = Path(__file__).parent / "queries"
GRAPHS = "application/n-triples, text/plain;q=0.5"
ROWS = "application/sparql-results+json"
_ANCHOR = re.compile(r"<urn:bench:([a-z]+)>")
_WHERE = r"WHERE \{\n"
_BRANCH = re.compile(r"^(?P<indent> +)\{\n(?P<body>.*?)(?<=\n)(?P=indent)\}\n", re.M | re.S)
_COMMENTS = re.compile(r"^#.*\n", re.MULTILINE)


@dataclass(frozen=True)
class Asked:
    """One query with the names of things still to be filled in."""

    name: str
    group: str
    text: str

    @property
    def accept(self) -> str:
        """The media type to ask for: what all servers have."""
        return GRAPHS if re.search(r"^(?:CONSTRUCT|DESCRIBE)", self.text, re.MULTILINE) else ROWS

    def about(self, things: Mapping[str, str], mark: str = "") -> str:
        """The query about these things; a mark makes it another text with the same answer."""
        filled = _ANCHOR.sub(lambda found: f"<{things[found[1]]}>", self.text)
        return f"{filled}# {mark}\n" if mark else filled


def queries() -> list[Asked]:
    """Anchored ones and scans from the files here, and all questions of the product."""
    found = [
        Asked(path.stem, path.parent.name, _COMMENTS.sub("", path.read_text()).strip() + "\n")
        for group in ("anchored", "scans")
        for path in sorted((QUERIES / group).glob("*.rq"))
    ]
    prepared = questions.load(ROOT / "queries" / "questions").values()
    return found + [_prepared(question) for question in prepared]


def _prepared(question: Question) -> Asked:
    """A question with its required parameters, or else its first, as VALUES in its pattern.

    They stand in each branch of a UNION too, as whoever writes the query by hand would say in
    each of them what it is about.
    """
    wanted = [param for param in question.params if param.required] or question.params[:1]
    text = _COMMENTS.sub("", question.text).strip()
    for param in wanted:
        row = f"VALUES ?{param.name} {{ {_value(param.name, param.kind, param.example)} }}"
        text = _BRANCH.sub(partial(_begun, name=param.name, row=row), text)
        text = re.sub(_WHERE, rf"WHERE {{\n  {row}\n", text, count=1)
    return Asked(question.name, "questions", text + "\n")


def _begun(found: re.Match[str], name: str, row: str) -> str:
    """A branch that begins with this row, when it is about that variable and can be."""
    body = found["body"]
    about = re.search(rf"\?{name}\b", body) and not re.search(rf"AS \?{name}\b", body)
    if not about or body.lstrip().startswith("SELECT"):
        return found[0]
    return f"{found['indent']}{{\n{found['indent']}  {row}\n{body}{found['indent']}}}\n"


def _value(name: str, kind: str, example: str) -> str:
    if kind == "code":
        return '"PV20"' if example.startswith("PV") else f'"GM{FIRST_MUNICIPALITY}"'
    if kind in ("text", "year"):
        return f'"{example}"'
    if name in ("case", "bundle", "actor", "initiative", "place", "source", "thing", "project"):
        return f"<urn:bench:{name}>"
    return f"<{BASE}id/{kind}/{example}>"


def things(cases: int) -> Iterator[dict[str, str]]:
    """Things to ask about, without end, the same every time."""
    size = Size(cases)
    chance = random.Random(1)
    themes = ("groen", "ontmoeting", "sport", "zorg", "cultuur", "armoede")
    for number in itertools.count():
        case = chance.randrange(cases)
        yield {
            "case": f"{BASE}id/case/{slug('casus', case)}",
            "thing": f"{BASE}id/case/{slug('casus', case)}",
            "actor": f"{BASE}id/actor/{slug('betrokkene', chance.randrange(size.actors))}",
            "bundle": f"{BASE}id/bundle/{slug('bundel', chance.randrange(size.bundles))}",
            "initiative": f"{BASE}id/initiative/{slug('initiatief', case - case % 2)}",
            "place": f"{BASE}id/place/{slug('plaats', chance.randrange(size.places))}",
            "municipality": f"{BASE}id/area/gm{FIRST_MUNICIPALITY + case % size.municipalities}",
            "project": f"{BASE}id/project/wij-in-de-wijk",
            "source": f"https://example.org/bron/{chance.randrange(size.sources)}",
            "theme": f"{BASE}id/theme/{themes[number % len(themes)]}",
        }


def mix(cases: int, mark: str, count: int, repeated: bool) -> list[tuple[str, str]]:
    """Anchored queries with their media types: none twice, or every other one asked before."""
    anchored = [query for query in queries() if query.group == "anchored"]
    chance = random.Random(2)
    made: list[tuple[str, str]] = []
    for number, about in zip(range(count), things(cases), strict=False):
        if repeated and number % 2 and len(made) > 64:
            # Not the very last ones: those may still be under way.
            made.append(made[-chance.randrange(40, 64)])
        else:
            query = anchored[number % len(anchored)]
            made.append((query.about(about, f"{mark}-{number}"), query.accept))
    return made
