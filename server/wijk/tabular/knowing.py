"""Which thing a row is about: one that is known, or a new one with a name of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from wijk.documents import Document
from wijk.editing import sentences
from wijk.editing.names import free, slugged
from wijk.loaded import Snapshot
from wijk.tabular import saying
from wijk.tabular.cells import looks_like_address
from wijk.tabular.layout import SINGULAR, SLUG, WEB, the, this
from wijk.tabular.problems import FOUT, LET_OP, Problem
from wijk.tabular.rows import Row
from wijk.tabular.things import Things

_ALIKE = 85
_TITLES = ("titel", "naam")
_NUMBER = "nummer"
Hides = Callable[[Row, str], bool]
"""Whether what stands in a row under a column could not be read."""


@dataclass(frozen=True)
class Known:
    """The thing of a row; `document` is None when it is new, `by` is how it was recognised.

    `lacks` is the column with the name of what is new, when that is still to be filled in.
    """

    row: Row
    slug: str
    thing: str
    document: Document | None
    by: str
    lacks: str = ""


class Knowing:
    """Tells the things of rows, and lets the new ones be named by other rows."""

    def __init__(self, taken: Snapshot, things: Things, hides: Hides) -> None:
        self._taken, self._things, self._hides = taken, things, hides
        self._used: dict[str, set[str]] = {}
        self._rows: dict[str, Row] = {}
        self._slugs = {(it.kind, it.slug): [thing] for thing, it in things.documents.items()}
        self.problems: list[Problem] = []

    def known(self, row: Row) -> Known | None:
        """The thing of a row of a kind that has documents; None when that cannot be told."""
        made = self._given(row) if row.get(SLUG) else self._recognised(row) or self._new(row)
        if made is None:
            return None
        first = self._rows.setdefault(made.thing, row)
        if first is not row:
            said = (
                f"{this(row.table.kind).capitalize()} staat ook in rij {first.number}. Zet alles "
                "in één rij, en haal de andere weg."
            )
            self._tell("rij-dubbel", row, SLUG, said)
            return None
        return made

    def _given(self, row: Row) -> Known | None:
        given, kind = row.get(SLUG), row.table.kind
        found = self._slugs.get((kind, given)) or self._things.called(given, [kind])
        if len(found) == 1:
            return self._there(row, found[0], SLUG)
        if len(found) > 1:
            said = sentences.misread("ambiguous", given, row.table.column(SLUG).title)
            said += saying.which(it.rpartition("/")[2] for it in found)
            self._tell("ambiguous", row, SLUG, said)
            return None
        return self._named(row, given)

    def _named(self, row: Row, given: str) -> Known | None:
        """A name that is not known: of a new thing, or a slip of the pen."""
        kind = row.table.kind
        near = process.extractOne(
            given, self._taken.slugs(kind), scorer=fuzz.ratio, score_cutoff=_ALIKE
        )
        what = SINGULAR[kind]
        if near or looks_like_address(given) or row.state[0]:
            meant = sentences.meant(near[0] if near else "")
            said = f"Er is geen {what} “{given}”.{meant} Is het nieuw? Laat deze cel dan leeg."
            self._tell("onbekend", row, SLUG, said, near[0] if near else "")
            return None
        if slugged(given) != given:
            meant = slugged(given)
            said = (
                f"“{given}” kan niet in een adres staan. Gebruik kleine letters, cijfers en "
                f"streepjes, zoals “{meant or 'mijn-tuin'}”, of laat de cel leeg."
            )
            self._tell("naam-in-adres", row, SLUG, said, meant)
            return None
        return self._made(row, given)

    def _recognised(self, row: Row) -> Known | None:
        """A thing that is known by its number, its web address or its name."""
        kind = row.table.kind
        keys = (WEB,) if kind == "source" else (_NUMBER, *_TITLES)
        for key in keys:
            text = row.get(key)
            found = self._things.called(text, [kind]) if text else []
            if len(found) == 1 and found[0] not in self._rows:
                return self._there(row, found[0], key)
        return None

    def _new(self, row: Row) -> Known | None:
        web = row.get(WEB) if row.table.kind == "source" else ""
        return self._made(row, slugged(web.partition("//")[2].removeprefix("www.") or _title(row)))

    def _unnamed(self, row: Row) -> Known | None:
        """Something new without its name, called after its row: so all else of it is checked.

        None when it may be something known: of which the name could not be read.
        """
        keys = (WEB,) if row.table.kind == "source" else _TITLES
        column = next(it for it in row.table.columns if it.key in keys)
        key, said = column.key, row.get(column.key)
        if key != WEB:
            told = f"Deze rij heeft geen {column.title}. Vul die in, bijvoorbeeld {column.example}."
            self._tell("naam-ontbreekt", row, key, told)
        elif said:
            self._tell("address", row, key, sentences.misread("address", said, column.title))
        else:
            told = "Het webadres van deze bron ontbreekt. Neem het over uit je browser."
            self._tell("address", row, key, told)
        if row.state[0] or (self._hides(row, key) and not self._is_numbered_anew(row)):
            return None
        return self._added(row, f"rij-{row.number}", "", key)

    def _is_numbered_anew(self, row: Row) -> bool:
        """Whether a row has a number that nothing known has."""
        number = row.get(_NUMBER)
        if not number.isdecimal() or self._hides(row, _NUMBER):
            return False
        found = self._things.called(number, [row.table.kind])
        return not any(it in self._things.documents for it in found)

    def _made(self, row: Row, start: str) -> Known | None:
        """Something new with a name, or else with what is told of that."""
        web = row.get(WEB) if row.table.kind == "source" else ""
        lacks = not looks_like_address(web) if row.table.kind == "source" else not start
        return self._unnamed(row) if lacks else self._added(row, start, web)

    def _added(self, row: Row, start: str, web: str, lacks: str = "") -> Known:
        kind = row.table.kind
        if kind not in self._used:
            self._used[kind] = set(self._taken.slugs(kind))
        used = self._used[kind]
        slug = free(start, used)
        used.add(slug)
        thing = web or f"{self._taken.base}id/{kind}/{slug}"
        number = row.get(_NUMBER) if kind == "case" else ""
        self._things.add(kind, thing, slug, thing, _title(row), number, row.get(WEB))
        return Known(row, slug, thing, None, "", lacks)

    def _there(self, row: Row, thing: str, by: str) -> Known | None:
        document = self._things.documents.get(thing)
        if document is None:
            said = "Deze rij is al eerder in dit werkboek gemaakt. Zet alles in één rij."
            self._tell("rij-dubbel", row, by, said)
            return None
        if row.table.kind == "source" and row.get(WEB) not in ("", thing):
            said = (
                f"Het webadres van deze bron is “{thing}”. Dat verandert niet. Is het een andere "
                "bron? Maak er dan een nieuwe rij van, zonder “naam in het adres”."
            )
            self._tell("webadres", row, WEB, said)
        if row.table.kind == "source" and row.state[0] and WEB in row.columns and not row.get(WEB):
            said = (
                f"Deze cel is leeg gemaakt, maar een bron houdt zijn webadres. Zet “{thing}” terug."
            )
            self._tell("webadres-leeg", row, WEB, said, thing)
        return Known(row, document.slug, thing, document, by)

    def told_by_name(self, known: Known) -> Iterable[Problem]:
        """That a row changes what it was taken for: by its number or name alone."""
        if known.by not in (_NUMBER, *_TITLES) or known.document is None:
            return
        kind = known.row.table.kind
        label = self._things.shown(known.thing, (kind,))
        if known.by == _NUMBER:
            said = (
                f"Nummer {known.row.get(_NUMBER)} is van {the(kind)} “{label}”. Deze rij verandert "
                "wat daar staat. Is het een andere? Geef die dan een nummer dat nog vrij is."
            )
        else:
            said = (
                f"Er is al een {SINGULAR[kind]} “{label}”. Deze rij verandert wat daar staat. Is "
                "het een andere? Typ dan een eigen naam in de kolom “naam in het adres”, "
                f"bijvoorbeeld “{known.slug}-2”."
            )
        yield Problem("al-bekend", LET_OP, said, known.row.spot(known.by))

    def _tell(self, code: str, row: Row, key: str, text: str, nearest: str = "") -> None:
        title = row.table.column(key).title
        made = Problem(code, FOUT, text, row.spot(key), title, row.get(key), nearest)
        self.problems.append(made)


def _title(row: Row) -> str:
    return next((row.get(key) for key in _TITLES if row.get(key)), "")
