"""`wijk link`: what links places to the data of others; each command of it is a file here."""

from typing import Any

import typer
from typer.core import TyperGroup

from wijk.commands.place import place
from wijk.commands.register import register

_PLACE = "place"


class _PlaceOrCommand(TyperGroup):
    """What is no command of the group is a place: `wijk link de-muntel` is `wijk link place …`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the name of the command for places before its arguments."""
        named = args[:1] and (args[0] in self.commands or args[0] == "--help")
        if _PLACE in self.commands and not named:
            args = [_PLACE, *args]
        return super().parse_args(ctx, args)


link = typer.Typer(
    name="link",
    cls=_PlaceOrCommand,
    help="Link places to registers and services of others.",
    no_args_is_help=True,
    add_completion=False,
)
link.command()(register)
link.command()(place)
