"""The options of `wijk serve`: one for each setting, made from what the settings say."""

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from wijk.settings import Settings, told


def with_settings(command: Callable[[Settings], None]) -> Callable[..., None]:
    """A command that has every setting as an option.

    Raises, when it runs:
        BadSetting: a value that cannot be used; the message names the option and its variable.
    """

    def run(**given: Any) -> None:
        command(Settings.read(**given))

    kinds = {name: Annotated[str | None, typer.Option(help=text)] for name, text in told()}
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    run.__annotations__ = {**kinds, "return": None}
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind)
            for name, kind in kinds.items()
        ]
    )
    return run
