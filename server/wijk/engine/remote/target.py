"""Where an engine elsewhere is, of which kind, and who we are to it."""

import os
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx2

from wijk.engine.remote import kinds
from wijk.engine.remote.kinds import Kind
from wijk.errors import BadSetting, EngineRefuses, EngineUnavailable
from wijk.settings import Settings


@dataclass(frozen=True)
class Access:
    """What an operator says of an engine; what is empty follows from the kind."""

    url: str
    kind: str = ""
    query: str = ""
    store: str = ""
    user: str = ""
    password: str = field(default="", repr=False)


def access_of(settings: Settings, store: str = "") -> Access:
    """What the settings say of an engine elsewhere; our credentials are variables only."""
    return Access(
        settings.engine,
        settings.engine_kind,
        settings.engine_query,
        store,
        os.environ.get("WIJK_ENGINE_USER", ""),
        os.environ.get("WIJK_ENGINE_PASSWORD", ""),
    )


@dataclass(frozen=True)
class Target:
    """An engine: the addresses of its query service and its graph store, and our credentials."""

    kind: Kind
    query: str
    store: str
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def auth(self) -> httpx2.Auth | None:
        """Our credentials, in the way this engine takes them."""
        if not self.user:
            return None
        way = httpx2.DigestAuth if self.kind.digest else httpx2.BasicAuth
        return way(self.user, self.password)


def target(access: Access) -> Target:
    """Find out what is at an address; a kind that is given is believed.

    Raises:
        BadSetting: not an address, or not a kind of engine.
        EngineUnavailable: nothing answers there.
    """
    parts = urlsplit(access.url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
        raise BadSetting(
            f"The engine is '{access.url}'; it must be an address like http://host:7878/."
        )
    if parts.username or parts.password:
        raise BadSetting(
            "The address of the engine has a name or password in it; "
            "give these as WIJK_ENGINE_USER and WIJK_ENGINE_PASSWORD."
        )
    kind = kinds.chosen(access.kind) if access.kind else _told(access.url)
    return addressed(kind, access)


def addressed(kind: Kind, access: Access) -> Target:
    """The addresses of an engine of this kind."""
    url = access.url.rstrip("/")
    known = [path.rstrip("/") for path in (kind.store, kind.update, kind.query) if path]
    ends = next((path for path in sorted(known, key=len)[::-1] if url.endswith(path)), "")
    base = url.removesuffix(ends)
    query = access.query or (url if ends and ends == kind.query else base + kind.query)
    return Target(kind, query, access.store or base + kind.store, access.user, access.password)


def _told(url: str) -> Kind:
    try:
        said = httpx2.get(url, timeout=10)
    except httpx2.HTTPError as error:
        raise EngineUnavailable(
            f"Nothing answers at {url} ({error or type(error).__name__}). "
            "Start the engine, or correct the address."
        ) from error
    return kinds.of_server(said.headers.get("server", ""))


def refused(status: int) -> EngineRefuses:
    """What to do when an engine does not let us in."""
    return EngineRefuses(
        f"The engine behind this service refuses our credentials (status {status}). "
        "Its operator can correct WIJK_ENGINE_USER and WIJK_ENGINE_PASSWORD."
    )
