"""A slider on one line of small type: name, track, number; a column of them lines up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from groovescape_widgets.painting import draw_text
from groovescape_widgets.slider import KNOB_PX, SliderRange, ValueSlider
from groovescape_widgets.theme import Colors, font
from groovescape_widgets.tokens import SPACE_S, FontSize

HEIGHT: Final = 20
LEAST_TRACK: Final = 48


@dataclass(frozen=True, slots=True)
class AmountKind:
    """A slider for a field of GrooveAmount: its title, highest and usual value in per cent, and what it does."""

    title: str
    most: float
    usual: float
    tip: str


BASIC: Final = {
    "intensity": AmountKind("Intensity", 150.0, 100.0, "How much of the drummer: at 0 % the pattern is as written."),
    "timing": AmountKind("Timing", 150.0, 100.0, "How far hits go early or late."),
    "velocity": AmountKind("Velocity", 150.0, 100.0, "How far hits get louder or softer."),
}
FURTHER: Final = {
    "quantise": AmountKind(
        "Quantise", 100.0, 0.0, "First takes your own distance from the grid away: heard while Timing is below 100 %."
    ),
    "push": AmountKind("Push", 100.0, 100.0, "How early or late he is throughout: at 0 % not at all."),
    "swing": AmountKind("Swing", 100.0, 0.0, "How far off-beats are late: 100 % is a triplet."),
    "spread": AmountKind("Spread", 150.0, 35.0, "How unevenly the drummer plays: each hit by itself."),
    "respect": AmountKind("Accents", 100.0, 100.0, "How much of your own accents is kept: at 0 % the groove's alone."),
}
"""What is asked for always, and what is asked for less often."""


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


def amount_slider(name: str) -> LineSlider:
    """Return the slider of a field of GrooveAmount."""
    kind = (BASIC | FURTHER)[name]
    return LineSlider(kind.title, SliderRange(0.0, kind.most, kind.usual, 5.0), kind.tip)


def widest_name(slider: LineSlider) -> int:
    """Return how wide the names of all such sliders are."""
    metrics = QFontMetrics(slider.font())
    return max(metrics.horizontalAdvance(kind.title) for kind in (BASIC | FURTHER).values())


def line_up(
    layout: QVBoxLayout, rows: Sequence[tuple[LineSlider, QWidget | None]], column: int, aside_px: int = 0
) -> None:
    """Put sliders under one another with their tracks in one column, and room beside them for small buttons."""
    for slider, aside in rows:
        slider.set_column(column)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addWidget(slider, 1)
        if aside is not None:
            aside.setFixedWidth(aside_px)
            row.addWidget(aside)
        elif aside_px:
            row.addSpacing(aside_px + SPACE_S)
        layout.addLayout(row)
