"""Pictures among the files: how large they are, and a small one to show instead.

Pillow does it, which is imported where it is used: it doubles a process's memory. All of it
blocks, so run it in a thread.
"""

import io
import warnings
from typing import TYPE_CHECKING, BinaryIO

from app.core.errors import Invalid
from app.core.file_types import FileTypeNotAllowed

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")
"""The decoders that may be tried; others have long lists of flaws."""

MOST_PIXELS = 65_000_000
"""What the largest telephone cameras take; a quarter of a gigabyte when it is decoded."""

MOST_BYTES = 50 * 1024 * 1024
"""Some decoders read a whole file into memory."""

THUMBNAIL_SIDE = 512
THUMBNAIL_TYPE = "image/webp"
QUALITY = 80
FULL_COLOUR = frozenset({"RGB", "RGBA"})
REDUCIBLE = FULL_COLOUR | {"L", "CMYK"}
LONGEST_PROFILE = 64 * 1024


class ImageTooLarge(Invalid):
    """The picture has more pixels, or bytes, than can be shown safely."""

    code, title = "image_too_large", "The picture is too large"


def picture_size(file: BinaryIO) -> tuple[int, int]:
    """Width and height in pixels, by the header alone.

    Raises ImageTooLarge (422), and FileTypeNotAllowed (415) for what is no picture.
    """
    with _opened(file) as picture:
        return picture.size


def thumbnail(file: BinaryIO) -> bytes:
    """The picture as WebP of at most 512 pixels a side, upright, without what cameras note.

    Raises ImageTooLarge, and FileTypeNotAllowed when it can't be decoded.
    """
    with _opened(file) as picture:
        try:
            profile = picture.info.get("icc_profile") if picture.mode in FULL_COLOUR else None
            return _encoded(_upright(_small(picture)), profile)
        except Exception as error:  # Pillow's decoders fail in many ways
            raise FileTypeNotAllowed("The picture can't be read.") from error


def _opened(file: BinaryIO) -> "ImageFile":
    from PIL import Image  # noqa: PLC0415 - heavy, used by few processes

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # for frames and tiles inside, too
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        return Image.open(file, formats=FORMATS)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise ImageTooLarge(f"At most {MOST_PIXELS} pixels.") from None
    except Exception as error:  # Pillow's decoders fail in many ways
        raise FileTypeNotAllowed("The picture can't be read.") from error


def _small(picture: "Image") -> "Image":
    """A reduced copy in full colours; JPEGs are decoded at the reduced size already."""
    if picture.mode not in REDUCIBLE:
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    picture.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return picture if picture.mode in FULL_COLOUR else picture.convert("RGB")


def _upright(picture: "Image") -> "Image":
    from PIL import ImageOps  # noqa: PLC0415 - heavy, used by few processes

    return ImageOps.exif_transpose(picture)


def _encoded(picture: "Image", profile: bytes | None) -> bytes:
    kept = profile if profile and len(profile) <= LONGEST_PROFILE else None
    target = io.BytesIO()
    picture.save(target, "WEBP", quality=QUALITY, icc_profile=kept or b"", exif=b"")
    return target.getvalue()
