"""The two small texts that programs look for: robots.txt (RFC 9309), security.txt (RFC 9116)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from wijk.changelog import stamped
from wijk.harvesting.rights import Contact

MEDIA_TYPE = "text/plain"
CLOSED = ("/sparql", "/reconcile", "/api/v1/join", "/redactie/", "/health/", "/metrics")
"""What is asked and not read: a crawler that follows every link of it never comes to an end."""
_DELAY = 1
_VALID = timedelta(days=364)
"""How long a contact is taken to be right after a publication: less than a year (section 2.5.5)."""
_NOBODY = ".invalid"


def robots(root: str, sitemap: str, closed: Iterable[str] = CLOSED) -> bytes:
    """Everything may be read but what is asked; `root` stands before every path."""
    lines = ["User-agent: *", *(f"Disallow: {root}{path}" for path in closed), "Allow: /"]
    return _written([*lines, f"Crawl-delay: {_DELAY}", "", f"Sitemap: {sitemap}"])


def security(contact: Contact, published: datetime, here: str) -> bytes | None:
    """Whom to tell of a hole, as long as a publication says so; None when nobody is named.

    Each publication makes it valid for a year less a day: who publishes has seen to the catalogue.
    """
    addresses = [f"mailto:{contact.email}"] if contact.email else []
    addresses += [contact.url] if contact.url else []
    if not addresses:
        return None
    lines = [
        *(f"Contact: {address}" for address in addresses),
        f"Expires: {stamped(published + _VALID, 'seconds')}",
        "Preferred-Languages: nl, en",
        f"Canonical: {here}",
    ]
    if contact.email.endswith(_NOBODY):
        lines.insert(0, "# Nobody reads this address until an operator fills in their own.")
    return _written(lines)


def _written(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
