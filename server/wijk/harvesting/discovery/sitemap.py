"""The pages of a site, by the protocol of sitemaps.org (0.9), plain: every crawler reads that.

No elements of others are in it: those of ResourceSync make a widely used parser find nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from wijk.changelog import stamped

MEDIA_TYPE = "application/xml"
MOST = 50_000
"""Addresses in one file, says the protocol; 50 MB is far away then."""
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True)
class Address:
    """A page, whole and absolute, and when it changed last as far as that is known."""

    url: str
    modified: datetime | None = None


def written(addresses: Sequence[Address], part: Callable[[int], str]) -> bytes:
    """All pages, or the list of the parts when there are more than fit in one file.

    `part` gives the address of a part, counted from 1.
    """
    if len(addresses) <= MOST:
        return pages(addresses)
    parts = [
        Address(part(number), newest(each)) for number, each in enumerate(parted(addresses), 1)
    ]
    return _listed("sitemapindex", "sitemap", parts)


def pages(addresses: Iterable[Address]) -> bytes:
    """One file with these pages."""
    return _listed("urlset", "url", addresses)


def parted(addresses: Sequence[Address]) -> list[Sequence[Address]]:
    """The pages in parts of at most fifty thousand."""
    return [addresses[start : start + MOST] for start in range(0, len(addresses), MOST)]


def newest(addresses: Iterable[Address]) -> datetime | None:
    """When one of these pages changed last."""
    return max((it.modified for it in addresses if it.modified), default=None)


def _listed(whole: str, each: str, addresses: Iterable[Address]) -> bytes:
    lines = [_HEAD, f'<{whole} xmlns="{_NAMESPACE}">\n']
    for it in addresses:
        when = f"<lastmod>{stamped(it.modified, 'seconds')}</lastmod>" if it.modified else ""
        lines.append(f"<{each}><loc>{escape(it.url)}</loc>{when}</{each}>\n")
    return "".join((*lines, f"</{whole}>\n")).encode()
