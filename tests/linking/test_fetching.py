"""Services of others are asked politely, again where that may help, and never forever."""

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest
from wijk.linking.errors import SourceRefuses, SourceUnavailable, SourceUnreadable
from wijk.linking.fetching import Fetcher, Patience, link_next, odata_v3, odata_v4


def test_it_says_who_asks(service, fetcher):
    service.answers("/a", {"value": []})
    fetcher.json(f"{service.url}/a")
    assert service.asked[0].headers["User-Agent"].startswith("wijk/")
    assert "https://w3id.org/wijk" in service.asked[0].headers["User-Agent"]
    assert service.asked[0].headers["Accept"] == "application/json"


def test_what_fails_for_a_moment_is_asked_again_after_longer_pauses(
    service, fetcher, reply, pauses
):
    service.answers("/a", reply("", 503), reply("", 500), {"value": [1]})
    assert fetcher.json(f"{service.url}/a") == {"value": [1]}
    assert pauses == [1, 2]


def test_a_500_is_not_asked_forever(service, fetcher, reply, pauses):
    service.answers("/a", reply("Something broke", 500))
    with pytest.raises(SourceUnavailable, match=r"asked 4 times .*status 500: Something broke"):
        fetcher.json(f"{service.url}/a")
    assert len(service.asked) == 4
    assert pauses == [1, 2, 4]


def test_an_error_that_will_stay_is_not_asked_again(service, fetcher, reply):
    service.answers("/a", reply("The query returns more than 10000 records", 500))
    with pytest.raises(SourceRefuses) as caught:
        fetcher.json(f"{service.url}/a", hopeless="more than 10000")
    assert caught.value.status == 500
    assert len(service.asked) == 1


def test_a_wrong_request_is_not_asked_again(service, fetcher):
    with pytest.raises(SourceRefuses, match="refuses with status 404: not here"):
        fetcher.json(f"{service.url}/gone")
    assert len(service.asked) == 1


@pytest.mark.parametrize(("asked", "least", "most"), [("7", 7, 7), ("date", 4, 9)])
def test_a_pause_that_is_asked_for_is_made(service, fetcher, reply, pauses, asked, least, most):
    if asked == "date":
        asked = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 8))
    service.answers("/a", reply("Slower", 429, {"Retry-After": asked}), {"value": []})
    fetcher.json(f"{service.url}/a")
    assert least <= pauses[0] <= most


@pytest.mark.parametrize("asked", ["", "soon", "-1", "Thu, 99 Foo 2026"])
def test_a_pause_that_cannot_be_read_is_our_own(service, fetcher, reply, pauses, asked):
    service.answers("/a", reply("Slower", 429, {"Retry-After": asked}), {"value": []})
    fetcher.json(f"{service.url}/a")
    assert pauses == [1]


def test_a_pause_of_an_hour_is_not_waited_for(service, fetcher, reply, pauses):
    service.answers("/a", reply("Slower", 429, {"Retry-After": "3600"}))
    with pytest.raises(SourceUnavailable, match="come back in 3600 seconds"):
        fetcher.json(f"{service.url}/a")
    assert pauses == []


def test_a_connection_that_is_cut_is_made_again(service, fetcher, reply):
    whole = {"value": list(range(50))}
    service.answers("/a", reply(whole, cut=True), whole)
    assert fetcher.json(f"{service.url}/a") == whole


def test_a_host_where_nothing_answers_is_named(fetcher, service):
    with pytest.raises(SourceUnavailable, match=r"127\.0\.0\.1:9/.*Try again later"):
        fetcher.json("http://127.0.0.1:9/a")


@pytest.mark.parametrize("url", ["ftp://example.org/a", "http://[::1", "nothing"])
def test_what_is_no_address_is_not_asked(fetcher, url, pauses):
    with pytest.raises(SourceRefuses, match="not an address"):
        fetcher.json(url)
    assert pauses == []


XML = '<?xml version="1.0"?><ows:ExceptionReport/>'


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (XML, "not JSON; it begins with .*ExceptionReport"),
        ("[1, 2]", "JSON, but not an object"),
        ('{"value": [', "not JSON"),
        (b"\xff\xfe", "not JSON"),
        ("[" * 200_000, "not JSON"),
    ],
)
def test_an_answer_that_is_no_json_object_is_an_error_also_with_status_200(
    service, fetcher, body, problem
):
    service.answers("/a", body)
    with pytest.raises(SourceUnreadable, match=problem):
        fetcher.json(f"{service.url}/a")


