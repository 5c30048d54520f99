"""A client that hangs up frees the processor: its reader is gone, or idle again."""

import pytest

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
STREAM = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_hangs_up_frees_the_processor(asking, until, readers, client, method):
    with asking(f"{RUNAWAY} # {method}", method):
        assert until(lambda: "R" in [state for _, state in readers()])
        busy = {pid for pid, state in readers() if state == "R"}
    assert until(lambda: not busy & {pid for pid, _ in readers()})
    assert client.get("/sparql", params={"query": f"ASK {{ 1 ?p '{method}' }}"}).status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_nobody_waits_for_takes_less_than_a_second_of_the_processor(
    asking, until, readers, spent, method
):
    """The query has 120 seconds. Counted is its own time, which other work does not make longer."""
    with asking(f"{RUNAWAY} # {method} for nobody", method):
        assert until(lambda: "R" in [state for _, state in readers()])
        busy = {pid for pid, state in readers() if state == "R"}
    before = {pid: spent(pid) for pid in busy}
    last = dict(before)

    def gone() -> bool:
        for pid in busy:
            last[pid] = max(last[pid], spent(pid))
        return not busy & {pid for pid, _ in readers()}

    assert until(gone)
    assert all(last[pid] - before[pid] < 1 for pid in busy)


def test_who_hangs_up_with_more_requests_behind_it_frees_the_processor(asking, until, readers):
    with asking(f"{RUNAWAY} # first of three") as connection:
        connection.sendall(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n" * 2)
        assert until(lambda: "R" in [state for _, state in readers()])
        busy = {pid for pid, state in readers() if state == "R"}
    assert until(lambda: not busy & {pid for pid, _ in readers()})


def test_who_hangs_up_while_it_streams_frees_the_processor(asking, until, readers, client):
    with asking(STREAM) as connection:
        assert connection.recv(100).startswith(b"HTTP/1.1 200")
        busy = {pid for pid, _ in readers()}
        assert busy
    assert until(lambda: "R" not in [state for pid, state in readers() if pid in busy])
    assert client.get("/sparql", params={"query": "ASK { 1 ?p 'stream' }"}).status_code == 200


def test_who_hangs_up_in_the_queue_is_not_asked_for(asking, until, readers, client):
    with asking(f"{RUNAWAY} # 1"), asking(f"{RUNAWAY} # 2"):
        assert until(lambda: [state for _, state in readers()].count("R") >= 2)
        for number in range(5):
            with asking(f"{RUNAWAY} # queued {number}"):
                pass
    assert until(lambda: "R" not in [state for _, state in readers()])
    assert client.get("/sparql", params={"query": "ASK { 1 ?p 'queue' }"}).status_code == 200
