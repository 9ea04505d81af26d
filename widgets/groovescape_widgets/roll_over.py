"""What moves over a piano roll: pointer, cursor, box, playhead, and the number that a hand changes."""

from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from groovescape_models.music.timing import Meter, Quarters
from groovescape_widgets.color import faded, mix
from groovescape_widgets.painting import draw_text, hairline
from groovescape_widgets.roll_geometry import KEYS_PX, RollGeometry
from groovescape_widgets.roll_notes import RollNote
from groovescape_widgets.ruler import HEADER_PX, draw_lock_hover
from groovescape_widgets.theme import Colors, font
from groovescape_widgets.tokens import SPACE_S, STROKE, STROKE_BOLD

GLOW_SHARE: Final = 0.55
BUBBLE_PX: Final = 22


@dataclass(frozen=True, slots=True)
class RollPicture:
    """What lies over the notes; cells are (step, pitch)."""

    playhead: Quarters | None = None
    sounding: tuple[RollNote, ...] = ()
    hovered: tuple[int, int] | None = None
    hovered_key: int | None = None
    hovered_lock: int | None = None
    cursor: tuple[int, int] | None = None
    box: QRectF | None = None
    bubble: tuple[QPointF, str] | None = None

    def with_(self, **changes: Any) -> "RollPicture":  # noqa: ANN401
        """Return the picture with other fields."""
        return replace(self, **changes)


def draw_over(
    painter: QPainter, where: RollGeometry, tokens: Colors, picture: RollPicture, color: QColor, meter: Meter
) -> None:
    """Draw what moves."""
    if picture.hovered_lock is not None:
        draw_lock_hover(painter, where.axis.lock_box(picture.hovered_lock, meter), tokens)
    painter.save()
    painter.setClipRect(QRectF(0, HEADER_PX, where.width, where.field.height()))
    _draw_pointed(painter, where, tokens, picture)
    _draw_sounding(painter, where, tokens, picture.sounding, color)
    if picture.cursor is not None:
        painter.setPen(QPen(tokens.accent, STROKE_BOLD))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(where.cell_box(*picture.cursor).adjusted(-1, -1, 1, 0), 3, 3)
    if picture.box is not None:
        painter.setPen(QPen(tokens.accent, STROKE))
        painter.setBrush(faded(tokens.accent, 0.15))
        painter.drawRect(picture.box.intersected(where.field.adjusted(0, 0, -1, -1)))
    painter.restore()
    if picture.playhead is not None and where.axis.shows(picture.playhead):
        x = hairline(where.axis.x_of(picture.playhead))
        painter.setPen(QPen(tokens.text, STROKE_BOLD))
        painter.drawLine(QPointF(x, HEADER_PX - 6), QPointF(x, where.height))
    if picture.bubble is not None:
        _draw_bubble(painter, where, tokens, *picture.bubble)


def _draw_pointed(painter: QPainter, where: RollGeometry, tokens: Colors, picture: RollPicture) -> None:
    if picture.hovered is not None:
        painter.fillRect(where.cell_box(*picture.hovered), faded(tokens.text, 0.14))
        painter.fillRect(where.key_box(picture.hovered[1]), faded(tokens.text, 0.14))
    if picture.hovered_key is not None:
        painter.fillRect(where.key_box(picture.hovered_key), faded(tokens.text, 0.22))


def _draw_sounding(
    painter: QPainter, where: RollGeometry, tokens: Colors, notes: tuple[RollNote, ...], color: QColor
) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for note in notes:
        painter.setBrush(faded(color, 0.85))
        key = where.key_box(note.pitch)
        painter.drawRect(QRectF(key.left(), key.top(), 5, key.height() - 1))
        painter.setBrush(mix(color, tokens.text, GLOW_SHARE))
        box = where.note_box(note).intersected(where.field)
        if not box.isEmpty():
            painter.drawRoundedRect(box, 2, 2)


def playing_places(where: RollGeometry, picture: RollPicture) -> set[tuple[int, int, int, int]]:
    """Return the boxes (left, top, width, height) of the playhead, and of the notes and keys that glow."""
    if picture.playhead is None:
        return set()
    places = {(int(where.axis.x_of(picture.playhead)) - 2, 0, 5, int(where.height))}
    for note in picture.sounding:
        for box in (where.note_box(note), where.key_box(note.pitch)):
            around: QRect = box.toAlignedRect().adjusted(-1, -1, 1, 1)
            places.add((around.left(), around.top(), around.width(), around.height()))
    return places


def bubble_box(where: RollGeometry, at: QPointF, text: str) -> QRectF:
    """Return the box of a number above a place, or below it where there is no room; always in sight."""
    width = QFontMetrics(font(bold=True)).horizontalAdvance(text) + 2 * SPACE_S
    left = min(max(KEYS_PX, at.x() - width / 2), where.width - width - 1)
    top = at.y() - BUBBLE_PX - 6
    return QRectF(left, top if top >= 0 else at.y() + 10, width, BUBBLE_PX)


def _draw_bubble(painter: QPainter, where: RollGeometry, tokens: Colors, at: QPointF, text: str) -> None:
    box = bubble_box(where, at, text)
    painter.setPen(QPen(tokens.ground, STROKE))
    painter.setBrush(tokens.text)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(tokens.ground)
    painter.setFont(font(bold=True))
    draw_text(painter, box, text, Qt.AlignmentFlag.AlignHCenter)
