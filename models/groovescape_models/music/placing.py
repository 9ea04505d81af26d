"""Notes put to other times and other loudness, in their order and none into another. Plain Python: no arrays."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from groovescape_models.music.pattern import Note
from groovescape_models.music.timing import Quarters

CLOSEST: Final[Quarters] = 1.0 / 48.0
"""A tick of LMMS: two hits of one drum that are nearer would sound as one there (10 ms at 120 bpm)."""


def placed(notes: Sequence[Note], starts: Sequence[Quarters], velocities: Sequence[float]) -> tuple[Note, ...]:
    """Return notes, sorted by start, where and as hard as is wanted; one that overtakes another keeps its index.

    Notes of one pitch keep their order and do not fall together: they stay as far apart as they were, up to CLOSEST.
    No note starts before 0, and velocities are rounded into 1..127. Durations stay, but for a note that would now
    sound into the next of its pitch: it ends there. What is wanted where it is stays, bit for bit.
    """
    before: dict[int, tuple[int, Quarters, Quarters, Quarters]] = {}
    moved: list[Note] = []
    for index, (note, wanted, velocity) in enumerate(zip(notes, starts, velocities, strict=True)):
        start = wanted if wanted > 0.0 else 0.0
        own, duration, pitch = note.start, note.duration, note.pitch
        if pitch in before:
            last, last_own, last_start, last_end = before[pitch]
            if start < last_start + CLOSEST:
                start = max(start, earliest(own, last_own, last_start))
            if last_end <= own:
                _shorten(moved, last, start)
        before[pitch] = index, own, start, own + duration
        loudness = round(velocity)
        moved.append(Note(start, duration, pitch, 1 if loudness < 1 else 127 if loudness > 127 else loudness))
    return tuple(moved)


def earliest(own: Quarters, before: Quarters, played: Quarters) -> Quarters:
    """Return the earliest place of a note written at own, whose forerunner was written at before and is at played."""
    # Adding the forerunner's shift to the note, not the gap to the forerunner, leaves an unmoved pair exactly in place.
    return max(played, min(own + (played - before), played + CLOSEST))


def _shorten(moved: list[Note], index: int, end: Quarters) -> None:
    """End a note where the next of its pitch begins, if it would sound into it: MIDI would cut that."""
    note = moved[index]
    if note.start + note.duration > end:
        moved[index] = replace(note, duration=max(0.0, end - note.start))
