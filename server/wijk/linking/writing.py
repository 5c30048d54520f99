"""Writes what was linked into Turtle files, in the house format and with the rest as it was."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.term import Node

from wijk import jsonld, stamps, turtle
from wijk.errors import OutputError

Pairs = Sequence[tuple[URIRef, Node]]
"""Properties with their values, in the order in which they are written."""

# A local name that needs no escape in any reader of Turtle, and none in an address.
_PLAIN = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_HEAD = re.compile(r"(?:@base <[^>]*> \.\n)?(?:@prefix \S* <[^>]*> \.\n)*")
_LINE = re.compile(r"    (\S+) .* [;.]")


@dataclass(frozen=True)
class Block:
    """What is said of one thing: the thing of the document, or a part of it (`#e-name`)."""

    subject: URIRef
    pairs: Pairs


def document(thing: URIRef, blocks: Iterable[Block], prefixes: Mapping[str, str]) -> bytes:
    """A whole document about a thing; of the prefixes it declares those that it uses."""
    text = "\n".join(_written(block, thing, prefixes) for block in blocks)
    head = f"@base <{thing}> .\n"
    return (with_prefixes(head, text, prefixes) + "\n" + text).encode()


def added(
    source: bytes,
    main: Block,
    parts: Sequence[Block],
    prefixes: Mapping[str, str],
    order: Sequence[URIRef] = (),
) -> bytes:
    """A document with more said of its thing, and with more parts at its end.

    In a file of the house format, a new line stands behind the lines of its own property and of
    those before it in `order`; in any other file, all that is new stands at the end, before the
    stamp.
    """
    bare, stamp = stamps.parted(source, main.subject)
    text = bare.decode("utf-8").rstrip("\n") + "\n"
    tail = "".join("\n" + _written(part, main.subject, prefixes) for part in parts)
    inserted = _inserted(text, main, prefixes, order) if main.pairs else text
    if inserted is not None:
        made = with_prefixes(inserted, inserted + tail, prefixes) + tail
        if _says(made, text, main, parts):
            return made.encode() + stamp
    loose = "\n".join(_written(each, URIRef(""), {}) for each in (main, *parts) if each.pairs)
    return f"{text}\n{loose}".encode() + stamp


def removed(source: bytes, gone: Block, prefixes: Mapping[str, str]) -> bytes:
    """A document with less said of its thing; what is not written in the house format stays."""
    text = source.decode("utf-8")
    for pair in gone.pairs:
        line = f"    {_line(pair, gone.subject, prefixes)}"
        text = text.replace(f"\n{line} ;\n", "\n", 1)
        text = text.replace(f" ;\n{line} .\n", " .\n", 1)
    return text.encode()


def without(source: bytes, parts: Iterable[Node]) -> bytes:
    """A document without what it says of these parts of its thing.

    Raises:
        OutputError: the file is not in the house format, so that this takes a person.
    """
    text = source.decode("utf-8")
    gone = {*parts}
    for part in gone:
        start = f"<#{str(part).partition('#')[2]}> "
        text = re.sub(rf"(?:^|\n){re.escape(start)}(?:[^\n]+\n)+", "", text)
    left = [triple for triple in turtle.parse(source, "") if triple[0] not in gone]
    if {*turtle.parse(text.encode(), "")} != {*left}:
        named = ", ".join(sorted(str(part) for part in gone))
        raise OutputError(f"{named} cannot be taken out of its file; take it out by hand.")
    return text.encode()


def name(taken: Iterable[Node], start: URIRef) -> URIRef:
    """The first address that is not taken: `#e-area`, `#e-area-2` and so on."""
    known, found, count = {*taken}, start, 1
    while found in known:
        count += 1
        found = URIRef(f"{start}-{count}")
    return found


def short(node: Node, thing: URIRef, prefixes: Mapping[str, str]) -> str:
    """A term as the house writes it in the document of a thing."""
    if isinstance(node, Literal):
        plain = turtle.term(node)
        if node.datatype is None:
            return plain
        if jsonld.is_short(node):
            return str(node)
        return f"{plain.rpartition('^^')[0]}^^{short(node.datatype, thing, prefixes)}"
    iri = str(node)
    if thing and (iri == str(thing) or iri.startswith(f"{thing}#")):
        return f"<{iri.removeprefix(thing)}>"
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace) and _PLAIN.fullmatch(iri.removeprefix(namespace)):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"


def _written(block: Block, thing: URIRef, prefixes: Mapping[str, str]) -> str:
    lines = " ;\n    ".join(_line(pair, thing, prefixes) for pair in block.pairs)
    return f"{short(block.subject, thing, prefixes)} {lines} .\n"


def _line(pair: tuple[URIRef, Node], thing: URIRef, prefixes: Mapping[str, str]) -> str:
    property, value = pair
    verb = "a" if property == RDF.type else short(property, thing, prefixes)
    return f"{verb} {short(value, thing, prefixes)}"


def _inserted(
    text: str, main: Block, prefixes: Mapping[str, str], order: Sequence[URIRef]
) -> str | None:
    """The text with the new lines in the block of its thing; None when it has another form."""
    start = max(text.find(f"\n{head} a ") for head in ("<>", f"<{main.subject}>")) + 1
    end = text.find("\n\n", start)
    lines = text[start : end if end >= 0 else len(text) - 1].split("\n")
    if not start or not all(_LINE.fullmatch(line) for line in lines[1:]):
        return None
    bare = [line[:-2] for line in lines]
    ranks = {short(property, main.subject, prefixes): n for n, property in enumerate(order)}
    for pair in main.pairs:
        new = f"    {_line(pair, main.subject, prefixes)}"
        bare.insert(_place(bare, new, ranks), new)
    block = " ;\n".join(bare) + " ."
    return text[:start] + block + (text[end:] if end >= 0 else "\n")


def _place(lines: Sequence[str], new: str, ranks: Mapping[str, int]) -> int:
    """Where a line goes: behind the last one that is to stand before it."""
    last = len(ranks)
    rank = ranks.get(new.split()[0], last)
    before = [
        at for at, line in enumerate(lines) if at == 0 or ranks.get(line.split()[0], last) <= rank
    ]
    return before[-1] + 1


def with_prefixes(text: str, using: str, prefixes: Mapping[str, str]) -> str:
    """The text with a declaration of each prefix that is used in a text, in alphabetical order."""
    head = _HEAD.match(text)
    declared = head[0] if head else ""
    bare = re.sub(r'"(?:[^"\\]|\\.)*"|<[^>]*>', "", using.removeprefix(declared))
    used = {each for each in re.findall(r"(?<![\w:-])([a-z]+):", bare) if each in prefixes}
    lines = {*declared.splitlines(keepends=True)}
    lines |= {
        f"@prefix {each}: <{prefixes[each]}> .\n"
        for each in used
        if f"@prefix {each}: " not in declared
    }
    return "".join(sorted(lines)) + text.removeprefix(declared)


def _says(made: str, before: str, main: Block, parts: Sequence[Block]) -> bool:
    """Whether the text says what it said and what is new, and nothing else."""
    new = Graph(bind_namespaces="none")
    for block in (main, *parts):
        for property, value in block.pairs:
            new.add((block.subject, property, value))
    wanted = turtle.merged([turtle.parse(before.encode(), ""), new])
    return {*turtle.parse(made.encode(), "")} == {*wanted}
