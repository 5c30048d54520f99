"""Values as people write them, and the terms that they mean.

`shown` and `understood` are each other's way back: what is shown is understood as what it was.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from rdflib import XSD, Literal, URIRef

from wijk import days, turtle
from wijk.editing import naming
from wijk.editing.fields import Field
from wijk.editing.numbers import DIGITS
from wijk.engine import local
from wijk.loaded import Snapshot
from wijk.matching.texts import plain
from wijk.terms import node

_TRUE, _FALSE = ("ja", "true", "waar", "yes", "j", "1"), ("nee", "false", "onwaar", "no", "n", "0")
_LANGUAGE = re.compile(r"(.*) \[([a-z]{2})\]", re.DOTALL)
_WHOLE = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)")
_BROKEN = re.compile(r"(-?[0-9]+(?:\.[0-9]{3})*),([0-9]+)|(-?[0-9]+)(?:\.([0-9]{1,2}|[0-9]{4,}))?")
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


@dataclass(frozen=True)
class Misread:
    """A text that is no value of its field, and what may be meant.

    `code` has its sentence in `wijk.editing.sentences`. `nearest` are values that may be meant, as
    `shown` writes them; when it is ambiguous, all that it can be.
    """

    code: str
    value: str
    nearest: tuple[str, ...] = ()


def shown(value: str, field: Field, taken: Snapshot) -> str:
    """A term as people read and write it: the name of a choice or thing, a day, a number.

    What people have no way of writing is the term itself; a text is always the text.
    """
    term = node(value)
    if isinstance(term, URIRef):
        for choice in field.choices:
            if choice.iri == str(term):
                return choice.label
        return naming.called(str(term), field.kinds, taken) if field.kinds else str(term)
    text = _literal(term, field)
    if field.value in ("line", "text"):
        return text
    return text if understood(text, field, taken) == value else value


def understood(text: str, field: Field, taken: Snapshot) -> str | Misread:
    """The term that a text means in a field, or why it means none.

    Space around it does not matter. A text in another language than the usual one ends with that
    language: `Twirre doch mei [fy]`. A text that looks like a term of RDF is a text; where no
    text goes, a term is what `shown` wrote for want of other words.
    """
    given = unicodedata.normalize("NFC", re.sub(r"\r\n?", "\n", text).strip())
    if not given:
        return Misread("empty", given)
    if field.value in ("line", "text"):
        return _text(given, field)
    if _is_literal(given):
        return given
    return _READERS[field.value](given, field, taken)


def _literal(term: Literal, field: Field) -> str:
    lexical = str(term)
    if field.languages and term.language:
        usual = term.language == field.languages[0] and not _LANGUAGE.fullmatch(lexical)
        return lexical if usual else f"{lexical} [{term.language}]"
    if field.value == "date" and term.datatype == XSD.date:
        day = days.read(lexical)
        return days.dutch(day) if day else lexical
    if field.value == "boolean":
        return {"true": "ja", "false": "nee"}.get(lexical, lexical)
    return lexical.replace(".", ",") if field.value == "decimal" else lexical


def _text(given: str, field: Field) -> str:
    found = _LANGUAGE.fullmatch(given)
    if found and found[2] in field.languages:
        return turtle.term(Literal(found[1].strip(), lang=found[2]))
    return turtle.term(Literal(given, lang=field.languages[0] if field.languages else None))


def _is_literal(text: str) -> bool:
    """Whether it is a literal with a type or language, as `shown` writes it."""
    if not text.startswith('"') or text.endswith('"'):
        return False
    try:
        local.term(text)
        return turtle.term(node(text)) == text
    except (SyntaxError, ValueError):
        return False


def _integer(given: str, field: Field, taken: Snapshot) -> str | Misread:
    if _WHOLE.fullmatch(given):
        bare = given.replace(".", "")
        if len(bare.removeprefix("-")) > DIGITS:
            return Misread("large", given)
        return turtle.term(Literal(str(int(bare)), datatype=XSD.integer))
    inside = re.findall(r"\w*[0-9]\w*", given)
    alone = len(inside) == 1 and re.fullmatch(rf"[0-9]{{1,{DIGITS}}}", inside[0])
    near = tuple(inside) if alone else ()  # a digit beside a letter may be a letter
    return Misread("integer", given, near)


def _decimal(given: str, field: Field, taken: Snapshot) -> str | Misread:
    found = _BROKEN.fullmatch(given)
    if found is None:
        return Misread("decimal", given)
    whole = (found[1] or found[3]).replace(".", "")
    broken = found[2] or found[4]
    lexical = f"{whole}.{broken}" if broken else whole
    return turtle.term(Literal(lexical, datatype=XSD.decimal, normalize=False))


def _date(given: str, field: Field, taken: Snapshot) -> str | Misread:
    if re.fullmatch(r"[12][0-9]{3}", given):
        return turtle.term(Literal(given, datatype=XSD.gYear, normalize=False))
    if (day := days.read(" ".join(given.split()))) is not None:
        return turtle.term(Literal(day.isoformat(), datatype=XSD.date, normalize=False))
    if (inside := days.within(given)) is not None:
        return Misread("date", given, (days.dutch(inside),))
    years = re.findall(r"(?<![0-9])[12][0-9]{3}(?![0-9])", given)
    return Misread("date", given, tuple(years) if len(years) == 1 else ())


def _address(given: str, field: Field, taken: Snapshot) -> str | Misread:
    bare = given.removeprefix("<").removesuffix(">")
    try:
        parts = urlsplit(bare)
    except ValueError:
        return Misread("address", given)
    if parts.scheme in ("http", "https") and parts.netloc and _is_iri(bare):
        return f"<{bare}>"
    mended = _NOT_IN_IRI.sub(lambda found: quote(found[0]), bare)
    if not parts.scheme and re.match(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/|$)", mended, re.IGNORECASE):
        return Misread("address", given, (f"https://{mended}",))
    whole = parts.scheme in ("http", "https") and parts.netloc and " " not in bare
    return Misread("address", given, (mended,) if whole else ())


def _is_iri(text: str) -> bool:
    """Whether the store takes it as an IRI (RFC 3987)."""
    try:
        return str(local.term(f"<{text}>")) == f"<{text}>"
    except (SyntaxError, ValueError):
        return False


def _boolean(given: str, field: Field, taken: Snapshot) -> str | Misread:
    word = given.casefold()
    if word not in (*_TRUE, *_FALSE):
        return Misread("boolean", given, ("ja", "nee"))
    return turtle.term(Literal("true" if word in _TRUE else "false", datatype=XSD.boolean))


def _choice(given: str, field: Field, taken: Snapshot) -> str | Misread:
    bare, wanted = given.removeprefix("<").removesuffix(">"), plain(given)
    for choice in field.choices:
        if bare == choice.iri or wanted in (plain(choice.label), plain(_slug(choice.iri))):
            return f"<{choice.iri}>"
    also = [it.iri for it in field.choices if wanted in map(plain, it.also)]
    if len(also) == 1:
        return f"<{also[0]}>"
    called = [(name, it.label) for it in field.choices for name in (it.label, *it.also)]
    scores = {label: 0.0 for _, label in called}
    for name, label in called:
        scores[label] = max(scores[label], naming.alike(wanted, plain(name)))
    return Misread("choice", given, naming.best(scores))


def _thing(given: str, field: Field, taken: Snapshot) -> str | Misread:
    found = naming.recognised(given, field.kinds, taken)
    if len(found) == 1:
        return f"<{found[0]}>"
    if found:
        names = tuple(naming.called(thing, field.kinds, taken) for thing in found)
        return Misread("ambiguous", given, names)
    return Misread("unknown", given, naming.nearest(given, field.kinds, taken))


def _slug(iri: str) -> str:
    return iri.rpartition("/")[2]


_READERS: Mapping[str, Callable[[str, Field, Snapshot], str | Misread]] = {
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "address": _address,
    "boolean": _boolean,
    "choice": _choice,
    "thing": _thing,
}
