"""One variation: seen small, heard with a click, kept with a double click, carried away by a drag."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy

from groovescape_models.music.pattern import Pattern
from groovescape_widgets.color import faded, mix
from groovescape_widgets.focus import is_by_keyboard
from groovescape_widgets.icons import Icon, draw_icon
from groovescape_widgets.mini import MiniScale, draw_mini, notes_words
from groovescape_widgets.painting import Layer, blit, draw_focus_ring, draw_text
from groovescape_widgets.theme import Colors, colors, font
from groovescape_widgets.tokens import RADIUS, SPACE_S, SPACE_XS, STROKE, STROKE_BOLD, FontSize

FOOT_PX: Final = 18
LEAST_WIDTH: Final = 48
STALE_OPACITY: Final = 0.45
SIGN_PX: Final = 10


class Thumbnail(QAbstractButton):
    """A pattern as a card. clicked asks to hear it; the others say what else is wanted."""

    kept = Signal()
    dragged = Signal()
    stopped = Signal()
    stepped = Signal(int)
    focused = Signal()

    def __init__(self, pattern: Pattern, scale: MiniScale, number: int, count: int) -> None:
        """Show a pattern on the scale of all, as one of so many, counted from 1."""
        super().__init__()
        self._pattern, self._scale, self._number = pattern, scale, number
        self._picture = Layer()
        self._pressed_at: QPointF | None = None
        self._ringed = self._stale = False
        self.setCheckable(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if number == 1 else Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(f"Variation {number} of {count}")
        self._current = False
        self.set_current(False)

    def set_current(self, current: bool) -> None:
        """Show whether it sounds."""
        self._current = current
        listen = "Click or Space: stop." if current else "Click or Space: listen."
        self.setAccessibleDescription("sounds now" if current else notes_words(self._pattern))
        self.setToolTip(f"Variation {self._number}. {listen}\nDouble click or Enter: keep. Drag: into another program.")
        self.update()

    def set_stale(self, stale: bool) -> None:
        """Dim it while others are being made."""
        self._stale = stale
        self.update()

    def sizeHint(self) -> QSize:
        """Room for two bars."""
        return QSize(96, 88)

    def minimumSizeHint(self) -> QSize:
        """The least in which patterns are told from each other."""
        return QSize(LEAST_WIDTH, 64)

    def event(self, event: QEvent) -> bool:
        """Take Space before the window does, which plays and stops with it."""
        is_space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if is_space and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        self._pressed_at = event.position()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Ask for the drag once the hand means it."""
        if self._pressed_at is None or not self.isDown():
            return
        if (event.position() - self._pressed_at).manhattanLength() >= QApplication.startDragDistance():
            self._pressed_at = None
            self.setDown(False)
            self.dragged.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._pressed_at = None
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Keep it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.kept.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep with Enter, stop with Escape, go on with the arrows; Space is a click."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.kept.emit()
        elif key == Qt.Key.Key_Escape:
            self.stopped.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(1 if key == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a ring to those who came by keyboard."""
        self._ringed = is_by_keyboard(event.reason())
        self.focused.emit()
        super().focusInEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in another palette."""
        if event.type() == QEvent.Type.PaletteChange:
            self._picture.drop()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, the pattern upon it, its number and what a click does."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = colors(self.palette())
        self._draw_card(painter, tokens)
        painter.setOpacity(STALE_OPACITY if self._stale else 1.0)
        blit(painter, self._picture.pixmap(self, lambda p: self._draw_pattern(p, tokens)), event.rect())
        painter.setOpacity(1.0)
        self._draw_foot(painter, tokens)
        if self._ringed and self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), tokens.text if self._current else tokens.accent)

    def _draw_card(self, painter: QPainter, tokens: Colors) -> None:
        box = QRectF(self.rect())
        lively = self.isEnabled() and (self.underMouse() or self.isDown())
        edge = tokens.accent if self._current or lively else tokens.line
        width = STROKE_BOLD if self._current else STROKE
        painter.setPen(QPen(edge, width))
        painter.setBrush(mix(tokens.raised, tokens.accent, 0.16) if self._current else tokens.raised)
        painter.drawRoundedRect(box.adjusted(width / 2, width / 2, -width / 2, -width / 2), RADIUS, RADIUS)

    def _draw_pattern(self, painter: QPainter, tokens: Colors) -> None:
        box = QRectF(self.rect()).adjusted(SPACE_S, SPACE_S, -SPACE_S, -FOOT_PX)
        draw_mini(painter, box, self._pattern, tokens, tokens.raised, self._scale)

    def _draw_foot(self, painter: QPainter, tokens: Colors) -> None:
        foot = QRectF(SPACE_S, self.height() - FOOT_PX, self.width() - 2 * SPACE_S, FOOT_PX - 2)
        painter.setFont(font(FontSize.SMALL, bold=self._current))
        painter.setPen(tokens.text if self._current else tokens.quiet)
        draw_text(painter, foot, str(self._number))
        if self._current or self.underMouse() or (self._ringed and self.hasFocus()):
            sign = QRectF(foot.right() - SIGN_PX, foot.center().y() - SIGN_PX / 2, SIGN_PX, SIGN_PX)
            ink = tokens.accent if self._current else faded(tokens.text, 0.9)
            draw_icon(painter, Icon.STOP if self._current else Icon.PLAY, sign.adjusted(-SPACE_XS, 0, 0, 0), ink)
