"""Items of Wikidata by municipality code (property P382); the query is in queries/elsewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wijk import questions, resources
from wijk.linking import codes
from wijk.linking.codes import Level
from wijk.linking.errors import SourceUnreadable
from wijk.linking.fetching import Fetcher

URL = "https://query.wikidata.org/sparql"
PROPERTY = "https://www.wikidata.org/wiki/Property:P382"
_NAME = "municipalities-by-code"
_SLOT = '"0000"'


@dataclass(frozen=True)
class Item:
    """One municipality in Wikidata; `ended` when it says that it is no more."""

    code: str
    iri: str
    label: str
    ended: bool


@dataclass(frozen=True)
class Wikidata:
    """The query service at an address."""

    fetcher: Fetcher
    url: str = URL

    def municipalities(self, wanted: Iterable[str]) -> tuple[Item, ...]:
        """The items with these codes (GM and four digits), in the order of the codes.

        Raises:
            SourceUnavailable, SourceRefuses, SourceUnreadable: as a Fetcher does.
        """
        known = [found for code in wanted if (found := codes.read(code))]
        digits = sorted({found.text[2:] for found in known if found.level is Level.GEMEENTE})
        if not digits:
            return ()
        listed = " ".join(f'"{each}"' for each in digits)
        asked = {"query": _text().replace(_SLOT, listed), "format": "json"}
        return tuple(dict.fromkeys(self._items(self.fetcher.json(self.url, asked))))

    def _items(self, said: Mapping[str, Any]) -> Iterable[Item]:
        try:
            rows = [
                {name: term["value"] for name, term in row.items()}
                for row in said["results"]["bindings"]
            ]
            for row in rows:
                ended = row.get("ended") in ("true", "1")
                yield Item(f"GM{row['code']}", row["item"], row.get("label", ""), ended)
        except (KeyError, TypeError, AttributeError) as error:
            problem = "the answer is not of the SPARQL results format"
            raise SourceUnreadable(self.url, problem) from error


def _text() -> str:
    return questions.load(resources.came_along() / "queries" / "elsewhere")[_NAME].text
