"""Takes in a file that is sent: as a body of its own, or as a part of a form."""

import tempfile
from collections.abc import AsyncGenerator, Mapping
from contextlib import ExitStack
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
        raise BadRequest(f"Say in Content-Type what is sent: {listed}; not {sent}.", 415)
    made = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed with `opened`
    stream = opened.enter_context(made)
    async for piece in _limited(request, most):
        stream.write(piece)
    stream.seek(0)
    return Upload(cast(BinaryIO, stream), given, kind)


async def _in_form(
    request: Request, given: Mapping[str, str], most: int, opened: ExitStack
) -> Upload:
    coming = _limited(request, most + _IN_MEMORY)
    parser = MultiPartParser(request.headers, coming, max_files=1, max_fields=_FIELDS)
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise BadRequest(f"The form cannot be read: {error.message}") from error
    opened.callback(_close, form)
    fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise BadRequest("There is no file in this form; send it as the field 'file'.")
    said = (file.content_type or "").partition(";")[0].strip().lower()
    return Upload(file.file, {**given, **fields}, said)


def _close(form: FormData) -> None:
    for _, value in form.multi_items():
        if isinstance(value, UploadFile):
            value.file.close()


async def _limited(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > most:
            raise BadRequest(f"The file is longer than {most:,} bytes. Send less of it.", 413)
        yield piece
