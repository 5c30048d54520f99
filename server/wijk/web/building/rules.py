"""What a web server needs to know to answer with the files as the application does."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from wijk.harvesting.ldes.stream import PATH
from wijk.web.answering import CHOSEN
from wijk.web.building.asking import ENDINGS, Asked
from wijk.web.building.beyond import Beyond
from wijk.web.building.stream import Stream, quoted
from wijk.web.suffixes import SUFFIXES

# Who asks for a form of RDF gets that, also when a page would do; the first that is named here.
_CHOICE = (".ttl", ".jsonld", ".trig", ".nq", ".nt", ".rdf", ".html")
# Names of files here are whole: nothing comes after them.
_WHOLE = "dump|linkset"
_ACCEPTED = {".html": r"text/html|application/xhtml\+xml", ".jsonld": r"application/(ld\+)?json"}
_CSP = "content-security-policy"
_ALWAYS = (
    ("Access-Control-Allow-Origin", "*"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Vary", "Accept"),
)


@dataclass(frozen=True)
class Rules:
    """The rules for all answers of a site below a path."""

    asked: Sequence[Asked]
    root: str
    url: str
    services: str | None = None
    """Where a server answers what files cannot; empty is behind the same host, None nowhere."""

    def nginx(self) -> str:
        """To be included in a `server { }` whose `root` is the folder."""
        types = "".join(f"    {quoted(kind)} {suffix[1:]};\n" for suffix, kind in self._types)
        choice = "".join(
            f'if ($http_accept ~* "{_pattern(suffix)}") {{ set $wijk {suffix}; }}\n'
            for suffix in reversed(_CHOICE)
        )
        plain = " ".join(f"$uri{ending}" for ending in ENDINGS.values())
        headers = "".join(
            f"add_header {name} {quoted(value)} always;\n" for name, value in self._always
        )
        return (
            "# Made by `wijk build`: include this in a server { } whose root is this folder.\n"
            f"types {{\n{types}}}\nabsolute_redirect off;\n{headers}"
            f"error_page 404 {self.root}/404.html;\n\nset $wijk .ttl;\n{choice}\n"
            + self._stream.choice()
            + "".join(self._nginx())
            + f"location {self.root}/ {{\n"
            f"    try_files $uri $uri$wijk $uri.ttl {plain} $uri/index.html =404;\n}}\n"
        )

    def _nginx(self) -> Iterator[str]:
        for it in self._gone:
            page = f"error_page 410 {self.root}/{it.file}; return 410;"
            yield f"location ~ ^{re.escape(self.root)}/{_where(it)}$ {{ {page} }}\n"
        headers = [f"add_header {name} {quoted(value)} always;" for name, value in self._always]
        yield from self._stream.nginx(headers)
        yield f"location ~ ^{re.escape(self.root)}/id/(.+)$ {{ return 303 {self.root}/doc/$1; }}\n"
        yield from self._beyond.nginx()
        whole = f"^{re.escape(self.root)}/({_WHOLE})/."
        yield f"location ~ {whole} {{ try_files $uri $uri/index.html =404; }}\n"
        for it in self._leading:
            led = f"return {it.status} {it.location};"
            if it.path in self._chosen:
                led = f"if ($wijk = .html) {{ {led} }} try_files $uri$wijk $uri.ttl =404;"
            yield f"location = {self.root}{it.path} {{ {led} }}\n"
        for it in self._odd:
            told = [f"types {{ }} default_type {quoted(it.media_type)};"]
            told += self._framed(it)
            told += self._beyond.choice(it.path)
            yield f"location = {self.root}/{it.file} {{ {' '.join(told)} }}\n"
            if it.status == 200 and it.path != f"/{it.file}":
                told.append(f"try_files {self.root}/{it.file} =404;")
                yield f"location = {self.root}{it.path} {{ {' '.join(told)} }}\n"
        for it in self._files:
            if (told := self._beyond.choice(it.path)) and it not in self._odd:
                told.append(f"try_files {self.root}/{it.file} =404;")
                yield f"location = {self.root}{it.path} {{ {' '.join(told)} }}\n"

    def _framed(self, it: Asked) -> list[str]:
        """Who may show it in a page of their own, when that is another rule than elsewhere."""
        if it.headers.get(_CSP, "") == self._csp:
            return []
        others = [each for each in self._always if each[0].lower() != _CSP]
        own = [*others, ("Content-Security-Policy", it.headers.get(_CSP, ""))]
        return [f"add_header {name} {quoted(value)} always;" for name, value in own if value]

    def apache(self) -> str:
        """The `.htaccess` of the folder."""
        types = "".join(f"AddType {quoted(kind)} {suffix}\n" for suffix, kind in self._types)
        headers = "".join(
            f"Header always set {name} {quoted(value)}\n" for name, value in self._always
        )
        return (
            "# Made by `wijk build`. It needs mod_rewrite, mod_mime, mod_dir and mod_headers.\n"
            f"Options -Indexes -MultiViews\nDirectorySlash Off\nDirectoryIndex disabled\n{types}"
            f"{headers}ErrorDocument 404 {self.root}/404.html\n"
            + "".join((*self._pages_of_the_gone(), *self._stream.kept()))
            + "\nRewriteEngine On\n"
            + "".join(self._apache())
        )

    def _pages_of_the_gone(self) -> Iterator[str]:
        for it in self._gone:
            where = f"^{re.escape(self.root)}/{_where(it)}$"
            page = f"ErrorDocument 410 {self.root}/{it.file}"
            yield f'<If "%{{REQUEST_URI}} =~ m#{where}#">\n    {page}\n</If>\n'
        for it in self._odd:
            if it.headers.get(_CSP, "") != self._csp:
                value = quoted(it.headers.get(_CSP, ""))
                policy = f"Header always set Content-Security-Policy {value}"
                asked = f"%{{REQUEST_URI}} in {{ '{self.root}{it.path}', '{self.root}/{it.file}' }}"
                yield f'<If "{asked}">\n    {policy}\n</If>\n'

    def _apache(self) -> Iterator[str]:
        for it in self._gone:
            yield f"RewriteRule ^{_where(it)}$ - [G,L]\n"
        yield from self._stream.apache()
        yield from self._beyond.apache(it.path for it in self._files if it.path in CHOSEN)
        yield f"RewriteRule ^id/(.+)$ {self.root}/doc/$1 [R=303,L]\n"
        for it in self._leading:
            path = re.escape(it.path.strip("/"))
            if it.path in self._chosen:
                data = "|".join(map(_pattern, _CHOICE[:-1]))
                yield f"RewriteCond %{{HTTP_ACCEPT}} {_pattern('.html')} [NC]\n"
                yield f"RewriteCond %{{HTTP_ACCEPT}} !({data}) [NC]\n"
            yield f"RewriteRule ^{path}$ {it.location} [R={it.status},L]\n"
        yield f"RewriteRule ^({_WHOLE})/([^/]+/)*[^/]+$ - [L]\n"
        for it in self._odd:
            kind = it.media_type.replace(" ", "")
            yield f"RewriteRule ^{re.escape(str(it.file))}$ - [T={kind},L]\n"
        for suffix in _CHOICE:
            yield "RewriteCond %{REQUEST_FILENAME} !-f\n"
            yield f"RewriteCond %{{HTTP_ACCEPT}} {_pattern(suffix)} [NC]\n"
            yield f"RewriteCond %{{REQUEST_FILENAME}}{suffix} -f\n"
            yield f"RewriteRule ^(.*[^/])$ $1{suffix} [L]\n"
        for ending in (".ttl", *ENDINGS.values()):
            yield "RewriteCond %{REQUEST_FILENAME} !-f\n"
            yield f"RewriteCond %{{REQUEST_FILENAME}}{ending} -f\n"
            yield f"RewriteRule ^(.*[^/])$ $1{ending} [L]\n"
        yield "RewriteCond %{REQUEST_FILENAME}/index.html -f\n"
        yield "RewriteRule ^(.+?)/?$ $1/index.html [L]\n"
        yield "RewriteRule ^$ index.html [L]\n"

    def w3id(self, folder: str) -> str:
        """The `.htaccess` for a folder of w3id.org: `wijk`, or that of the case base."""
        head = f"# https://w3id.org/{folder}/\nOptions -MultiViews\nRewriteEngine on\n\n"
        if folder == "wijk":
            return (
                f"{head}RewriteRule ^$ {self.url}/def [R=303,L]\n"
                f"RewriteRule ^((?:def|shape)(?:[./].*)?)$ {self.url}/$1 [R=307,L]\n"
            )
        return (
            f"{head}RewriteRule ^(id/.+)$ {self.url}/$1 [R=303,L]\n"
            f"RewriteRule ^(.*)$ {self.url}/$1 [R=307,L]\n"
        )

    @cached_property
    def _files(self) -> list[Asked]:
        return [it for it in self.asked if it.file is not None and it.status == 200]

    @cached_property
    def _gone(self) -> list[Asked]:
        return [it for it in self.asked if it.status == 410]

    @cached_property
    def _stream(self) -> Stream:
        return Stream([it for it in self._files if it.path.startswith(PATH)], self.root)

    @cached_property
    def _beyond(self) -> Beyond:
        return Beyond(self.root, self.services)

    @property
    def _leading(self) -> Iterable[Asked]:
        return (it for it in self.asked if it.location)

    @cached_property
    def _chosen(self) -> frozenset[str]:
        """The paths that lead people on, and have files for who asks for a form of RDF."""
        files = {str(it.file) for it in self._files}
        return frozenset(it.path for it in self._leading if f"{it.path[1:]}.ttl" in files)

    @cached_property
    def _types(self) -> list[tuple[str, str]]:
        """The type of most files with a suffix."""
        counted = Counter((PurePosixPath(str(it.file)).suffix, it.media_type) for it in self._files)
        best: dict[str, str] = {suffix: kind for suffix, kind in SUFFIXES.items()}
        for (suffix, kind), _ in sorted(counted.items(), key=lambda it: (it[1], it[0])):
            best[suffix] = kind
        return sorted((suffix, kind) for suffix, kind in best.items() if suffix)

    @cached_property
    def _csp(self) -> str:
        counted = Counter(it.headers.get(_CSP, "") for it in self._files)
        return max(sorted(counted), key=lambda it: counted[it], default="")

    @property
    def _always(self) -> Sequence[tuple[str, str]]:
        return (*_ALWAYS, ("Content-Security-Policy", self._csp))

    @cached_property
    def _odd(self) -> list[Asked]:
        """The files that have another type than others with their suffix, or other rules."""
        types = dict(self._types)
        return [
            it
            for it in self.asked
            if it.file is not None and it.status in (200, 410)
            if types.get(PurePosixPath(str(it.file)).suffix) != it.media_type
            or it.headers.get(_CSP, "") != self._csp
        ]


def _where(it: Asked) -> str:
    """The paths that are gone with this page, as a pattern."""
    kind, name = it.path.removeprefix("/").split("/", 1)
    if kind != "doc":
        return re.escape(f"{kind}/{name}")
    routes = "id|doc|linkset/doc" + ("|citeer" if name.startswith("case/") else "")
    return rf"({routes})/{re.escape(name)}(\.[a-z]+)?"


def _pattern(suffix: str) -> str:
    return _ACCEPTED.get(suffix) or re.escape(SUFFIXES[suffix]).replace("/", "/")
