"""A line of the access log: what is in it, and what never is."""

import io
import json
import os
from collections.abc import Iterable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Scope
from wijk.web.access import AccessLog, line, product, shortened
from wijk.web.observing import Seen


def asked(
    path: str = "/", client: str = "192.0.2.77", headers: Iterable[tuple[bytes, bytes]] = ()
) -> Scope:
    """A request, as the application gets it."""
    return {
        "type": "http",
        "method": "GET",
        "path": path,
        "client": (client, 4321),
        "headers": list(headers),
    }


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", "-"),
        ("unknown", "-"),
        ("192.0.2.77, 10.0.0.1", "-"),
        ("192.0.2.77\n", "-"),
    ],
)
def test_of_an_address_only_the_network_is_written(address: str, written: str) -> None:
    assert shortened(address) == written
    assert json.loads(line(asked(client=address), Seen(0.0)))["from"] == written


@pytest.mark.parametrize(
    ("agent", "written"),
    [
        (b"curl/8.5.0", "curl"),
        (b"Mozilla/5.0 (X11; Linux x86_64; name of a person)", "Mozilla"),
        (b"", "-"),
        (b"\x1b[31mred", "-"),
        ("naïef/1".encode(), "na"),
        (b"a" * 500, "a" * 40),
    ],
)
def test_of_a_program_only_its_name_is_written(agent: bytes, written: str) -> None:
    assert product(asked(headers=[(b"user-agent", agent)])) == written


def test_of_a_query_the_length_and_a_hash_are_written_and_not_the_text() -> None:
    seen = Seen(0.0, 0.0123, 200, 26, True, 'ASK { ?s ?p "geheim" }', "ASK", "answered")
    written = line(asked("/sparql"), seen)
    told = json.loads(written)
    assert "geheim" not in written
    assert (told["form"], told["outcome"], told["length"]) == ("ASK", "answered", 22)
    assert told["query"] == "c87d27f88e9bfa1b"
    assert (told["ms"], told["bytes"], told["status"]) == (12.3, 26, 200)
    assert "cut" not in told


def test_an_answer_that_did_not_end_is_told() -> None:
    assert json.loads(line(asked(), Seen(0.0, status=200, whole=False)))["cut"] is True


@given(st.text(), st.binary(), st.text(), st.text())
def test_whatever_a_client_sends_is_one_line_of_plain_ascii(
    path: str, agent: bytes, client: str, query: str
) -> None:
    seen = Seen(0.0, status=200, query=query, form="ASK", outcome="answered")
    written = line(asked(path, client, [(b"user-agent", agent)]), seen)
    assert written.isascii()
    assert written.isprintable()
    assert json.loads(written)["path"] == path[:200]


def test_lines_come_in_the_order_of_the_requests() -> None:
    out = io.StringIO()
    with AccessLog(out) as log:
        for number in range(1000):
            log(asked(f"/{number}"), Seen(0.0))
    paths = [json.loads(each)["path"] for each in out.getvalue().splitlines()]
    assert paths == [f"/{number}" for number in range(1000)]


def test_a_log_that_nobody_reads_holds_up_nobody_and_counts_what_is_lost() -> None:
    reading, writing = os.pipe()
    out = os.fdopen(writing, "w", encoding="utf-8")
    with AccessLog(out) as log:
        for _ in range(30_000):
            log(asked(), Seen(0.0))
        assert log.lost > 0
        os.close(reading)
    with suppress(BrokenPipeError):
        out.close()


def test_a_log_that_cannot_be_written_is_no_reason_to_stop() -> None:
    out = os.fdopen(os.open("/dev/full", os.O_WRONLY), "w", encoding="utf-8")
    with AccessLog(out) as log:
        log(asked(), Seen(0.0))
    assert log.lost == 1
    with pytest.raises(OSError, match="No space left"):
        out.close()


def test_what_editors_work_on_is_not_written() -> None:
    told = json.loads(line(asked("/wijk/redactie/meelezen/secret"), Seen(0.0)))
    assert told["path"] == "/wijk/redactie/meelezen/..."
