"""The reference client of LDES takes over every version, and then only what is new."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from rdflib import RDF, XSD, Dataset, URIRef
from rdflib.namespace import DCTERMS
from wijk import changelog, turtle
from wijk.changelog import ChangeLog, Entry
from wijk.documents import base_of
from wijk.harvesting.ldes.pages import SIZE
from wijk.harvesting.ldes.stream import AS, version
from wijk.publishing import act, redacting

from .made_up import awaited, edit, lone_case, made_up, publish, withdraw
from .network import no_way_out
from .node import ldes
from .server import free_port, serving

pytestmark = pytest.mark.harvest

SHORT = re.compile(r"(?m)> (-?\d+(?:\.\d+)?|true|false) (?=<\S+> \.$|\.$)")


@dataclass
class Replica:
    """A folder that is served, and a client that keeps what it has had in a folder of its own."""

    folder: Path
    url: str
    state: Path

    def taken(self, *options: str) -> Dataset:
        """What the client hands over now, in the order of time."""
        return read(self.said("--save", str(self.state), *options))

    def said(self, *options: str) -> str:
        return ldes(f"{self.url}/ldes", "--ordered", "ascending", *options)

    def goes_on(self, change: Callable[[], object]) -> ChangeLog:
        """Change the folder, and wait until the stream has all of the log."""
        change()
        log = publish(self.folder)
        number = (len(log.entries) - 1) // SIZE + 1
        page = f"{self.url}/ldes/{number}.nq"
        last = version(log.entries[-1])
        awaited(lambda: last in httpx2.get(page, follow_redirects=True).text)
        return log


@pytest.fixture(scope="module")
def replica(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replica]:
    home = tmp_path_factory.mktemp("home")
    folder = made_up(tmp_path_factory.mktemp("ldes") / "graph", 60, home)
    with no_way_out():
        url = f"http://127.0.0.1:{free_port()}"
        port = int(url.rpartition(":")[2])
        with serving(folder, "--home", str(home), port=port, WIJK_PUBLIC_URL=url):
            yield Replica(folder, url, tmp_path_factory.mktemp("state"))


def read(text: str) -> Dataset:
    """What the client wrote; it shortens numbers and truths, which N-Quads does not."""
    found = Dataset()
    found.parse(data=SHORT.sub(in_full, text), format="nquads")
    return found


def in_full(short: re.Match[str]) -> str:
    kind = "integer" if short[1].lstrip("-").isdigit() else "decimal"
    kind = "boolean" if short[1].isalpha() else kind
    return f'> "{short[1]}"^^<{XSD}{kind}> '


def members(found: Dataset) -> list[tuple[str, str]]:
    """Each member that was handed over, with what happened."""
    kinds = {AS.Create, AS.Update, AS.Delete}
    return [
        (str(member), str(kind).rpartition("#")[2])
        for member, _, kind in found.default_graph.triples((None, RDF.type, None))
        if kind in kinds
    ]


def in_order(text: str) -> list[str]:
    """The moments of the members, in the order in which they were handed over."""
    marked = (line for line in text.split("\n") if f"<{DCTERMS.created}>" in line)
    return [line.split('"')[1] for line in marked if line.endswith("#dateTime> .")]


def taken_out(folder: Path, document: str) -> None:
    """Take the older content of a document out of the log, as `wijk redact` does."""
    entries = redacting.chosen(changelog.read(folder), [document], None)
    act.publish(folder, redacting.journal_of(folder, entries, "data: redact", False))


def same_as_published(found: Dataset, log: ChangeLog) -> None:
    """Every version is there, and says what was published."""
    assert {(version(it), it.type) for it in log.entries} == {*members(found)}
    for entry in log.entries:
        source = (entry.content or "").encode()
        published = turtle.parse(source, entry.path, base_of(entry.document))
        assert set(found.graph(URIRef(version(entry)))) == set(published)


def test_a_client_takes_over_everything_then_only_what_is_new_and_forgets_what_is_taken_out(
    replica: Replica,
) -> None:
    log = changelog.read(replica.folder)
    assert len(log.entries) > 2 * SIZE, "there are full pages and an open one"
    same_as_published(replica.taken(), log)
    assert in_order(replica.said()) == [entry.stamp for entry in log.entries]
    assert members(replica.taken()) == [], "nothing comes twice"

    case = lone_case(replica.folder)
    other = max((replica.folder / "data" / "cases").glob("*.ttl"))
    edit(other, '"Casus ', '"Verbeterd ')
    log = replica.goes_on(lambda: withdraw(case))
    update, gone = sorted(log.entries[-2:], key=lambda it: it.type, reverse=True)
    news = replica.taken()
    assert {*members(news)} == {(version(update), "Update"), (version(gone), "Delete")}
    assert '"Verbeterd ' in replica.said()
    assert len(news.graph(URIRef(version(gone)))) == 0, "a withdrawal has no content"

    taken_out(replica.folder, gone.document)
    edit(other, '"Verbeterd ', '"Nog beter ')
    replica.goes_on(lambda: None)
    assert [kind for _, kind in members(replica.taken())] == ["Update"]
    whole = replica.said()
    assert f"<{gone.document}#e-title>" not in whole
    assert whole.count(f"<{DCTERMS.isVersionOf}> <{gone.document}> .") == 1, "only its withdrawal"

    nothing_again(replica, log, update)


def nothing_again(replica: Replica, log: ChangeLog, entry: Entry) -> None:
    """See that a client that has it all gets nothing again when the content of one goes."""
    taken_out(replica.folder, entry.document)
    page = f"{replica.url}/ldes/{len(log.entries) // SIZE + 1}.nq"
    awaited(lambda: '"Verbeterd ' not in httpx2.get(page, follow_redirects=True).text)
    assert members(replica.taken()) == [], "what it has does not come again"
    whole = replica.said()
    assert '"Verbeterd ' not in whole
    assert '"Nog beter ' in whole, "the last version of what is present stays"


def test_a_client_that_wants_the_things_themselves_gets_them(replica: Replica) -> None:
    """With --materialize what is said of a version is said of the document."""
    documents = {it.document for it in changelog.read(replica.folder).present}
    found = read(replica.said("--materialize", "--last-version-only"))
    assert documents <= {subject for subject, _ in members(found)}
