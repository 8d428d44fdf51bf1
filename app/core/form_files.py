"""One file out of a multipart form, as it arrives: Starlette would put all of it on disk first."""

from collections.abc import AsyncIterator

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from app.core.file_names import name_in_form
from app.core.http_errors import BadRequest


class FormUnreadable(BadRequest):
    """The form is not multipart/form-data as RFC 7578 has it, or ends in the middle."""

    code, title = "form_unreadable", "The form can't be read"


class OneFileOnly(BadRequest):
    """The form holds no file, or several: send each by itself."""

    code, title = "one_file_only", "Send one file"


class FormFile:
    """The only file of a form; parts without a file name are passed over.

    `start` reads up to the file's first byte, `chunks` gives its content.
    """

    def __init__(self, stream: AsyncIterator[bytes], content_type: str) -> None:
        """Read from `stream`; raises FormUnreadable (400) without a good boundary."""
        self.name: str | None = None
        self._stream = stream
        self._pieces: list[bytes] = []
        self._header = self._value = b""
        self._headers: dict[bytes, bytes] = {}
        self._inside = self._found = self._whole = False
        self._parser = self._reader(content_type)

    def _reader(self, content_type: str) -> MultipartParser:
        _, options = parse_options_header(content_type)
        boundary = options.get(b"boundary")
        if not boundary:
            raise FormUnreadable
        try:
            return MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin_part,
                    "on_header_field": self._read_header,
                    "on_header_value": self._read_value,
                    "on_header_end": self._end_header,
                    "on_headers_finished": self._end_headers,
                    "on_part_data": self._read_content,
                    "on_part_end": self._end_part,
                    "on_end": self._end,
                },
            )
        except FormParserError:
            raise FormUnreadable from None

    async def start(self) -> None:
        """Read until the file begins; raises OneFileOnly and FormUnreadable (400)."""
        while not self._found:
            await self._read_more()

    async def chunks(self) -> AsyncIterator[bytes]:
        """The file's content; raises the same."""
        while True:
            pieces, self._pieces = self._pieces, []
            if pieces:
                yield b"".join(pieces)
            if self._whole:
                return
            await self._read_more()

    async def _read_more(self) -> None:
        chunk = await anext(self._stream, b"")
        if not chunk:
            raise FormUnreadable
        try:
            self._parser.write(chunk)
        except FormParserError:
            raise FormUnreadable from None
        if self._whole and not self._found:
            raise OneFileOnly

    def _begin_part(self) -> None:
        self._headers = {}

    def _read_header(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _read_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _end_header(self) -> None:
        self._headers[self._header.lower()] = self._value
        self._header = self._value = b""

    def _end_headers(self) -> None:
        disposition = self._headers.get(b"content-disposition", b"").decode("latin-1")
        name = name_in_form(disposition)
        if name is None:
            return
        if self._found:
            raise OneFileOnly
        self.name = name
        self._inside = self._found = True

    def _read_content(self, data: bytes, start: int, end: int) -> None:
        if self._inside:
            self._pieces.append(data[start:end])

    def _end_part(self) -> None:
        self._inside = False

    def _end(self) -> None:
        self._whole = True
