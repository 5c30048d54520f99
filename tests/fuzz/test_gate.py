"""The gate and the engine read the same text: what was let through fetches nothing."""

import json
import select
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import strategies as st
from wijk.engine import gate
from wijk.errors import QueryRefused, QueryTextTooLarge

from .grammar import queries
from .mutations import spoilt
from .searching import search
from .watching import untouched

pytestmark = pytest.mark.fuzz

SECONDS = 1.0
BEFORE = st.sampled_from(
    [
        *("FILTER(?s<?p)", "FILTER(?s<?p#>\n)", "FILTER('\\''!=?o)", 'FILTER("""a"b""">?o)'),
        *("FILTER(?s<?o&&'>'!=?o)", "FILTER(1<2#>'''\n)", "?s ?p 'a#b' .", "?s <a#'b> ?z .", "."),
        *(
            "?s ?p a:b\\'c .",
            "?s ?p a:%27 .",
            "# ' \n",
            '# """ \r',
            "BIND(<a'''b> AS ?q)",
            "#\x0b\n",
        ),
        *(
            "?s ?p '''a''b''' .",
            "?s ?p ?o.",
            "?s ?p 'x'@en .",
            "?s ?p _:b.",
            "?s ?p 1.",
            "# \x85\n",
        ),
        *(
            "VALUES ?v { '\\\\' }",
            'VALUES ?v { "\\"" }',
            "?s a:#\n ?o .",
            "?s ?p '\\u0027' .",
            "\f",
        ),
        *(
            "?s ?p <urn:\\u003E> .",
            "FILTER(?s<?p)#>\n",
            "FILTER(?s<?p||'#'>?o)",
            "# \u2028",
            "\u00a0",
        ),
        *(
            "?s ?p 'a'^^<b#c> .",
            "?s ?p a:\\#b .",
            "{} #'\n",
            "FILTER(-1<-2)",
            "?s ?p ?é·.",
            "?s ?p a:.",
        ),
        *(
            "OPTIONAL {} MINUS { ?x ?y 'z' }",
            "<<?s ?p ?o>> ?x ?y .",
            "?s ?p 'a'@en--ltr .",
            "\r# '",
        ),
    ]
)
WORDS = st.sampled_from(
    [
        *("SERVICE", "service", "SeRvIcE", "SERVICE SILENT", "SERVICE#'\n", "SERVICE\rSILENT"),
        *(
            "SERVIC\\u0045",
            "\\u0053ERVICE",
            "SERVICE\\u0020",
            "?sSERVICE",
            "1SERVICE",
            "trueSERVICE",
        ),
        *(
            "a:SERVICE",
            ":SERVICE",
            "@SERVICE",
            "<x>SERVICE",
            "'x'SERVICE",
            "SERVICE\ufeff",
            "SERVICEa:",
        ),
    ]
)


class Bare:
    """The engine in a process of its own, begun again when it hangs or dies."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        command = [sys.executable, str(Path(__file__).with_name("bare.py"))]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen(command, text=True, encoding="utf-8", **pipes)

    def ask(self, text: str) -> str:
        """What the engine says; nothing when it takes too long, or dies of it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(text) + "\n")
        self._process.stdin.flush()
        ready, _, _ = select.select([self._process.stdout], [], [], SECONDS)
        said = self._process.stdout.readline() if ready else ""
        if not said:
            self.end()
            self._begin()
        return said.strip()

    def end(self) -> None:
        """Stop it."""
        self._process.kill()
        self._process.communicate()


@pytest.fixture(scope="module")
def bare() -> Iterator[Bare]:
    """The engine, without the server and its fences."""
    engine = Bare()
    yield engine
    engine.end()


@pytest.fixture
def elsewhere(trap: socket.socket) -> str:
    """The address of the trap."""
    return f"http://127.0.0.1:{trap.getsockname()[1]}/"


@st.composite
def hidden(draw: st.DrawFn, elsewhere: str) -> str:
    """A query with a SERVICE behind what makes it hard to see."""
    before = " ".join(draw(st.lists(BEFORE, max_size=4)))
    service = (
        f"{draw(WORDS)}{draw(st.sampled_from((' ', '', chr(10))))}<{elsewhere}> {{ ?a ?b ?c }}"
    )
    start = f"PREFIX a: <{elsewhere}> PREFIX : <urn:x> PREFIX SERVICEa: <{elsewhere}> "
    whole = f"{draw(st.sampled_from(('ASK', 'SELECT *', 'SELECT*')))} {{ ?s ?p ?o . {before} "
    whole += service if draw(st.booleans()) else f"FILTER EXISTS {{ {service} }}"
    return start + whole + " " + draw(BEFORE) + " }"


def passes(text: str) -> bool:
    """Does the gate let it through?"""
    try:
        gate.examine(text)
    except (QueryRefused, QueryTextTooLarge):
        return False
    return True


def test_the_trap_catches_who_fetches(bare: Bare, trap: socket.socket, elsewhere: str) -> None:
    assert not bare.ask(f"ASK {{ SERVICE <{elsewhere}> {{ ?s ?p ?o }} }}")
    with pytest.raises(AssertionError, match="POST"):
        untouched(trap)


@pytest.mark.parametrize("kind", ["hidden", "hidden and spoilt", "spoilt"])
def test_what_is_let_through_fetches_nothing(
    bare: Bare, trap: socket.socket, elsewhere: str, seconds: float, kind: str
) -> None:
    made = {
        "hidden": hidden(elsewhere),
        "hidden and spoilt": spoilt(hidden(elsewhere)),
        "spoilt": spoilt(queries(elsewhere, fetches=True)),
    }

    def holds(text: str) -> None:
        if passes(text):
            bare.ask(text)
            untouched(trap)

    search(made[kind], holds, seconds)


def test_a_text_is_read_as_one_that_has_its_escapes_undone(elsewhere: str, seconds: float) -> None:
    def holds(text: str) -> None:
        if "\\u" not in text and not passes(text):
            escaped = text.replace("E", "\\u0045").replace("e", "\\U00000065")
            assert not passes(escaped)

    search(hidden(elsewhere), holds, seconds)


def test_words_in_strings_and_comments_are_let_through(elsewhere: str, seconds: float) -> None:
    def holds(text: str) -> None:
        try:
            gate.examine(text)
        except QueryTextTooLarge:
            return

    search(queries(elsewhere), holds, seconds)
