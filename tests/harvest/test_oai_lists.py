"""However a harvester cuts its lists, and whatever changes meanwhile, it ends with all there is."""

from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wijk.changelog import Entry
from wijk.harvesting.oai import listing, moments
from wijk.harvesting.oai.arguments import Arguments
from wijk.harvesting.oai.items import Item, Items, Naming
from wijk.harvesting.oai.problems import ProtocolError
from wijk.harvesting.oai.repository import Repository
from wijk.harvesting.rights import Terms

START = datetime(2026, 11, 20, tzinfo=UTC)
SPAN = 5 * 86_400
NOW = datetime(2026, 11, 26, tzinfo=UTC)
SETS = ("bundel:een", "bundel:twee", "bundel:drie")


def item(number, second, spec=SETS[0]):
    moment = START + timedelta(seconds=second)
    document = f"https://x.example/doc/case/{number}"
    entry = Entry(moment, "Create", document, PurePosixPath("x.ttl"))
    return Item(f"oai:x.example:case/{number}", moment, (spec,), entry)


def repository(items, page):
    return Repository(
        *("X", "https://x.example/oai", "https://x.example/oai", "a@x.example"),
        naming=Naming("https://x.example/"),
        earliest=START,
        latest=None,
        items=Items(items, {}),
        formats={"oai_dc": None},
        terms=Terms("", "", {}, "", {}, {}),
        page=page,
    )


def asked(**given):
    arguments = {name.rstrip("_"): value for name, value in given.items() if value}
    return Arguments("ListIdentifiers", {"metadataPrefix": "oai_dc", **arguments})


def following(token):
    return Arguments("ListIdentifiers", {"resumptionToken": token.written()})


def harvested(own, **given):
    """All headers of a list, part after part."""
    found = []
    arguments = asked(**given)
    while True:
        try:
            part = listing.part(own, arguments, NOW)
        except ProtocolError as error:
            if found or error.code != "noRecordsMatch":
                raise  # a list that has begun is never empty further on
            return found
        assert 0 < len(part.items) <= own.page
        assert part.cursor == len(found)
        found += part.items
        if part.token is None:
            assert part.size == len(found)
            return found
        arguments = following(part.token)


seconds = st.integers(0, SPAN - 1)
items = st.lists(st.tuples(seconds | st.integers(0, 3), st.sampled_from(SETS)), max_size=25).map(
    lambda drawn: [item(number, second, spec) for number, (second, spec) in enumerate(drawn)]
)
pages = st.integers(1, 7)


@given(items, pages, st.lists(seconds, max_size=5), st.booleans())
def test_any_cut_of_time_in_seconds_gives_each_record_once(known, page, cuts, by_set):
    own = repository(known, page)
    stamps = [moments.stamp(START + timedelta(seconds=cut)) for cut in sorted(set(cuts))]
    before = [moments.stamp(START + timedelta(seconds=cut - 1)) for cut in sorted(set(cuts))]
    found = [
        it
        for first, until in zip(["", *stamps], [*before, ""], strict=True)
        for chosen in (SETS if by_set else ("",))
        for it in harvested(own, from_=first, until=until, set=chosen)
    ]
    assert sorted(it.identifier for it in found) == sorted(it.identifier for it in known)


@given(items, pages)
def test_any_cut_of_time_in_days_gives_each_record_once(known, page):
    own = repository(known, page)
    days = [(START + timedelta(days=day)).date().isoformat() for day in range(5)]
    found = [it for day in days for it in harvested(own, from_=day, until=day)]
    assert sorted(it.identifier for it in found) == sorted(it.identifier for it in known)


@given(items, pages)
def test_a_list_is_in_the_order_of_changes(known, page):
    found = harvested(repository(known, page))
    assert [it.datestamp for it in found] == sorted(it.datestamp for it in known)


changes = st.lists(st.lists(st.integers(0, 30), max_size=6), max_size=12)


@given(items.filter(bool), pages, changes, st.booleans())
def test_who_harvests_while_things_change_and_then_what_changed_has_everything(
    known, page, rounds, bounded
):
    """Between two parts some records change or are added; the next harvest is from the first on."""
    now = dict(enumerate(known))
    copy, clock, rounds = {}, SPAN, iter(rounds)
    until = moments.stamp(START + timedelta(seconds=SPAN)) if bounded else ""
    part = listing.part(repository(now.values(), page), asked(until=until), NOW)
    while True:
        copy |= {it.identifier: it for it in part.items}
        for number in next(rounds, []):
            clock += 1
            now[number] = item(number, clock)
        if part.token is None:
            break
        try:
            part = listing.part(repository(now.values(), page), following(part.token), NOW)
        except ProtocolError as error:
            pytest.fail(f"a list that has begun is broken off: {error}")
    since = moments.stamp(START + timedelta(seconds=SPAN))
    copy |= {it.identifier: it for it in harvested(repository(now.values(), page), from_=since)}
    assert copy == {it.identifier: it for it in now.values()}


def test_what_changes_during_a_harvest_shifts_no_page_and_comes_in_the_next():
    known = [item(number, number) for number in range(10)]
    first = listing.part(repository(known, 4), asked(), NOW)
    changed = [*known[:1], item(1, SPAN), *known[2:5], item(5, SPAN + 1), *known[6:]]
    second = listing.part(repository(changed, 4), following(first.token), NOW)
    assert [it.identifier[-1] for it in second.items] == ["4", "6", "7", "8"]
    third = listing.part(repository(changed, 4), following(second.token), NOW)
    assert [it.identifier[-1] for it in third.items] == ["9"]
    assert third.token is None
    assert (first.size, second.size, third.size) == (10, 10, 10)


def test_the_same_token_gives_the_same_page_and_the_same_next_token_also_later():
    own = repository([item(number, number) for number in range(10)], 4)
    first = listing.part(own, asked(set="bundel"), NOW)
    again = [
        listing.part(own, following(first.token), NOW + timedelta(days=days)) for days in (0, 1, 6)
    ]
    assert again[0] == again[1] == again[2]
    assert again[0].token.chosen == "bundel"
    assert again[0].token != first.token, "a token leads on"


@pytest.mark.parametrize("until", ["", moments.stamp(START + timedelta(seconds=SPAN - 1))])
@pytest.mark.parametrize("chosen", ["", SETS[0]])
def test_when_all_that_was_left_has_changed_the_last_record_ends_the_list(until, chosen):
    known = [item(number, number) for number in range(4)]
    first = listing.part(repository(known, 2), asked(until=until, set=chosen), NOW)
    later = [*known[:2], item(2, SPAN), item(3, SPAN + 1, SETS[1])]
    second = listing.part(repository(later, 2), following(first.token), NOW)
    assert [it.identifier[-1] for it in second.items] == ["1"]
    assert (second.token, second.cursor, second.size) == (None, 2, 4)
    gone = [*later[:1], item(1, SPAN + 2, SETS[2]), *later[2:]]
    third = listing.part(repository(gone, 2), following(first.token), NOW)
    assert third.items == [gone[1]], "also when that one was changed"


def test_where_nothing_is_no_list_begins():
    with pytest.raises(ProtocolError) as error:
        listing.part(repository([], 2), asked(), NOW)
    assert error.value.code == "noRecordsMatch"
