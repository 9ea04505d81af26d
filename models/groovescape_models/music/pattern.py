"""A note, and a pattern of notes: the frozen values that every floor passes on."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from groovescape_models.music.timing import Meter, Quarters


class Role(StrEnum):
    """What a pattern is played by."""

    DRUMS = "drums"
    MELODY = "melody"
    BASS = "bass"
    KEYS = "keys"


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """One note.

    start and duration are in quarter notes, start >= 0, duration >= 0; pitch is a MIDI pitch in 0..127; velocity is
    in 1..127. Notes sort by start, then duration, pitch and velocity. Raises ValueError naming the value out of range.
    """

    start: Quarters
    duration: Quarters
    pitch: int
    velocity: int

    def __post_init__(self) -> None:
        """Check the ranges."""
        if not (math.isfinite(self.start) and self.start >= 0):
            raise ValueError(f"start must be a time >= 0 quarters, got {self.start}")
        if not (math.isfinite(self.duration) and self.duration >= 0):
            raise ValueError(f"duration must be >= 0 quarters, got {self.duration}")
        if not 0 <= self.pitch <= 127:
            raise ValueError(f"pitch must be in 0..127, got {self.pitch}")
        if not 1 <= self.velocity <= 127:
            raise ValueError(f"velocity must be in 1..127, got {self.velocity}")

    @property
    def end(self) -> Quarters:
        """Time at which the note is released."""
        return self.start + self.duration


@dataclass(frozen=True, slots=True)
class Pattern:
    """Notes of one part, sorted, with the length of the loop that they fill.

    length is in quarter notes and > 0. Notes may start past the length (a file cut short); a loop does not play those.
    """

    notes: tuple[Note, ...] = ()
    length: Quarters = 8.0
    meter: Meter = field(default_factory=Meter)
    role: Role = Role.DRUMS
    name: str = ""

    def __post_init__(self) -> None:
        """Sort the notes and check the length."""
        if not (math.isfinite(self.length) and self.length > 0):
            raise ValueError(f"pattern length must be > 0 quarters, got {self.length}")
        object.__setattr__(self, "notes", tuple(sorted(self.notes)))

    @property
    def bars(self) -> int:
        """Number of bars that the length covers, the last one perhaps in part."""
        return math.ceil(self.length / self.meter.bar_length - 1e-9)

    def with_notes(self, notes: Iterable[Note]) -> "Pattern":
        """Return the same pattern with other notes."""
        return replace(self, notes=tuple(notes))

    def with_note(self, note: Note) -> "Pattern":
        """Return the pattern with one note more."""
        return replace(self, notes=(*self.notes, note))

    def without_note(self, note: Note) -> "Pattern":
        """Return the pattern with one occurrence of a note less; ValueError if it is not there."""
        index = self.notes.index(note)
        return replace(self, notes=self.notes[:index] + self.notes[index + 1 :])
