"""Text that never gets cut without a word: elided labels with the whole text as tooltip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from groovescape_widgets.theme import colors, font
from groovescape_widgets.tokens import FontSize


class ElidedLabel(QWidget):
    """One line of text that gives way when room is short and then tells the whole in its tooltip."""

    def __init__(self, text: str = "", *, size: int = FontSize.BODY, quiet: bool = False, bold: bool = False) -> None:
        """Show a text at a size of the type scale, quiet for what matters less."""
        super().__init__()
        self._text = ""
        self._quiet = quiet
        self._alert = False
        self.setFont(font(size, bold=bold))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_text(text)

    @property
    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Replace the text."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._set_tooltip()
        self.update()

    def set_alert(self, alert: bool) -> None:
        """Show the text in the colour of errors."""
        self._alert = alert
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(min(48, self.sizeHint().width()), self.sizeHint().height())

    def resizeEvent(self, event: object) -> None:
        """Offer the tooltip only where the text is cut."""
        self._set_tooltip()

    def _set_tooltip(self) -> None:
        self.setToolTip(self._text if self.sizeHint().width() > self.width() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, elided at the right."""
        painter = QPainter(self)
        tokens = colors(self.palette())
        color = tokens.error if self._alert else tokens.quiet if self._quiet else tokens.text
        if not self.isEnabled():
            color = self.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
        painter.setPen(color)
        shown = QFontMetrics(self.font()).elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)
