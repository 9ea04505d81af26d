"""Colour arithmetic: contrast as WCAG 2.1 defines it, mixing, and tones that stay readable on a ground."""

from functools import lru_cache

from PySide6.QtGui import QColor

TEXT_CONTRAST = 4.5
"""Least contrast of text against its ground (WCAG 2.1, 1.4.3)."""
MARK_CONTRAST = 3.0
"""Least contrast of marks and outlines that carry meaning (WCAG 2.1, 1.4.11)."""


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def luminance(color: QColor) -> float:
    """Return the relative luminance of a colour, 0 (black) to 1 (white)."""
    return 0.2126 * _linear(color.redF()) + 0.7152 * _linear(color.greenF()) + 0.0722 * _linear(color.blueF())


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two opaque colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(one: QColor, other: QColor, amount: float) -> QColor:
    """Return the colour that lies amount (0..1) of the way from one to the other."""
    keep = 1.0 - amount
    return QColor.fromRgbF(
        one.redF() * keep + other.redF() * amount,
        one.greenF() * keep + other.greenF() * amount,
        one.blueF() * keep + other.blueF() * amount,
    )


def faded(color: QColor, alpha: float) -> QColor:
    """Return the colour with an opacity of 0..1."""
    result = QColor(color)
    result.setAlphaF(alpha)
    return result


def readable(color: QColor, ground: QColor, ratio: float = MARK_CONTRAST) -> QColor:
    """Return the colour, moved towards black or white no further than its contrast to the ground needs."""
    return QColor.fromRgba(_readable(color.rgba(), ground.rgba(), ratio))


@lru_cache(maxsize=256)
def _readable(color_rgba: int, ground_rgba: int, ratio: float) -> int:
    color, ground = QColor.fromRgba(color_rgba), QColor.fromRgba(ground_rgba)
    end = QColor("black") if luminance(ground) > 0.18 else QColor("white")
    for twentieth in range(21):
        tone = QColor.fromRgba(mix(color, end, twentieth / 20).rgba())
        if contrast(tone, ground) >= ratio:
            return tone.rgba()
    return end.rgba()
