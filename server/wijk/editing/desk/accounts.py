"""Who may edit: names with a role, and the hash of a token that only its owner has.

They stand in `editors.json` in the home, which only its owner can read. A token is 32 random bytes
behind the key of its account, so that one hash is compared and not all of them.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from wijk.characters import visible
from wijk.editing.desk import files
from wijk.errors import DeskError

ROLES = ("writer", "editor", "administrator")
"""What an account may do, each all that the one before it may."""
NAME = "editors.json"
_MOST = 80
_N, _R, _P = 2**15, 8, 1  # 32 MiB and some 50 ms, as RFC 7914 has it
_ROOM = 64 * 1024 * 1024
_MAIL = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+\.[^\s@<>,;:\"]+")
_NOBODY = "00" * 16 + ":" + "00" * 32


@dataclass(frozen=True)
class Account:
    """One person: how they are called, what they may do, and since and until when (days)."""

    name: str
    role: str
    key: str
    secret: str
    since: str
    ended: str = ""
    mail: str = ""

    def may(self, role: str) -> bool:
        """Whether this account may do what that role may."""
        return not self.ended and ROLES.index(self.role) >= ROLES.index(role)

    @property
    def author(self) -> str:
        """The author line of a commit: the name, and an address that need not exist."""
        plain = re.sub(r"[^a-z0-9]+", "-", self.name.casefold()).strip("-") or self.key
        return f"{self.name} <{self.mail or f'{plain}@redactie.invalid'}>"


class Accounts:
    """The accounts in a home."""

    def __init__(self, home: Path) -> None:
        self._path = home / NAME
        self._seen: tuple[int, int, int] | None = None
        self._read: tuple[Account, ...] = ()

    def all(self) -> tuple[Account, ...]:
        """Every account, in the order they were made; read again when the file is another one.

        Raises:
            DeskError: the file is not one of accounts.
        """
        try:
            state = self._path.stat()
        except FileNotFoundError:
            self._seen, self._read = None, ()
            return ()
        mark = (state.st_mtime_ns, state.st_size, state.st_ino)
        if mark != self._seen:
            self._read = _accounts(self._path)
            self._seen = mark
        return self._read

    def there(self) -> bool:
        """Whether someone may enter."""
        return any(not it.ended for it in self.all())

    def of(self, key: str) -> Account | None:
        """The account with that key, unless it ended."""
        return next((it for it in self.all() if it.key == key and not it.ended), None)

    def named(self, name: str) -> Account:
        """The account that is called so.

        Raises:
            DeskError: there is none.
        """
        found = [it for it in self.all() if it.name.casefold() == name.casefold()]
        if not found:
            names = ", ".join(it.name for it in self.all()) or "nobody yet"
            raise DeskError(f"There is no editor '{visible(name)}'. There is: {names}.")
        return found[0]

    def who(self, token: str) -> Account | None:
        """Whose token this is; None when it is nobody's. Takes as long either way."""
        key, _, secret = token.strip().partition(".")
        account = self.of(key)
        same = _matches(secret, account.secret if account else _NOBODY)
        return account if same else None

    def add(self, name: str, role: str, today: date, mail: str = "") -> str:
        """Make an account; the token of it, which is kept nowhere.

        Raises:
            DeskError: the name or the address cannot be used, or there is such an account.
            OutputError: the file cannot be written.
        """
        name = _usable(name, mail)
        if role not in ROLES:
            raise DeskError(f"'{visible(role)}' is no role. Choose {', '.join(ROLES)}.")
        with files.alone(self._path):
            known = self.all()
            if any(it.name.casefold() == name.casefold() for it in known):
                raise DeskError(
                    f"There is an editor '{name}'. For another token: wijk editor renew '{name}'."
                )
            key, secret, token = _new()
            made = Account(name, role, key, secret, today.isoformat(), mail=mail)
            self._write((*known, made))
        return token

    def renew(self, name: str) -> str:
        """Give an account another token; the old one and its sessions end.

        Raises:
            DeskError: there is no such account.
            OutputError: the file cannot be written.
        """
        with files.alone(self._path):
            account = self.named(name)
            key, secret, token = _new()
            self._put(account, replace(account, key=key, secret=secret, ended=""))
        return token

    def end(self, name: str, today: date) -> None:
        """End an account: who has its token cannot enter any more, also not who is inside.

        Raises:
            DeskError: there is no such account.
            OutputError: the file cannot be written.
        """
        with files.alone(self._path):
            account = self.named(name)
            self._put(account, replace(account, ended=account.ended or today.isoformat()))

    def _put(self, old: Account, new: Account) -> None:
        self._write(new if it is old else it for it in self.all())

    def _write(self, accounts: Iterable[Account]) -> None:
        told = {"version": 1, "editors": [asdict(it) for it in accounts]}
        files.write(self._path, json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n")


def _usable(name: str, mail: str) -> str:
    """The name with single spaces.

    Raises:
        DeskError: it cannot stand in a commit, or the address is none.
    """
    name = " ".join(name.split())
    if not name or len(name) > _MOST or visible(name) != name or set(name) & set('<>"'):
        raise DeskError(f"A name has 1 to {_MOST} letters and spaces, without < > or quotes.")
    if mail and not _MAIL.fullmatch(mail):
        raise DeskError(f"'{visible(mail)}' is no mail address, such as redactie@example.org.")
    return name


def _new() -> tuple[str, str, str]:
    """A key, a hash, and the token of both."""
    key, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    salt = secrets.token_bytes(16)
    return key, f"{salt.hex()}:{_hash(secret, salt).hex()}", f"{key}.{secret}"


def _hash(secret: str, salt: bytes) -> bytes:
    given = secret.encode("utf-8", "surrogatepass")[:200]
    return hashlib.scrypt(given, salt=salt, n=_N, r=_R, p=_P, maxmem=_ROOM, dklen=32)


def _matches(secret: str, kept: str) -> bool:
    salt, _, wanted = kept.partition(":")
    return secrets.compare_digest(_hash(secret, bytes.fromhex(salt)), bytes.fromhex(wanted))


def _accounts(path: Path) -> tuple[Account, ...]:
    try:
        told = json.loads(path.read_bytes())
        return tuple(Account(**it) for it in told["editors"])
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DeskError(
            f"{path} cannot be read as a list of editors. Put back a copy of it, or take it away "
            "and give everyone a new token with `wijk editor add`."
        ) from error
