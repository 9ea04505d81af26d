"""The notes of a piano roll: where they are written, and when and how hard they are played."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from groovescape_models.music.key import NOTE_NAMES, SEMITONES
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import STEP, Quarters

LEAST: Final[Quarters] = STEP / 16
"""Shortest note that a hand may make."""
TICKS: Final = 960


@dataclass(frozen=True, slots=True)
class RollNote:
    """One note of the base pattern as it is drawn; index is into base.notes, velocities are 1..127."""

    index: int
    pitch: int
    base_start: Quarters
    start: Quarters
    duration: Quarters
    base_velocity: int
    velocity: int

    @property
    def end(self) -> Quarters:
        """When it is let go."""
        return self.start + self.duration

    @property
    def is_moved(self) -> bool:
        """Whether it is played elsewhere than it is written, by a thousandth of a quarter or more."""
        return abs(self.start - self.base_start) >= 1e-3

    @property
    def key(self) -> tuple[int, int]:
        """What tells it from others when the indices change: its start in ticks, and its pitch."""
        return round(self.base_start * TICKS), self.pitch

    def moved(self, d_start: Quarters, d_pitch: int) -> "RollNote":
        """Return it elsewhere."""
        return replace(
            self, base_start=self.base_start + d_start, start=self.start + d_start, pitch=self.pitch + d_pitch
        )


def roll_notes(base: Pattern, heard: Sequence[Note]) -> tuple[RollNote, ...]:
    """Pair the notes of a pattern with the same notes as played, by index; where the counts differ the base is both.

    Notes behind the end of the loop are left out.
    """
    sounds = heard if len(heard) == len(base.notes) else base.notes
    pairs = enumerate(zip(base.notes, sounds, strict=True))
    return tuple(
        RollNote(index, note.pitch, note.start, sound.start, note.duration, note.velocity, sound.velocity)
        for index, (note, sound) in pairs
        if note.start < base.length
    )


def pitch_name(pitch: int) -> str:
    """Return a pitch's usual name, 60 being C4."""
    return f"{NOTE_NAMES[pitch % SEMITONES]}{pitch // SEMITONES - 1}"


def note_in_cell(notes: Sequence[RollNote], step: int, pitch: int) -> RollNote | None:
    """Return the note that is written to sound in a step: the one that begins in it before one held over."""
    time = step * STEP
    begun = (note for note in notes if note.pitch == pitch and note.base_start < time + STEP - 1e-6)
    inside = [note for note in begun if note.base_start + note.duration > time + 1e-6]
    return max(inside, key=lambda note: note.base_start, default=None)


def notes_sounding(notes: Sequence[RollNote], time: Quarters | None) -> tuple[RollNote, ...]:
    """Return the notes held at a time of the loop; none while nothing plays."""
    return () if time is None else tuple(note for note in notes if note.start <= time < note.end)


def allowed_move(
    notes: Collection[RollNote], d_start: Quarters, d_pitch: int, length: Quarters, unit: Quarters = STEP
) -> tuple[Quarters, int]:
    """Return the movement that keeps all notes' starts within the loop and their pitches within MIDI's."""
    first, last = min(note.base_start for note in notes), max(note.base_start for note in notes)
    low, high = min(note.pitch for note in notes), max(note.pitch for note in notes)
    latest = max(0.0, (length - LEAST - last) // unit * unit)
    return min(max(d_start, -first), latest), min(max(d_pitch, -low), 127 - high)
