"""Whatever colour a practice picks, its letters stay readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dispatcher.palettes import (
    DARK_CARD,
    DEFAULT_ACCENT,
    LIGHT_CARD,
    LIGHT_PAGE,
    READABLE,
    VISIBLE,
    contrast,
    palette_of,
)

colors = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(colors)
def test_every_colour_gives_readable_words(accent: str) -> None:
    palette = palette_of(accent)

    assert palette.button == accent
    assert contrast(palette.button_text, palette.button) >= READABLE - 0.5
    assert contrast(palette.accent, LIGHT_PAGE) >= READABLE
    assert contrast(palette.dark_accent, DARK_CARD) >= READABLE


@given(colors)
def test_a_buttons_edge_is_seen_on_every_card(accent: str) -> None:
    palette = palette_of(accent)

    assert contrast(palette.edge, LIGHT_CARD) >= VISIBLE
    assert contrast(palette.dark_edge, DARK_CARD) >= VISIBLE


def test_a_readable_accent_is_left_as_it_is() -> None:
    assert palette_of("#0f5f58").accent == "#0f5f58"


@pytest.mark.parametrize("nonsense", ["", "red", "#fff", "#12345g", "#123456;background:url(x)"])
def test_what_is_no_colour_becomes_the_default(nonsense: str) -> None:
    assert palette_of(nonsense) == palette_of(DEFAULT_ACCENT)
