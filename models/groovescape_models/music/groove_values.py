"""The values of a groove file, each checked as it is read; what is wrong is said with its rule and the value."""

import math
import re
from typing import Final

from groovescape_models.music.groove_names import MAX_TEXT, plain_text

_ID: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,119}")
"""What an id may be: it becomes the name of a file, so no slash, no space and no dot in front."""


def text(name: str, value: object, needed: bool = False) -> str:
    """Return a text of at most MAX_TEXT characters, without those that control."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a text, got {_shown(value)}")
    plain = plain_text(value)
    if len(value) > MAX_TEXT or (needed and not plain):
        raise ValueError(f"{name} must have {int(needed)}..{MAX_TEXT} characters, got {len(value)}")
    return plain


def id_text(value: object) -> str:
    """Return an id."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ValueError(f"id must be small letters, digits, dots and hyphens (at most 120), got {_shown(value)}")
    return value


def whole(name: str, value: object, low: int, high: int) -> int:
    """Return a whole number in a range."""
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError(f"{name} must be a whole number in {low}..{high}, got {_shown(value)}")
    return value


def fraction(name: str, value: object, low: float, high: float) -> float:
    """Return a number in a range."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{name} must be a number in {low:g}..{high:g}, got {_shown(value)}")
    if not low <= value <= high:
        raise ValueError(f"{name} must be in {low:g}..{high:g}, got {value:g}")
    return float(value)


def rows(name: str, value: object, width: int, most: int) -> list[list[object]]:
    """Return a list of at most so many lists of a width."""
    if not isinstance(value, list) or len(value) > most:
        raise ValueError(f"{name} must be a list of at most {most} rows")
    for row in value:
        if not isinstance(row, list) or len(row) != width:
            raise ValueError(f"every row of {name} must have {width} values, got {_shown(row)}")
    return value


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 40 else f"{shown[:37]}..."
