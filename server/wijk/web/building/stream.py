"""The rules for the event stream: its own formats, how long a page may be kept, its old names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from wijk.harvesting.ldes.stream import PATH
from wijk.web.building.asking import Asked
from wijk.web.suffixes import SUFFIXES

_NAME = re.compile(r"([1-9]\d*)(-[0-9a-f]{12})?")
_MARK, _ENDING = "(-[0-9a-f]{12})", r"(\.[a-z]+)?"
_DEFAULT = ".trig"
# Who takes several gets the one that is read soonest.
_CHOICE = (".nq", _DEFAULT, ".jsonld")


def quoted(value: str) -> str:
    """A value as nginx and Apache read it: what has a quote or a backslash in it stays whole."""
    return '"' + value.replace("\\", r"\\").replace('"', r"\"") + '"'


@dataclass(frozen=True)
class Stream:
    """The rules for the files of the stream of a site below a path."""

    files: Sequence[Asked]
    root: str

    def choice(self) -> str:
        """For nginx: the suffix of a page by what is accepted."""
        return f"set $page {_DEFAULT};\n" + "".join(
            f'if ($http_accept ~* "{_pattern(suffix)}") {{ set $page {suffix}; }}\n'
            for suffix in reversed(_CHOICE)
        )

    def nginx(self, headers: Sequence[str]) -> Iterator[str]:
        """The locations; these headers are those of all of the site."""
        for where, kept, choice in self._kept:
            told = " ".join((*headers, f"add_header Cache-Control {quoted(kept)};"))
            yield f"location ~ {where} {{ {told} try_files $uri {choice} =404; }}\n"
        for old, new in self._old:
            where = f"^{re.escape(self.root)}{PATH}/{old}{_ENDING}$"
            yield f"location ~ {quoted(where)} {{ return 301 {self.root}{PATH}/{new}; }}\n"

    def kept(self) -> Iterator[str]:
        """For Apache: how long each may be kept."""
        for where, kept, _ in self._kept:
            value = f"Header set Cache-Control {quoted(kept)}"
            yield f'<If "%{{REQUEST_URI}} =~ m#{where}#">\n    {value}\n</If>\n'

    def apache(self) -> Iterator[str]:
        """Where the names lead, and the suffix of a page by what is accepted."""
        current = "|".join(self._names)
        for old, new in self._old:
            if current:
                yield f"RewriteCond %{{REQUEST_URI}} !{PATH}/({current}){_ENDING}$\n"
            yield f"RewriteRule ^{PATH[1:]}/{old}{_ENDING}$ {self.root}{PATH}/{new} [R=301,L]\n"
        for suffix in _CHOICE:
            yield f"RewriteCond %{{HTTP_ACCEPT}} {_pattern(suffix)} [NC]\n"
            yield self._led(suffix)
        yield self._led(_DEFAULT)

    def _led(self, suffix: str) -> str:
        return f"RewriteRule ^({PATH[1:]}/[^/.]+)$ $1{suffix} [L]\n"

    @cached_property
    def _kept(self) -> list[tuple[str, str, str]]:
        """Each pattern of paths, with how long what is there may be kept, and what to try."""
        found = sorted((it.headers.get("cache-control", ""), _stem(it)) for it in self.files)
        made = []
        for kept, group in groupby(found, key=lambda it: it[0]):
            stems = sorted({stem for _, stem in group})
            if names := [stem for stem in stems if stem]:
                where = f"^{re.escape(self.root)}{PATH}/({'|'.join(names)}){_ENDING}$"
                made.append((where, kept, "$uri$page"))
            if "" in stems:
                where = f"^{re.escape(self.root)}{PATH}{_ENDING}$"
                made.append((where, kept, "$uri$wijk $uri.ttl"))
        return made

    @property
    def _names(self) -> list[str]:
        return sorted({stem for stem in map(_stem, self.files) if stem})

    @property
    def _old(self) -> Iterator[tuple[str, str]]:
        """The other names that a page had, as a pattern, and its name with what comes after."""
        for name in self._names:
            found = _NAME.fullmatch(name)
            if found and found[2]:
                yield f"{found[1]}{_MARK}?", f"{name}$2"
        yield rf"([1-9]\d*){_MARK}", "$1$3"


def _stem(it: Asked) -> str:
    """The name of a page; nothing for the root."""
    return it.path.removeprefix(PATH).strip("/").partition(".")[0]


def _pattern(suffix: str) -> str:
    return re.escape(SUFFIXES[suffix])
