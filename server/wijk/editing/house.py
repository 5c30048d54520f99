"""A Turtle file in the house format as lines, to be changed without touching the other lines.

    <> a wijk:Case ;
        dcterms:title "Pluktuin Zuid"@nl ;
        dcterms:subject theme:groen , theme:ontmoeten .

A block is what is said of one thing; between blocks stands an empty line.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from rdflib import RDF, URIRef
from rdflib.term import Node

from wijk.linking.writing import short, with_prefixes

Pairs = Sequence[tuple[URIRef, Node]]

_OBJECT = r'(?:"(?:[^"\\\n]|\\.)*"(?:@[\w-]+|\^\^\S+)?|<[^>\n]*>|[^\s"<>,;]+)'
_SAID = re.compile(rf"(\S+) ({_OBJECT}(?: , {_OBJECT})*) [;.]")
_ONE = re.compile(_OBJECT)
_HEAD = re.compile(r"(?:@(?:base|prefix) [^\n]*\n)*")


@dataclass
class _Line:
    """A property with its values, as they are written."""

    verb: str
    values: list[str]

    def __str__(self) -> str:
        return f"{self.verb} {' , '.join(self.values)}"


@dataclass
class _Block:
    """What is said of one thing; what is not in the house format has no lines, only its text."""

    subject: str
    lines: list[_Line]
    remarks: str = ""
    text: str = ""

    def __str__(self) -> str:
        if not self.lines:
            return self.text
        said = " ;\n    ".join(map(str, self.lines))
        return f"{self.remarks}{self.subject} {said} ."


@dataclass
class Page:
    """A file about a thing, to be changed; `joined` has several values on one line."""

    thing: URIRef
    prefixes: Mapping[str, str]
    joined: Collection[URIRef]
    head: str
    blocks: list[_Block] = field(default_factory=list)

    def read(self, text: str) -> None:
        """Take in the blocks of a text without its head."""
        self.blocks = [_block(each) for each in text.strip("\n").split("\n\n") if each]

    def written(self) -> str:
        """The whole text, with the prefixes that it uses."""
        body = "\n\n".join(map(str, self.blocks)) + "\n"
        return with_prefixes(self.head, self.head + body, self.prefixes) + "\n" + body

    def remove(self, subject: URIRef) -> None:
        """Leave out all that is said of a thing."""
        self.blocks = [each for each in self.blocks if each.subject not in self._names(subject)]

    def add(self, subject: URIRef, pairs: Pairs, behind: Collection[URIRef] = ()) -> None:
        """Say something of a new thing, behind the last of these, else at the end."""
        names = {name for each in behind for name in self._names(each)}
        found = [at for at, block in enumerate(self.blocks, 1) if block.subject in names]
        block = _Block(self._short(subject), [])
        for path, value in pairs:
            self._put(block, path, value, ())
        self.blocks.insert(found[-1] if found else len(self.blocks), block)

    def change(
        self, subject: URIRef, gone: Pairs, come: Pairs, order: Sequence[URIRef] = ()
    ) -> None:
        """Say less and more of a thing.

        A new value takes the place of one of its property, else it stands behind the others, else
        behind the properties before it in `order`.
        """
        blocks = [each for each in self.blocks if each.subject in self._names(subject)]
        left = list(come)
        for path, value in gone:
            instead = next((pair for pair in left if pair[0] == path), None)
            if instead is not None:
                left.remove(instead)
            self._replace(blocks, path, value, instead)
        for path, value in left:
            if blocks:
                self._put(blocks[0], path, value, order)

    def _replace(
        self, blocks: Collection[_Block], path: URIRef, value: Node, by: tuple[URIRef, Node] | None
    ) -> None:
        verb, written = self._verb(path), self._short(value)
        for block in blocks:
            for line in [it for it in block.lines if it.verb == verb and written in it.values]:
                at = line.values.index(written)
                line.values[at : at + 1] = [] if by is None else [self._short(by[1])]
                if not line.values:
                    block.lines.remove(line)
                return

    def _put(self, block: _Block, path: URIRef, value: Node, order: Sequence[URIRef]) -> None:
        verb, written = self._verb(path), self._short(value)
        same = [at for at, line in enumerate(block.lines) if line.verb == verb]
        if same and (path in self.joined or len(block.lines[same[-1]].values) > 1):
            block.lines[same[-1]].values.append(written)
            return
        ranks = {self._verb(each): rank for rank, each in enumerate(order)}
        rank = ranks.get(verb, len(ranks))
        before = [at for at, it in enumerate(block.lines) if ranks.get(it.verb, 0) <= rank]
        place = same[-1] if same else before[-1] if before else -1
        block.lines.insert(place + 1, _Line(verb, [written]))

    def _names(self, subject: URIRef) -> tuple[str, ...]:
        return self._short(subject), f"<{subject}>"

    def _verb(self, path: URIRef) -> str:
        return "a" if path == RDF.type else self._short(path)

    def _short(self, node: Node) -> str:
        return short(node, self.thing, self.prefixes)


def page(text: str, thing: URIRef, prefixes: Mapping[str, str], joined: Collection[URIRef]) -> Page:
    """The page that a text is; an empty text is an empty page."""
    head = _HEAD.match(text)
    declared = head[0] if head else ""
    made = Page(thing, prefixes, joined, declared or f"@base <{thing}> .\n")
    made.read(text.removeprefix(declared))
    return made


def _block(text: str) -> _Block:
    lines = text.split("\n")
    remarks = [line for line in lines if line.startswith("#")]
    said = lines[len(remarks) :]
    subject, _, first = said[0].partition(" ") if said else ("", "", "")
    found = [_SAID.fullmatch(line.removeprefix("    ")) for line in (first, *said[1:])]
    if not all(found):
        return _Block(subject, [], text=text)
    parsed = [_Line(it[1], _ONE.findall(it[2])) for it in found if it]
    return _Block(subject, parsed, "".join(f"{line}\n" for line in remarks))
