"""Who is inside: a secret in a cookie, of which only the hash is kept, for eight hours.

They outlive the server: who starts it again throws nobody out.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from wijk.editing.desk.accounts import Account, Accounts
from wijk.editing.desk.store import Store

LASTS = timedelta(hours=8)


@dataclass(frozen=True)
class Session:
    """Who it is, and what each form of theirs has to say."""

    account: Account
    csrf: str
    until: datetime


class Sessions:
    """The sessions of those accounts."""

    def __init__(self, store: Store, accounts: Accounts, now: Callable[[], datetime]) -> None:
        self._store = store
        self._accounts = accounts
        self._now = now

    def begin(self, account: Account) -> str:
        """Let someone in; the secret for their cookie, always a new one.

        Raises:
            DeskError: the database cannot be used.
        """
        secret, now = secrets.token_urlsafe(32), self._now()
        row = (_hash(secret), account.key, secrets.token_urlsafe(24), (now + LASTS).isoformat())
        with self._store.writing() as db:
            db.execute("DELETE FROM sessions WHERE until < ?", (now.isoformat(),))
            db.execute("INSERT INTO sessions (hash, key, csrf, until) VALUES (?, ?, ?, ?)", row)
        return secret

    def of(self, secret: str) -> Session | None:
        """The session with that secret; None when there is none, or it or its account ended.

        Raises:
            DeskError: the database cannot be used.
        """
        query = "SELECT key, csrf, until FROM sessions WHERE hash = ?"
        with self._store.reading() as db:
            row = db.execute(query, (_hash(secret),)).fetchone()
        account = self._accounts.of(row["key"]) if row else None
        if account is None or (until := datetime.fromisoformat(row["until"])) <= self._now():
            return None
        return Session(account, row["csrf"], until)

    def end(self, secret: str) -> None:
        """Let someone out.

        Raises:
            DeskError: the database cannot be used.
        """
        with self._store.writing() as db:
            db.execute("DELETE FROM sessions WHERE hash = ?", (_hash(secret),))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
