"""A lane to draw a curve in: points are drawn, moved and taken away by mouse and keys, on beats or freely."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from groovescape_models.music.curve import Curve
from groovescape_models.music.timing import Meter, Quarters
from groovescape_widgets.curve_edit import (
    FINE_UNIT,
    CurveScale,
    index_at,
    snapped,
    with_moved,
    with_point,
    with_stroke,
    without_point,
)
from groovescape_widgets.curve_painter import CurveGeometry, CurvePicture, draw_curve_lane, point_words
from groovescape_widgets.drum_hits import beat_length
from groovescape_widgets.focus import is_by_keyboard
from groovescape_widgets.painting import draw_focus_ring
from groovescape_widgets.ruler import TimeAxis
from groovescape_widgets.theme import colors
from groovescape_widgets.time_view import TimeView

LEAST_PX: Final = 44
USUAL_PX: Final = 72
HINT: Final = "Click to set a point, draw across for more; right click takes one away. Ctrl: between the beats."
_DRAWN_BY: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down)


@dataclass(slots=True)
class _Stroke:
    """A gesture: what the curve was before it, and the point in the hand, by number, or by the pen's last time."""

    before: Curve
    number: int | None = None
    pen: Quarters = 0.0


class CurveLane(QWidget):
    """A curve over the bars, its times under those of the pattern.

    changing(Curve) comes with every movement of a hand, committed(Curve) once at its end; told(words) says where the
    hand is, "" for nowhere; looked(TimeView) asks the pattern to show another stretch. Setters emit nothing.
    """

    changing = Signal(object)
    committed = Signal(object)
    told = Signal(str)
    looked = Signal(object)

    def __init__(self) -> None:
        """Start with nothing drawn."""
        super().__init__()
        self._axis = TimeAxis(100.0, 400.0, TimeView(0.0, 8.0, 8.0))
        self._picture = CurvePicture()
        self._stroke: _Stroke | None = None
        self._home: Quarters = 0.0
        self._ringed = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Curve")
        self._describe()

    @property
    def curve(self) -> Curve:
        """What is drawn."""
        return self._picture.curve

    @property
    def is_held(self) -> bool:
        """Whether a hand is drawing now."""
        return self._stroke is not None

    def set_curve(self, curve: Curve) -> None:
        """Show a curve; ignored while a hand draws, which knows better."""
        if not self.is_held:
            self._change(curve=curve)
            self._describe()

    def set_kind(self, name: str, scale: CurveScale, ends: tuple[str, str], level: str = "") -> None:
        """Name the curve, its range, and what its highest and lowest value mean, and its level where it is neither."""
        self.setAccessibleName(name)
        self._change(scale=scale, ends=ends, level_name=level)
        self._describe()

    def set_open(self, hint: str) -> None:
        """Let the curve be drawn; with a hint, say instead what is missing for it."""
        self._change(hint=hint, is_open=not hint)
        self.setEnabled(not hint)
        self._describe()

    def set_meter(self, meter: Meter) -> None:
        """Snap to the beats of a meter."""
        self._change(meter=meter)

    def set_axis(self, axis: TimeAxis) -> None:
        """Draw times where the pattern does."""
        if axis != self._axis:
            self._axis = axis
            self._home = min(self._home, axis.view.total)
            self.update()

    def set_playhead(self, time: Quarters | None) -> None:
        """Show where the loop is playing; repaints only what differs."""
        for place in (self._picture.playhead, time):
            if place is not None:
                self.update(int(self._axis.x_of(place)) - 2, 0, 5, self.height())
        self._picture = self._picture.with_(playhead=time)

    def geometry_now(self) -> CurveGeometry:
        """Return where things are at the present size."""
        return CurveGeometry(self.height(), self._axis, self._picture.scale)

    def sizeHint(self) -> QSize:
        """Room to draw in."""
        return QSize(280, USUAL_PX)

    def minimumSizeHint(self) -> QSize:
        """The least that a hand can draw in."""
        return QSize(200, LEAST_PX)

    def let_go(self) -> None:
        """End a gesture without a word: what was said of it stands."""
        self._stroke = None

    def roll_back(self) -> bool:
        """Take a gesture back; False if there is none."""
        if self._stroke is None:
            return False
        before, self._stroke = self._stroke.before, None
        self._change(curve=before, held=None)
        self.changing.emit(before)
        self.committed.emit(before)
        return True

    def _change(self, **changes: object) -> None:
        picture = self._picture.with_(**changes)
        if picture != self._picture:
            self._picture = picture
            self.update()

    def _describe(self) -> None:
        picture = self._picture
        points = "; ".join(point_words(*point, picture.meter) for point in self.curve.points)
        drawn = f"Points: {points}." if points else f"Nothing drawn: level at {picture.scale.level * 100:.0f} %."
        keys = "Arrows move the cursor by beats and change the value, Enter sets a point, Delete takes it away."
        self.setAccessibleDescription(picture.hint or f"{drawn} {keys}")
        self.setToolTip(picture.hint or HINT)

    def _unit(self, modifiers: Qt.KeyboardModifier) -> Quarters:
        fine = modifiers & Qt.KeyboardModifier.ControlModifier
        return FINE_UNIT if fine else beat_length(self._picture.meter)

    def _time_at(self, event: QMouseEvent) -> Quarters:
        return snapped(self._axis.time_at(event.position().x()), self._unit(event.modifiers()), self._axis.view.total)

    def _draw(self, curve: Curve, time: Quarters) -> None:
        """Show what a hand has made of the curve, and tell the point it holds."""
        held = index_at(curve, time)
        changed = curve != self.curve
        self._change(curve=curve, held=held)
        if held is not None:
            self.told.emit(point_words(*curve.points[held], self._picture.meter))
        if changed:
            self.changing.emit(curve)

    def _finish(self) -> None:
        stroke, self._stroke = self._stroke, None
        if stroke is not None:
            self._describe()
            if stroke.before != self.curve:
                self.committed.emit(self.curve)

    def _take_away(self, time: Quarters) -> None:
        self._stroke = self._stroke or _Stroke(self.curve)
        self._draw(without_point(self.curve, time), time)
        self._finish()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a point, or draw one; the right button takes one away."""
        where = self.geometry_now()
        number = where.point_at(event.position(), self.curve)
        if event.button() is Qt.MouseButton.RightButton and number is not None:
            self._take_away(self.curve.points[number][0])
        if event.button() is not Qt.MouseButton.LeftButton or not where.field.contains(event.position()):
            return
        time = self._time_at(event)
        self._stroke = _Stroke(self.curve, number, time)
        if number is None:
            self._draw(with_point(self.curve, time, where.value_at(event.position().y())), time)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the point in the hand, or draw on; otherwise tell what is under the pointer."""
        stroke, where = self._stroke, self.geometry_now()
        if stroke is None:
            self._hover(event.position())
            return
        time, value = self._time_at(event), where.value_at(event.position().y())
        if stroke.number is None:
            self._draw(with_stroke(self.curve, stroke.pen, time, value), time)
            stroke.pen = time
        else:
            moved = with_moved(self.curve, stroke.number, time, value)
            self._draw(moved, moved.points[stroke.number][0])

    def _hover(self, position: QPointF) -> None:
        number = self.geometry_now().point_at(position, self.curve)
        self._change(held=number)
        inside = self.geometry_now().field.contains(position)
        self.setCursor(
            Qt.CursorShape.SizeAllCursor
            if number is not None
            else Qt.CursorShape.CrossCursor
            if inside
            else Qt.CursorShape.ArrowCursor
        )
        self.told.emit("" if number is None else point_words(*self.curve.points[number], self._picture.meter))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the gesture."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._finish()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the point under the pointer away."""
        number = self.geometry_now().point_at(event.position(), self.curve)
        if event.button() is Qt.MouseButton.LeftButton and number is not None:
            self._take_away(self.curve.points[number][0])

    def leaveEvent(self, event: QEvent) -> None:
        """No point is under the pointer."""
        self._change(held=None)
        self.told.emit("")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom and scroll the pattern above."""
        self.looked.emit(self._axis.wheeled(event))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor, change its value, set and take points away; Escape drops a gesture."""
        key, unit = event.key(), self._unit(event.modifiers())
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._move_cursor(unit if key == Qt.Key.Key_Right else -unit, event.modifiers())
        elif key in _DRAWN_BY:
            fine = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            step = self._picture.scale.fine if fine else self._picture.scale.step
            self._nudge(step if key == Qt.Key.Key_Up else -step)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._nudge(0.0)
            self._finish()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._take_away(self._home)
        elif key != Qt.Key.Key_Escape or not self.roll_back():
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End the gesture of a held arrow."""
        if event.key() in _DRAWN_BY and not event.isAutoRepeat():
            self._finish()
        else:
            super().keyReleaseEvent(event)

    def _nudge(self, change: float) -> None:
        """Change the value at the cursor; a point is set there if there is none."""
        self._stroke = self._stroke or _Stroke(self.curve)
        value = self._picture.scale.clamp(self.curve.at(self._home, self._picture.scale.level) + change)
        self._draw(with_point(self.curve, self._home, value), self._home)

    def _move_cursor(self, change: Quarters, modifiers: Qt.KeyboardModifier) -> None:
        """Move the cursor, and with Shift the point at it."""
        time = snapped(self._home + change, abs(change), self._axis.view.total)
        number = index_at(self.curve, self._home)
        if modifiers & Qt.KeyboardModifier.ShiftModifier and number is not None:
            self._stroke = _Stroke(self.curve)
            moved = with_moved(self.curve, number, time, self.curve.points[number][1])
            time = moved.points[number][0]
            self._draw(moved, time)
            self._finish()
        self._home = time
        self._change(cursor=time, held=index_at(self.curve, time))
        self.looked.emit(self._axis.view.showing(min(time, self._axis.view.total - FINE_UNIT)))
        words = point_words(time, self.curve.at(time, self._picture.scale.level), self._picture.meter)
        self.setAccessibleDescription(words)
        self.told.emit(words)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cursor to those who came by keyboard."""
        self._ringed = is_by_keyboard(event.reason())
        if self._ringed:
            self._change(cursor=self._home)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A hand that loses the window has let go."""
        self._finish()
        self._change(cursor=None)
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lane."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(event.rect())
        tokens = colors(self.palette())
        draw_curve_lane(painter, self.geometry_now(), tokens, self._picture)
        if self._ringed and self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), tokens.accent)
