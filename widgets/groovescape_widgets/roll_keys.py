"""The piano roll by keyboard: a cursor that goes from cell to cell, and notes that follow the arrows once chosen."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from groovescape_models.music.cells import steps_of
from groovescape_models.music.key import SEMITONES
from groovescape_models.music.timing import STEP
from groovescape_widgets.roll_notes import RollNote, allowed_move, note_in_cell, pitch_name
from groovescape_widgets.roll_painter import time_text

if TYPE_CHECKING:
    from groovescape_widgets.piano_roll import PianoRoll

VELOCITY_STEP: Final = 5
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_PLACING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_LOUDER: Final = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
_SHIFT, _CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class RollKeys:
    """What keys do.

    Arrows move the cursor, or the chosen notes; with Shift they lengthen, or go by octaves. Ctrl+Left and Ctrl+Right
    go from note to note and choose. Enter puts a note in or takes it out, Delete takes the chosen ones out, Ctrl+A
    chooses all, Escape none; + and - change the velocity, L locks the bar.
    """

    def __init__(self, roll: "PianoRoll") -> None:
        """Start at the middle of the first step."""
        self._roll = roll
        self.home = (0, 67)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False if it asks for nothing here."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if key in _ARROWS:
            self._arrow(key, modifiers)
            return True
        if modifiers & _CONTROL:
            return key == Qt.Key.Key_A and self._select_all()
        if key == Qt.Key.Key_Escape:
            return self._escape()
        if key == Qt.Key.Key_L:
            self._roll.bar_lock_toggled.emit(int(self.home[0] * STEP / self._roll.base.meter.bar_length + 1e-9))
            return True
        return self._edit(key)

    def _edit(self, key: Qt.Key) -> bool:
        if key in _PLACING:
            self._toggle()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._delete()
        elif key in (*_LOUDER, Qt.Key.Key_Minus):
            self._nudge(VELOCITY_STEP if key in _LOUDER else -VELOCITY_STEP)
        else:
            return False
        return True

    def _arrow(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        steps, semitones = _ARROWS[key]
        shift = bool(modifiers & _SHIFT)
        if modifiers & _CONTROL and steps:
            self._go_to_note(steps)
        elif shift and steps:
            self._lengthen(steps)
        elif self._roll.selected:
            self._move(steps, semitones * (SEMITONES if shift else 1))
        else:
            self._go(self.home[0] + steps, self.home[1] + semitones * (SEMITONES if shift else 1))

    def _go(self, step: int, pitch: int) -> None:
        last = steps_of(self._roll.base.length) - 1
        self.home = min(last, max(0, step)), min(127, max(0, pitch))
        self.show_cursor()

    def show_cursor(self) -> None:
        """Show the cursor's cell and tell what is in it."""
        self.settle()
        self._roll.show_cell(*self.home)
        self._roll.change(cursor=self.home)
        self.describe()

    def settle(self) -> None:
        """Stay within the loop; tell anew what is in the cell."""
        self.home = min(self.home[0], steps_of(self._roll.base.length) - 1), self.home[1]
        self.describe()

    def describe(self) -> None:
        """Tell readers what is in the cursor's cell."""
        step, pitch = self.home
        note, chosen = note_in_cell(self._roll.notes, step, pitch), self._roll.selected
        here = f"{pitch_name(pitch)}, {self._place(step)}: no note" if note is None else self.words(note)
        locked = ", locked" if self._bar(step) in self._roll.locks.bars else ""
        many = f". {len(chosen)} notes chosen" if chosen else ""
        self._roll.setAccessibleDescription(f"{here}{locked}{many}")

    def _bar(self, step: int) -> int:
        return int(step * STEP / self._roll.base.meter.bar_length + 1e-9)

    def _place(self, step: int) -> str:
        bar = self._bar(step)
        return f"bar {bar + 1}, step {step - bar * self._roll.base.meter.bar_length / STEP + 1:.0f}"

    def words(self, note: RollNote) -> str:
        """Return a note in words."""
        played = f", played {note.velocity}" if note.velocity != note.base_velocity else ""
        place = self._place(int(note.base_start / STEP + 1e-6))
        return f"{pitch_name(note.pitch)}, {place}: {time_text(note.duration)}, velocity {note.base_velocity}{played}"

    def _targets(self) -> tuple[RollNote, ...]:
        """Return the chosen notes, or else the one under the cursor."""
        under = note_in_cell(self._roll.notes, *self.home)
        return self._roll.selected or (() if under is None else (under,))

    def _go_to_note(self, way: int) -> None:
        order = sorted(self._roll.notes, key=lambda note: (note.base_start, note.pitch))
        here = (self.home[0] * STEP, self.home[1])
        chosen = self._roll.selected
        if chosen:
            here = (chosen[0].base_start, chosen[0].pitch)
        after = [note for note in order if (note.base_start, note.pitch) > here]
        before = [note for note in order if (note.base_start, note.pitch) < here]
        found = after[:1] if way > 0 else before[-1:]
        if found:
            self._roll.select(found)
            self._go(int(found[0].base_start / STEP + 1e-6), found[0].pitch)
            self._roll.pitch_pressed.emit(found[0].pitch)

    def _move(self, steps: int, semitones: int) -> None:
        notes = self._roll.selected
        moved = allowed_move(notes, steps * STEP, semitones, self._roll.base.length)
        if moved == (0.0, 0):
            return
        self.home = round(self.home[0] + moved[0] / STEP), self.home[1] + moved[1]
        self._roll.select(note.moved(*moved) for note in notes)
        self._roll.notes_moved.emit(tuple(note.index for note in notes), *moved)
        if moved[1]:
            self._roll.pitch_pressed.emit(notes[0].pitch + moved[1])
        self.show_cursor()

    def _lengthen(self, steps: int) -> None:
        for note in self._targets()[:1]:
            longest = self._roll.base.length - note.base_start
            duration = min(longest, max(STEP, note.duration + steps * STEP))
            if duration != note.duration:
                self._roll.remember_length(duration)
                self._roll.note_resized.emit(note.index, duration)

    def _toggle(self) -> None:
        note = note_in_cell(self._roll.notes, *self.home)
        if note is None:
            self._roll.add_at(*self.home)
        else:
            self._roll.notes_deleted.emit((note.index,))

    def _delete(self) -> None:
        indices = tuple(note.index for note in self._targets())
        if indices:
            self._roll.select(())
            self._roll.notes_deleted.emit(indices)

    def _nudge(self, change: int) -> None:
        for note in self._targets()[:1]:
            self._roll.velocity_committed.emit(note.index, min(127, max(1, note.base_velocity + change)))

    def _select_all(self) -> bool:
        self._roll.select(self._roll.notes)
        self.describe()
        return True

    def _escape(self) -> bool:
        if self._roll.roll_back():
            return True
        had = bool(self._roll.selected)
        self._roll.select(())
        self.describe()
        return had
