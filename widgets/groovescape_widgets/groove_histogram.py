"""Histograms of the feel: how offsets and velocities are spread before and after, beside the groove's own.

The one importer of pyqtgraph; the view of the feel imports this module when the page is first opened.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyqtgraph
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from groovescape_widgets.color import faded
from groovescape_widgets.groove_distribution import FloatArray, Reference, Spread, counted
from groovescape_widgets.groove_hits import HitShift, range_ms
from groovescape_widgets.painting import draw_text
from groovescape_widgets.theme import Colors, colors, font
from groovescape_widgets.tokens import SPACE_M, SPACE_S, SPACE_XS, STROKE, STROKE_BOLD, FontSize

OFFSET_BINS: Final = 24
VELOCITY_BINS: Final = 16
LEGEND_PX: Final = 16
SWATCH_PX: Final = 14
OFFSETS: Final = "Offset in ms"
VELOCITIES: Final = "Velocity"
EMPTY: Final = "No hits yet: draw on the pad or click in the pattern."


class Histogram(QWidget):
    """Shares of one quantity: before as an outline, after as bars, the groove's own as a line. told(words) on hover."""

    told = Signal(str)

    def __init__(self, title: str, unit: str) -> None:
        """Name the quantity."""
        super().__init__()
        self._unit = unit
        self._edges: FloatArray = np.array([0.0, 1.0])
        self._shares: tuple[FloatArray, FloatArray, FloatArray | None] = (np.zeros(1), np.zeros(1), None)
        self.setAccessibleName(title)
        self.plot = pyqtgraph.PlotWidget(self)
        self.plot.setMenuEnabled(False)
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.hideButtons()
        self.plot.hideAxis("left")
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.scene().sigMouseMoved.connect(self._hover)
        self.setMinimumSize(96, 48)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.plot)

    def show_shares(
        self, edges: FloatArray, before: Sequence[float], after: Sequence[float], own: Spread | None
    ) -> None:
        """Count values into the bins between edges, beside what a groove has there."""
        own_shares = None if own is None else own.within(edges)
        self._edges, self._shares = edges, (counted(before, edges), counted(after, edges), own_shares)

    def dress(self, tokens: Colors) -> None:
        """Draw in the colours of a scheme; what is heard and the groove fill the height, the outline may go beyond."""
        before, after, own = self._shares
        middles, width = (self._edges[:-1] + self._edges[1:]) / 2, float(np.diff(self._edges)[0])
        self.plot.clear()
        self.plot.setBackground(tokens.panel)
        bars = {"x": middles, "width": width * 0.9, "height": after * 100, "pen": QPen(Qt.PenStyle.NoPen)}
        self.plot.addItem(pyqtgraph.BarGraphItem(brush=faded(tokens.accent, 0.75), **bars))
        self.plot.addItem(pyqtgraph.PlotCurveItem(self._edges, before * 100, stepMode="center", pen=_pen(tokens.quiet)))
        if own is not None:
            self.plot.addItem(
                pyqtgraph.PlotCurveItem(middles, own * 100, pen=_pen(tokens.text, STROKE_BOLD, dashed=True))
            )
        top = 120 * max(0.05, *(float(shares.max()) for shares in (after, own) if shares is not None))
        self.plot.setRange(xRange=(self._edges[0], self._edges[-1]), yRange=(0, top), padding=0)
        axis = self.plot.getAxis("bottom")
        axis.setStyle(tickFont=font(FontSize.SMALL), tickLength=3)
        axis.setPen(tokens.line)
        axis.setTextPen(tokens.quiet)

    def _hover(self, position: QPointF) -> None:
        """Tell the numbers of the bin under the pointer."""
        where = self.plot.getPlotItem().vb
        time = where.mapSceneToView(position).x()
        number = int(np.searchsorted(self._edges, time)) - 1
        if not where.sceneBoundingRect().contains(position) or not 0 <= number < len(self._edges) - 1:
            self.told.emit("")
            return
        low, high = self._edges[number : number + 2]
        before, after, own = (None if shares is None else shares[number] * 100 for shares in self._shares)
        words = f"{low:.0f} to {high:.0f}{self._unit}: {before:.0f} % of the hits before, {after:.0f} % after"
        self.told.emit(words if own is None else f"{words}, {own:.0f} % in the groove")

    def leaveEvent(self, event: QEvent) -> None:
        """No bin is under the pointer."""
        super().leaveEvent(event)
        self.told.emit("")


