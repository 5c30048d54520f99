"""How what is in the graph stands on a page, as words: texts, names, numbers and days."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import unquote

import pyoxigraph as ox

_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
Words = tuple[str, ...]


def words(text: str) -> Words:
    """The words of a text, and its numbers with their points and commas."""
    return tuple(_WORD.findall(text.lower()))


_FILES = ("pdf", "mb", "kb", "html", "htm", "php", "doc", "docx", "aspx")


def addresses(iri: str) -> Iterator[Words]:
    """How an address may stand on a page: whole, its site, or that and the last part with words."""
    bare = iri.partition("//")[2].removeprefix("www.")
    site = bare.partition("/")[0]
    yield from map(words, (iri, bare, site, f"www.{site}", iri.rstrip("/").rpartition("/")[2]))
    if found := re.search(r"/stb-(\d+)-(\d+)[.]html$", iri):
        yield words(f"staatsblad {found[1]} {found[2]}")
    if found := re.search(r"/licenses/([a-z-]+)/([0-9.]+)/$", iri):
        yield words(f"cc {found[1]} {found[2]}")
    if found := re.search(r"/publicdomain/zero/([0-9.]+)/$", iri):
        yield words(f"cc0 {found[1]}")
    parts = PurePosixPath(unquote(bare.partition("?")[0])).parts[1:]
    last = PurePosixPath(next((it for it in parts[::-1] if re.search(r"[^\W\d_]{2}", it)), ""))
    plain = words(_without_codes(last.stem))
    for part in (words(last.name), words(last.stem), plain, plain[1:]):
        yield from (words(site) + part[:end] for end in range(1, len(part) + 1))


def _without_codes(part: str) -> str:
    """What is a word to a reader in a part of an address: no code, and not the kind of a file."""
    found = re.split(r"[-_+\s]+", part.partition("&")[0])
    coded = re.compile(r"(?=.*\d)(?=.*[^\W\d]).*")
    return " ".join(it for it in found if it not in _FILES and not coded.fullmatch(it))


def forms(literal: ox.Literal) -> Iterator[Words]:
    """How a literal may stand on a page: whole, a sentence of it, a number, a day."""
    text = literal.value
    yield words(text)
    yield from (words(sentence) for sentence in re.split(r"(?<=[.!?])\s+", text))
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        head, _, tail = text.partition(".")
        yield words(f"{int(head):,}".replace(",", ".") + (f",{tail}" if tail else ""))
    if found := re.fullmatch(r"POINT ?\((\S+) (\S+)\)", text):
        east, north = (it.replace(".", ",") for it in found.groups())
        yield words(f"{north} noorderbreedte {east} oosterlengte")
    day = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")
    if days := [date(*map(int, found)) for found in day.findall(text)] if day.match(text) else []:
        told = [f"{it.day} {_MONTHS[it.month - 1]} {it.year}" for it in days]
        yield words(told[0])
        yield words(" tot en met ".join(told))
    elif found := re.fullmatch(r"(\d{4})-(\d\d)", text):
        yield words(f"{_MONTHS[int(found[2]) - 1]} {found[1]}")
