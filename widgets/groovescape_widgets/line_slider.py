"""A slider on one line of small type: name, track, number; a column of them lines up."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from groovescape_widgets.painting import draw_text
from groovescape_widgets.slider import KNOB_PX, SliderRange, ValueSlider
from groovescape_widgets.theme import Colors, font
from groovescape_widgets.tokens import SPACE_S, FontSize

HEIGHT: Final = 20
LEAST_TRACK: Final = 48


class LineSlider(ValueSlider):
    """A slider whose name takes a column of a given width; tip says under the number what it does."""

    def __init__(self, name: str, values: SliderRange, tip: str) -> None:
        """Name the slider; the column is as wide as the name until set_column."""
        self._tip = tip
        super().__init__(name, values)
        self.setFont(font(FontSize.SMALL))
        self._column = self.name_width()

    def name_width(self) -> int:
        """Return how wide the name is."""
        return QFontMetrics(self.font()).horizontalAdvance(self._name)

    def set_column(self, width: int) -> None:
        """Begin the track where others begin theirs."""
        self._column = width
        self.update()

    def hint(self) -> str:
        """Return what the tooltip says under the number."""
        return f"{self._tip}\n{super().hint()}"

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self._column + 2 * LEAST_TRACK + self._value_width(), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The least that shows name, track and number."""
        return QSize(self._column + LEAST_TRACK + self._value_width(), HEIGHT)

    def _track(self) -> QRectF:
        left = 3 + self._column + SPACE_S + KNOB_PX
        right = self.width() - self._value_width() - SPACE_S - KNOB_PX
        return QRectF(left, self.height() / 2 - 1, max(1.0, right - left), 2)

    def _draw_words(self, painter: QPainter, tokens: Colors) -> None:
        width = self._value_width()
        painter.setPen(tokens.quiet)
        draw_text(painter, QRectF(3, 0, self._column + 1, self.height()), self._name)
        painter.setPen(tokens.text if self.isEnabled() else tokens.quiet)
        number = QRectF(self.width() - width - 3, 0, width, self.height())
        draw_text(painter, number, self.number_words(), Qt.AlignmentFlag.AlignRight)
