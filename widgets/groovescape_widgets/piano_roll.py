"""The piano roll: pitches by time, velocities below, notes where they are played, a playhead."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QWidget

from groovescape_models.music.chords import Chord
from groovescape_models.music.key import Key
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import STEP, Quarters
from groovescape_widgets.focus import is_by_keyboard
from groovescape_widgets.locks import LockPlace, Locks
from groovescape_widgets.painting import Layer, blit
from groovescape_widgets.pitch_view import PitchView
from groovescape_widgets.roll_geometry import KEYS_PX, RollGeometry
from groovescape_widgets.roll_gestures import DragVelocity, DrawOrChoose, Gesture, MoveNotes, PlayKeys, ResizeNote
from groovescape_widgets.roll_keys import RollKeys
from groovescape_widgets.roll_notes import RollNote, notes_sounding, pitch_name, roll_notes
from groovescape_widgets.roll_over import RollPicture, draw_over, playing_places
from groovescape_widgets.roll_painter import STALE_OPACITY, RollGround, draw_empty, draw_ground, draw_notes, time_text
from groovescape_widgets.ruler import TimeAxis
from groovescape_widgets.theme import colors
from groovescape_widgets.time_view import TimeView
from groovescape_widgets.voices import part_voice

SCROLL_BAR_PX: Final = 10
TICKS: Final = 960
USUAL_LENGTH: Final[Quarters] = 2 * STEP
_ADDING: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class PianoRoll(QWidget):
    """Shows a line and how it is played; emits what a hand wants changed. Indices are into the base's notes.

    note_added(start, pitch, duration); notes_moving(indices, d_start, d_pitch) with every movement of a drag and
    notes_moved once at its end, both counted from where the notes were at the press; note_resizing and
    note_resized(index, duration) likewise, velocity_changing and velocity_committed(index, velocity) too;
    notes_deleted(indices); pitch_pressed(pitch) asks for the sound of a key or of a note that was there;
    bar_lock_toggled(bar) for a bar to be locked or freed; axis_changed tells that times are drawn elsewhere.
    While a gesture lasts, the indices stay those of the pattern
    at the press.
    """

    note_added = Signal(float, int, float)
    notes_moving = Signal(object, float, int)
    notes_moved = Signal(object, float, int)
    note_resizing = Signal(int, float)
    note_resized = Signal(int, float)
    notes_deleted = Signal(object)
    velocity_changing = Signal(int, int)
    velocity_committed = Signal(int, int)
    pitch_pressed = Signal(int)
    bar_lock_toggled = Signal(int)
    axis_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with an empty line of two bars."""
        super().__init__(parent)
        self._base = Pattern(role=Role.MELODY)
        self._notes: tuple[RollNote, ...] = ()
        self._selected: frozenset[tuple[int, int]] = frozenset()
        self._view, self._pitches = TimeView.fit(self._base.length, self._base.meter), PitchView()
        self._ground, self._picture = RollGround(self._base.meter), RollPicture()
        self._gesture: Gesture | None = None
        self._at_press: tuple[RollNote, ...] = ()
        self._length: Quarters = USUAL_LENGTH
        self._stale = False
        self._ground_layer, self._notes_layer = Layer(), Layer()
        self._drawn: tuple[RollGeometry, RollGround] | None = None
        self._keys = RollKeys(self)
        self._across = QScrollBar(Qt.Orientation.Horizontal, self)
        self._along = QScrollBar(Qt.Orientation.Vertical, self)
        self._across.valueChanged.connect(lambda ticks: self.look(self._view.scrolled_to(ticks / TICKS)))
        self._along.valueChanged.connect(lambda row: self._look_at(self._pitches.scrolled_to(128 - row / TICKS)))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Piano roll")
        self._sync_bars()

    @property
    def base(self) -> Pattern:
        """The line that is shown."""
        return self._base

    @property
    def axis(self) -> TimeAxis:
        """Where times are drawn."""
        return self.geometry_now().axis

    @property
    def notes(self) -> tuple[RollNote, ...]:
        """Its notes."""
        return self._notes

    @property
    def selected(self) -> tuple[RollNote, ...]:
        """The notes that are chosen."""
        return tuple(note for note in self._notes if note.key in self._selected)

    def set_pattern(self, base: Pattern, heard: Sequence[Note]) -> None:
        """Show a line and the same notes as they are played, in the order of base.notes."""
        before, old = self._base, self._notes
        other_loop = (base.length, base.meter) != (before.length, before.meter)
        if other_loop:
            self._view = TimeView.fit(base.length, base.meter)
            self._ground = self._ground.with_(meter=base.meter)
        self._base, self._notes = base, roll_notes(base, heard)
        self.change(sounding=notes_sounding(self._notes, self._picture.playhead))
        if self._gesture is not None and (other_loop or (base.role, base.name) != (before.role, before.name)):
            self._end_gesture()
        if self._gesture is None:
            self._settle(old, is_other_part=base.role != before.role)
        self._sync_bars()
        self._redraw()
        self.axis_changed.emit()

    def _settle(self, old: tuple[RollNote, ...], *, is_other_part: bool) -> None:
        """Keep the choice if all of it is still there, and look at the notes if they are others than before."""
        keys = {note.key for note in self._notes}
        if not self._selected <= keys:
            self._selected = frozenset()
        kept = sum(note.key in keys for note in old)
        if 2 * kept < len(keys) or is_other_part:
            self._pitches = PitchView.fit((note.pitch for note in self._notes), self._base.role)
        self._keys.settle()

    def set_playhead(self, time: Quarters | None) -> None:
        """Show where the loop is playing and what sounds; repaints only what differs."""
        before = playing_places(self.geometry_now(), self._picture)
        self._picture = self._picture.with_(playhead=time, sounding=notes_sounding(self._notes, time))
        if time is not None and self._gesture is None and not self._view.is_whole:
            self.look(self._view.showing(time))
        for place in before ^ playing_places(self.geometry_now(), self._picture):
            self.update(QRect(*place))

    def set_stale(self, stale: bool) -> None:
        """Dim the notes while newer ones are being computed."""
        if stale != self._stale:
            self._stale = stale
            self._redraw()

    def set_key(self, key: Key | None) -> None:
        """Shade the rows outside of a key and mark its tonic; None for no key."""
        self._set_ground(key=key)

    def set_chords(self, chords: tuple[Chord | None, ...]) -> None:
        """Name the chord of each bar in the ruler; fewer chords than bars are repeated."""
        self._set_ground(chords=chords)

    def set_locks(self, lanes: frozenset[int], bars: frozenset[int]) -> None:
        """Show which bars are locked; a line has no lanes."""
        self._set_ground(locks=Locks(lanes, bars))

    @property
    def locks(self) -> Locks:
        """What is locked."""
        return self._ground.locks

    def _set_ground(self, **changes: object) -> None:
        self._ground = self._ground.with_(**changes)
        self.update()

    def geometry_now(self) -> RollGeometry:
        """Return where things are at the present size, zoom and place."""
        height = self.height() - (0 if self._view.is_whole else SCROLL_BAR_PX)
        return RollGeometry(self.width() - SCROLL_BAR_PX, height, self._view, self._pitches)

    def sizeHint(self) -> QSize:
        """Room for two bars and two octaves."""
        return QSize(640, 320)

    def minimumSizeHint(self) -> QSize:
        """The least that can be read and hit."""
        return QSize(360, 182)

    def select(self, notes: Iterable[RollNote]) -> None:
        """Choose notes and no others."""
        chosen = frozenset(note.key for note in notes)
        if chosen != self._selected:
            self._selected = chosen
            self._redraw()

    def select_within(self, box: QRectF, kept: frozenset[int]) -> None:
        """Choose the notes that a box touches, and some more."""
        inside = self.geometry_now().notes_within(box, self._notes) | kept
        self.select(note for note in self._notes if note.index in inside)
        self.change(box=None if box.isEmpty() else box)

    def add_at(self, step: int, pitch: int) -> None:
        """Ask for a note in a cell, as long as the last one that was made longer or shorter."""
        start = step * STEP
        self._selected = frozenset()
        self.note_added.emit(start, pitch, min(self._length, self._base.length - start))

    def remember_length(self, duration: Quarters) -> None:
        """Make the next notes so long."""
        self._length = duration

    def change(self, **changes: object) -> None:
        """Draw something else over the notes."""
        picture = self._picture.with_(**changes)
        if picture != self._picture:
            self._picture = picture
            self.update()

    def look(self, view: TimeView) -> None:
        """Show another stretch of time."""
        if view != self._view:
            self._view = view
            self._sync_bars()
            self._redraw()
            self.axis_changed.emit()

    def _look_at(self, pitches: PitchView) -> None:
        if pitches != self._pitches:
            self._pitches = pitches
            self._sync_bars()
            self._redraw()

    def show_cell(self, step: int, pitch: int) -> None:
        """Bring a cell into sight."""
        self.look(self._view.showing(step * STEP))
        self._look_at(self._pitches.showing(pitch))

    def _redraw(self) -> None:
        self._notes_layer.drop()
        self.update()

    def _sync_bars(self) -> None:
        view, pitches = self._view, self._pitches
        places = (
            (self._across, view.total, view.span, view.first),
            (self._along, 128.0, pitches.rows, 128 - pitches.top),
        )
        for bar, total, span, first in places:
            bar.blockSignals(True)
            bar.setRange(0, round((total - span) * TICKS))
            bar.setPageStep(round(span * TICKS))
            bar.setSingleStep(TICKS)
            bar.setValue(round(first * TICKS))
            bar.blockSignals(False)
        self._across.setVisible(not view.is_whole)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a note, its edge, a velocity, a key or a padlock; the right button takes a note away."""
        at, where = event.position(), self.geometry_now()
        note = where.note_at(at, self._notes)
        bar = where.axis.bar_of_lock_at(at, self._base.meter)
        if event.button() is Qt.MouseButton.RightButton and note is not None:
            self.notes_deleted.emit((note.index,))
        if event.button() is not Qt.MouseButton.LeftButton or self._gesture is not None:
            return
        if bar is not None:
            self.bar_lock_toggled.emit(bar)
            return
        is_adding = bool(event.modifiers() & _ADDING)
        self._at_press = self._notes
        self._gesture = self._take(note, at, where, is_adding=is_adding) if note else self._touch(at, where, is_adding)

    def _take(self, note: RollNote, at: QPointF, where: RollGeometry, *, is_adding: bool) -> Gesture | None:
        self._keys.home = (int(note.base_start / STEP + 1e-6), note.pitch)
        self.pitch_pressed.emit(note.pitch)
        if is_adding:
            self._selected ^= {note.key}
            self._redraw()
            return None
        if where.is_at_edge(at, note):
            return ResizeNote(self, note, at, where, self._base.length)
        if note.key not in self._selected:
            self.select((note,))
        return MoveNotes(self, note, self.selected, at, where, self._base.length)

    def _touch(self, at: QPointF, where: RollGeometry, is_adding: bool) -> Gesture | None:
        stem, cell = where.velocity_at(at, self._notes), where.cell_at(at)
        if stem is not None:
            return DragVelocity(self, stem, at, where.velocities.height(), stem.base_velocity)
        if cell is not None:
            self._keys.home = cell
            kept = frozenset(note.index for note in self.selected) if is_adding else frozenset()
            return DrawOrChoose(self, at, cell, kept)
        if where.field.top() <= at.y() < where.field.bottom() and at.x() < KEYS_PX:
            pitch = where.pitch_at(at.y())
            self.pitch_pressed.emit(pitch)
            return PlayKeys(self, where, pitch)
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a gesture; otherwise show what is under the pointer."""
        if self._gesture is None:
            self._hover(event.position())
            return
        self._gesture.move(event.position(), fine=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        self._say(event.position())
        self._redraw()

    def _say(self, at: QPointF) -> None:
        """Show the number that the hand changes."""
        text = ""
        if isinstance(self._gesture, DragVelocity):
            text = str(self._gesture.velocity)
        elif isinstance(self._gesture, ResizeNote) and self._gesture.duration >= 0:
            text = time_text(self._gesture.duration)
        elif isinstance(self._gesture, MoveNotes) and self._gesture.is_drag:
            text = pitch_name(self._gesture.held.pitch + self._gesture.moved[1])
        key = self._gesture.pitch if isinstance(self._gesture, PlayKeys) else None
        self.change(bubble=(at, text) if text else None, hovered=None, hovered_key=key)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a gesture."""
        if event.button() is Qt.MouseButton.LeftButton and self._gesture is not None:
            gesture = self._gesture
            self._end_gesture()
            gesture.finish()

    def _end_gesture(self) -> None:
        self._gesture = None
        self.change(bubble=None, box=None)
        self._redraw()

    def roll_back(self) -> bool:
        """Take a gesture back; False if there is none."""
        gesture = self._gesture
        if gesture is None:
            return False
        self._end_gesture()
        gesture.roll_back()
        return True

    def _hover(self, at: QPointF) -> None:
        where = self.geometry_now()
        note, stem = where.note_at(at, self._notes), where.velocity_at(at, self._notes)
        bar = where.axis.bar_of_lock_at(at, self._base.meter)
        on_keys = at.x() < KEYS_PX and where.field.top() <= at.y() < where.field.bottom()
        self.change(
            hovered=where.cell_at(at) if note is None else None,
            hovered_key=where.pitch_at(at.y()) if on_keys else None,
            hovered_lock=bar,
        )
        at_edge = note is not None and where.is_at_edge(at, note)
        shape = Qt.CursorShape.SizeHorCursor if at_edge else Qt.CursorShape.SizeVerCursor
        self.setCursor(shape if at_edge or stem is not None else Qt.CursorShape.ArrowCursor)
        told = note or stem
        words = "" if told is None else self._keys.words(told)
        self.setToolTip(words if bar is None else LockPlace(bar=bar).words(self.locks))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self.change(hovered=None, hovered_key=None, hovered_lock=None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the pitches; the time with Shift or sideways; zoom the time with Ctrl, the pitches with both."""
        turn = QPointF(event.angleDelta()) / 120.0
        view, pitches = self.geometry_now().wheeled(event.position(), turn, event.modifiers())
        self.look(view)
        self._look_at(pitches)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what RollKeys says of a key."""
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cell cursor to those who came by keyboard."""
        if is_by_keyboard(event.reason()):
            self._keys.show_cursor()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the cell cursor."""
        self.change(cursor=None)
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the scroll bars at the edges."""
        width, height = self.width() - SCROLL_BAR_PX, self.height() - SCROLL_BAR_PX
        self._across.setGeometry(KEYS_PX, height, width - KEYS_PX, SCROLL_BAR_PX)
        field = self.geometry_now().field
        self._along.setGeometry(width, int(field.top()), SCROLL_BAR_PX, int(field.height()))
        self.axis_changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in another palette."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._ground_layer.drop()
            self._notes_layer.drop()
        super().changeEvent(event)

    def _draw_ink(self, painter: QPainter) -> None:
        still = self._notes if self._gesture is None else self._at_press
        notes = still if self._gesture is None else self._gesture.shown(still)
        chosen = {note.index for note in still if note.key in self._selected}
        tokens = colors(self.palette())
        painter.setOpacity(STALE_OPACITY if self._stale else 1.0)
        color = part_voice(self._base.role).mark(tokens.panel)
        draw_notes(painter, self.geometry_now(), tokens, notes, color, chosen)
        if not notes:
            draw_empty(painter, self.geometry_now(), tokens)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the ground and the notes, then draw what moves."""
        painter = QPainter(self)
        where, tokens = self.geometry_now(), colors(self.palette())
        if (where, self._ground) != self._drawn:
            self._ground_layer.drop()
            self._drawn = (where, self._ground)
        ground = self._ground_layer.pixmap(self, lambda p: draw_ground(p, where, tokens, self._ground))
        blit(painter, ground, event.rect())
        blit(painter, self._notes_layer.pixmap(self, self._draw_ink), event.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = part_voice(self._base.role).mark(tokens.panel)
        draw_over(painter, where, tokens, self._picture, color, self._base.meter)
