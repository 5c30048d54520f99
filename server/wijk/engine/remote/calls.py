"""Small calls to an engine elsewhere, one at a time: what it holds."""

import json
from collections.abc import Mapping
from urllib.error import HTTPError, URLError

from SPARQLWrapper import BASIC, DIGEST, JSON, POST, SPARQLExceptions, SPARQLWrapper

from wijk import resources
from wijk.engine.remote.target import Target, refused
from wijk.engine.remote.texts import filled
from wijk.errors import EngineRefuses, EngineUnavailable

_SECONDS = 60
_CREDENTIALS = (401, 403)


def text_of(name: str) -> str:
    """One of our own queries for engines elsewhere."""
    folder = resources.came_along() / "queries" / "engine"
    return (folder / f"{name}.rq").read_text(encoding="utf-8")


def rows(target: Target, name: str, bindings: Mapping[str, str]) -> list[dict[str, str]]:
    """The rows of one of our own queries.

    Raises:
        EngineUnavailable: nothing answers.
        EngineRefuses: the engine does not let us in, or its answer is no answer.
    """
    wrapper = SPARQLWrapper(target.query, returnFormat=JSON)
    wrapper.setMethod(POST)
    wrapper.setOnlyConneg(True)
    wrapper.setTimeout(_SECONDS)
    wrapper.setQuery(filled(text_of(name), bindings))
    if target.user:
        wrapper.setHTTPAuth(DIGEST if target.kind.digest else BASIC)
        wrapper.setCredentials(target.user, target.password)
    try:
        found = json.loads(wrapper.query().response.read())["results"]["bindings"]
    except HTTPError as error:
        if error.code in _CREDENTIALS:
            raise refused(error.code) from error
        raise EngineRefuses(f"{target.query} answers with status {error.code}.") from error
    except SPARQLExceptions.Unauthorized as error:
        raise refused(401) from error
    except SPARQLExceptions.SPARQLWrapperException as error:
        raise EngineRefuses(f"{target.query} does not answer a query: {_first(error)}.") from error
    except (URLError, OSError) as error:
        raise EngineUnavailable(f"Nothing answers at {target.query} ({error}).") from error
    except (ValueError, KeyError) as error:
        raise EngineRefuses(
            f"What answers at {target.query} is not a SPARQL service. Correct the address."
        ) from error
    return [{name: term["value"] for name, term in row.items()} for row in found]


def _first(error: Exception) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return (lines or ["no reason given"])[0].rstrip(".")[:200]
