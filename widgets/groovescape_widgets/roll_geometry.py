"""Where keys, rows, notes and velocities of a piano roll are, in logical pixels."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt

from groovescape_models.music.timing import STEP, Quarters
from groovescape_widgets.pitch_view import PitchView
from groovescape_widgets.roll_notes import RollNote
from groovescape_widgets.ruler import HEADER_PX, TimeAxis
from groovescape_widgets.time_view import TimeView

KEYS_PX: Final = 52
VELOCITY_PX: Final = 52
VELOCITY_GAP_PX: Final = 4
LEAST_NOTE_PX: Final = 3.0
EDGE_PX: Final = 6.0
HEAD_PX: Final = 3.5
ZOOM: Final = 0.8
WHEEL_ROWS: Final = 3
NEAR_PX: Final = 7.0
"""How near to a velocity's stem a hand has to be."""


@dataclass(frozen=True)
class RollGeometry:
    """Layout of a roll: keys at the left, a ruler above, velocities below, the notes in between.

    What all notes ask for is worked out once.
    """

    width: float
    height: float
    view: TimeView
    pitches: PitchView

    @cached_property
    def axis(self) -> TimeAxis:
        """Where times are drawn."""
        return TimeAxis(KEYS_PX, self.width, self.view)

    @cached_property
    def field(self) -> QRectF:
        """The part that holds the notes."""
        height = self.height - HEADER_PX - VELOCITY_PX - VELOCITY_GAP_PX
        return QRectF(KEYS_PX, HEADER_PX, self.width - KEYS_PX, max(1.0, height))

    @cached_property
    def velocities(self) -> QRectF:
        """The part that holds the velocities."""
        return QRectF(KEYS_PX, self.height - VELOCITY_PX, self.width - KEYS_PX, VELOCITY_PX)

    @cached_property
    def row_height(self) -> float:
        """Height of a semitone."""
        return self.field.height() / self.pitches.rows

    def row_edge(self, pitch: float) -> int:
        """Return the whole pixel at which a pitch's row begins, from above."""
        return round(self.field.top() + (self.pitches.top - pitch - 1) * self.row_height)

    def row_box(self, pitch: int) -> QRectF:
        """Return the box of a pitch's row."""
        top, bottom = self.row_edge(pitch), self.row_edge(pitch - 1)
        return QRectF(self.field.left(), top, self.field.width(), bottom - top)

    def key_box(self, pitch: int) -> QRectF:
        """Return the box of a pitch's key."""
        row = self.row_box(pitch)
        return QRectF(0, row.top(), KEYS_PX, row.height())

    def note_box(self, note: RollNote) -> QRectF:
        """Return the box of a note as it is played."""
        return self._box(note.start, note.duration, note.pitch)

    def written_box(self, note: RollNote) -> QRectF:
        """Return the box of a note as it is written."""
        return self._box(note.base_start, note.duration, note.pitch)

    def _box(self, start: Quarters, duration: Quarters, pitch: int) -> QRectF:
        row, left = self.row_box(pitch), self.axis.x_of(start)
        width = max(LEAST_NOTE_PX, self.axis.x_of(start + duration) - left - 1)
        return QRectF(left, row.top(), width, max(1.0, row.height() - 1))

    def cell_box(self, step: int, pitch: int) -> QRectF:
        """Return the box of a sixteenth in a row."""
        row = self.row_box(pitch)
        return QRectF(self.axis.x_of(step * STEP), row.top(), self.axis.step_width, row.height())

    def pitch_at(self, y: float) -> int:
        """Return the pitch of the row at a height, the nearest one in MIDI's range beyond it."""
        pitch = self.pitches.top - (y - self.field.top()) / self.row_height
        return min(127, max(0, int(pitch // 1)))

    def cell_at(self, position: QPointF) -> tuple[int, int] | None:
        """Return (step, pitch) at a position, None outside the notes' field."""
        time = self.axis.time_at(position.x())
        if not self.field.contains(position) or not 0 <= time < self.view.total:
            return None
        return int(time / STEP + 1e-9), self.pitch_at(position.y())

    def note_at(self, position: QPointF, notes: Sequence[RollNote]) -> RollNote | None:
        """Return the note under a position, the last drawn first; a thin one is a little wider than it is drawn."""
        if not self.field.contains(position):
            return None
        pitch = self.pitch_at(position.y())
        for note in reversed(notes):
            if note.pitch == pitch:
                box = self.note_box(note)
                if box.left() - 1 <= position.x() <= max(box.right() + 1, box.left() + EDGE_PX):
                    return note
        return None

    def is_at_edge(self, position: QPointF, note: RollNote) -> bool:
        """Tell whether a position is at a note's right edge, where it is made longer; never more than its third."""
        box = self.note_box(note)
        return position.x() >= box.right() - min(EDGE_PX, box.width() / 3)

    def velocity_y(self, velocity: float) -> float:
        """Return where the head of a velocity is."""
        box = self.velocities.adjusted(0, HEAD_PX + 2, 0, -1)
        return box.bottom() - box.height() * velocity / 127.0

    def velocity_at(self, position: QPointF, notes: Sequence[RollNote]) -> RollNote | None:
        """Return the note whose stem is nearest to a position among the velocities; among equals, whose head is."""
        if not self.velocities.contains(position):
            return None

        def distance(note: RollNote) -> tuple[float, float]:
            return (
                abs(self.axis.x_of(note.start) + HEAD_PX - position.x()),
                abs(self.velocity_y(note.base_velocity) - position.y()),
            )

        near = [note for note in notes if distance(note)[0] <= NEAR_PX]
        return min(near, key=lambda note: (round(distance(note)[0]), distance(note)[1]), default=None)

    def notes_within(self, box: QRectF, notes: Sequence[RollNote]) -> frozenset[int]:
        """Return the indices of the notes that a box touches."""
        return frozenset(note.index for note in notes if self.note_box(note).intersects(box))

    def wheeled(self, at: QPointF, turn: QPointF, modifiers: Qt.KeyboardModifier) -> tuple[TimeView, PitchView]:
        """Return what is in sight after a turn of the wheel, in notches across and down.

        It scrolls the pitches; with Shift, or across, the time. With Ctrl it zooms the time, over the keys or with
        both the pitches.
        """
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            if shift or at.x() < KEYS_PX:
                pitch = self.pitches.top - (at.y() - self.field.top()) / self.row_height
                return self.view, self.pitches.zoomed(pitch, ZOOM ** (turn.x() + turn.y()))
            return self.view.zoomed(self.axis.time_at(at.x()), ZOOM ** turn.y()), self.pitches
        across = turn.x() + (turn.y() if shift else 0.0)
        view = self.view.scrolled_to(self.view.first - across * self.view.span / 8)
        return view, self.pitches.scrolled_to(self.pitches.top + (0.0 if shift else turn.y() * WHEEL_ROWS))
