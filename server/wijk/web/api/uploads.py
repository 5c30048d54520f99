"""Takes in a file that is sent: as a body of its own, or as a part of a form."""

import tempfile
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import BinaryIO, cast

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from wijk.web import requests
from wijk.web.requests import BadRequest

MULTIPART = "multipart/form-data"
_IN_MEMORY = 1024 * 1024
_FIELDS = 8


@dataclass(frozen=True)
class Upload:
    """A file that can be read again from its beginning, what it is and what was asked with it."""

    stream: BinaryIO
    given: Mapping[str, str]
    media_type: str


async def uploaded(
    request: Request, kinds: tuple[str, ...], most: int, opened: ExitStack
) -> Upload:
    """The file in a request, of one of these media types, of so many bytes at most.

    In a form it is the field `file`; the other fields go before the parameters of the address. It
    is closed with what is opened.

    Raises:
        BadRequest: there is none, it is larger, or it cannot be read.
        ClientDisconnect: the client went away.
    """
    kind, _ = requests.content_type(request)
    given = dict(reversed(requests.fields(request.scope.get("query_string", b""))))
    if kind == MULTIPART:
        return await _in_form(request, given, most, opened)
    if kind not in kinds:
        sent = kind[:80] or "nothing"
        listed = ", ".join((*kinds, MULTIPART))
        dutch = f"Zeg in Content-Type wat je stuurt: {listed}; niet {kind[:80] or 'niets'}."
        raise BadRequest(f"Say in Content-Type what is sent: {listed}; not {sent}.", 415, dutch)
    stream = opened.enter_context(_spooled())
    async for piece in _limited(request, most):
        stream.write(piece)
    stream.seek(0)
    return Upload(stream, given, kind)


async def _in_form(
    request: Request, given: Mapping[str, str], most: int, opened: ExitStack
) -> Upload:
    coming = _limited(request, most + _IN_MEMORY)
    parser = MultiPartParser(request.headers, coming, max_files=1, max_fields=_FIELDS)
    try:
        form = await parser.parse()
    except MultiPartException as error:
        said, dutch = f"The form cannot be read: {error.message}", "Dit formulier is niet te lezen."
        raise BadRequest(said, 400, dutch) from error
    opened.callback(_close, form)
    fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    file = form.get("file")
    if not isinstance(file, UploadFile):
        dutch = "In dit formulier staat geen bestand. Stuur het als het veld “file”."
        raise BadRequest("There is no file in this form; send it as the field 'file'.", 400, dutch)
    said = (file.content_type or "").partition(";")[0].strip().lower()
    return Upload(file.file, {**given, **fields}, said)


@contextmanager
def _spooled() -> Iterator[BinaryIO]:
    """A file in memory, and on disk when it grows; it is gone when it is closed."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as made:
        yield cast(BinaryIO, made)


def _close(form: FormData) -> None:
    for _, value in form.multi_items():
        if isinstance(value, UploadFile):
            value.file.close()


async def _limited(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > most:
            dutch = f"Dit bestand is langer dan {most} bytes. Stuur er minder van."
            raise BadRequest(
                f"The file is longer than {most:,} bytes. Send less of it.", 413, dutch
            )
        yield piece
