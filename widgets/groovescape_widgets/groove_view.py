"""The groove visualiser: how far each hit is off the grid and how hard it is, before and after."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QVBoxLayout, QWidget

from groovescape_models.music.pattern import Note, Pattern
from groovescape_widgets.groove_hits import HitShift, hit_shifts, offset_text, range_ms, summary
from groovescape_widgets.groove_painter import GrooveGeometry, draw_ground, draw_shifts, lanes_played, names_width
from groovescape_widgets.labels import ElidedLabel
from groovescape_widgets.painting import Layer, blit
from groovescape_widgets.theme import colors, voice
from groovescape_widgets.tokens import SPACE_XS, FontSize

REACH_PX = 7.0
EMPTY = "No hits yet: draw on the pad or click in the pattern."


class GrooveChart(QWidget):
    """The picture of the view."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._shifts: tuple[HitShift, ...] = ()
        self._steps_per_bar = 16
        self._layer = Layer()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Groove of each hit")

    def set_shifts(self, shifts: tuple[HitShift, ...], steps_per_bar: int) -> None:
        """Draw other hits."""
        self._shifts, self._steps_per_bar = shifts, steps_per_bar
        self._layer.drop()
        self.update()

    def geometry_now(self) -> GrooveGeometry:
        """Return where things are at the present size."""
        lanes = lanes_played(self._shifts)
        return GrooveGeometry(self.width(), self.height(), lanes, range_ms(self._shifts), names_width(lanes))

    def sizeHint(self) -> QSize:
        """Room for a few lanes."""
        return QSize(280, 200)

    def minimumSizeHint(self) -> QSize:
        """The least that can be read."""
        return QSize(200, 96)

    def shift_at(self, position: QPointF) -> HitShift | None:
        """Return the hit whose filled mark is nearest to a position, within a few pixels."""
        where = self.geometry_now()
        far = [
            ((where.place(s.drum, s.after_ms, s.after_velocity) - position).manhattanLength(), s) for s in self._shifts
        ]
        distance, shift = min(far, key=lambda pair: pair[0], default=(REACH_PX + 1, None))
        return shift if distance <= REACH_PX else None

    def words(self, shift: HitShift) -> str:
        """Return a hit's numbers before and after."""
        bar, step = divmod(shift.step, self._steps_per_bar)
        place = f"{voice(shift.drum).name}, bar {bar + 1}, step {step + 1}"
        timing = f"{offset_text(shift.before_ms)} → {offset_text(shift.after_ms)}"
        return f"{place}\n{timing}\nvelocity {shift.before_velocity} → {shift.after_velocity}"

    def event(self, event: QEvent) -> bool:
        """Give the numbers of the hit under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            shift = self.shift_at(QPointF(event.pos()))
            if shift is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self.words(shift), self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in another palette."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._layer.drop()
        super().changeEvent(event)

    def _draw(self, painter: QPainter) -> None:
        where, tokens = self.geometry_now(), colors(self.palette())
        if not self._shifts:
            painter.setPen(tokens.quiet)
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), EMPTY)
            return
        draw_ground(painter, where, tokens)
        draw_shifts(painter, where, tokens, self._shifts)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the picture."""
        blit(QPainter(self), self._layer.pixmap(self, self._draw), event.rect())


class GrooveView(QWidget):
    """The chart with a summary under it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.chart = GrooveChart()
        self.summary = ElidedLabel(size=FontSize.SMALL, quiet=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_XS)
        layout.addWidget(self.chart, 1)
        layout.addWidget(self.summary)

    def set_hits(self, base: Pattern, before: Sequence[Note], after: Sequence[Note], tempo_bpm: float) -> None:
        """Show the hits of a pattern before and after a groove, both in the order of base.notes."""
        shifts = hit_shifts(base, before, after, tempo_bpm)
        self.chart.set_shifts(shifts, max(1, round(base.meter.bar_length * 4)))
        self.summary.set_text(summary(shifts))
        self.chart.setAccessibleDescription(summary(shifts) or EMPTY)
