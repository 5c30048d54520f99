"""The rules for what only a server answers: nobody does, one elsewhere, or one behind this host."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wijk.web.answering import CHOSEN, LEFT_OUT, OPERATING

# A location that an operator writes. No client ever sees this status.
_PROXIED = "error_page 418 = @wijk;"
# What can be told on without being read again: a line end here would be one in a header.
_REST = r"[A-Za-z0-9._/-]*"


@dataclass(frozen=True)
class Beyond:
    """`services` is as in a site: None is nowhere, empty behind the same host, or an address."""

    root: str
    services: str | None

    def nginx(self) -> Iterator[str]:
        """The locations of those paths."""
        if self.services is None:
            return
        where = f"^{re.escape(self.root)}((?:{self._starts}){_REST})$"
        led = f"{_PROXIED} return 418;"
        if self.services:
            led = f"return 307 {self.services}$1$is_args$args;"
        yield f'location ~ "{where}" {{ {led} }}\n'

    def choice(self, path: str) -> list[str]:
        """What nginx does in the location of a page when something of it is chosen."""
        if path not in CHOSEN:
            return []
        if self.services:
            return [f"if ($args) {{ return 307 {self.services}{path}?$args; }}"]
        if self.services is None:
            return ["if ($args) { return 404; }"]
        return [_PROXIED, f"error_page 404 {self.root}/404.html;", "if ($args) { return 418; }"]

    def apache(self, chosen: Iterable[str]) -> Iterator[str]:
        """The same for Apache; a server behind the same host is asked before these are read."""
        for path in chosen:
            if self.services != "":
                led = f"{self.services}{path} [R=307,L]" if self.services else "- [R=404,L]"
                yield "RewriteCond %{QUERY_STRING} .\n"
                yield f"RewriteRule ^{path[1:]}$ {led}\n"
        if self.services:
            where = self._starts.replace("/", "", 1).replace("|/", "|")
            yield f"RewriteRule ^((?:{where}){_REST})$ {self.services}/$1 [R=307,L]\n"

    @property
    def _starts(self) -> str:
        """As a pattern; the file of a page that has such forms beside it is no such form."""
        starts = (re.escape(start) for start in LEFT_OUT if start not in OPERATING)
        return "|".join(it + "(?!html$)" if it.endswith(".") else it for it in starts)
