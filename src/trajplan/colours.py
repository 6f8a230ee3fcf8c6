"""Colours as a coach writes them, and whether words in them can be read (WCAG 2.2)."""

from __future__ import annotations

from trajplan.text import pattern

GROUND = "#f2efe9"
"""The darkest ground that a light page has, so that a colour which can be read there can be read
anywhere; `pages/style.css` calls it `--panel`."""
LEAST = 4.5
"""The contrast that words need."""
_COLOUR = pattern("#[0-9a-fA-F]{6}")


def colour_fault(value: object) -> str:
    """What is wrong with a colour for words; empty where nothing is."""
    if not (isinstance(value, str) and _COLOUR.fullmatch(value)):
        return 'expected a colour such as "#1d5b70"'
    ratio = contrast(value, GROUND)
    if ratio >= LEAST:
        return ""
    # Rounded down, so that what is refused never reads as if it were enough.
    return (
        f"{value} has a contrast of {int(ratio * 10) / 10}:1 with the page, and words need "
        f"{LEAST}:1; take a darker one"
    )


def contrast(colour: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    dark, light = sorted((_luminance(colour), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    linear: float = share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
    return linear
