"""A practice's accent colour, made readable wherever a letter uses it."""

import re
from dataclasses import dataclass
from functools import lru_cache

DEFAULT_ACCENT = "#4f46e5"
LIGHT_CARD, LIGHT_PAGE, DARK_CARD = "#ffffff", "#f6f3ee", "#221f1c"
LIGHT_TEXT, DARK_TEXT = "#ffffff", "#1d1917"
READABLE = 4.5
"""The least contrast of text (WCAG 2.2, 1.4.3)."""
VISIBLE = 1.5
"""The least contrast at which a button's edge is seen."""
SRGB_KNEE = 0.04045
"""Where sRGB turns from a line into a curve (IEC 61966-2-1)."""

_HEX_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours as `#rrggbb`; those that start with `dark_` are for readers in dark mode."""

    button: str
    button_text: str
    edge: str
    dark_edge: str
    accent: str
    dark_accent: str


@lru_cache(maxsize=1024)
def palette_of(accent: str) -> Palette:
    """The colours around an accent; what is no `#rrggbb` gets the default accent."""
    button = accent if _HEX_COLOR.fullmatch(accent) else DEFAULT_ACCENT
    on_light = _shaded(button, towards="#000000", against=LIGHT_PAGE)
    on_dark = _shaded(button, towards="#ffffff", against=DARK_CARD)
    return Palette(
        button=button,
        button_text=max(LIGHT_TEXT, DARK_TEXT, key=lambda text: contrast(text, button)),
        edge=button if contrast(button, LIGHT_CARD) >= VISIBLE else on_light,
        dark_edge=button if contrast(button, DARK_CARD) >= VISIBLE else on_dark,
        accent=on_light,
        dark_accent=on_dark,
    )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _shaded(color: str, *, towards: str, against: str) -> str:
    """The colour nearest to `color`, on the way to black or white, that is readable."""
    steps = (_mixed(color, towards, step / 20) for step in range(21))
    return next((shade for shade in steps if contrast(shade, against) >= READABLE), towards)


def _mixed(color: str, other: str, share: float) -> str:
    pairs = zip(_channels(color), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _luminance(color: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= SRGB_KNEE else ((channel + 0.055) / 1.055) ** 2.4


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
