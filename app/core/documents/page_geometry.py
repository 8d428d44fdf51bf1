"""Between a page as it is seen and its own coordinates (ISO 32000-2, 8.3 and 14.11.2)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pikepdf

Matrix = tuple[float, float, float, float, float, float]

SMALLEST, LARGEST = 36.0, 14_400.0
"""Points a side of a page may have: half an inch, and what the standard allows."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of a page: a box in its own coordinates, turned clockwise by `turn` degrees."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as they are seen."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn in {90, 270} else (width, height)

    @property
    def matrix(self) -> Matrix:
        """Takes a point of the seen page, from its bottom left, to the page's own coordinates."""
        match self.turn:
            case 90:
                return (0, 1, -1, 0, self.right, self.bottom)
            case 180:
                return (-1, 0, 0, -1, self.right, self.top)
            case 270:
                return (0, -1, 1, 0, self.left, self.top)
        return (1, 0, 0, 1, self.left, self.bottom)

    def is_sensible(self) -> bool:
        """Whether it can be printed on."""
        return all(SMALLEST <= side <= LARGEST for side in self.size)


def sight_of(page: pikepdf.Page) -> Sight:
    """What is seen of a page. Raises ValueError, TypeError or KeyError for nonsense."""
    media, crop = _box(page.mediabox), _box(page.cropbox)
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    return Sight(left, bottom, right, top, page.rotation % 360)


def _box(array: Any) -> tuple[float, float, float, float]:
    x, y, other_x, other_y = (float(Decimal(str(number))) for number in array)
    return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)
