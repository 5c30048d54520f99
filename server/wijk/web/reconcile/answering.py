"""Answers queries: candidates with a score, and in words why they are there."""

from collections.abc import Iterable, Mapping

from wijk.matching import Candidate, Entity, Found, judged
from wijk.matching.judging import CODE
from wijk.web.reconcile.asked import Query
from wijk.web.reconcile.tables import Tables
from wijk.web.reconcile.vocabulary import PROPERTIES, TYPES

_MOST_NAMED = 2
_WELL = 90.0


def results(tables: Tables, queries: Mapping[str, Query]) -> dict[str, object]:
    """A reconciliation result batch."""
    return {key: result(tables, query) for key, query in queries.items()}


def result(tables: Tables, query: Query) -> dict[str, object]:
    """The candidates for one query, the best first."""
    candidates = judged(_found(tables, query), query.wanted, tables.values)
    shared = sum(one.exact for one in candidates) > 1
    return {"result": [_told(tables, one, shared) for one in candidates[: query.limit]]}


def what(tables: Tables, entity: Entity) -> str:
    """What an entity is and where, in a few words."""
    kind = _joined(tables, entity, "kind") or TYPES[entity.types[0]].name.lower()
    where = [_joined(tables, entity, name) for name in ("municipality", "province")]
    there = ", ".join(filter(None, where))
    active = "actief in " if there and entity.types == ("actor",) else ""
    return _sentence(", ".join(filter(None, [kind, active + there])))


def types(entity: Entity) -> list[dict[str, object]]:
    """The types of an entity."""
    return [TYPES[name].brief() for name in entity.types]


def _found(tables: Tables, query: Query) -> Iterable[Found | Entity]:
    def fits(entity: Entity) -> bool:
        there = query.types.intersection(entity.types)
        return not query.types or (there == query.types if query.all_types else bool(there))

    if query.text:
        return tables.index.find(tables.short(query.text), fits)
    first = next((one for one in query.wanted if one.property == CODE), None)
    narrowing = first or next(iter(query.wanted), None)
    if narrowing is None:
        return ()
    listed = (tables.with_value(narrowing.property, given) for given in narrowing.values)
    entities = (entity for group in listed for entity in group if fits(entity))
    return dict.fromkeys(entities)


def _told(tables: Tables, candidate: Candidate, shared: bool) -> dict[str, object]:
    entity = candidate.entity
    return {
        "id": entity.id,
        "name": entity.name,
        "description": f"{what(tables, entity)}. {_reason(candidate, shared)}",
        "type": types(entity),
        "score": candidate.score,
        "match": candidate.match,
        "features": _features(candidate),
    }


def _features(candidate: Candidate) -> list[dict[str, object]]:
    found = candidate.found
    told: dict[str, float | bool] = {"only_exact": candidate.match}
    if found is not None:
        by_name = found.by in ("name", "other name")
        told["name"] = round(found.alike, 1) if by_name else 0
        for each in ("identifier", "code", "name", "other_name"):
            told[f"exact_{each}"] = found.exact and found.by.replace(" ", "_") == each
    told |= {f"property_{name}": worth for name, worth in candidate.properties.items()}
    return [{"id": name, "value": value} for name, value in told.items()]


def _reason(candidate: Candidate, shared: bool) -> str:
    """Why it is a candidate, in Dutch."""
    said = [_of_name(candidate.found)] if candidate.found else []
    for name, worth in candidate.properties.items():
        called = PROPERTIES[name].name.lower()
        said.append(f"{called} {'klopt' if worth >= _WELL else 'is anders'}")
    if shared and candidate.exact:
        said.append("er zijn er meer die zo heten")
    return f"{_sentence('; '.join(said))}."


def _of_name(found: Found) -> str:
    told = {
        "identifier": "adres is precies dit",
        "code": f"code is precies {found.text}",
        "name": "naam is precies dit",
        "other name": f"heet ook “{found.text}”",
    }
    if found.exact:
        return told[found.by]
    called = "naam" if found.by == "name" else f"andere naam “{found.text}”"
    return f"{called} lijkt voor {found.alike:.0f}% hierop"


def _joined(tables: Tables, entity: Entity, name: str) -> str:
    values = [value.text for value in tables.listed(entity.id, name)]
    more = " en andere" if len(values) > _MOST_NAMED else ""
    return " en ".join(values[:_MOST_NAMED]) if not more else ", ".join(values[:_MOST_NAMED]) + more


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
