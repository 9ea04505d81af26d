"""The drum grid: lanes by steps, velocities as height and tone, hits where they are played, a playhead."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QWidget

from groovescape_models.music.cells import steps_of
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import STEP, Meter, Quarters
from groovescape_widgets.drum_grid_painter import GridPicture, draw_hits, draw_lanes, draw_over, names_width
from groovescape_widgets.drum_hits import GridHit, grid_hits, hit_in_cell, hits_sounding, lanes_of
from groovescape_widgets.focus import is_by_keyboard
from groovescape_widgets.grid_geometry import GridGeometry
from groovescape_widgets.locks import LockPlace, Locks
from groovescape_widgets.painting import Layer, blit
from groovescape_widgets.ruler import HEADER_PX, TimeAxis
from groovescape_widgets.theme import colors, voice
from groovescape_widgets.time_view import TimeView

DRAG_AFTER_PX: Final = 3
FINE: Final = 0.25
VELOCITY_STEP: Final = 5
SCROLL_BAR_PX: Final = 10
TICKS: Final = 960
"""Units of the scroll bar in a quarter note."""
_MOVES: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


@dataclass(slots=True)
class _Press:
    """A hit held by the mouse, and where it was taken."""

    hit: GridHit
    y: float
    velocity: float
    is_drag: bool = False

    @property
    def rounded(self) -> int:
        return round(self.velocity)


class DrumGrid(QWidget):
    """Shows a pattern and how it is played; emits what a hand wants changed.

    hit_toggled(step, drum) asks for a hit or its removal; velocity_changing(index, velocity) comes with every movement
    of a velocity drag and velocity_committed once at its end; index is into the notes of the base pattern.
    lane_lock_toggled(drum) and bar_lock_toggled(bar) ask for a lane or a bar to be locked or freed. axis_changed tells
    that times are drawn elsewhere: other views that stand under this one follow its axis.
    """

    hit_toggled = Signal(int, int)
    velocity_changing = Signal(int, int)
    velocity_committed = Signal(int, int)
    lane_lock_toggled = Signal(int)
    bar_lock_toggled = Signal(int)
    axis_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with an empty pattern of two bars."""
        super().__init__(parent)
        self._base = Pattern()
        self._hits: tuple[GridHit, ...] = ()
        self._view = TimeView.fit(self._base.length, self._base.meter)
        self._picture = GridPicture()
        self._press: _Press | None = None
        self._home = (0, 0)
        self._stale = False
        self._lanes, self._notes = Layer(), Layer()
        self._lanes_drawn: tuple[GridGeometry, Meter] | None = None
        self._names_width = names_width()
        self._bar = QScrollBar(Qt.Orientation.Horizontal, self)
        self._bar.valueChanged.connect(lambda ticks: self.look(self._view.scrolled_to(ticks / TICKS)))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Drum pattern")
        self._sync_bar()

    def set_pattern(self, base: Pattern, played: Sequence[Note]) -> None:
        """Show a pattern and the same notes as they are played, in the order of base.notes."""
        if (base.length, base.meter) != (self._base.length, self._base.meter):
            self._view = TimeView.fit(base.length, base.meter)
        self._base, self._hits = base, grid_hits(base, played)
        self._picture = self._picture.with_(sounding=hits_sounding(self._hits, self._picture.playhead))
        self._home = self._in_grid(*self._home)
        if self._press is not None and not self._is_held_still_there(self._press.hit):
            self._press = None
            self._change(bubble=None)
        if self._picture.cursor is not None:
            self._change(cursor=self._home)
        self._sync_bar()
        self._redraw()
        self.axis_changed.emit()

    def set_playhead(self, time: Quarters | None) -> None:
        """Show where the loop is playing and what is struck; repaints only what differs."""
        before = self._playing_places()
        self._picture = self._picture.with_(playhead=time, sounding=hits_sounding(self._hits, time))
        if time is not None and self._press is None and not self._view.is_whole:
            self.look(self._view.showing(time))
        for place in before ^ self._playing_places():
            self.update(QRect(*place))

    def set_stale(self, stale: bool) -> None:
        """Dim the hits while newer ones are being computed."""
        if stale != self._stale:
            self._stale = stale
            self._redraw()

    def set_locks(self, lanes: frozenset[int], bars: frozenset[int]) -> None:
        """Show which drums (as numbers of Drum) and which bars (from 0) are locked."""
        self._change(locks=Locks(lanes, bars))

    def geometry_now(self) -> GridGeometry:
        """Return where things are at the present size and zoom."""
        height = self.height() - (0 if self._view.is_whole else SCROLL_BAR_PX)
        return GridGeometry(self.width(), height, self._names_width, lanes_of(self._shown_hits()), self._view)

    def sizeHint(self) -> QSize:
        """Room for two bars and nine lanes."""
        return QSize(640, 320)

    def minimumSizeHint(self) -> QSize:
        """The least that can be read and hit."""
        return QSize(360, HEADER_PX + 9 * 18)

    def _shown_hits(self) -> tuple[GridHit, ...]:
        """Return the hits, the held one at the velocity of the hand even before the answer comes."""
        if self._press is None or not self._press.is_drag:
            return self._hits
        held, now = self._press.hit.index, self._press.rounded
        return tuple(replace(hit, velocity=now, base_velocity=now) if hit.index == held else hit for hit in self._hits)

    def _redraw(self) -> None:
        self._notes.drop()
        self.update()

    def _change(self, **changes: object) -> None:
        picture = self._picture.with_(**changes)
        if picture != self._picture:
            if picture.locks != self._picture.locks:
                self._lanes.drop()
            self._picture = picture
            self.update()

    @property
    def axis(self) -> TimeAxis:
        """Where times are drawn."""
        return TimeAxis(self._names_width, self.width(), self._view)

    def look(self, view: TimeView) -> None:
        """Show another stretch of time."""
        if view != self._view:
            self._view = view
            self._sync_bar()
            self._redraw()
            self.axis_changed.emit()

    def _sync_bar(self) -> None:
        self._bar.blockSignals(True)
        self._bar.setRange(0, round((self._view.total - self._view.span) * TICKS))
        self._bar.setPageStep(round(self._view.span * TICKS))
        self._bar.setSingleStep(TICKS)
        self._bar.setValue(round(self._view.first * TICKS))
        self._bar.blockSignals(False)
        self._bar.setVisible(not self._view.is_whole)

    def _playing_places(self) -> set[tuple[int, int, int, int]]:
        """Return the boxes (left, top, width, height) of the playhead and of the hits that glow."""
        if self._picture.playhead is None:
            return set()
        where = self.geometry_now()
        places = {(int(where.x_of(self._picture.playhead)) - 2, 0, 5, self.height())}
        for hit in self._picture.sounding:
            box = where.hit_box(where.lanes.index(hit.drum), hit.start, hit.velocity).toAlignedRect()
            places.add((box.left() - 1, box.top() - 1, box.width() + 2, box.height() + 2))
        return places

    def _hit_below(self, position: QPointF) -> GridHit | None:
        """Return the hit drawn at a position, or else the one written in its cell."""
        where = self.geometry_now()
        drawn = where.hit_at(position, self._hits)
        cell = where.cell_at(position)
        return drawn if drawn is not None or cell is None else hit_in_cell(self._hits, cell[0], where.lanes[cell[1]])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a hit, or ask at once for one in an empty cell."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        lock = self.geometry_now().lock_at(event.position(), self._base.meter)
        if lock is not None:
            self._turn(lock)
            return
        cell, hit = self.geometry_now().cell_at(event.position()), self._hit_below(event.position())
        self._home = cell or self._home
        if hit is not None and hit.drum is not None:
            self._press = _Press(hit, event.position().y(), hit.base_velocity)
            self._change(bubble=hit)
        elif cell is not None and hit is None:
            self._toggle(*cell)

    def _turn(self, lock: LockPlace) -> None:
        if lock.bar is not None:
            self.bar_lock_toggled.emit(lock.bar)
        elif lock.drum is not None:
            self.lane_lock_toggled.emit(lock.drum)

    def _lock_at_cursor(self, *, bar: bool) -> LockPlace:
        step, lane = self._home
        if bar:
            return LockPlace(bar=self._bar_of(step))
        drum = self.geometry_now().lanes[lane]
        return LockPlace(drum=None if drum is None else int(drum))

    def _toggle(self, step: int, lane: int) -> None:
        drum = self.geometry_now().lanes[lane]
        if drum is not None:
            self.hit_toggled.emit(step, int(drum))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Change the velocity of a held hit; otherwise show the cell under the pointer."""
        if self._press is None:
            self._hover(event.position())
            return
        rise = self._press.y - event.position().y()
        if not self._press.is_drag and abs(rise) < DRAG_AFTER_PX:
            return
        self._press.is_drag = True
        self._press.y = event.position().y()
        fine = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        self._set_held(self._press.velocity + rise * (FINE if fine else 1.0))

    def _set_held(self, velocity: float) -> None:
        press = self._press
        if press is None:
            return
        before = press.rounded
        press.velocity = min(127.0, max(1.0, velocity))
        now = press.rounded
        if now != before:
            self._change(bubble=replace(press.hit, base_velocity=now))
            self._redraw()
            self.velocity_changing.emit(press.hit.index, now)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Commit a velocity; a hit that was only clicked is asked to go."""
        if event.button() is not Qt.MouseButton.LeftButton or self._press is None:
            return
        press, self._press = self._press, None
        self._change(bubble=None)
        if press.is_drag:
            self.velocity_committed.emit(press.hit.index, press.rounded)
        elif press.hit.drum is not None:
            self.hit_toggled.emit(press.hit.step, int(press.hit.drum))

    def _hover(self, position: QPointF) -> None:
        where = self.geometry_now()
        cell, hit = where.cell_at(position), self._hit_below(position)
        lock = where.lock_at(position, self._base.meter)
        self._change(hovered=cell if cell is None or where.lanes[cell[1]] is not None else None, hovered_lock=lock)
        words = "" if hit is None else self._words(hit)
        self.setToolTip(words if lock is None else lock.words(self._picture.locks))

    def _words(self, hit: GridHit) -> str:
        bar, rest = divmod(hit.step * STEP, self._base.meter.bar_length)
        place = f"{voice(hit.drum).name}, bar {bar + 1:.0f}, step {rest / STEP + 1:.0f}"
        played = f", played {hit.velocity}" if hit.velocity != hit.base_velocity else ""
        return f"{place}: velocity {hit.base_velocity}{played}"

    def leaveEvent(self, event: QEvent) -> None:
        """No cell is under the pointer."""
        self._change(hovered=None, hovered_lock=None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer; scroll with Shift or sideways."""
        self.look(self.axis.wheeled(event))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cell cursor; Enter toggles, + and - change the velocity, L locks the lane, Shift+L the bar."""
        key = Qt.Key(event.key())
        if key in _MOVES:
            self._move_cursor(*_MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._picture.cursor is not None:
            self._toggle(*self._picture.cursor)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus) and self._picture.cursor is not None:
            self._nudge(-VELOCITY_STEP if key == Qt.Key.Key_Minus else VELOCITY_STEP)
        elif key == Qt.Key.Key_L and self._picture.cursor is not None:
            self._turn(self._lock_at_cursor(bar=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)))
        elif key == Qt.Key.Key_Escape and self._press is not None:
            self._roll_back()
        else:
            super().keyPressEvent(event)

    def _roll_back(self) -> None:
        press, self._press = self._press, None
        self._change(bubble=None)
        self._redraw()
        if press is not None and press.is_drag:
            self.velocity_committed.emit(press.hit.index, press.hit.base_velocity)

    def _move_cursor(self, steps: int, lanes: int) -> None:
        if self._picture.cursor is not None:
            self._home = self._in_grid(self._home[0] + steps, self._home[1] + lanes)
        step, lane = self._home
        self._change(cursor=self._home)
        self.look(self._view.showing(step * STEP))
        self.setAccessibleDescription(self._cell_words(step, self.geometry_now().lanes[lane]))

    def _is_held_still_there(self, held: GridHit) -> bool:
        return any((hit.index, hit.drum, hit.step) == (held.index, held.drum, held.step) for hit in self._hits)

    def _in_grid(self, step: int, lane: int) -> tuple[int, int]:
        last_step, last_lane = steps_of(self._base.length) - 1, len(self.geometry_now().lanes) - 1
        return min(last_step, max(0, step)), min(last_lane, max(0, lane))

    def _cell_words(self, step: int, drum: Drum | None) -> str:
        hit = hit_in_cell(self._hits, step, drum)
        words = f"{voice(drum).name}, step {step + 1}: no hit" if hit is None else self._words(hit)
        is_locked = drum in self._picture.locks.lanes or self._bar_of(step) in self._picture.locks.bars
        return f"{words}, locked" if is_locked else words

    def _bar_of(self, step: int) -> int:
        return int(step * STEP / self._base.meter.bar_length + 1e-9)

    def _nudge(self, change: int) -> None:
        step, lane = self._picture.cursor or (0, 0)
        hit = hit_in_cell(self._hits, step, self.geometry_now().lanes[lane])
        if hit is not None and hit.drum is not None:
            self.velocity_committed.emit(hit.index, min(127, max(1, hit.base_velocity + change)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cell cursor to those who came by keyboard."""
        if is_by_keyboard(event.reason()):
            self._move_cursor(0, 0)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the cell cursor."""
        self._change(cursor=None)
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the scroll bar under the steps."""
        left = int(self._names_width)
        self._bar.setGeometry(left, self.height() - SCROLL_BAR_PX, self.width() - left, SCROLL_BAR_PX)
        self.axis_changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in another palette."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._lanes.drop()
            self._notes.drop()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the lanes and the hits, then draw what moves."""
        painter = QPainter(self)
        where, tokens, meter = self.geometry_now(), colors(self.palette()), self._base.meter
        if (where, meter) != self._lanes_drawn:
            self._lanes.drop()
            self._lanes_drawn = (where, meter)
        hits, locks = self._shown_hits(), self._picture.locks
        blit(painter, self._lanes.pixmap(self, lambda p: draw_lanes(p, where, tokens, meter, locks)), event.rect())
        blit(painter, self._notes.pixmap(self, lambda p: draw_hits(p, where, tokens, hits, self._stale)), event.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_over(painter, where, tokens, self._picture, meter)
