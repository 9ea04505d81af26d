"""The line that folds a section out and in again, and says while folded what is set in it."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from groovescape_widgets.focus import is_by_keyboard
from groovescape_widgets.icons import Icon, draw_icon
from groovescape_widgets.painting import draw_focus_ring, draw_text
from groovescape_widgets.theme import colors, font
from groovescape_widgets.tokens import SPACE_S, SPACE_XS, FontSize

HEIGHT: Final = 20
CHEVRON_PX: Final = 10


class FoldButton(QAbstractButton):
    """Checked means unfolded. set_summary tells what is not at its default within."""

    def __init__(self, text: str, tip: str) -> None:
        """Start folded."""
        super().__init__()
        self._summary = ""
        self._tip = tip
        self._ringed = False
        self.setFont(font(FontSize.SMALL))
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_summary("")

    @property
    def summary(self) -> str:
        """What is set within."""
        return self._summary

    def set_summary(self, summary: str) -> None:
        """Say what is set within, "" for nothing out of the usual."""
        self._summary = summary
        self.setToolTip(f"{self._tip}\n{summary}" if summary else self._tip)
        self.setAccessibleDescription(self.toolTip())
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self.text()) + 3 * SPACE_S + CHEVRON_PX, HEIGHT)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a ring to those who came by keyboard."""
        self._ringed = is_by_keyboard(event.reason())
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw chevron, words and summary."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = colors(self.palette())
        ink = tokens.text if self.underMouse() else tokens.quiet
        self._draw_chevron(painter, ink)
        left = SPACE_XS + CHEVRON_PX + SPACE_S
        painter.setPen(ink)
        draw_text(painter, QRectF(left, 0, self.width() - left, self.height()), self.text())
        words = QFontMetrics(self.font()).horizontalAdvance(self.text()) + left + SPACE_S
        if self._summary and not self.isChecked():
            painter.setPen(tokens.accent)
            box = QRectF(words, 0, self.width() - words - 3, self.height())
            draw_text(painter, box, self._summary, Qt.AlignmentFlag.AlignRight)
        if self._ringed and self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), tokens.accent, 4)

    def _draw_chevron(self, painter: QPainter, ink: QColor) -> None:
        painter.save()
        painter.translate(SPACE_XS + CHEVRON_PX / 2, self.height() / 2)
        painter.rotate(0 if self.isChecked() else -90)
        box = QRectF(-CHEVRON_PX / 2, -CHEVRON_PX / 2, CHEVRON_PX, CHEVRON_PX)
        draw_icon(painter, Icon.CHEVRON, box, ink)
        painter.restore()
