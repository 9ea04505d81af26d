"""A small button of one word, for bars of one line."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from groovescape_widgets.focus import is_by_keyboard
from groovescape_widgets.painting import draw_focus_ring, draw_text
from groovescape_widgets.theme import colors, font
from groovescape_widgets.tokens import SPACE_S, STROKE, FontSize

HEIGHT: Final = 20


class WordButton(QAbstractButton):
    """A word in a frame; strong wears the accent: what Enter does. The tooltip tells readers what it is for."""

    def __init__(self, text: str, tip: str, *, strong: bool = False, checkable: bool = False) -> None:
        """Show a word."""
        super().__init__()
        self._strong = strong
        self._ringed = False
        self.setFont(font(FontSize.SMALL))
        self.setText(text)
        self.setCheckable(checkable)
        self.setToolTip(tip)
        self.setAccessibleName(text)
        self.setAccessibleDescription(tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the word."""
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self.text()) + 2 * SPACE_S, HEIGHT)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a ring to those who came by keyboard."""
        self._ringed = is_by_keyboard(event.reason())
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = colors(self.palette())
        is_strong = (self._strong or self.isChecked()) and self.isEnabled()
        edge = tokens.quiet if self.underMouse() and self.isEnabled() else tokens.accent if is_strong else tokens.line
        painter.setPen(QPen(edge, STROKE))
        painter.setBrush(tokens.accent if is_strong else tokens.line if self.isDown() else tokens.raised)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        off = self.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
        painter.setPen(tokens.on_accent if is_strong else tokens.text if self.isEnabled() else off)
        draw_text(painter, QRectF(self.rect()), self.text(), Qt.AlignmentFlag.AlignHCenter)
        if self._ringed and self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), tokens.text if is_strong else tokens.accent, 4)