def _pen(color: QColor, width: int = STROKE, *, dashed: bool = False) -> QPen:
    pen = QPen(color, width, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine)
    pen.setCosmetic(True)
    return pen


class Legend(QWidget):
    """What the two plots below show, and what bars, outline and line stand for."""

    def __init__(self) -> None:
        """Start without a groove of reference."""
        super().__init__()
        self._own = ""
        self.setFixedHeight(LEGEND_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_own(self, name: str) -> None:
        """Name the groove of reference, "" for none."""
        self._own = name.split(",")[0]
        self.setAccessibleName(f"Bars: after. Outline: before.{f' Line: {name} itself.' if name else ''}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw titles, swatches and words in a row."""
        painter = QPainter(self)
        painter.setFont(font(FontSize.SMALL))
        left = self._word(painter, 0.0, OFFSETS, colors(self.palette()).quiet) + SPACE_M
        for words, kind in (("before", "outline"), ("after", "bar")):
            left = self._entry(painter, left, words, kind)
        half = (self.width() + SPACE_S) / 2
        left = self._word(painter, half, VELOCITIES, colors(self.palette()).quiet) + SPACE_M
        if self._own:
            self._entry(painter, left, f"{self._own} itself", "line")

    def _word(self, painter: QPainter, left: float, words: str, ink: QColor) -> float:
        painter.setPen(ink)
        draw_text(painter, QRectF(left, 0, self.width() - left, self.height()), words)
        return left + QFontMetrics(painter.font()).horizontalAdvance(words)

    def _entry(self, painter: QPainter, left: float, words: str, kind: str) -> float:
        """Draw a swatch and its words; return where the next entry begins."""
        tokens, box = colors(self.palette()), QRectF(left + 0.5, self.height() / 2 - 4.5, SWATCH_PX, 9)
        if kind == "bar":
            painter.fillRect(box, faded(tokens.accent, 0.75))
        elif kind == "outline":
            painter.setPen(_pen(tokens.quiet))
            painter.drawRect(box)
        else:
            painter.setPen(_pen(tokens.text, STROKE_BOLD, dashed=True))
            painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()))
        return self._word(painter, box.right() + SPACE_XS, words, tokens.text) + SPACE_M


class GrooveHistogram(QWidget):
    """Offsets and velocities of the hits, side by side. told(words) tells the numbers under the pointer."""

    told = Signal(str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._shifts: tuple[HitShift, ...] = ()
        self._reference: Reference | None = None
        self.offsets, self.velocities = Histogram(OFFSETS, " ms"), Histogram(VELOCITIES, "")
        self.legend = Legend()
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        for plot in (self.offsets, self.velocities):
            row.addWidget(plot, 1)
            plot.told.connect(self.told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.legend)
        column.addLayout(row, 1)
        self.setAccessibleName("Histograms of offsets and velocities")

    def set_shifts(self, shifts: tuple[HitShift, ...]) -> None:
        """Count other hits."""
        self._shifts = shifts
        self._show()

    def set_reference(self, reference: Reference | None) -> None:
        """Compare with what a groove is like by itself; None for nothing to compare with."""
        self._reference = reference
        self._show()

    def minimumSizeHint(self) -> QSize:
        """The least that can be read."""
        return QSize(200, 64)

    def _show(self) -> None:
        shifts, own = self._shifts, self._reference
        for part in (self.offsets, self.velocities, self.legend):
            part.setVisible(bool(shifts))
        self.legend.set_own("" if own is None else own.name)
        reach = range_ms(shifts)
        self.offsets.show_shares(
            np.linspace(-reach, reach, OFFSET_BINS + 1),
            [shift.before_ms for shift in shifts],
            [shift.after_ms for shift in shifts],
            None if own is None else own.offsets,
        )
        self.velocities.show_shares(
            np.linspace(0.0, 128.0, VELOCITY_BINS + 1),
            [shift.before_velocity for shift in shifts],
            [shift.after_velocity for shift in shifts],
            None if own is None else own.velocities,
        )
        self._dress()

    def _dress(self) -> None:
        for plot in (self.offsets, self.velocities):
            plot.dress(colors(self.palette()))

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in another palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Without hits, say what to do."""
        if not self._shifts:
            painter = QPainter(self)
            painter.setPen(colors(self.palette()).quiet)
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), EMPTY)
