"""Reads the text of a setting as a value; what cannot be used is named, with what can be."""

import ipaddress
import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from wijk.errors import BadSetting

KIB, MIB, GIB = 1024, 1024**2, 1024**3
_UNITS = {"": 1, "b": 1, "kib": KIB, "mib": MIB, "gib": GIB, "kb": 10**3, "mb": 10**6}
_PLAIN_PATH = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")


def number(low: float, high: float) -> Callable[[str, str], float]:
    """A number in a range."""

    def read(name: str, text: str) -> float:
        try:
            found = float(text)
        except ValueError:
            found = high + 1
        if not low <= found <= high:
            raise _bad(name, text, f"a number from {low:g} to {high:g}")
        return found

    return read


def whole(low: int, high: int) -> Callable[[str, str], int]:
    """A whole number in a range."""

    def read(name: str, text: str) -> int:
        found = int(text) if re.fullmatch(r"-?[0-9]{1,15}", text) else high + 1
        if not low <= found <= high:
            raise _bad(name, text, f"a whole number from {low} to {high}")
        return found

    return read


def size(low: int, high: int) -> Callable[[str, str], int]:
    """A number of bytes: 65536, 64KiB, 50MiB, 1GiB."""

    def read(name: str, text: str) -> int:
        parts = re.fullmatch(r"([0-9]{1,15}) ?([a-z]*)", text.strip().lower())
        found = int(parts[1]) * _UNITS.get(parts[2], high + 1) if parts else high + 1
        if not low <= found <= high:
            wanted = f"a number of bytes from {shown(low)} to {shown(high)}"
            raise _bad(name, text, f"{wanted}, such as {low * 4} or {shown(low * 4)}")
        return found

    return read


def shown(count: int) -> str:
    """A number of bytes as people write it."""
    for name, unit in (("GiB", GIB), ("MiB", MIB), ("KiB", KIB)):
        if count and count % unit == 0:
            return f"{count // unit}{name}"
    return f"{count}"


def one_of(*allowed: str) -> Callable[[str, str], str]:
    """One of these words."""

    def read(name: str, text: str) -> str:
        if text not in allowed:
            raise _bad(name, text, " or ".join(allowed))
        return text

    return read


def switch(name: str, text: str) -> bool:
    """Off or on."""
    return one_of("off", "on")(name, text) == "on"


def text(name: str, text: str) -> str:
    """As it stands."""
    return text


def path(name: str, text: str) -> Path | None:
    """A file or folder."""
    return Path(text)


def url(name: str, text: str) -> str:
    """An address, without a slash at its end."""
    text = text.rstrip("/")
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query):
        raise _bad(name, text, "an address like http://host/path")
    if not _PLAIN_PATH.fullmatch(parts.path):
        raise BadSetting(
            f"{variable(name)} is '{text}'; its path may have letters, digits and . _ ~ - only."
        )
    return text


def paths(name: str, given: str | tuple[str, ...]) -> tuple[Path, ...]:
    """Files; in a variable with the system's sign between them."""
    several = given.split(os.pathsep) if isinstance(given, str) else given
    return tuple(Path(each) for each in several if each)


def iri(name: str, text: str) -> str:
    """An absolute IRI."""
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text):
        raise _bad(name, text, "an absolute IRI like http://host/path/")
    return text


def networks(name: str, text: str) -> tuple[str, ...]:
    """Addresses and networks, with commas between them."""
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    for part in found:
        try:
            ipaddress.ip_network(part, strict=False)
        except ValueError:
            raise BadSetting(
                f"{variable(name)} has '{part}'; it must be addresses or networks of proxies, "
                "with commas between them, like 127.0.0.1,::1,10.0.0.0/8."
            ) from None
    return found


def variable(name: str) -> str:
    """The variable of a setting."""
    return f"WIJK_{name.upper()}"


def _bad(name: str, text: str, wanted: str) -> BadSetting:
    option = f"--{name.replace('_', '-')}"
    return BadSetting(f"{variable(name)} (or {option}) is '{text}'; it must be {wanted}.")
