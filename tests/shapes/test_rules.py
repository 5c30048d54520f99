"""Every rule finds what it is for, says what to do about it, and leaves the rest in peace."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import RDF, SH, BNode, Graph, URIRef
from wijk.checking import Finding, check
from wijk.checking.messages import sentence
from wijk.engine.local import LocalStore
from wijk.snapshot import Reading

from .small import BROKEN, CHECKS, Small, rule_of
from .test_messages import JARGON, SLOT
from .together import Together

SHAPE = "https://w3id.org/wijk/shape#"
SEVERITIES = {SH.Violation, SH.Warning, SH.Info}
CODE = re.compile(r"\b(sh|dcterms|schema|wijk|rdf|skos):|minCount|maxCount|sh:|datatype|IRI|http:")


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_graph_breaks_exactly_the_rule_it_is_named_after(
    path: Path, findings: Callable[[Path], list[Finding]]
) -> None:
    found = [each for each in findings(path) if each.rule != "stamp"]  # there is no log here
    assert [each.rule.rpartition("#")[2] for each in found] == [rule_of(path)]
    assert found[0].message.keys() == {"nl", "en"}
    assert "{" not in "".join(found[0].message.values())
    assert found[0].file
    assert found[0].sentence.keys() == {"nl", "en"}
    said = re.sub(r"“[^”]*”", "“”", sentence(found[0], "nl"))  # what stands there may be anything
    assert not SLOT.search(said)
    assert not JARGON.search(said)


def test_what_is_found_of_many_examples_at_once_is_what_is_found_of_each(
    together: Together,
) -> None:
    group = max((each for each in together.groups.values() if len(each) < 5), key=len)
    alone = [found for path in group for found in together.of([path])]
    assert sorted(together.of(group), key=Finding.rank) == sorted(alone, key=Finding.rank)


def test_the_valid_graph_breaks_no_rule(small: Small) -> None:
    valid = small.supported(small.valid)
    assert check(Reading(valid), LocalStore(valid.nquads()).rows, CHECKS) == []


def test_a_whole_graph_is_asked_every_rule_once(small: Small) -> None:
    valid = small.supported(small.valid)
    store, asked = LocalStore(valid.nquads()), []

    def ask(text: str) -> list[dict[str, str]]:
        asked.append(text)
        return store.rows(text)

    check(Reading(valid), ask, CHECKS)
    assert sorted(asked) == sorted(path.read_text(encoding="utf-8") for path in CHECKS.glob("*.rq"))


def test_every_rule_has_a_broken_example(rule_names: set[str]) -> None:
    assert {rule_of(path) for path in BROKEN} == rule_names


def test_every_property_shape_has_an_iri_of_its_own(shapes: Graph) -> None:
    rules = {*shapes.subjects(SH.path)}
    assert rules == {*shapes.subjects(RDF.type, SH.PropertyShape)}
    assert not [rule for rule in rules if isinstance(rule, BNode)]
    assert all(str(rule).startswith(SHAPE) for rule in rules)


def test_every_property_shape_is_used_by_a_shape(shapes: Graph) -> None:
    rules = {*shapes.subjects(RDF.type, SH.PropertyShape)}
    assert rules == {*shapes.objects(None, SH.property)}


def test_every_rule_that_reports_has_one_severity(shapes: Graph, reporting: set[URIRef]) -> None:
    for rule in reporting:
        assert len({*shapes.objects(rule, SH.severity)} & SEVERITIES) == 1, rule


@pytest.mark.parametrize("said", [SH.name, SH.message], ids=["name", "message"])
def test_every_rule_that_reports_speaks_dutch_and_english(
    shapes: Graph, reporting: set[URIRef], said: URIRef
) -> None:
    for rule in reporting:
        languages = sorted(text.language for text in shapes.objects(rule, said))
        assert languages == ["en", "nl"], rule


def test_what_never_reports_says_nothing(shapes: Graph, reporting: set[URIRef]) -> None:
    for said in (SH.message, SH.severity):
        assert {*shapes.subjects(said)} <= reporting


def test_messages_name_no_property_and_no_constraint(shapes: Graph) -> None:
    for rule, message in shapes.subject_objects(SH.message):
        assert not CODE.search(message), rule


def test_messages_say_je(shapes: Graph) -> None:
    formal = re.compile(r"\b(u|uw)\b", re.IGNORECASE)
    assert [said for said in shapes.objects(None, SH.message) if formal.search(said)] == []


def test_messages_are_sentences_and_no_two_rules_say_the_same(shapes: Graph) -> None:
    messages = [str(message) for message in shapes.objects(None, SH.message)]
    assert [said for said in messages if not said[0].isupper() or said[-1] not in ".?"] == []
    assert [said for said, times in Counter(messages).items() if times > 1] == []


def test_one_idea_is_declared_once(shapes: Graph) -> None:
    severities = Counter(shapes.subjects(SH.severity))
    assert [rule for rule, times in severities.items() if times > 1] == []
