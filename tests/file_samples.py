"""Files for tests: small ones of every kind that is taken, and those that are not."""

import io
import zipfile
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from PIL import Image

from tests.pictures import png

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n"
TEXT = b"Larks over the lake.\n"
HTML = b"<!DOCTYPE html><html><script>alert(document.cookie)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
RTF = b"{\\rtf1 larks}"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + b"\x00" * 200
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x21" + b"\x00" * 200
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 100
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"


def archive(entries: Mapping[str, bytes], *, packed: bool = True) -> bytes:
    """A zip of these entries."""
    target = io.BytesIO()
    how = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(target, "w", how) as written:
        for name, content in entries.items():
            written.writestr(name, content)
    return target.getvalue()


def office(main: str = WORD_MAIN, more: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """A document of the newer Office kind; `more` are further entries."""
    naming = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    entries = {"[Content_Types].xml": naming.encode(), "word/document.xml": b"<w:document/>"}
    return archive({**entries, **more})


def open_document(kind: str = "text", more: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """An OpenDocument."""
    named = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive({"mimetype": named, "content.xml": b"<office/>", **more}, packed=False)


def with_macros() -> bytes:
    """A Word document with macros, under its honest content type."""
    return office(MACRO_MAIN, {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def with_hidden_macros() -> bytes:
    """The same, saying that it is a plain one."""
    return office(WORD_MAIN, {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def zip_bomb() -> bytes:
    """A few hundred kilobytes that unpack to three hundred megabytes."""
    return archive({"zeros.txt": b"\0" * 300 * 1024 * 1024})


def picture_bomb() -> bytes:
    """A PNG of a few bytes that claims ten thousand million pixels."""
    return png(100_000, 100_000)


def photo(
    width: int = 640, height: int = 480, *, kind: str = "JPEG", orientation: int = 1, **more: Any
) -> bytes:
    """A real picture, red at its left and blue at its right, as a camera would hand it over."""
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (width // 2, 0, width, height))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "A camera"
    target = io.BytesIO()
    picture.save(target, kind, exif=exif, **more)
    return target.getvalue()
