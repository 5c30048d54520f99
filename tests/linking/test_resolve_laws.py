"""Laws of resolving, in any history of mergers, extensions, splits and renamings."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st
from wijk.linking.register import Event, Municipality, Register
from wijk.linking.resolve import Outcome, resolve

FIRST = date(2000, 1, 1)
CERTAIN = (Outcome.EXACT, Outcome.FORWARD)
law = settings(max_examples=40, deadline=None)
days = st.integers(0, 40).map(lambda years: FIRST + timedelta(days=365 * years // 2))


class History:
    """A country that is reorganised again and again."""

    def __init__(self, size: int) -> None:
        self.codes = count(1)
        self.areas: dict[str, Municipality] = {}
        self.events: list[Event] = []
        self.day = FIRST
        for _ in range(size):
            self.begin(None)

    @property
    def alive(self) -> list[str]:
        """The codes that have not ended."""
        return sorted(code for code, area in self.areas.items() if area.valid_until is None)

    def begin(self, day: date | None) -> str:
        """A new code."""
        code = f"GM{next(self.codes):04}"
        self.areas[code] = Municipality(code, f"Gemeente {code}", day)
        return code

    def change(self, kind: str, ended: list[str], began: list[str], used: list[str]) -> None:
        """Some codes end."""
        iri = f"wzg_{len(self.events)}"
        parts = (tuple(sorted(codes)) for codes in (ended, began, used))
        self.events.append(Event(iri, self.day, kind, *parts))
        for code in ended:
            self.areas[code] = replace(self.areas[code], valid_until=self.day)

    @property
    def register(self) -> Register:
        """All that happened."""
        return Register(dict(self.areas), tuple(self.events), since=FIRST)


@st.composite
def histories(draw: st.DrawFn) -> Register:
    """Up to ten changes, on rising days."""
    history = History(draw(st.integers(2, 6)))
    for _ in range(draw(st.integers(0, 10))):
        history.day += timedelta(days=draw(st.integers(1, 800)))
        alive = draw(st.permutations(history.alive))
        kind = draw(st.sampled_from(["merger", "extension", "renaming", "split", "two halves"]))
        if kind == "renaming":
            history.change("herschikking", alive[:1], [history.begin(history.day)], [])
        elif len(alive) < 2:
            continue
        elif kind == "merger":
            ended = alive[: draw(st.integers(2, len(alive)))]
            history.change("samenvoeging", ended, [history.begin(history.day)], [])
        elif kind == "extension":
            history.change(
                "uitbreiding", alive[1 : draw(st.integers(2, len(alive)))], [], alive[:1]
            )
        elif kind == "split":
            began = [history.begin(history.day)] if draw(st.booleans()) else []
            history.change("uitbreiding", alive[:1], began, alive[1:3])
        elif len(alive) > 2:
            # As the register tells of Maasdonk: two changes on one day.
            history.change("uitbreiding", alive[:1], [], alive[1:2])
            history.change("uitbreiding", alive[:1], [], alive[2:3])
    return history.register


@law
@given(histories(), days)
def test_what_is_answered_is_there_on_that_day(register: Register, day: date) -> None:
    for code in register.municipalities:
        found = resolve(register, code, day)
        assert all(register.municipalities[area].on(day) for area in found.areas)
        assert (len(found.areas) == 1) >= (found.outcome in CERTAIN)


@law
@given(histories(), days)
def test_resolving_again_changes_nothing(register: Register, day: date) -> None:
    for code in register.municipalities:
        for area in resolve(register, code, day).areas:
            again = resolve(register, area, day)
            assert (again.outcome, again.areas) == (Outcome.EXACT, (area,))


@law
@given(histories(), days)
def test_no_code_is_lost(register: Register, day: date) -> None:
    for code in register.municipalities:
        found = resolve(register, code, day)
        assert found.areas
        assert found.outcome in (*CERTAIN, Outcome.ASK)


@law
@given(histories(), days, days)
def test_in_two_steps_one_comes_as_far_as_in_one(
    register: Register, first: date, second: date
) -> None:
    early, late = sorted((first, second))
    for code, area in register.municipalities.items():
        if area.valid_from is None or area.valid_from <= early:
            halfway = resolve(register, code, early).areas
            there = {each for step in halfway for each in resolve(register, step, late).areas}
            assert there == set(resolve(register, code, late).areas)


@law
@given(histories(), days)
def test_the_way_goes_forward_and_never_round(register: Register, day: date) -> None:
    for code in register.municipalities:
        found = resolve(register, code, day)
        passed = [event.on for event in found.through]
        assert passed == sorted(passed)
        assert len(set(found.through)) == len(found.through)
        if found.outcome is Outcome.FORWARD:
            assert found.through
            assert all(each <= day for each in passed)


@law
@given(histories(), days, st.randoms(use_true_random=False))
def test_what_the_register_does_not_tell_is_never_made_up(register, day, random) -> None:
    kept = tuple(event for event in register.events if random.random() < 0.6)
    for code in register.municipalities:
        whole, part = (
            resolve(each, code, day) for each in (register, replace(register, events=kept))
        )
        assert set(part.areas) <= set(whole.areas)
        if part.outcome is Outcome.EXACT:
            assert whole.outcome is Outcome.EXACT
        assert part.areas or part.outcome is Outcome.ASK


@law
@given(st.lists(st.tuples(*[st.integers(0, 5)] * 2, days), max_size=12), days)
def test_in_a_register_that_contradicts_itself_it_still_comes_to_an_end(
    pairs: list[tuple[int, int, date]], day: date
) -> None:
    areas = {f"GM{n:04}": Municipality(f"GM{n:04}", f"{n}", None, FIRST) for n in range(6)}
    events = tuple(
        Event(f"{at}", on, "uitbreiding", (f"GM{old:04}",), (), (f"GM{new:04}",))
        for at, (old, new, on) in enumerate(pairs)
    )
    for code in areas:
        found = resolve(Register(areas, events), code, day)
        assert (found.outcome, found.areas) == (Outcome.ASK, ())
