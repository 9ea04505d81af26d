"""What a hand does on a piano roll between a press and its release; each gesture knows what it looks like meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QPointF, QRectF

from groovescape_models.music.timing import STEP, Quarters
from groovescape_widgets.roll_geometry import RollGeometry
from groovescape_widgets.roll_notes import LEAST, RollNote, allowed_move

if TYPE_CHECKING:
    from groovescape_widgets.piano_roll import PianoRoll

DRAG_AFTER_PX: Final = 3
FINE: Final = 0.25
"""Share of a movement that counts while Ctrl is held, for velocities."""


class Gesture(Protocol):
    """One press, its movements, and its end."""

    def move(self, position: QPointF, *, fine: bool) -> None:
        """Follow the pointer."""
        ...

    def finish(self) -> None:
        """Let go."""
        ...

    def roll_back(self) -> None:
        """Take back what was done."""
        ...

    def shown(self, notes: tuple[RollNote, ...]) -> tuple[RollNote, ...]:
        """Return the notes of the press as they stand now."""
        ...


def _unit(*, fine: bool) -> Quarters:
    return LEAST if fine else STEP


@dataclass(slots=True)
class MoveNotes:
    """Notes carried along by one of them."""

    roll: "PianoRoll"
    held: RollNote
    notes: Sequence[RollNote]
    at: QPointF
    where: RollGeometry
    length: Quarters
    moved: tuple[Quarters, int] = (0.0, 0)
    is_drag: bool = False

    @property
    def indices(self) -> tuple[int, ...]:
        """Which notes are carried."""
        return tuple(note.index for note in self.notes)

    def move(self, position: QPointF, *, fine: bool) -> None:
        """Carry the notes in whole steps and semitones, finely in time with Ctrl."""
        if not self.is_drag and (position - self.at).manhattanLength() < DRAG_AFTER_PX:
            return
        self.is_drag = True
        axis, unit = self.where.axis, _unit(fine=fine)
        way = round((axis.time_at(position.x()) - axis.time_at(self.at.x())) / unit) * unit
        rise = self.where.pitch_at(position.y()) - self.where.pitch_at(self.at.y())
        moved = allowed_move(self.notes, way, rise, self.length, unit)
        if moved != self.moved:
            is_new_pitch = moved[1] != self.moved[1]
            self.moved = moved
            self.roll.notes_moving.emit(self.indices, *moved)
            if is_new_pitch:
                self.roll.pitch_pressed.emit(self.held.pitch + moved[1])

    def finish(self) -> None:
        """Put the notes down; a press that moved nothing has only chosen one."""
        if self.is_drag:
            self.roll.select(note.moved(*self.moved) for note in self.notes)
            self.roll.notes_moved.emit(self.indices, *self.moved)
        else:
            self.roll.select((self.held,))

    def roll_back(self) -> None:
        """Put the notes back."""
        if self.is_drag:
            self.moved = (0.0, 0)
            self.roll.notes_moved.emit(self.indices, 0.0, 0)

    def shown(self, notes: tuple[RollNote, ...]) -> tuple[RollNote, ...]:
        """Return the notes with those that are carried where they are now."""
        carried = set(self.indices)
        return tuple(note.moved(*self.moved) if note.index in carried else note for note in notes)


@dataclass(slots=True)
class ResizeNote:
    """A note held by its right edge."""

    roll: "PianoRoll"
    held: RollNote
    at: QPointF
    where: RollGeometry
    length: Quarters
    duration: Quarters = field(default=-1.0)

    def move(self, position: QPointF, *, fine: bool) -> None:
        """End the note at a step, or finely with Ctrl; it never grows past the end of the loop."""
        axis, unit = self.where.axis, _unit(fine=fine)
        grip = axis.time_at(self.at.x()) - self.held.base_start - self.held.duration
        end = round((axis.time_at(position.x()) - grip) / unit) * unit
        longest = max(LEAST, self.length - self.held.base_start)
        duration = min(longest, max(unit, end - self.held.base_start))
        if duration != (self.held.duration if self.duration < 0 else self.duration):
            self.duration = duration
            self.roll.note_resizing.emit(self.held.index, duration)

    def finish(self) -> None:
        """Let go of the edge."""
        self.roll.select((self.held,))
        if self.duration >= 0:
            self.roll.remember_length(self.duration)
            self.roll.note_resized.emit(self.held.index, self.duration)

    def roll_back(self) -> None:
        """Give the note its length back."""
        if self.duration >= 0:
            self.duration = self.held.duration
            self.roll.note_resized.emit(self.held.index, self.held.duration)

    def shown(self, notes: tuple[RollNote, ...]) -> tuple[RollNote, ...]:
        """Return the notes with the held one as long as it is now."""
        if self.duration < 0:
            return notes
        return tuple(replace(note, duration=self.duration) if note.index == self.held.index else note for note in notes)


@dataclass(slots=True)
class DragVelocity:
    """A velocity held by its head."""

    roll: "PianoRoll"
    held: RollNote
    at: QPointF
    pixels: float
    exact: float
    is_drag: bool = False

    @property
    def velocity(self) -> int:
        """The velocity now."""
        return round(self.exact)

    def move(self, position: QPointF, *, fine: bool) -> None:
        """Follow the pointer up and down."""
        rise = self.at.y() - position.y()
        if not self.is_drag and abs(rise) < DRAG_AFTER_PX:
            return
        self.is_drag, self.at, before = True, position, self.velocity
        self.exact = min(127.0, max(1.0, self.exact + rise * 127.0 / self.pixels * (FINE if fine else 1.0)))
        if self.velocity != before:
            self.roll.velocity_changing.emit(self.held.index, self.velocity)

    def finish(self) -> None:
        """Let go of the head."""
        self.roll.select((self.held,))
        if self.is_drag:
            self.roll.velocity_committed.emit(self.held.index, self.velocity)

    def roll_back(self) -> None:
        """Give the note its velocity back."""
        if self.is_drag:
            self.exact = self.held.base_velocity
            self.roll.velocity_committed.emit(self.held.index, self.held.base_velocity)

    def shown(self, notes: tuple[RollNote, ...]) -> tuple[RollNote, ...]:
        """Return the notes with the held one as loud as it is now."""
        if not self.is_drag:
            return notes
        now = self.velocity
        return tuple(
            replace(note, base_velocity=now, velocity=now) if note.index == self.held.index else note for note in notes
        )


@dataclass(slots=True)
class DrawOrChoose:
    """A press on an empty place: a click draws a note there, a drag chooses what its box touches."""

    roll: "PianoRoll"
    at: QPointF
    cell: tuple[int, int]
    kept: frozenset[int]
    box: QRectF | None = None

    def move(self, position: QPointF, *, fine: bool) -> None:
        """Stretch the box; what was chosen before stays so with Ctrl or Shift."""
        if self.box is not None or (position - self.at).manhattanLength() >= DRAG_AFTER_PX:
            self.box = QRectF(self.at, position).normalized()
            self.roll.select_within(self.box, self.kept)

    def finish(self) -> None:
        """Ask for a note where there was only a click."""
        if self.box is None:
            self.roll.add_at(*self.cell)

    def roll_back(self) -> None:
        """Choose again what was chosen."""
        self.roll.select_within(QRectF(), self.kept)

    def shown(self, notes: tuple[RollNote, ...]) -> tuple[RollNote, ...]:
        """Return the notes as they are."""
        return notes


@dataclass(slots=True)
class PlayKeys:
    """A hand on the keys."""

    roll: "PianoRoll"
    where: RollGeometry
    pitch: int

    def move(self, position: QPointF, *, fine: bool) -> None:
        """Sound each key that the pointer comes to."""
        pitch = self.where.pitch_at(position.y())
        if pitch != self.pitch:
            self.pitch = pitch
            self.roll.pitch_pressed.emit(pitch)

    def finish(self) -> None:
        """Leave the keys."""

    def roll_back(self) -> None:
        """Leave the keys."""

    def shown(self, notes: tuple[RollNote, ...]) -> tuple[RollNote, ...]:
        """Return the notes as they are."""
        return notes
