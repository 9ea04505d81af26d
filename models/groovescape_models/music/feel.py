"""A feel: how a groove would play the notes of one pattern, and how much of it to apply. Plain Python: no arrays."""

import math
from dataclasses import dataclass, replace
from typing import Final

from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import STEP, Quarters, nearest_step

CLOSEST: Final[Quarters] = 1.0 / 48.0
"""A tick of LMMS: two hits of one drum that are nearer would sound as one there (10 ms at 120 bpm)."""


@dataclass(frozen=True, slots=True)
class Feel:
    """Where and how hard a groove would play each note of one pattern, at full intensity.

    starts and velocities are aligned with the notes of that pattern; a note that the groove leaves alone keeps its own.
    A start may lie before 0, where a drummer anticipates the first beat, and a velocity outside 1..127: apply_feel
    limits them only after it has taken its share of the way.
    """

    starts: tuple[Quarters, ...]
    velocities: tuple[int, ...]

    def __post_init__(self) -> None:
        """Check that both have one entry a note and that every start is a time."""
        if len(self.starts) != len(self.velocities):
            raise ValueError(
                f"a feel needs as many starts as velocities, got {len(self.starts)} and {len(self.velocities)}"
            )
        if not all(map(math.isfinite, self.starts)):
            raise ValueError("every start of a feel must be a finite time in quarters")

    @staticmethod
    def of(pattern: Pattern) -> "Feel":
        """Return the feel that changes nothing."""
        return Feel(tuple(n.start for n in pattern.notes), tuple(n.velocity for n in pattern.notes))


@dataclass(frozen=True, slots=True)
class GrooveAmount:
    """How much of a feel to apply; each in 0..1.5, 0 leaves the pattern as it was, 1 is the drummer."""

    intensity: float = 1.0
    timing: float = 1.0
    velocity: float = 1.0

    def __post_init__(self) -> None:
        """Check the ranges."""
        for name in ("intensity", "timing", "velocity"):
            value = getattr(self, name)
            if not 0.0 <= value <= 1.5:
                raise ValueError(f"{name} must be in 0..1.5, got {value}")


def apply_feel(pattern: Pattern, feel: Feel, amount: GrooveAmount) -> Pattern:
    """Return the pattern moved towards a feel: the same notes, other starts and velocities.

    Notes of one pitch keep their order and do not fall together: they stay as far apart as they were, up to CLOSEST.
    Durations stay, but for a note that would now sound into the next of its pitch: it ends there.
    No note starts before 0, and an amount of 0 gives the pattern back.
    Raises ValueError if the feel belongs to another pattern (its count of notes differs).
    """
    return pattern.with_notes(apply_feel_in_order(pattern, feel, amount))


def apply_feel_in_order(pattern: Pattern, feel: Feel, amount: GrooveAmount) -> tuple[Note, ...]:
    """Return the notes of apply_feel aligned with pattern.notes: one that overtakes another keeps its index."""
    if len(feel.starts) != len(pattern.notes):
        raise ValueError(f"the feel is for {len(feel.starts)} notes, the pattern has {len(pattern.notes)}")
    timing = amount.intensity * amount.timing
    velocity = amount.intensity * amount.velocity
    before: dict[int, tuple[Quarters, Quarters]] = {}
    notes = []
    for note, start, target in zip(pattern.notes, feel.starts, feel.velocities, strict=True):
        moved = max(0.0, note.start + (start - note.start) * timing)
        if note.pitch in before:
            moved = max(moved, _earliest(note, *before[note.pitch]))
        before[note.pitch] = note.start, moved
        loudness = round(note.velocity + (target - note.velocity) * velocity)
        notes.append(Note(moved, note.duration, note.pitch, min(127, max(1, loudness))))
    return _shortened(pattern.notes, notes)


def _shortened(written: tuple[Note, ...], played: list[Note]) -> tuple[Note, ...]:
    """Return the played notes, none sounding into the next of its pitch unless written so: MIDI would cut that."""
    following: dict[int, int] = {}
    shortened = list(played)
    for index in reversed(range(len(written))):
        note, after = played[index], following.get(written[index].pitch)
        following[note.pitch] = index
        if after is not None and written[index].end <= written[after].start and note.end > played[after].start:
            shortened[index] = replace(note, duration=max(0.0, played[after].start - note.start))
    return tuple(shortened)


def _earliest(note: Note, own: Quarters, played: Quarters) -> Quarters:
    """Return the earliest place of a note whose forerunner of the same pitch, written at own, is played at played."""
    # Adding the forerunner's shift to the note, not the gap to the forerunner, leaves an unmoved pair exactly in place.
    return max(played, min(note.start + (played - own), played + CLOSEST))


def offset_ms(note: Note, tempo_bpm: float) -> float:
    """Return how late (positive) or early (negative) a note is against its nearest grid step, in milliseconds."""
    return (note.start - nearest_step(note.start) * STEP) * 60_000.0 / tempo_bpm
