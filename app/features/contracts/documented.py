"""What contracts' routes say of themselves in the API's description."""

from typing import Any

from app.core.byte_ranges import RangeNotSatisfiable
from app.core.inked import HandwritingUnreadable
from app.core.pictures import PictureTooLarge, UnsupportedPicture
from app.core.problem_catalogue import problems
from app.core.storage import StorageUnavailable
from app.features.contracts.failures import (
    ConsentMissing,
    DocumentChanged,
    FieldsMissing,
    NotASigner,
    NotYourTurn,
    WrongContractState,
)

CONTENT = {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}
DOCUMENT_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"description": "The document", "content": CONTENT},
    206: {"description": "The part that `Range` asks for", "content": CONTENT},
    304: {"description": "Not changed since the `If-None-Match`"},
    **problems(RangeNotSatisfiable, StorageUnavailable),
}
"""For a route's `responses`, where the answer is a contract's document."""

SIGNING_REFUSALS = (
    WrongContractState,
    NotASigner,
    NotYourTurn,
    ConsentMissing,
    DocumentChanged,
    FieldsMissing,
    HandwritingUnreadable,
    PictureTooLarge,
    UnsupportedPicture,
)
"""The same, where somebody signs."""
