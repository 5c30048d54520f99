"""An option goes before its variable, and a value that cannot be used is named."""

import re
from pathlib import Path

import pytest
from wijk import resources
from wijk.errors import BadSetting
from wijk.settings import Settings, told
from wijk.values import variable


def test_without_anything_the_server_is_on_this_machine_only() -> None:
    settings = Settings.read({})
    assert (settings.host, settings.port, settings.query_timeout) == ("127.0.0.1", 8000, 10.0)


def test_an_option_goes_before_its_variable() -> None:
    environ = {"WIJK_PORT": "81", "WIJK_HOST": "::1", "WIJK_GRAPH": "ergens"}
    settings = Settings.read(environ, port=82, host=None)
    assert (settings.port, settings.host, settings.graph) == (82, "::1", Path("ergens"))


def test_the_public_address_ends_without_a_slash() -> None:
    settings = Settings.read({"WIJK_PUBLIC_URL": "https://example.org/wijk/"})
    assert settings.public_url == "https://example.org/wijk"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WIJK_PORT", "hoog"),
        ("WIJK_PORT", "65536"),
        ("WIJK_PORT", "-1"),
        ("WIJK_PORT", "8.5"),
        ("WIJK_QUERY_TIMEOUT", "0"),
        ("WIJK_QUERY_TIMEOUT", "nan"),
        ("WIJK_DEFAULT_GRAPH", "both"),
        ("WIJK_PUBLIC_URL", "example.org"),
        ("WIJK_PUBLIC_URL", "ftp://example.org"),
        ("WIJK_PUBLIC_URL", "https://example.org/a b"),
        ("WIJK_PUBLIC_URL", "https://example.org/%22"),
        ("WIJK_METRICS", "aan"),
        ("WIJK_ACCESS_LOG", "1"),
        ("WIJK_TRUSTED_PROXIES", "*"),
        ("WIJK_TRUSTED_PROXIES", "127.0.0.1,proxy"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name):
        Settings.read({name: value})


def test_the_graph_is_where_it_is_said_to_be(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    monkeypatch.delenv("WIJK_GRAPH", raising=False)
    assert resources.graph_root() == root
    monkeypatch.setenv("WIJK_GRAPH", "/ergens")
    assert resources.graph_root() == Path("/ergens")
    assert resources.graph_root(Path("elders")) == Path("elders")


def test_measurements_are_for_this_machine_and_nobody_is_trusted_until_someone_says_so() -> None:
    settings = Settings.read({})
    assert (settings.metrics, settings.access_log, settings.trusted_proxies) == (
        *("loopback", False, ()),
    )


def test_proxies_are_addresses_and_networks() -> None:
    settings = Settings.read({"WIJK_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8,::1"})
    assert settings.trusted_proxies == ("127.0.0.1", "10.0.0.0/8", "::1")


LIMITS = Path(__file__).parents[2] / "docs" / "limits.md"


def test_the_limits_are_documented_as_they_are() -> None:
    rows = re.findall(r"^\| `(WIJK_\w+)` \| .*? \| (.*?) \|", LIMITS.read_text("utf-8"), re.M)
    assert len(rows) == 17
    known = {variable(name): text for name, text in told()}
    for name, default in rows:
        assert name in known
        assert f"(default {default})" in known[name] or "processors" in default


@pytest.mark.parametrize(
    ("text", "bytes_"), [("2048", 2048), ("64KiB", 65536), ("2 mib", 2097152), ("5MB", 5000000)]
)
def test_a_size_is_bytes_or_as_people_write_it(text: str, bytes_: int) -> None:
    assert Settings.read({"WIJK_ANSWER_LIMIT": text}).answer_limit == bytes_


@pytest.mark.parametrize("text", ["much", "-1", "12", "5TiB", "1.5MiB", "64 KiBs", "٣KiB"])
def test_what_is_no_size_is_named_with_what_is(text: str) -> None:
    with pytest.raises(BadSetting, match=r"WIJK_ANSWER_LIMIT \(or --answer-limit\) .* 4KiB"):
        Settings.read({"WIJK_ANSWER_LIMIT": text})


@pytest.mark.parametrize("name", [name for name, text in told() if "Seconds" in text])
def test_a_time_is_a_number_of_seconds(name: str) -> None:
    assert getattr(Settings.read({}, **{name: "1.5"}), name) == 1.5
    for text in ("0", "-1", "soon", "nan", "inf"):
        with pytest.raises(BadSetting, match=variable(name)):
            Settings.read({}, **{name: text})
