"""Which cases are in which feed, and what is said of them there."""

from dataclasses import replace

from wijk.harvesting.feeds import feed
from wijk.harvesting.records import newest_first

BASE = "https://w3id.org/wijindewijk/"
MUNTEL = f"{BASE}id/case/boefjes-en-baristas"


def test_a_theme_has_the_cases_of_narrower_themes_and_an_unknown_name_has_no_feed(records):
    wide, narrow = (
        feed.find(records, f"thema/{name}", True) for name in ("samenleven", "ontmoeting")
    )
    assert set(narrow.records) < set(wide.records)
    for name in ("thema/niets", "thema", "thema/", "x/groen", "", "casussen/groen"):
        assert feed.find(records, name, True) is None
    assert all(feed.find(records, name, True) for name in feed.names(records))


def test_a_case_without_a_summary_says_what_it_is_and_where(records):
    record = replace(records.one[MUNTEL], abstract="")
    assert feed.summary(record) == (
        "Een casus uit Wij in de wijk. Werken aan sociale samenhang in buurten en wijken (2020). "
        "Plaats: De Muntel."
    )
    assert feed.summary(replace(record, places=(), bundle=None, year=None)) == "Een casus."


def test_the_newest_twenty_are_those_that_changed_last(records):
    newest = feed.find(records, "casussen", False).records
    assert newest == newest_first(records.all)[: feed.NEWEST]
    assert len(newest) == feed.NEWEST
