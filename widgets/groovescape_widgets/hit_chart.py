"""What a groove does to each hit in two pictures: step by step under the pattern, and by milliseconds."""

from abc import abstractmethod
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from groovescape_models.music.timing import Meter, Quarters
from groovescape_widgets.focus import is_by_keyboard
from groovescape_widgets.groove_hits import HitShift, hit_words, lanes_played, range_ms, summary
from groovescape_widgets.groove_painter import (
    GrooveGeometry,
    draw_ground,
    draw_shifts,
    draw_told,
    names_width,
)
from groovescape_widgets.painting import Layer, blit, draw_focus_ring
from groovescape_widgets.ruler import TimeAxis
from groovescape_widgets.steps_painter import (
    StepsGeometry,
    draw_step_hits,
    draw_steps_ground,
    draw_steps_over,
    steps_geometry,
)
from groovescape_widgets.theme import Colors, colors
from groovescape_widgets.time_view import TimeView

REACH_PX: Final = 7.0
EMPTY: Final = "No hits yet: draw on the pad or click in the pattern."
HINT: Final = "Click or B: compare with the pattern as it is written."


class HitChart(QWidget):
    """Hits before and after a groove. What is heard is filled: the groove, or, while comparing, what is written.

    told(words) comes when another hit is pointed at, "" for none; compare_pressed and compare_released when a hand or
    Enter wants to hear the pattern as it is written.
    """

    told = Signal(str)
    compare_pressed = Signal()
    compare_released = Signal()

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._shifts: tuple[HitShift, ...] = ()
        self._meter = Meter()
        self._as_written = False
        self._told: HitShift | None = None
        self._ringed = False
        self._layer = Layer()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Groove of each hit")

    def set_shifts(self, shifts: tuple[HitShift, ...], meter: Meter) -> None:
        """Draw other hits."""
        self._shifts, self._meter = shifts, meter
        self._tell(None)
        self.redraw()
        self.setAccessibleDescription(f"{summary(shifts)}. {HINT}" if shifts else EMPTY)

    def set_as_written(self, as_written: bool) -> None:
        """Fill what is written instead of what the groove makes of it."""
        self._as_written = as_written
        self.redraw()

    def redraw(self) -> None:
        """Draw all anew."""
        self._layer.drop()
        self.update()

    @abstractmethod
    def marks(self) -> list[tuple[QRectF, HitShift]]:
        """Return where each hit is for a hand that points."""

    @abstractmethod
    def draw_still(self, painter: QPainter, tokens: Colors) -> None:
        """Draw all that does not move."""

    @abstractmethod
    def draw_over(self, painter: QPainter, tokens: Colors, told: HitShift | None) -> None:
        """Draw what moves, and which hit is told about."""

    def reveal(self, shift: HitShift) -> None:
        """Bring a hit into sight, where not all are."""

    def shift_at(self, position: QPointF) -> HitShift | None:
        """Return the hit whose mark is nearest to a position, within a few pixels."""
        near = [(_distance(mark, position), shift) for mark, shift in self.marks()]
        distance, shift = min(near, key=lambda pair: pair[0], default=(REACH_PX + 1, None))
        return shift if distance <= REACH_PX else None

    def sizeHint(self) -> QSize:
        """Room for a few lanes."""
        return QSize(280, 200)

    def minimumSizeHint(self) -> QSize:
        """The least that can be read."""
        return QSize(200, 64)

    def _tell(self, shift: HitShift | None) -> None:
        if shift != self._told:
            self._told = shift
            words = "" if shift is None else hit_words(shift)
            self.setToolTip(f"{words}\n{HINT}" if words else "")
            self.told.emit(words.replace("\n", ": ", 1).replace("\n", ", "))
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell about the hit under the pointer."""
        self._tell(self.shift_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """No hit is pointed at."""
        self._tell(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask to hear the pattern as it is written."""
        if event.button() is Qt.MouseButton.LeftButton and self._shifts:
            self.compare_pressed.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell that the hand let go."""
        if event.button() is Qt.MouseButton.LeftButton and self._shifts:
            self.compare_released.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from hit to hit by the arrows; Enter compares."""
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._shifts:
            shift = self._next(1 if key == Qt.Key.Key_Right else -1)
            self.reveal(shift)
            self._tell(shift)
            self.setAccessibleDescription(self.toolTip())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._shifts:
            self.compare_pressed.emit()
        else:
            super().keyPressEvent(event)

    def _next(self, way: int) -> HitShift:
        ordered = sorted(self._shifts, key=lambda shift: shift.line)
        if self._told not in ordered:
            return ordered[0 if way > 0 else -1]
        return ordered[min(len(ordered) - 1, max(0, ordered.index(self._told) + way))]

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a ring to those who came by keyboard."""
        self._ringed = is_by_keyboard(event.reason())
        super().focusInEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in another palette."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._layer.drop()
        super().changeEvent(event)

    def _draw(self, painter: QPainter) -> None:
        tokens = colors(self.palette())
        if self._shifts:
            self.draw_still(painter, tokens)
            return
        painter.setPen(tokens.quiet)
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), EMPTY)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the picture, then draw what moves."""
        painter = QPainter(self)
        blit(painter, self._layer.pixmap(self, self._draw), event.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = colors(self.palette())
        if self._shifts:
            self.draw_over(painter, tokens, self._told)
        if self._ringed and self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), tokens.accent)


