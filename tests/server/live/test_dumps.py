"""Dumps over HTTP: whole, a part of them, packed, and not again when they are the same."""

import gzip
import hashlib
from email.utils import parsedate_to_datetime

import httpx2
import pytest

NQUADS = "/dump/casussen.nq"


def test_the_page_leads_to_every_file_and_says_what_may_be_done(client: httpx2.Client) -> None:
    page = client.get("/dump/")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.headers["Content-Language"] == "nl"
    found = [part.split('"')[0] for part in page.text.split('href="/dump/')[1:]]
    assert len(found) == len(set(found)) > 30
    for name in ("casussen.csv", "gebieden.ttl.gz", "cijfers.nq", "thesaurus.jsonld"):
        assert name in found
    for licence in ("publicdomain/zero/1.0/", "licenses/by/4.0/"):
        assert f'rel="license" href="https://creativecommons.org/{licence}"' in page.text


def test_the_page_has_a_slash_at_its_end(client: httpx2.Client) -> None:
    answer = client.get("/dump")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/dump/")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("casussen.nq", "application/n-quads"),
        ("casussen.ttl", "text/turtle; charset=utf-8"),
        ("casussen.jsonld", "application/ld+json"),
        ("casussen.csv", "text/csv; charset=utf-8"),
        ("casussen.csv-metadata.json", "application/csvm+json"),
        ("casussen.geojson", "application/geo+json"),
        ("casussen.csv.gz", "application/gzip"),
    ],
)
def test_head_says_what_get_sends(client: httpx2.Client, name: str, kind: str) -> None:
    head, whole = client.head(f"/dump/{name}"), client.get(f"/dump/{name}")
    assert whole.headers["Content-Type"] == kind
    assert head.content == b""
    same = (*("Content-Type", "ETag", "Last-Modified", "Link", "Accept-Ranges"),)
    assert [head.headers[it] for it in same] == [whole.headers[it] for it in same]
    assert head.status_code == whole.status_code == 200


def test_a_file_says_its_licence_its_dataset_and_when_it_changed(client: httpx2.Client) -> None:
    answer = client.head("/dump/gebieden.nq")
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in answer.headers["Link"]
    assert '/dataset/areas>; rel="collection"' in answer.headers["Link"]
    assert parsedate_to_datetime(answer.headers["Last-Modified"]).year >= 2026


def test_a_table_leads_to_its_description(client: httpx2.Client) -> None:
    link = client.head("/dump/casussen.csv").headers["Link"]
    assert '</dump/casussen.csv-metadata.json>; rel="describedby"' in link


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-99", 0, 99), ("bytes=100-", 100, None), ("bytes=-100", -100, None)],
)
def test_a_part_is_that_part(
    client: httpx2.Client, asked: str, first: int, last: int | None
) -> None:
    whole = client.get(NQUADS, headers={"Accept-Encoding": "identity"}).content
    part = client.get(NQUADS, headers={"Range": asked})
    assert part.status_code == 206
    assert part.content == whole[first : None if last is None else last + 1]
    begin = first % len(whole)
    told = f"bytes {begin}-{begin + len(part.content) - 1}/{len(whole)}"
    assert part.headers["Content-Range"] == told
    assert "Content-Encoding" not in part.headers


@pytest.mark.parametrize("asked", ["bytes=999999999999-", "bytes=999999999999-9999999999999"])
def test_what_is_behind_the_end_cannot_be_had(client: httpx2.Client, asked: str) -> None:
    plain = {"Accept-Encoding": "identity"}
    size = client.head(NQUADS, headers=plain).headers["Content-Length"]
    answer = client.get(NQUADS, headers={"Range": asked})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{size}"
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == f"The file has {size} bytes, and none in this range."
    other = {"Range": asked, "If-Range": '"of-another-version"'}
    assert client.get(NQUADS, headers=other).status_code == 200


@pytest.mark.parametrize(
    "asked", ["bytes=5-2", "lines=1-2", "bytes=a-b", "bytes", "bytes=0-1,5-6", "bytes=--1"]
)
def test_what_is_no_range_is_no_reason_to_refuse(client: httpx2.Client, asked: str) -> None:
    answer = client.get("/dump/casussen.csv", headers={"Range": asked})
    assert answer.status_code == 200
    assert answer.text.startswith("iri,")


def test_a_head_has_no_ranges(client: httpx2.Client) -> None:
    assert client.head(NQUADS, headers={"Range": "bytes=0-99"}).status_code == 200


def test_a_part_is_of_the_file_that_the_client_has_or_it_is_whole(client: httpx2.Client) -> None:
    whole = client.head(NQUADS, headers={"Accept-Encoding": "identity"})
    for condition in (whole.headers["ETag"], whole.headers["Last-Modified"]):
        asked = {"Range": "bytes=0-9", "If-Range": condition}
        assert client.get(NQUADS, headers=asked).status_code == 206
    for condition in ('"another"', f"W/{whole.headers['ETag']}", "Mon, 01 Jan 2024 00:00:00 GMT"):
        asked = {"Range": "bytes=0-9", "If-Range": condition}
        assert client.get(NQUADS, headers=asked).status_code == 200


def test_it_comes_packed_for_who_takes_that(client: httpx2.Client) -> None:
    plain = client.get(NQUADS, headers={"Accept-Encoding": "identity"})
    packed = client.get(NQUADS, headers={"Accept-Encoding": "br, gzip;q=0.5"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Type"] == plain.headers["Content-Type"]
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert packed.content == plain.content
    assert int(packed.headers["Content-Length"]) < len(plain.content) / 5
    file = client.get(f"{NQUADS}.gz", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in file.headers
    assert gzip.decompress(file.content) == plain.content
    assert (
        "Content-Encoding"
        not in client.get(NQUADS, headers={"Accept-Encoding": "gzip;q=0, identity"}).headers
    )


def test_who_has_it_already_is_told_so(client: httpx2.Client) -> None:
    whole = client.get("/dump/casussen.csv", headers={"Accept-Encoding": "identity"})
    assert whole.headers["ETag"] == f'"{hashlib.sha256(whole.content).hexdigest()[:32]}"'
    for condition in (
        {"If-None-Match": whole.headers["ETag"]},
        {"If-None-Match": f'"x", W/{whole.headers["ETag"]}'},
        {"If-Modified-Since": whole.headers["Last-Modified"]},
    ):
        asked = {**condition, "Accept-Encoding": "identity"}
        again = client.get("/dump/casussen.csv", headers=asked)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == whole.headers["ETag"]
    for condition in (
        {"If-None-Match": '"x"', "If-Modified-Since": whole.headers["Last-Modified"]},
        {"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
    ):
        assert client.get("/dump/casussen.csv", headers=condition).status_code == 200


@pytest.mark.parametrize("name", ["nothing.nq", "dumps.json", "..%2fdumps.json", "order.pickle"])
def test_nothing_else_is_in_there(client: httpx2.Client, name: str) -> None:
    assert client.get(f"/dump/{name}").status_code == 404


def test_everybody_may_read_it_from_everywhere(client: httpx2.Client) -> None:
    headers = client.get(NQUADS, headers={"Range": "bytes=0-9"}).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
