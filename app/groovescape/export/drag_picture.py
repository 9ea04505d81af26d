"""The picture that follows the pointer: the clip, its notes as marks on a lane each."""

from typing import Final

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from groovescape.export.lmms_notes import played_notes
from groovescape_models.music.pattern import Note, Pattern

_SIZE: Final = QSizeF(176, 56)
_MARGIN: Final = 6.0
_TITLE_HEIGHT: Final = 16.0
_MARK_WIDTH: Final = 3.0


def _mark(note: Note, lane: int, lanes: int, length: float) -> QRectF:
    width = _SIZE.width() - 2 * _MARGIN - _MARK_WIDTH
    height = (_SIZE.height() - _TITLE_HEIGHT - 2 * _MARGIN) / lanes
    top = _MARGIN + _TITLE_HEIGHT + lane * height
    return QRectF(_MARGIN + width * note.start / length, top, _MARK_WIDTH, max(1.0, height - 1.0))


def clip_picture(pattern: Pattern, scale: float, paper: QColor, ink: QColor) -> QPixmap:
    """Return a picture of a pattern, loud notes solid and soft ones faint, at a screen's pixel ratio."""
    picture = QPixmap((_SIZE * scale).toSize())
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_paper(painter, pattern.name or "Groovescape", paper, ink)
    _paint_marks(painter, pattern, ink)
    painter.end()
    return picture


def _paint_paper(painter: QPainter, title: str, paper: QColor, ink: QColor) -> None:
    painter.setPen(ink)
    painter.setBrush(paper)
    painter.drawRoundedRect(QRectF(0.5, 0.5, _SIZE.width() - 1, _SIZE.height() - 1), 5, 5)
    place = QRectF(_MARGIN, 3, _SIZE.width() - 2 * _MARGIN, _TITLE_HEIGHT)
    fitting = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, int(place.width()))
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, fitting)


def _paint_marks(painter: QPainter, pattern: Pattern, ink: QColor) -> None:
    notes = played_notes(pattern)
    lanes = {pitch: lane for lane, pitch in enumerate(sorted({note.pitch for note in notes}, reverse=True))}
    for note in notes:
        colour = QColor(ink)
        colour.setAlphaF(0.3 + 0.7 * note.velocity / 127)
        painter.fillRect(_mark(note, lanes[note.pitch], len(lanes), pattern.length), colour)
