"""Settings: WIJK_* variables, and the options of the command that go before them."""

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from wijk.errors import BadSetting

_PLAIN_PATH = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")


@dataclass(frozen=True)
class Settings:
    """What an operator can choose; `None` for `graph` means the graph that came along."""

    graph: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    home: Path | None = None
    query_timeout: float = 10.0
    default_graph: str = "union"
    metrics: str = "loopback"
    access_log: bool = False
    trusted_proxies: tuple[str, ...] = ()

    @classmethod
    def read(
        cls,
        environ: Mapping[str, str] | None = None,
        **options: str | int | float | Path | None,
    ) -> "Settings":
        """Take each setting from its option, else from its variable, else as it is here.

        Raises:
            BadSetting: a value that cannot be used; the message names the variable.
        """
        variables = os.environ if environ is None else environ
        given = {
            name: str(
                options[name] if options.get(name) is not None else variables[_variable(name)]
            )
            for name in cls.__dataclass_fields__
            if options.get(name) is not None or variables.get(_variable(name))
        }
        return cls(
            graph=Path(given["graph"]) if "graph" in given else cls.graph,
            host=given.get("host", cls.host),
            port=int(_number(given, "port", cls.port, 0, 65535, whole=True)),
            public_url=_url(given, "public_url"),
            home=Path(given["home"]) if "home" in given else cls.home,
            query_timeout=_number(given, "query_timeout", cls.query_timeout, 0.001, 3600),
            default_graph=_one_of(given, "default_graph", ("union", "plain")),
            metrics=_one_of(given, "metrics", ("loopback", "off", "on")),
            access_log=_one_of(given, "access_log", ("off", "on")) == "on",
            trusted_proxies=_networks(given, "trusted_proxies"),
        )


def _variable(name: str) -> str:
    return f"WIJK_{name.upper()}"


def _number(
    given: Mapping[str, str],
    name: str,
    default: float,
    low: float,
    high: float,
    whole: bool = False,
) -> float:
    text = given.get(name)
    if text is None:
        return default
    try:
        number = float(int(text)) if whole else float(text)
    except ValueError:
        number = high + 1
    if not low <= number <= high:
        kind = "a whole number" if whole else "a number"
        raise BadSetting(
            f"{_variable(name)} (or --{name.replace('_', '-')}) is '{text}'; "
            f"it must be {kind} from {low:g} to {high:g}."
        )
    return number


def _one_of(given: Mapping[str, str], name: str, values: tuple[str, ...]) -> str:
    """One of these words, the first when nothing is given."""
    text = given.get(name, values[0])
    if text not in values:
        raise BadSetting(
            f"{_variable(name)} (or --{name.replace('_', '-')}) is '{text}'; "
            f"it must be {' or '.join(values)}."
        )
    return text


def _url(given: Mapping[str, str], name: str) -> str:
    text = given.get(name, "").rstrip("/")
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query):
        raise BadSetting(
            f"{_variable(name)} is '{text}'; it must be an address like http://host/path."
        )
    if not _PLAIN_PATH.fullmatch(parts.path):
        raise BadSetting(
            f"{_variable(name)} is '{text}'; its path may have letters, digits and . _ ~ - only."
        )
    return text


def _networks(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    found = tuple(part.strip() for part in given.get(name, "").split(",") if part.strip())
    for text in found:
        try:
            ipaddress.ip_network(text, strict=False)
        except ValueError:
            raise BadSetting(
                f"{_variable(name)} has '{text}'; it must be addresses or networks of proxies, "
                "with commas between them, like 127.0.0.1,::1,10.0.0.0/8."
            ) from None
    return found
