"""Whatever text is asked, the answer is honest, whole and the same in every format."""

from urllib.parse import quote

import httpx2
import pytest
from hypothesis import strategies as st
from wijk.engine import formats, gate
from wijk.errors import EngineError

from .bodies import rows, sound
from .grammar import queries
from .mutations import spoilt
from .raw import fetched
from .searching import search
from .watching import Watch

pytestmark = [
    pytest.mark.fuzz,
    pytest.mark.filterwarnings("ignore:Generating overly large repr"),
]

KINDS = st.sampled_from([*formats.ROWS, *formats.GRAPHS, "text/html", "*/*"])
DIRECT = {"Content-Type": "application/sparql-query"}


def asked(client: httpx2.Client, text: str, kind: str) -> httpx2.Response:
    """The answer to a direct POST; the text goes out as it is, readable or not."""
    content = text.encode("utf-8", "surrogatepass")
    return client.post("/sparql", content=content, headers={**DIRECT, "Accept": kind})


@pytest.mark.parametrize("kind", ["written", "spoilt", "real and spoilt"])
def test_any_text_gets_an_honest_answer(watch: Watch, seconds: float, kind: str) -> None:
    written = queries(watch.elsewhere, fetches=True)
    made = {"written": written, "spoilt": spoilt(written), "real and spoilt": spoilt()}

    def holds(given: tuple[str, str]) -> None:
        try:
            sound(asked(watch.client, *given))
        except httpx2.ReadError:
            return  # begun in time and not ended in time: the connection breaks
        finally:
            watch.untouched()

    search(st.tuples(made[kind], KINDS), holds, seconds, watch.well)


def test_all_formats_tell_the_same(watch: Watch, seconds: float) -> None:
    def holds(text: str) -> None:
        found = {}
        for kind in (formats.JSON, formats.XML, formats.TSV):
            response = asked(watch.client, text, kind)
            sound(response)
            if response.status_code == 200 and response.headers["content-type"].startswith(kind):
                found[kind] = rows(kind, response.content)
        if _steady(text):
            assert len(set(map(repr, found.values()))) <= 1

    search(queries(watch.elsewhere), holds, seconds, watch.well)


def test_head_says_what_get_says(watch: Watch, seconds: float) -> None:
    def holds(given: tuple[str, str]) -> None:
        text, kind = given
        target = f"/sparql?query={quote(text.encode('utf-8', 'surrogatepass'))}"
        get = fetched(watch.address, "GET", target, {"Accept": kind})
        if get is None:
            return
        sound(get)
        head = fetched(watch.address, "HEAD", target, {"Accept": kind})
        assert head is not None
        assert head.content == b""
        if {get.status_code, head.status_code}.isdisjoint({503, 504}) and _steady(text):
            assert _lasting(get) == _lasting(head)

    made = queries(watch.elsewhere) | spoilt(queries(watch.elsewhere, fetches=True))
    search(st.tuples(made, KINDS), holds, seconds, watch.well)


def _steady(text: str) -> bool:
    """The same question has the same answer."""
    try:
        return gate.examine(text).repeatable
    except EngineError:
        return True


def _lasting(response: httpx2.Response) -> tuple[int, dict[str, str]]:
    of_the_moment = ("date", "transfer-encoding", "connection")
    kept = {name: value for name, value in response.headers.items() if name not in of_the_moment}
    return response.status_code, kept
