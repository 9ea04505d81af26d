"""Sizes and colours of the look; every widget takes its numbers from here."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from PySide6.QtGui import QColor

SPACE_XS: Final = 4
SPACE_S: Final = 8
SPACE_M: Final = 12
SPACE_L: Final = 16
SPACE_XL: Final = 24
RADIUS: Final = 6
STROKE: Final = 1
STROKE_BOLD: Final = 2
CONTROL_HEIGHT: Final = 32
"""Height of buttons, fields and menus in a bar."""
MOTION_MS: Final = 120


class FontSize(IntEnum):
    """The type scale, in logical pixels."""

    SMALL = 11
    BODY = 13
    TITLE = 16
    DISPLAY = 22


@dataclass(frozen=True, slots=True)
class Colors:
    """One scheme's colours.

    accent is for what is active, error for errors only; on_accent and on_error are text upon those.
    """

    ground: QColor
    panel: QColor
    raised: QColor
    line: QColor
    text: QColor
    quiet: QColor
    accent: QColor
    on_accent: QColor
    error: QColor


DARK: Final = Colors(
    ground=QColor("#14171c"),
    panel=QColor("#1b1f26"),
    raised=QColor("#242a33"),
    line=QColor("#323a46"),
    text=QColor("#e8ecf1"),
    quiet=QColor("#9aa6b5"),
    accent=QColor("#56b4e9"),
    on_accent=QColor("#0d1117"),
    error=QColor("#ff8a80"),
)
LIGHT: Final = Colors(
    ground=QColor("#f5f6f8"),
    panel=QColor("#ffffff"),
    raised=QColor("#eef0f3"),
    line=QColor("#d5dae1"),
    text=QColor("#1b222b"),
    quiet=QColor("#566270"),
    accent=QColor("#0072b2"),
    on_accent=QColor("#ffffff"),
    error=QColor("#b3261e"),
)
"""The accent is the darker blue of the same Okabe-Ito set: #56b4e9 has a contrast of 2.2 on white."""
