"""Small shared parts of painting: cached layers, elided text, focus rings."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from groovescape_widgets.shapes import shape_path
from groovescape_widgets.tokens import RADIUS, STROKE_BOLD
from groovescape_widgets.voices import Voice

Draw = Callable[[QPainter], None]


class Layer:
    """What a widget draws seldom, kept as a pixmap of its size and pixel ratio until it is dropped."""

    def __init__(self) -> None:
        """Start empty."""
        self._pixmap: QPixmap | None = None

    def drop(self) -> None:
        """Forget the picture: it is drawn anew at the next paint."""
        self._pixmap = None

    def pixmap(self, widget: QWidget, draw: Draw) -> QPixmap:
        """Return the picture for a widget as it is now, drawing it if it is missing or of another size."""
        ratio = widget.devicePixelRatioF()
        size = QSize(round(widget.width() * ratio), round(widget.height() * ratio))
        if self._pixmap is None or self._pixmap.size() != size:
            self._pixmap = self._drawn(size, ratio, draw)
        return self._pixmap

    @staticmethod
    def _drawn(size: QSize, ratio: float, draw: Draw) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter)
        painter.end()
        return pixmap


def blit(painter: QPainter, pixmap: QPixmap, area: QRect) -> None:
    """Copy only the part of a layer that is to be repainted."""
    ratio = pixmap.devicePixelRatio()
    source = QRectF(area.x() * ratio, area.y() * ratio, area.width() * ratio, area.height() * ratio)
    painter.drawPixmap(QRectF(area), pixmap, source)


def draw_text(painter: QPainter, box: QRectF, text: str, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> bool:
    """Draw one line, vertically centred, elided to its box; return True if it had to be cut."""
    shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
    painter.drawText(box, int(align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)
    return shown != text


def rounded(box: QRectF, radius: float = RADIUS) -> QPainterPath:
    """Return a rectangle with round corners."""
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    return path


def draw_focus_ring(painter: QPainter, box: QRectF, color: QColor, radius: float = RADIUS) -> None:
    """Draw the ring that shows where the keyboard is, inside the box."""
    painter.setPen(QPen(color, STROKE_BOLD))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)


def draw_voice(painter: QPainter, voice: Voice, center: QPointF, radius: float, ground: QColor) -> None:
    """Draw a voice's filled shape in the tone that is seen on the ground."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(voice.mark(ground))
    painter.drawPath(shape_path(voice.shape, center, radius))


def hairline(position: float) -> float:
    """Return the place of a one pixel line so that it falls on pixels and stays sharp."""
    return int(position) + 0.5
