"""`wijk editor`: who may edit, and with which role."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from wijk.editing.desk.accounts import Accounts
from wijk.errors import RequestError
from wijk.settings import Settings
from wijk.terminal import say, tell_line

editor = typer.Typer(
    name="editor",
    help="Who may edit through /redactie: without anyone, it is not there.",
    no_args_is_help=True,
    add_completion=False,
)


class Role(StrEnum):
    """What someone may do."""

    writer = "writer"
    editor = "editor"
    administrator = "administrator"


Name = Annotated[str, typer.Argument(metavar="NAME", help="How this person is called.")]
Home = Annotated[
    Path | None, typer.Option(help="The home of the server; else WIJK_HOME.", show_default=False)
]
Mail = Annotated[str, typer.Option(help="For the author line of what is published.")]
RoleOption = Annotated[
    Role,
    typer.Option(
        help="A writer drafts; an editor reviews and publishes too; an administrator also "
        "withdraws, restores and reads the log."
    ),
]


@editor.command()
def add(name: Name, role: RoleOption, mail: Mail = "", home: Home = None) -> None:
    """Let someone in: prints a token, once."""
    _give(name, _accounts(home).add(name, role.value, date.today(), mail))


@editor.command()
def renew(name: Name, home: Home = None) -> None:
    """Give someone another token; the old one no longer works."""
    _give(name, _accounts(home).renew(name))


@editor.command()
def end(name: Name, home: Home = None) -> None:
    """Let someone in no longer. What they made stays."""
    _accounts(home).end(name, date.today())
    say(f"{name} can no longer enter. Let them in again with `wijk editor renew`.")


@editor.command("list")
def listed(home: Home = None) -> None:
    """Everyone who may edit, or could."""
    for it in _accounts(home).all():
        until = f" until {it.ended}" if it.ended else ""
        tell_line(", ".join(filter(None, (it.name, it.role, f"since {it.since}{until}", it.mail))))


def _give(name: str, token: str) -> None:
    tell_line(token)
    say(f"This is the token of {name}. It is shown once and kept nowhere; hand it over safely.")


def _accounts(home: Path | None) -> Accounts:
    """The accounts in the home that was chosen.

    Raises:
        RequestError: none was.
    """
    chosen = Settings.read(home=home).home
    if chosen is None:
        raise RequestError("Which server? Name its home folder with --home, or set WIJK_HOME.")
    return Accounts(chosen)
