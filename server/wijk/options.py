"""The options of `wijk serve`: one for each setting, made from what the settings say."""

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from wijk.errors import RequestError
from wijk.settings import Settings, told


def with_settings(command: Callable[[Settings], None]) -> Callable[..., None]:
    """A command that has every setting as an option.

    Raises, when it runs:
        BadSetting: a value that cannot be used; the message names the option and its variable.
    """

    def run(**given: Any) -> None:
        given["dataset"] = _together(given["dataset"], given.pop("files"))
        command(Settings.read(**given))

    kinds: dict[str, Any] = {
        name: Annotated[str | None, typer.Option(help=text)] for name, text in told()
    }
    several = typer.Option(metavar="FILE", help=dict(told())["dataset"])
    kinds["dataset"] = Annotated[list[str] | None, several]
    more = typer.Argument(metavar="[FILE]...", help="More files of the dataset.")
    kinds["files"] = Annotated[list[str] | None, more]
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    run.__annotations__ = {**kinds, "return": None}
    shown: Any = run  # a function has no __signature__ of its own; typer reads it, by PEP 362
    shown.__signature__ = inspect.Signature(
        [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind)
            for name, kind in kinds.items()
        ]
    )
    return run


def _together(dataset: list[str] | None, more: list[str] | None) -> tuple[str, ...] | None:
    """All files of a dataset, or None when none is named.

    Raises:
        RequestError: files without the option that says what they are.
    """
    if more and not dataset:
        raise RequestError(f"{more[0]} is not expected here. Serve files with --dataset FILE.")
    return (*(dataset or ()), *(more or ())) or None
