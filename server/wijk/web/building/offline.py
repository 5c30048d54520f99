"""Pages as files: without the links and forms that only a server answers, which is told."""

import html
import re
from urllib.parse import urlsplit

from wijk.web.answering import LEFT_OUT, POINTLESS

_ANCHOR = re.compile(r'<a\b[^>]*?\shref="([^"]*)"[^>]*>')
_LINK = re.compile(r'<link\b[^>]*?\shref="([^"]*)"[^>]*>\n?')
_WITHOUT = re.compile(
    r'<form\b[^>]*?\saction="[^"]*"[^>]*>.*?</form>|<section class="uitvoer\b.*?</section>',
    re.DOTALL,
)
_EMPTY = (
    re.compile(r"<li>(?:\s|<a>[^<]*</a>|<a>[^<]*<span class=\"verborgen\">[^<]*</span></a>)*</li>"),
    re.compile(r"<ul\b[^>]*>\s*</ul>"),
    re.compile(r"<nav\b[^>]*>\s*</nav>"),
)
_FOOT = '<footer class="voet">\n  <div>\n'
_WHOLE = ("/static/", "/fout-melden")
"""Paths that are a file whatever stands behind their question mark."""
_TOLD = {
    "nl": "Dit is een site van bestanden. Zoeken, kiezen en zelf vragen stellen kan hier niet.",
    "en": "This is a site of files. It cannot be searched, filtered or queried.",
}


def offline(page: bytes, public_url: str) -> bytes:
    """A page of HTML, with as text what would lead to what only a server at that address has."""
    text = page.decode()
    english = '<html lang="en">' in text

    def bare(found: re.Match[str]) -> str:
        return "<a>" if of_server(found[1], public_url) else found[0]

    def left(found: re.Match[str]) -> str:
        return "" if of_server(found[1], public_url) else found[0]

    text = _LINK.sub(left, _ANCHOR.sub(bare, _WITHOUT.sub("", text)))
    for pattern in _EMPTY:
        text = pattern.sub("", text)
    told = f"    <p><b>{_TOLD['en' if english else 'nl']}</b></p>\n"
    return text.replace(_FOOT, _FOOT + told, 1).encode()


def of_server(href: str, public_url: str) -> bool:
    """Whether a link of ours leads to what is no file: a search, a choice, a question."""
    address = html.unescape(href)
    own = urlsplit(public_url)
    parts = urlsplit(address)
    if parts.netloc not in ("", own.netloc) or not parts.path.startswith("/"):
        return False
    path = parts.path.removeprefix(own.path.rstrip("/"))
    if path.startswith(LEFT_OUT) or path in POINTLESS:
        return True
    return bool(parts.query and not path.startswith(_WHOLE))