def test_an_answer_without_end_is_broken_off(service, tmp_path):
    service.answers("/a", "x" * 3_000_000)
    with (
        Fetcher(Patience(answer_bytes=2**20)) as small,
        pytest.raises(SourceUnreadable, match="1 MiB"),
    ):
        small.content(f"{service.url}/a")


def test_parameters_keep_their_dollar(service, fetcher):
    service.answers("/a", {})
    fetcher.json(f"{service.url}/a", {"$filter": "startswith(R,'GM')", "$format": "json"})
    assert service.asked[0].query == {"$filter": "startswith(R,'GM')", "$format": "json"}


def _paged(following):
    if following is link_next:
        return lambda n, url: {
            "n": n,
            "links": [
                {"rel": "self", "href": "x"},
                *([{"rel": "next", "href": url}] if url else []),
            ],
        }
    key = "odata.nextLink" if following is odata_v3 else "@odata.nextLink"
    return lambda n, url: {"n": n, **({key: url} if url else {})}


@pytest.mark.parametrize("following", [odata_v3, odata_v4, link_next])
def test_pages_are_followed_in_three_styles(service, fetcher, reply, following):
    page = _paged(following)

    def answer(request):
        number = int(request.query.get("skip", 0))
        return reply(page(number, f"{service.url}/a?skip={number + 1}" if number < 2 else None))

    service.makes("/a", answer)
    pages = list(fetcher.pages(f"{service.url}/a", {"top": "1"}, following))
    assert [each["n"] for each in pages] == [0, 1, 2]


def test_a_next_page_is_asked_from_the_host_that_was_asked(service, fetcher):
    service.answers("/a", {"odata.nextLink": "http://opendata.example.org/b?$skip=1"})
    service.answers("/b", {"n": 1})
    assert len(list(fetcher.pages(f"{service.url}/a", None, odata_v3))) == 2
    assert service.asked[1].query == {"$skip": "1"}


def test_pages_that_go_round_are_an_error(service, fetcher):
    service.answers("/a", {"@odata.nextLink": "/a?skip=1"})
    with pytest.raises(SourceUnreadable, match="do not end"):
        list(fetcher.pages(f"{service.url}/a", None, odata_v4))


def test_what_was_broken_off_goes_on_where_it_ended(service, fetcher, reply):
    service.answers("/1", {"odata.nextLink": "/2"})
    service.answers("/2", reply("", 404), {"n": 2})
    url = f"{service.url}/1"
    with pytest.raises(SourceRefuses):
        list(fetcher.pages(url, None, odata_v3))
    assert len(list(fetcher.pages(url, None, odata_v3))) == 2
    assert service.paths() == ["/1", "/2", "/2"]
    fetcher.done()
    assert not fetcher.keep.exists()
    list(fetcher.pages(url, None, odata_v3))
    assert service.paths()[3:] == ["/1", "/2"]


def test_an_answer_of_yesterday_is_asked_again(service, fetcher):
    service.answers("/a", {"n": 1}, {"n": 2})
    url = f"{service.url}/a"
    assert [fetcher.json(url)["n"] for _ in range(2)] == [1, 1]
    (kept,) = fetcher.keep.iterdir()
    old = time.time() - 2 * 24 * 3600
    os.utime(kept, (old, old))
    assert fetcher.json(url)["n"] == 2


def test_a_wrong_answer_is_not_kept(service, fetcher):
    service.answers("/a", XML, {"n": 1})
    with pytest.raises(SourceUnreadable):
        fetcher.json(f"{service.url}/a")
    assert fetcher.json(f"{service.url}/a") == {"n": 1}


def test_without_a_folder_nothing_is_kept(service, tmp_path: Path):
    service.answers("/a", {"n": 1}, {"n": 2})
    with Fetcher(replace(Patience(), tries=1)) as plain:
        assert [plain.json(f"{service.url}/a")["n"] for _ in range(2)] == [1, 2]
        plain.done()
