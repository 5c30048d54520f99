"""An option goes before its variable, and a value that cannot be used is named."""

from pathlib import Path

import pytest
from wijk import resources
from wijk.errors import BadSetting
from wijk.settings import Settings


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
