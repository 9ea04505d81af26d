"""The piano roll: pitches by time, for melodies and bass lines."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from groovescape_models.music.chords import Chord
from groovescape_models.music.key import Key
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import Quarters


class PianoRoll(QWidget):
    """Shows a line and how it is played; emits what a hand wants changed. Indices are into the base's notes.

    note_added(start, pitch, duration); notes_moving(indices, d_start, d_pitch) with every movement of a drag and
    notes_moved once at its end; note_resizing and note_resized(index, duration) likewise, velocity_changing and
    velocity_committed(index, velocity) too; notes_deleted(indices); pitch_pressed(pitch) asks for the sound of a key.
    bar_lock_toggled(bar) asks for a bar to be locked or freed.
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

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with an empty line of two bars."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Piano roll")

    def set_pattern(self, base: Pattern, heard: Sequence[Note]) -> None:
        """Show a line and the same notes as they are played, in the order of base.notes."""

    def set_playhead(self, time: Quarters | None) -> None:
        """Show where the loop is playing."""

    def set_stale(self, stale: bool) -> None:
        """Dim the notes while newer ones are being computed."""

    def set_key(self, key: Key | None) -> None:
        """Shade the rows outside of a key and mark its tonic; None for no key."""

    def set_chords(self, chords: tuple[Chord | None, ...]) -> None:
        """Name the chord of each bar in the ruler."""

    def set_locks(self, lanes: frozenset[int], bars: frozenset[int]) -> None:
        """Show which bars are locked; a line has no lanes."""

    def sizeHint(self) -> QSize:
        """Room for two bars and two octaves."""
        return QSize(640, 320)

    def minimumSizeHint(self) -> QSize:
        """The least that can be read and hit."""
        return QSize(360, 200)
