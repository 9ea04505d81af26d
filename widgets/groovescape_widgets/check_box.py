"""A check box on the tokens: the system's has no edge that is seen on a dark ground."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from groovescape_widgets.focus import is_by_keyboard
from groovescape_widgets.icons import Icon, draw_icon
from groovescape_widgets.painting import draw_focus_ring, draw_text
from groovescape_widgets.theme import colors
from groovescape_widgets.tokens import CONTROL_HEIGHT, SPACE_S, SPACE_XS, STROKE

BOX_PX: Final = 16


class CheckBox(QCheckBox):
    """A box and its words."""

    def __init__(self, text: str, tip: str) -> None:
        """Say what is chosen, and what that does."""
        super().__init__(text)
        self.setAccessibleName(text)
        self._ringed = False
        self.setToolTip(tip)
        self.setAccessibleDescription(tip)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the box and all of the words."""
        words = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(SPACE_XS + BOX_PX + SPACE_S + words + SPACE_XS, CONTROL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The words are not cut."""
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:  # noqa: N802 (Qt calls it)
        """All of it may be clicked."""
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a ring to those who came by keyboard."""
        self._ringed = is_by_keyboard(event.reason())
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, tick and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = colors(self.palette())
        box = QRectF(SPACE_XS, (self.height() - BOX_PX) / 2, BOX_PX, BOX_PX)
        is_on = self.isChecked() and self.isEnabled()
        painter.setPen(QPen(tokens.accent if is_on or self.underMouse() else tokens.quiet, STROKE))
        painter.setBrush(tokens.accent if is_on else tokens.raised)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if self.isChecked():
            draw_icon(painter, Icon.CHECK, box.adjusted(2, 2, -2, -2), tokens.on_accent if is_on else tokens.quiet)
        painter.setPen(tokens.text if self.isEnabled() else tokens.quiet)
        left = box.right() + SPACE_S
        draw_text(painter, QRectF(left, 0, self.width() - left, self.height()), self.text())
        if self._ringed and self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), tokens.accent, 4)
