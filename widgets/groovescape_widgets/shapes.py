"""Outlines that stay apart at nine pixels, so that no voice is told by its colour alone."""

import math
from enum import StrEnum
from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF, QTransform


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
    STEPS = "steps"
    HALF = "half disc"
    BARS = "bars"


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
    elif shape in _BOXES:
        for x, y, width, height in _BOXES[shape]:
            path.addRect(QRectF(x, y, width, height))
    elif shape is Shape.HALF:
        path.moveTo(1.0, 0.55)
        path.arcTo(QRectF(-1.0, -0.45, 2.0, 2.0), 0.0, 180.0)
        path.closeSubpath()
    else:
        path.addPolygon(_polygon(shape, center, radius))
        path.closeSubpath()
    return path


_BOXES: Final[dict[Shape, tuple[tuple[float, float, float, float], ...]]] = {
    # left, top, width and height of each box
    Shape.DASH: ((-0.85, -0.3, 1.7, 0.6),),
    Shape.STEPS: ((-1.0, 0.25, 0.8, 0.55), (-0.35, -0.3, 0.8, 0.55), (0.3, -0.85, 0.7, 0.55)),
    Shape.BARS: ((-0.95, -0.9, 0.5, 1.8), (-0.25, -0.9, 0.5, 1.8), (0.45, -0.9, 0.5, 1.8)),
}
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
