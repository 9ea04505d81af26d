"""The frame that every part of the window sits in: one ground, one radius, one title line."""

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from groovescape_widgets.labels import ElidedLabel
from groovescape_widgets.theme import colors
from groovescape_widgets.tokens import RADIUS, SPACE_M, SPACE_S, STROKE, FontSize

HEADER_HEIGHT = 20


class Panel(QWidget):
    """A titled frame. header takes small controls at the right of the title, body the contents."""

    def __init__(self, title: str, content: QWidget | None = None, parent: QWidget | None = None) -> None:
        """Frame a widget under a title."""
        super().__init__(parent)
        self.title = ElidedLabel(title, size=FontSize.SMALL, quiet=True, bold=True)
        self.setAccessibleName(title)
        self.header = QHBoxLayout()
        self.header.setSpacing(SPACE_S)
        self.header.addWidget(self.title, 1)
        self.title.setFixedHeight(HEADER_HEIGHT)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_M)
        self.body.setSpacing(SPACE_S)
        self.body.addLayout(self.header)
        if content is not None:
            self.body.addWidget(content, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = colors(self.palette())
        painter.setPen(QPen(tokens.line, STROKE))
        painter.setBrush(tokens.panel)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


class SquarePanel(Panel):
    """A panel around something square: it takes no more width than its height fills, and leaves the rest to others."""

    def __init__(self, title: str, content: QWidget) -> None:
        """Frame a widget whose height follows from its width."""
        super().__init__(title, content)
        self._content = content
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take what the new height fills, once the content has its place in it."""
        self._soon.start()
        super().resizeEvent(event)

    def _fit(self) -> None:
        margins = self.body.contentsMargins()
        side = self._content.height() - self._content.heightForWidth(0)
        self.setMaximumWidth(max(self.minimumSizeHint().width(), side + margins.left() + margins.right()))
