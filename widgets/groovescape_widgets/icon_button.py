"""A button that is an icon, perhaps with words beside it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from groovescape_widgets.focus import is_by_keyboard
from groovescape_widgets.icons import Icon, draw_icon
from groovescape_widgets.painting import draw_focus_ring, draw_text
from groovescape_widgets.theme import Colors, colors
from groovescape_widgets.tokens import CONTROL_HEIGHT, RADIUS, SPACE_S, STROKE

ICON_PX = 16
INSET = (CONTROL_HEIGHT - ICON_PX) // 2


class IconButton(QAbstractButton):
    """A flat button with an icon; checked, it wears the accent. Its tooltip is also its accessible name."""

    def __init__(self, icon: Icon, tooltip: str, *, text: str = "", checkable: bool = False) -> None:
        """Show an icon and an optional text."""
        super().__init__()
        self._icon = icon
        self._ringed = False
        self.setText(text)
        self.setCheckable(checkable)
        self.setToolTip(tooltip)
        self.setAccessibleName(tooltip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: Icon, tooltip: str) -> None:
        """Change what the button says it does."""
        self._icon = icon
        self.setToolTip(tooltip)
        self.setAccessibleName(tooltip)
        self.update()

    def sizeHint(self) -> QSize:
        """A square, or wider for a text."""
        words = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(CONTROL_HEIGHT + (words + SPACE_S if self.text() else 0), CONTROL_HEIGHT)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a ring to those who came by keyboard."""
        self._ringed = is_by_keyboard(event.reason())
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground by state, then icon and text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = colors(self.palette())
        self._draw_ground(painter, tokens)
        color = tokens.on_accent if self.isChecked() else tokens.text
        if not self.isEnabled():
            color = self.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
        top = (self.height() - ICON_PX) / 2
        draw_icon(painter, self._icon, QRectF(INSET, top, ICON_PX, ICON_PX), color)
        if self.text():
            left = INSET + ICON_PX + SPACE_S
            painter.setPen(color)
            draw_text(painter, QRectF(left, 0, self.width() - left - SPACE_S / 2, self.height()), self.text())

    def _draw_ground(self, painter: QPainter, tokens: Colors) -> None:
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        fill = tokens.accent if self.isChecked() else tokens.line if self.isDown() else tokens.raised
        edge = tokens.quiet if self.underMouse() and self.isEnabled() else fill if self.isChecked() else tokens.line
        painter.setPen(QPen(edge, STROKE))
        painter.setBrush(fill)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        if self._ringed and self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), tokens.text if self.isChecked() else tokens.accent)