def _distance(mark: QRectF, position: QPointF) -> float:
    """Return how far a position is from a box in pixels, 0 inside of it."""
    across = max(mark.left() - position.x(), 0.0, position.x() - mark.right())
    return across + max(mark.top() - position.y(), 0.0, position.y() - mark.bottom())


class OffsetsChart(HitChart):
    """Milliseconds across: how far off the grid the hits of each drum are, all steps together."""

    def geometry_now(self) -> GrooveGeometry:
        """Return where things are at the present size."""
        lanes = lanes_played(self._shifts)
        return GrooveGeometry(self.width(), self.height(), lanes, range_ms(self._shifts), names_width(lanes))

    def marks(self) -> list[tuple[QRectF, HitShift]]:
        """Return the places after the groove."""
        where = self.geometry_now()
        places = [where.place(shift.lane, shift.after_ms, shift.after_velocity) for shift in self._shifts]
        return [(QRectF(at, at), shift) for at, shift in zip(places, self._shifts, strict=True)]

    def draw_still(self, painter: QPainter, tokens: Colors) -> None:
        """Draw lanes and hits."""
        where = self.geometry_now()
        draw_ground(painter, where, tokens)
        draw_shifts(painter, where, tokens, self._shifts, as_written=self._as_written)

    def draw_over(self, painter: QPainter, tokens: Colors, told: HitShift | None) -> None:
        """Mark the hit that is told about."""
        if told is not None:
            draw_told(painter, self.geometry_now(), tokens, told)


class StepsChart(HitChart):
    """Steps across, each under its step of the pattern. looked(TimeView) asks the pattern to show another stretch."""

    looked = Signal(object)

    def __init__(self) -> None:
        """Start with an axis of two bars."""
        super().__init__()
        self._axis = TimeAxis(100.0, 400.0, TimeView(0.0, 8.0, 8.0))
        self._playhead: Quarters | None = None
        self._known: tuple[tuple[HitShift, ...], int, StepsGeometry] | None = None

    @property
    def axis(self) -> TimeAxis:
        """Where times are drawn."""
        return self._axis

    def set_axis(self, axis: TimeAxis) -> None:
        """Draw times where the pattern does."""
        if axis != self._axis:
            self._axis = axis
            self.redraw()

    def set_playhead(self, time: Quarters | None) -> None:
        """Show where the loop is playing; repaints only what differs."""
        for place in (self._playhead, time):
            if place is not None:
                self.update(int(self._axis.x_of(place)) - 2, 0, 5, self.height())
        self._playhead = time

    def geometry_now(self) -> StepsGeometry:
        """Return where things are at the present size; worked out once, as a playhead asks for it in each frame."""
        known = self._known
        if known is None or known[0] is not self._shifts or known[1] != self.height() or known[2].axis != self._axis:
            where = steps_geometry(self.height(), self._axis, self._shifts, range_ms(self._shifts))
            self._known = known = self._shifts, self.height(), where
        return known[2]

    def marks(self) -> list[tuple[QRectF, HitShift]]:
        """Return the boxes of the hits in sight, before and after the groove together."""
        where, view = self.geometry_now(), self._axis.view
        scales = {lane: where.scale(lane) for lane in where.lanes}
        seen = [shift for shift in self._shifts if view.first <= shift.line <= view.end]
        after = [scales[shift.lane].bar(shift, after=True) for shift in seen]
        before = [scales[shift.lane].bar(shift, after=False) for shift in seen]
        return [(one.united(other), shift) for one, other, shift in zip(after, before, seen, strict=True)]

    def reveal(self, shift: HitShift) -> None:
        """Bring a hit into sight."""
        self.looked.emit(self._axis.view.showing(shift.line))

    def draw_still(self, painter: QPainter, tokens: Colors) -> None:
        """Draw lanes and hits."""
        where = self.geometry_now()
        draw_steps_ground(painter, where, tokens, self._meter)
        draw_step_hits(painter, where, tokens, self._shifts, as_written=self._as_written)

    def draw_over(self, painter: QPainter, tokens: Colors, told: HitShift | None) -> None:
        """Draw the playhead and mark the hit that is told about."""
        draw_steps_over(painter, self.geometry_now(), tokens, told, self._playhead)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom and scroll the pattern above."""
        self.looked.emit(self._axis.wheeled(event))
        event.accept()
