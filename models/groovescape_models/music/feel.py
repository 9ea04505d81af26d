"""A feel: how a groove would play the notes of one pattern, and how much of it to apply. Plain Python: no arrays."""

import math
from dataclasses import dataclass, replace
from typing import Final

from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import STEP, Quarters, nearest_step

CLOSEST: Final[Quarters] = 1.0 / 48.0
"""A tick of LMMS: two hits of one drum that are nearer would sound as one there (10 ms at 120 bpm)."""


@dataclass(frozen=True, slots=True)
class Feel:
    """Where and how hard a groove would play each note of one pattern, at full intensity.

    All tuples are aligned with the notes of that pattern; a note that the groove leaves alone keeps its own. A start
    may lie before 0, where a drummer anticipates the first beat, and a velocity outside 1..127: apply_feel limits them
    only after it has taken its share of the way.

    velocities respect the accents of the input, own_velocities are those of the groove alone (empty: the same).
    start_scatter (quarters) and velocity_scatter (of 127) are one draw of how unevenly the drummer plays each note,
    with the seed of the request (empty: none); GrooveAmount.spread says how much of it is heard.
    """

    starts: tuple[Quarters, ...]
    velocities: tuple[int, ...]
    own_velocities: tuple[int, ...] = ()
    start_scatter: tuple[Quarters, ...] = ()
    velocity_scatter: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        """Check that all have one entry a note and that every start is a time."""
        if len(self.starts) != len(self.velocities):
            raise ValueError(
                f"a feel needs as many starts as velocities, got {len(self.starts)} and {len(self.velocities)}"
            )
        for name in ("own_velocities", "start_scatter", "velocity_scatter"):
            if getattr(self, name) and len(getattr(self, name)) != len(self.starts):
                raise ValueError(f"{name} of a feel must be empty or as many as its starts ({len(self.starts)})")
        if not all(map(math.isfinite, (*self.starts, *self.start_scatter, *self.velocity_scatter))):
            raise ValueError("every start and scatter of a feel must be a finite number")

    @staticmethod
    def of(pattern: Pattern) -> "Feel":
        """Return the feel that changes nothing."""
        return Feel(tuple(n.start for n in pattern.notes), tuple(n.velocity for n in pattern.notes))


EVEN_LANES: Final = (1.0,) * DRUM_COUNT


@dataclass(frozen=True, slots=True)
class GrooveAmount:
    """How much of a feel to apply; intensity 0 leaves the pattern as it was, 1 is the drummer, 1.5 more than him.

    intensity, timing and velocity are 0..1.5; lanes are such factors a drum class (0..8), for timing and velocity.
    quantise 0..1 takes that share of a note's own distance from the grid away first. swing 0..1 delays the second of
    each pair of sixteenths (or of eighths, with swing_eighths), 1 as far as a triplet. spread 0..1.5 is how much of
    the feel's scatter is heard. respect 0..1: 1 keeps the accents of the input and plays the groove around them, 0
    takes the groove's own velocities. All of it is scaled by intensity.
    """

    intensity: float = 1.0
    timing: float = 1.0
    velocity: float = 1.0
    lanes: tuple[float, ...] = EVEN_LANES
    quantise: float = 0.0
    swing: float = 0.0
    swing_eighths: bool = False
    spread: float = 0.35
    respect: float = 1.0

    def __post_init__(self) -> None:
        """Check the ranges."""
        for name in ("intensity", "timing", "velocity", "spread"):
            _check(name, getattr(self, name), 1.5)
        for name in ("quantise", "swing", "respect"):
            _check(name, getattr(self, name), 1.0)
        if len(self.lanes) != DRUM_COUNT:
            raise ValueError(f"lanes must hold {DRUM_COUNT} amounts, got {len(self.lanes)}")
        for lane in self.lanes:
            _check("the amount of a lane", lane, 1.5)


def _check(name: str, value: float, most: float) -> None:
    if not 0.0 <= value <= most:
        raise ValueError(f"{name} must be in 0..{most:g}, got {value}")


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
