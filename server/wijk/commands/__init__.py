"""The commands that not everyone needs, one file each: read only when they are asked for."""

from importlib import import_module
from keyword import iskeyword
from typing import Any

import typer
from typer.core import TyperGroup

_LATER = {
    "push": "wijk.pushing",
    "join": "wijk.commands.join",
    "figures": "wijk.commands.figures",
    "resolve": "wijk.commands.resolve",
    "derive": "wijk.commands.derive",
    "link": "wijk.commands.link",
    "publish": "wijk.commands.publish",
    "build": "wijk.commands.build",
    "withdraw": "wijk.commands.withdraw",
    "restore": "wijk.commands.withdraw",
    "redact": "wijk.commands.redact",
    "template": "wijk.commands.template",
    "import": "wijk.commands.importing",
    "editor": "wijk.commands.editor",
}


class Commands(TyperGroup):
    """All commands: those at hand, and those whose module is imported when they are asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Their names, those at hand first."""
        return [*super().list_commands(ctx), *_LATER]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or None."""
        if cmd_name not in _LATER:
            return super().get_command(ctx, cmd_name)
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        found = getattr(import_module(_LATER[cmd_name]), name)
        if isinstance(found, typer.Typer):
            return typer.main.get_command(found)
        alone = typer.Typer(add_completion=False)
        alone.command(cmd_name)(found)
        return typer.main.get_command(alone)
