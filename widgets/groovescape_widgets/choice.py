"""A flat combo box with its own chevron, as the style sheet's needs an image file."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QSizePolicy

from groovescape_widgets.icons import Icon, draw_icon
from groovescape_widgets.painting import draw_text
from groovescape_widgets.theme import colors
from groovescape_widgets.tokens import CONTROL_HEIGHT, RADIUS, SPACE_M, SPACE_S, STROKE

CHEVRON_PX = 12
WIDEST_LIST_PX = 420


class Choice(QComboBox):
    """A menu of names; a long one is elided and told by the tooltip."""

    def __init__(self, name: str, *, empty: str = "") -> None:
        """Name the menu; empty is shown while there is nothing to choose."""
        super().__init__()
        self._name = name
        self._empty = empty
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.currentTextChanged.connect(self._tell)
        self._tell(self.currentText())

    def set_names(self, names: Sequence[str]) -> None:
        """Offer names, without a signal."""
        with QSignalBlocker(self):
            self.clear()
            self.addItems(list(names))
        self._tell(self.currentText())

    def set_index(self, index: int) -> None:
        """Show which name is chosen, without a signal."""
        with QSignalBlocker(self):
            self.setCurrentIndex(index)
        self._tell(self.currentText())

    def _tell(self, text: str) -> None:
        self.setToolTip(f"{self._name}: {text}" if text else self._name)

    def sizeHint(self) -> QSize:
        """Room for names of usual length."""
        return QSize(176, CONTROL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Room for a short name."""
        return QSize(96, CONTROL_HEIGHT)

    def showPopup(self) -> None:  # noqa: N802 (Qt calls it)
        """Make the list as wide as its names need."""
        words = self.view().sizeHintForColumn(0) + 2 * SPACE_M
        self.view().setMinimumWidth(max(self.width(), min(WIDEST_LIST_PX, words)))
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, text and chevron."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = colors(self.palette())
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        edge = tokens.accent if self.hasFocus() else tokens.quiet if self.underMouse() else tokens.line
        painter.setPen(QPen(edge, STROKE))
        painter.setBrush(tokens.raised)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        painter.setPen(tokens.text if self.isEnabled() and self.count() else tokens.quiet)
        words = box.adjusted(SPACE_M - 2, 0, -CHEVRON_PX - 2 * SPACE_S, 0)
        draw_text(painter, words, self.currentText() or self._empty)
        chevron = QRectF(box.right() - SPACE_S - CHEVRON_PX, box.center().y() - CHEVRON_PX / 2, CHEVRON_PX, CHEVRON_PX)
        draw_icon(painter, Icon.CHEVRON, chevron, tokens.quiet)
