"""What a groove does to each hit, in numbers: milliseconds off the grid and velocities, before and after."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from groovescape_models.music.drumkit import Drum, drum_of
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import STEP, nearest_step, quarter_ms

LEAST_RANGE_MS = 30.0
RANGES_MS = (30.0, 50.0, 80.0, 100.0, 150.0, 200.0)


@dataclass(frozen=True, slots=True)
class HitShift:
    """One hit before and after a groove; offsets are against the grid line of its step, positive is late."""

    drum: Drum | None
    step: int
    before_ms: float
    after_ms: float
    before_velocity: int
    after_velocity: int


def hit_shifts(base: Pattern, before: Sequence[Note], after: Sequence[Note], tempo_bpm: float) -> tuple[HitShift, ...]:
    """Pair the notes of a pattern with their states before and after a groove, all in the order of base.notes.

    Raises ValueError if the counts differ.
    """
    ms = quarter_ms(tempo_bpm)
    return tuple(
        HitShift(
            drum_of(note.pitch),
            nearest_step(note.start),
            (first.start - nearest_step(note.start) * STEP) * ms,
            (then.start - nearest_step(note.start) * STEP) * ms,
            first.velocity,
            then.velocity,
        )
        for note, first, then in zip(base.notes, before, after, strict=True)
    )


def range_ms(shifts: Sequence[HitShift]) -> float:
    """Return the offset at either end of the axis: the next round number that holds nearly all hits."""
    sizes = sorted(max(abs(shift.before_ms), abs(shift.after_ms)) for shift in shifts)
    if not sizes:
        return LEAST_RANGE_MS
    reach = sizes[min(len(sizes) - 1, math.ceil(len(sizes) * 0.98) - 1)]
    return next((limit for limit in RANGES_MS if limit >= reach), RANGES_MS[-1])


def offset_text(ms: float) -> str:
    """Return an offset in words: '6 ms early', 'on the grid', '12 ms late'."""
    rounded = round(ms)
    return "on the grid" if rounded == 0 else f"{abs(rounded)} ms {'early' if rounded < 0 else 'late'}"


def summary(shifts: Sequence[HitShift]) -> str:
    """Return the feel after the groove in a line: 'mean 6 ms early, spread 9 ms, velocity 41-118'."""
    if not shifts:
        return ""
    mean = sum(shift.after_ms for shift in shifts) / len(shifts)
    spread = math.sqrt(sum((shift.after_ms - mean) ** 2 for shift in shifts) / len(shifts))
    loud = [shift.after_velocity for shift in shifts]
    velocity = f"{min(loud)}–{max(loud)}" if min(loud) != max(loud) else str(loud[0])
    return f"mean {offset_text(mean)}, spread {spread:.0f} ms, velocity {velocity}"
