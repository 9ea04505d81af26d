"""The piano roll: notes of a line edited by hand; a drag previews many times and is one undo step."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject

from groovescape.commands import Command, SetVelocity
from groovescape.document import Document
from groovescape.line_commands import AddNote, DeleteNotes, MoveNotes, ResizeNote
from groovescape_models.music.cells import DEFAULT_VELOCITY
from groovescape_models.music.pattern import Note
from groovescape_models.music.timing import Quarters
from groovescape_widgets.piano_roll import PianoRoll

KEY_LENGTH: Quarters = 1.0
"""How long a key of the keyboard sounds."""


class RollController(QObject):
    """Turns edits of the roll into commands."""

    def __init__(self, document: Document, roll: PianoRoll, audition: Callable[[Note], None]) -> None:
        """Connect a roll to a document; audition sounds a note."""
        super().__init__(roll)
        self._document, self._audition = document, audition
        roll.note_added.connect(self._on_added)
        roll.notes_moving.connect(lambda indices, by, up: self._preview(move_notes(indices, by, up)))
        roll.notes_moved.connect(lambda indices, by, up: self._commit(move_notes(indices, by, up)))
        roll.note_resizing.connect(lambda index, duration: self._preview(ResizeNote(index, duration)))
        roll.note_resized.connect(lambda index, duration: self._commit(ResizeNote(index, duration)))
        roll.velocity_changing.connect(lambda index, velocity: self._preview(SetVelocity(index, velocity)))
        roll.velocity_committed.connect(lambda index, velocity: self._commit(SetVelocity(index, velocity)))
        roll.notes_deleted.connect(lambda indices: document.apply(DeleteNotes(tuple(indices))))
        roll.pitch_pressed.connect(lambda pitch: audition(Note(0.0, KEY_LENGTH, pitch, DEFAULT_VELOCITY)))

    def _on_added(self, start: Quarters, pitch: int, duration: Quarters) -> None:
        self._document.apply(AddNote(start, pitch, duration))
        self._audition(Note(start, duration, pitch, DEFAULT_VELOCITY))

    def _preview(self, command: Command) -> None:
        self._document.preview(command)

    def _commit(self, command: Command) -> None:
        self._document.preview(command)
        self._document.commit()


def move_notes(indices: Iterable[int], by: Quarters, semitones: int) -> MoveNotes:
    """Return the command that moves notes together."""
    return MoveNotes(tuple(indices), by, semitones)
