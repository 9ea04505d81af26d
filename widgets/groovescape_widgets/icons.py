"""Icons as paths on a 16 x 16 grid: sharp at any scale, in whatever colour the palette asks for."""

import math
from collections.abc import Callable
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPainterPathStroker, QPixmap, QPolygonF

GRID: Final = 16.0


class Icon(StrEnum):
    """What an icon says."""

    PLAY = "play"
    STOP = "stop"
    LOOP = "loop"
    VOLUME = "volume"
    WARNING = "warning"
    SEARCH = "search"
    CLOSE = "close"
    CHECK = "check"
    CHEVRON = "chevron"
    UNDO = "undo"
    REDO = "redo"
    CLIP = "clip"
    TRACK = "track"
    FILE = "file"
    CONTRAST = "contrast"
    DICE = "dice"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    VARIATIONS = "variations"
    CONTINUE = "continue"
    RENEW = "renew"
    STAR = "star"
    STARRED = "starred"
    HOVER = "hover"
    MORE = "more"


def _polygon(*points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return path


def _stroked(path: QPainterPath, width: float = 1.6) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return stroker.createStroke(path)


def _line(*points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath(QPointF(*points[0]))
    for x, y in points[1:]:
        path.lineTo(x, y)
    return _stroked(path)


def _arc(box: QRectF, start: float, sweep: float) -> QPainterPath:
    path = QPainterPath()
    path.arcMoveTo(box, start)
    path.arcTo(box, start, sweep)
    return _stroked(path)


def _box(x: float, y: float, width: float, height: float, radius: float = 1.0) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(x, y, width, height), radius, radius)
    return path


def _dot(x: float, y: float, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(x, y), radius, radius)
    return path


def _loop() -> QPainterPath:
    upper = QPainterPath(QPointF(2.5, 8))
    upper.quadTo(2.5, 4.5, 6, 4.5)
    upper.lineTo(12.5, 4.5)
    lower = QPainterPath(QPointF(13.5, 8))
    lower.quadTo(13.5, 11.5, 10, 11.5)
    lower.lineTo(3.5, 11.5)
    heads = _line((10.6, 2.4), (12.9, 4.5), (10.6, 6.6)).united(_line((5.4, 9.4), (3.1, 11.5), (5.4, 13.6)))
    return _stroked(upper).united(_stroked(lower)).united(heads)


def _volume() -> QPainterPath:
    horn = _polygon((2, 6), (4.5, 6), (8, 3), (8, 13), (4.5, 10), (2, 10))
    return horn.united(_arc(QRectF(7, 5, 5, 6), -55, 110)).united(_arc(QRectF(6.5, 2.5, 8, 11), -50, 100))


def _warning() -> QPainterPath:
    sign = _stroked(_polygon((8, 2.5), (14, 13.2), (2, 13.2)), 1.6)
    return sign.united(_line((8, 6.5), (8, 9.2))).united(_dot(8, 11.3, 0.95))


def _search() -> QPainterPath:
    lens = QPainterPath()
    lens.addEllipse(QPointF(7, 7), 4.2, 4.2)
    return _stroked(lens).united(_line((10.2, 10.2), (13.4, 13.4)))


def _undo() -> QPainterPath:
    bend = QPainterPath(QPointF(3.2, 6))
    bend.lineTo(9.5, 6)
    bend.cubicTo(14.6, 6, 14.6, 13, 9.5, 13)
    bend.lineTo(6, 13)
    return _stroked(bend).united(_line((6.2, 2.9), (3, 6), (6.2, 9.1)))


def _redo() -> QPainterPath:
    path = QPainterPath()
    for polygon in _undo().toFillPolygons():
        path.addPolygon(QPolygonF([QPointF(GRID - point.x(), point.y()) for point in polygon.toList()]))
    return path


def _clip() -> QPainterPath:
    frame = _stroked(_box(1.8, 4.2, 12.4, 7.6, 1.5), 1.4)
    return (
        frame.united(_box(4, 6.6, 1.6, 2.8, 0.4))
        .united(_box(7.2, 6.6, 1.6, 2.8, 0.4))
        .united(_box(10.4, 6.6, 1.6, 2.8, 0.4))
    )


def _track() -> QPainterPath:
    return (
        _box(1.5, 3, 9, 2.6)
        .united(_box(1.5, 7, 6, 2.6))
        .united(_line((12.4, 8.6), (12.4, 14)))
        .united(_line((9.7, 11.3), (15.1, 11.3)))
    )


def _file() -> QPainterPath:
    sheet = _stroked(_polygon((3.5, 1.8), (9.2, 1.8), (12.6, 5.2), (12.6, 14.2), (3.5, 14.2)), 1.4)
    note = _dot(6.8, 11, 1.5).united(_line((8.0, 10.8), (8.0, 6.6), (9.6, 7.4)))
    return sheet.united(note)


def _contrast() -> QPainterPath:
    half = QPainterPath(QPointF(8, 2.5))
    half.arcTo(QRectF(2.5, 2.5, 11, 11), 90, -180)
    half.closeSubpath()
    return _stroked(_dot(8, 8, 5.5), 1.5).united(half)


def _dice() -> QPainterPath:
    frame = _stroked(_box(2.4, 2.4, 11.2, 11.2, 2.2), 1.5)
    return frame.united(_dot(5.6, 5.6, 1.1)).united(_dot(8, 8, 1.1)).united(_dot(10.4, 10.4, 1.1))


def _padlock(shackle: QPainterPath) -> QPainterPath:
    return _box(3.2, 7.2, 9.6, 6.8, 1.4).united(shackle)


def _locked() -> QPainterPath:
    bow = QPainterPath(QPointF(5.2, 7.6))
    bow.lineTo(5.2, 5.2)
    bow.cubicTo(5.2, 1.4, 10.8, 1.4, 10.8, 5.2)
    bow.lineTo(10.8, 7.6)
    return _padlock(_stroked(bow, 1.7))


def _unlocked() -> QPainterPath:
    bow = QPainterPath(QPointF(5.2, 7.6))
    bow.lineTo(5.2, 4.6)
    bow.cubicTo(5.2, 0.9, 10.8, 0.9, 10.8, 4.4)
    body = _stroked(_box(3.8, 7.8, 8.4, 5.6, 1.0), 1.3)
    return body.united(_stroked(bow, 1.5))


def _continue() -> QPainterPath:
    """A bar, and the arrow to the next one."""
    arrow = _line((7.2, 8), (13.6, 8)).united(_line((10.8, 5.0), (13.8, 8), (10.8, 11)))
    return arrow.united(_box(1.8, 3.4, 3.2, 9.2, 0.9))


def _renew() -> QPainterPath:
    """A turn back to the beginning, with its head."""
    turn = _arc(QRectF(2.8, 2.8, 10.4, 10.4), 38, 285)
    return turn.united(_line((12.7, 1.8), (12.1, 4.9), (9.0, 4.5)))


def _variations() -> QPainterPath:
    dots = _box(2, 2, 5, 5, 1.2).united(_stroked(_box(9.7, 2.7, 3.6, 3.6, 0.8), 1.4))
    return dots.united(_stroked(_box(2.7, 9.7, 3.6, 3.6, 0.8), 1.4)).united(
        _stroked(_box(9.7, 9.7, 3.6, 3.6, 0.8), 1.4)
    )


def _star() -> QPainterPath:
    tips = []
    for corner in range(10):
        angle, reach = math.radians(36.0 * corner - 90.0), 2.9 if corner % 2 else 6.4
        tips.append((8 + reach * math.cos(angle), 8.4 + reach * math.sin(angle)))
    return _polygon(*tips)


def _hover() -> QPainterPath:
    """A pointer, and the sound that it makes by resting."""
    pointer = _polygon((2, 2), (2, 12.2), (4.7, 9.8), (6.5, 13.8), (8.3, 13), (6.6, 9.2), (10, 9))
    return pointer.united(_arc(QRectF(6.5, 2.5, 5, 6), -50, 100)).united(_arc(QRectF(6.5, 0.5, 8, 10), -50, 100))


_PATHS: Final[dict[Icon, Callable[[], QPainterPath]]] = {
    Icon.PLAY: lambda: _polygon((4, 2.5), (13.5, 8), (4, 13.5)),
    Icon.STOP: lambda: _box(3.5, 3.5, 9, 9),
    Icon.LOOP: _loop,
    Icon.VOLUME: _volume,
    Icon.WARNING: _warning,
    Icon.SEARCH: _search,
    Icon.CLOSE: lambda: _line((4, 4), (12, 12)).united(_line((12, 4), (4, 12))),
    Icon.CHECK: lambda: _line((3.2, 8.4), (6.6, 11.8), (12.8, 4.6)),
    Icon.CHEVRON: lambda: _line((4.5, 6.3), (8, 9.8), (11.5, 6.3)),
    Icon.UNDO: _undo,
    Icon.REDO: _redo,
    Icon.CLIP: _clip,
    Icon.TRACK: _track,
    Icon.FILE: _file,
    Icon.CONTRAST: _contrast,
    Icon.DICE: _dice,
    Icon.LOCKED: _locked,
    Icon.UNLOCKED: _unlocked,
    Icon.VARIATIONS: _variations,
    Icon.CONTINUE: _continue,
    Icon.RENEW: _renew,
    Icon.STAR: lambda: _stroked(_star(), 1.3),
    Icon.STARRED: lambda: _star().united(_stroked(_star(), 1.3)),
    Icon.HOVER: _hover,
    Icon.MORE: lambda: _dot(3, 8, 1.4).united(_dot(8, 8, 1.4)).united(_dot(13, 8, 1.4)),
}
_drawn: dict[Icon, QPainterPath] = {}


def icon_path(icon: Icon) -> QPainterPath:
    """Return an icon's outline on the 16 x 16 grid."""
    if icon not in _drawn:
        _drawn[icon] = _PATHS[icon]()
    return _drawn[icon]


def draw_icon(painter: QPainter, icon: Icon, box: QRectF, color: QColor) -> None:
    """Draw an icon centred in a box, as large as the shorter side."""
    scale = min(box.width(), box.height()) / GRID
    painter.save()
    painter.translate(box.center().x() - GRID * scale / 2, box.center().y() - GRID * scale / 2)
    painter.scale(scale, scale)
    painter.fillPath(icon_path(icon), color)
    painter.restore()


def make_icon(icon: Icon, color: QColor, size_px: int = 16) -> QIcon:
    """Return an icon for menus and actions, at 1x, 2x and 3x."""
    result = QIcon()
    for ratio in (1, 2, 3):
        pixmap = QPixmap(QSize(size_px * ratio, size_px * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_icon(painter, icon, QRectF(0, 0, size_px, size_px), color)
        painter.end()
        result.addPixmap(pixmap)
    return result
