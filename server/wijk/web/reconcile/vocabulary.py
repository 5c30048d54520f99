"""The types and properties of the service: their identifiers, and what people call them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Type:
    """A kind of thing that can be found; it may be a kind of another type."""

    id: str
    name: str
    description: str
    broader: str = ""

    def brief(self) -> dict[str, object]:
        """As it stands in an answer."""
        return {"id": self.id, "name": self.name}

    def whole(self) -> dict[str, object]:
        """The same with all that is known of it."""
        above = [TYPES[self.broader].brief()] if self.broader else []
        return {**self.brief(), "description": self.description, "broader": above}


@dataclass(frozen=True)
class Property:
    """Something that can be known of things of some types; `of` is the type of its values."""

    id: str
    name: str
    description: str
    types: tuple[str, ...]
    of: str = ""

    def whole(self) -> dict[str, object]:
        """As it stands in an answer."""
        return {"id": self.id, "name": self.name, "description": self.description}


TYPES: Mapping[str, Type] = {
    each.id: each
    for each in (
        Type("place", "Plaats", "Een buurt, wijk, dorp, stad of streek."),
        Type("actor", "Betrokkene", "Wie meedoet: een organisatie, een groep of een initiatief."),
        Type("initiative", "Initiatief", "Wat mensen samen doen in een buurt.", "actor"),
        Type("case", "Casus", "De beschrijving van wat er in een buurt gebeurde."),
        Type("theme", "Thema", "Een onderwerp waarop casussen te vinden zijn."),
        Type("lesson", "Les", "Een inzicht dat ook elders bruikbaar is."),
    )
}

_LOCATED = ("place", "case", "initiative", "actor")
_ALL = tuple(TYPES)

PROPERTIES: Mapping[str, Property] = {
    each.id: each
    for each in (
        Property("municipality", "Gemeente", "Naam of code van de gemeente.", _LOCATED),
        Property("municipality_code", "Gemeentecode", "CBS-code, zoals GM0828.", _LOCATED),
        Property("municipality_now", "Gemeente nu", "Waar het nu in ligt.", _LOCATED),
        Property("municipality_now_code", "Gemeentecode nu", "De code daarvan.", _LOCATED),
        Property("province", "Provincie", "Naam of code van de provincie.", _LOCATED),
        Property("province_code", "Provinciecode", "CBS-code, zoals PV30.", _LOCATED),
        Property(
            *("code", "Code", "CBS-code van precies dit gebied, of het kenmerk in de bundel."),
            ("place", "case", "lesson"),
        ),
        Property("kind", "Soort", "Het soort plaats of betrokkene.", ("place", "actor")),
        Property("place", "Plaats", "Waar het is of in ligt.", ("case", "place"), "place"),
        Property("theme", "Thema", "Het onderwerp.", ("case", "theme"), "theme"),
        Property("case", "Casus", "De casus waar dit bij hoort.", _ALL, "case"),
        Property("initiative", "Initiatief", "Waar de casus over gaat.", ("case",), "initiative"),
        Property("actor", "Betrokkene", "Wie er meedoet.", ("case",), "actor"),
        Property("lesson", "Les", "De les die uit de casus komt.", ("case",), "lesson"),
        Property("bundle", "Bundel", "De bundel waar het in staat.", ("case", "lesson")),
        Property("number", "Nummer", "Het nummer van de casus.", ("case",)),
        Property("audience", "Voor wie", "Voor wie de les is.", ("lesson",)),
        Property("start", "Begin", "Wanneer het begon.", ("actor", "initiative")),
        Property("homepage", "Website", "De eigen website.", ("actor", "initiative")),
        Property("same_as", "Elders", "Adres van hetzelfde in een andere bron.", _ALL),
        Property("description", "Omschrijving", "Wat het is.", ("case", "lesson", "theme")),
        Property("name", "Naam", "De naam.", _ALL),
        Property("other_name", "Andere naam", "Hoe het ook heet of geschreven wordt.", _ALL),
        Property("address", "Vast adres", "Het adres dat blijft, voor koppelingen.", _ALL),
    )
}
"""In the order in which they are proposed."""

_BY_NAME = {each.name.casefold(): each for each in PROPERTIES.values()}


def property_of(text: str) -> Property | None:
    """The property with this identifier or this name."""
    return PROPERTIES.get(text) or _BY_NAME.get(text.casefold())


def properties_of(kind: str) -> Iterable[Property]:
    """The properties that things of a type may have; of no known type, all."""
    wanted = {kind, TYPES[kind].broader} if kind in TYPES else set(TYPES)
    return [each for each in PROPERTIES.values() if wanted & set(each.types)]
