"""Everything that can go wrong in a way we can explain; each class says what it is for.

WijkError                     one message: what, where, and what to do; caught in cli and web only
├── BadSetting, GraphFolderError, TurtleSyntaxError, ChangeLogError, DatasetError
├── QuestionError             a prepared question used in a wrong way
│   └── QuestionFileError, UnknownQuestion, UnknownParam, MissingParam, BadValue
├── RegisterError, RequestError, TableError, OutputError, ServeError, PublishError, DeskError
├── SourceError               a service or file of others gives nothing that can be used
│   └── SourceUnavailable, SourceRefuses, SourceUnreadable
└── EngineError               the engine cannot answer
    ├── QueryRefused, QueryTimeout, QueryTextTooLarge, QueryTooLarge
    └── EngineBusy, EngineRefuses, EngineUnavailable
"""

from collections.abc import Iterable
from pathlib import PurePath


class WijkError(Exception):
    """A message for people; the exit code of the command is 2."""


class BadSetting(WijkError):
    """A setting that cannot be used."""


class GraphFolderError(WijkError):
    """The folder with the graph cannot be used."""

    def __init__(self, folder: object, problem: str, remedy: str) -> None:
        super().__init__(f"{folder}: {problem}. {remedy}")


class TurtleSyntaxError(WijkError):
    """A file that is not Turtle."""

    def __init__(self, path: object, line: int | None, reason: str) -> None:
        super().__init__(f"{path}, line {line or '?'}: {reason}")
        self.path, self.line, self.reason = path, line, reason


class ChangeLogError(WijkError):
    """A line of the change log that breaks its rules."""

    def __init__(self, path: PurePath, line: int, reason: str) -> None:
        super().__init__(
            f"{path}, line {line}: {reason}. The log is only ever added to by `wijk publish`; "
            "put this file back as it was in git."
        )
        self.path = path
        self.line = line
        self.reason = reason


class DatasetError(WijkError):
    """A file of a dataset that cannot be read."""

    def __init__(self, path: PurePath | str, line: int | None, reason: str) -> None:
        super().__init__(f"{path}{f', line {line}' if line else ''}: {reason.rstrip('.')}.")
        self.path = PurePath(path)
        self.line = line
        self.reason = reason


class QuestionError(WijkError):
    """A prepared question used in a wrong way."""


class QuestionFileError(QuestionError):
    """An .rq file whose header cannot be read."""

    def __init__(self, path: object, problem: str, line: int | None = None) -> None:
        super().__init__(f"{path}{f', line {line}' if line else ''}: {problem}")
        self.problem = problem
        self.line = line


class UnknownQuestion(QuestionError):
    """No question of that name."""

    def __init__(self, name: str, nearest: Iterable[str] = ()) -> None:
        super().__init__(f"There is no question '{name}'.{did_you_mean(nearest)}")


class UnknownParam(QuestionError):
    """A name that the question's header does not list."""

    def __init__(self, question: str, unknown: Iterable[str], known: Iterable[str] = ()) -> None:
        takes = ", ".join(known) or "nothing"
        super().__init__(
            f"Question '{question}' does not ask for {', '.join(unknown)}; it takes {takes}."
        )


class MissingParam(QuestionError):
    """A required value was not given."""

    def __init__(self, question: str, missing: Iterable[str], example: str = "") -> None:
        hint = f" For example: {example}" if example else ""
        super().__init__(f"Question '{question}' needs a value for {', '.join(missing)}.{hint}")


class BadValue(QuestionError):
    """A value that is not of the parameter's kind."""

    def __init__(self, name: str, value: str, wanted: str, nearest: Iterable[str] = ()) -> None:
        self.nearest = tuple(nearest)
        hint = did_you_mean(self.nearest)
        super().__init__(f"'{value}' does not fit {name}, which is {wanted}.{hint}")


class RequestError(WijkError):
    """Wrong use of the command."""


class TableError(WijkError):
    """A table of others that cannot be read; rows are counted from 1."""

    def __init__(self, row: int | None, problem: str, remedy: str) -> None:
        place = f"Row {row}: " if row else ""
        said = problem if row else problem[:1].upper() + problem[1:]
        super().__init__(f"{place}{said}. {remedy}")
        self.row = row


class OutputError(WijkError):
    """The result cannot be written."""


class ServeError(WijkError):
    """The server cannot start."""


class PublishError(WijkError):
    """Nothing can be published, withdrawn or put back now; `kind` is why, for who tells it anew."""

    def __init__(self, message: str, kind: str = "") -> None:
        super().__init__(message)
        self.kind = kind


class DeskError(WijkError):
    """What editors have at their desk cannot be used so."""


class EngineError(WijkError):
    """The engine cannot answer."""


class QueryRefused(EngineError):
    """A query that is wrong or not allowed; `reason` and `reden` say why, in English and Dutch.

    `dutch` is the whole message in Dutch; of `parts` another process makes the same error.
    """

    def __init__(
        self,
        reason: str,
        reden: str,
        line: int | None = None,
        column: int | None = None,
        near: str = "",
    ) -> None:
        place = f"line {line}{f', column {column}' if column else ''}" if line else ""
        told = f"{reason} ({place})" if place else reason
        super().__init__(f"{reason}: {place}, near {near}." if near else told)
        where = [f"{what} {it}" for what, it in (("regel", line), ("kolom", column)) if it]
        where += [f"bij “{near[1:-1]}”"] if near else []
        self.dutch = f"{reden}: {', '.join(where)}." if where else f"{reden}."
        self.reason, self.line, self.column = reason, line, column
        self.parts = (reason, reden, line, column, near)


class QueryTimeout(EngineError):
    """A query that took longer than the limit."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"The query took longer than {seconds:g} seconds and was stopped. "
            "Ask for less, or run the query on your own copy of the graph."
        )
        self.seconds = seconds


class QueryTextTooLarge(EngineError):
    """The text of a query is too long, too deep or too much."""


class QueryTooLarge(EngineError):
    """The answer is larger than it may be, or needs more memory than it may have."""


class EngineBusy(EngineError):
    """Too many queries at once; `again` is in how many seconds to ask again."""

    def __init__(self, message: str, again: int = 3) -> None:
        super().__init__(message)
        self.again = again


class EngineRefuses(EngineError):
    """An engine elsewhere does not let us in, or gives an answer that cannot be used."""


class EngineUnavailable(EngineError):
    """The engine is gone, or not in step with the folder."""


def did_you_mean(nearest: Iterable[str]) -> str:
    """A sentence with the nearest known names, or nothing."""
    names = ", ".join(nearest)
    return f" Did you mean {names}?" if names else ""
