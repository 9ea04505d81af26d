"""How each drum looks: a colour, a shape and a name, so that none depends on seeing colours."""

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainterPath, QPolygonF, QTransform

from groovescape_models.music.drumkit import Drum
from groovescape_widgets.color import readable


class Shape(StrEnum):
    """Outlines that stay apart at nine pixels."""

    CIRCLE = "circle"
    SQUARE = "square"
    CROSS = "cross"
    RING = "ring"
    TRIANGLE_DOWN = "triangle down"
    DIAMOND = "diamond"
    TRIANGLE_UP = "triangle up"
    STAR = "star"
    HEXAGON = "hexagon"
    DASH = "dash"


@dataclass(frozen=True, slots=True)
class Voice:
    """A drum's colour (Okabe and Ito 2008), shape and name."""

    name: str
    color: QColor
    shape: Shape

    def mark(self, ground: QColor) -> QColor:
        """Return the tone of the colour that is seen well on a ground."""
        return readable(self.color, ground)


_LOOKS: Final[dict[Drum, tuple[str, Shape]]] = {
    Drum.KICK: ("#0072b2", Shape.CIRCLE),
    Drum.SNARE: ("#d55e00", Shape.SQUARE),
    Drum.CLOSED_HAT: ("#f0e442", Shape.CROSS),
    Drum.OPEN_HAT: ("#e69f00", Shape.RING),
    Drum.LOW_TOM: ("#00805d", Shape.TRIANGLE_DOWN),
    Drum.MID_TOM: ("#009e73", Shape.DIAMOND),
    Drum.HIGH_TOM: ("#3cc7a0", Shape.TRIANGLE_UP),
    Drum.CRASH: ("#cc79a7", Shape.STAR),
    Drum.RIDE: ("#56b4e9", Shape.HEXAGON),
}
_VOICES: Final = {drum: Voice(drum.title, QColor(color), shape) for drum, (color, shape) in _LOOKS.items()}

OTHER_VOICE: Final = Voice("Other", QColor("#9aa6b5"), Shape.DASH)
"""Of pitches that no drum class maps: shown, never changed."""

LANE_ORDER: Final = (
    Drum.CRASH,
    Drum.RIDE,
    Drum.OPEN_HAT,
    Drum.CLOSED_HAT,
    Drum.HIGH_TOM,
    Drum.MID_TOM,
    Drum.LOW_TOM,
    Drum.SNARE,
    Drum.KICK,
)
"""Lanes from top to bottom as drum notation stacks them: cymbals, hats, toms, snare, kick."""


def voice(drum: Drum | None) -> Voice:
    """Return the look of a drum class, or that of pitches outside all of them for None."""
    return OTHER_VOICE if drum is None else _VOICES[drum]


def shape_path(shape: Shape, center: QPointF, radius: float) -> QPainterPath:
    """Return the outline of a shape that fits a circle of a radius in logical pixels."""
    unit = QTransform.fromScale(radius, radius) * QTransform.fromTranslate(center.x(), center.y())
    return unit.map(_unit_path(shape))


@cache
def _unit_path(shape: Shape) -> QPainterPath:
    center, radius = QPointF(0.0, 0.0), 1.0
    path = QPainterPath()
    if shape in (Shape.CIRCLE, Shape.RING):
        path.addEllipse(center, radius * 0.92, radius * 0.92)
        if shape is Shape.RING:
            path.addEllipse(center, radius * 0.45, radius * 0.45)
    elif shape is Shape.CROSS:
        path = _cross(center, radius)
    elif shape is Shape.DASH:
        path.addRect(QRectF(center.x() - radius * 0.85, center.y() - radius * 0.3, radius * 1.7, radius * 0.6))
    else:
        path.addPolygon(_polygon(shape, center, radius))
        path.closeSubpath()
    return path


_CORNERS: Final[dict[Shape, tuple[int, float, float, float]]] = {
    # corners, first angle in degrees (0 right, 90 down), outer and inner radius
    Shape.SQUARE: (4, 45.0, 1.16, 1.16),
    Shape.TRIANGLE_DOWN: (3, 90.0, 1.1, 1.1),
    Shape.TRIANGLE_UP: (3, -90.0, 1.1, 1.1),
    Shape.DIAMOND: (4, -90.0, 1.1, 1.1),
    Shape.HEXAGON: (6, 0.0, 1.0, 1.0),
    Shape.STAR: (10, -90.0, 1.15, 0.5),
}


def _polygon(shape: Shape, center: QPointF, radius: float) -> QPolygonF:
    count, first, outer, inner = _CORNERS[shape]
    points = []
    for index in range(count):
        angle = math.radians(first + 360.0 * index / count)
        reach = radius * (inner if index % 2 else outer)
        points.append(QPointF(center.x() + reach * math.cos(angle), center.y() + reach * math.sin(angle)))
    return QPolygonF(points)


def _cross(center: QPointF, radius: float) -> QPainterPath:
    arm, thick = radius * 0.8, radius * 0.24
    path = QPainterPath()
    for sign in (1, -1):
        along, across = QPointF(arm, arm * sign), QPointF(-thick * sign, thick)
        corners = [center - along - across, center + along - across, center + along + across, center - along + across]
        bar = QPainterPath()
        bar.addPolygon(QPolygonF(corners))
        bar.closeSubpath()
        path = path.united(bar)
    return path
