"""Examples of parameters that are there: what was withdrawn or is gone is no example."""

from collections.abc import Mapping
from dataclasses import replace

from wijk.questions import Param, Question
from wijk.snapshot import Snapshot, is_there


def fitting(known: Mapping[str, Question], snapshot: Snapshot) -> dict[str, Question]:
    """The questions, each with examples that are in this snapshot.

    Where one had to be replaced, the others of that question, which belonged to it, are left out
    if the question can be asked without them.
    """
    return {name: _fitting(question, snapshot) for name, question in known.items()}


def _fitting(question: Question, snapshot: Snapshot) -> Question:
    params = [fitted(param, snapshot) for param in question.params]
    if params == [*question.params]:
        return question
    kept = zip(params, question.params, strict=True)
    left = [new if new != old or new.required else replace(new, example="") for new, old in kept]
    return replace(question, params=tuple(left))


def fitted(param: Param, snapshot: Snapshot) -> Param:
    """The parameter with its own example, or else with the first of that kind that is there."""
    document = param.document(param.example, snapshot) if param.example else ""
    if not document or is_there(document, snapshot):
        return param
    kind, _, _ = document.removeprefix(f"{snapshot.base}doc/").partition("/")
    start = f"{snapshot.base}doc/{kind}/"
    slugs = (it for it in snapshot.slugs(kind) if is_there(start + it, snapshot))
    first = next(slugs, "")
    return replace(param, example=f"{kind}/{first}" if first and param.kind == "iri" else first)
