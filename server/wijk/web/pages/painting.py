"""The words of a query in colours, to read it more easily."""

import re

from markupsafe import Markup, escape

_WORDS = "PREFIX|SELECT|DISTINCT|WHERE|OPTIONAL|FILTER|ORDER BY|GROUP BY|LIMIT|COUNT|AS|a"
_PARTS = re.compile(
    r'(?P<tekst>"[^"\n]*"(?:@[a-z]+)?|<[^>\s]*>)|(?P<uitleg>#[^\n]*)'
    rf"|(?<![\w:?])(?P<woord>{_WORDS})(?![\w:])"
)


def painted(query: str) -> Markup:
    """SPARQL as HTML: keywords, texts and remarks each in an element with a class."""
    made, end = Markup(), 0
    for found in _PARTS.finditer(query):
        kind = found.lastgroup or ""
        made += escape(query[end : found.start()])
        made += Markup('<span class="{}">{}</span>').format(kind, found[0])
        end = found.end()
    return made + escape(query[end:])
