"""What a groove does to each hit, in numbers: milliseconds off the grid and velocities, before and after."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from groovescape_models.music.drumkit import Drum, drum_of
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import STEPS_PER_QUARTER, Quarters, quarter_ms
from groovescape_widgets.voices import LANE_ORDER, Voice, part_voice, voice

MINUS = "\N{MINUS SIGN}"
LEAST_RANGE_MS = 30.0
RANGES_MS = (30.0, 50.0, 80.0, 100.0, 150.0, 200.0)

Lane = Drum | Role | None
"""What has a lane: a drum class, None for pitches outside all of them, or the one lane of a line."""


@dataclass(frozen=True, slots=True)
class HitShift:
    """One hit before and after a groove; offsets are against the grid line that it is written for, positive is late.

    bar and step (of the bar) are counted from 0; line is the time of the grid line in the loop.
    """

    lane: Lane
    bar: int
    step: int
    line: Quarters
    before_ms: float
    after_ms: float
    before_velocity: int
    after_velocity: int


def hit_shifts(
    base: Pattern,
    before: Sequence[Note],
    after: Sequence[Note],
    tempo_bpm: float,
    steps_per_quarter: int = STEPS_PER_QUARTER,
) -> tuple[HitShift, ...]:
    """Pair the notes of a pattern with their states before and after a groove, all in the order of base.notes.

    steps_per_quarter is the grid that the pattern is written on. Notes behind the end of the loop are left out; one
    written at its very end, early for the first step, belongs to that. Raises ValueError if the counts differ.
    """
    ms, own = quarter_ms(tempo_bpm), None if base.role is Role.DRUMS else base.role
    bar_steps = max(1, round(base.meter.bar_length * steps_per_quarter))
    shifts = []
    for note, first, then in zip(base.notes, before, after, strict=True):
        step = int(note.start * steps_per_quarter + 0.5)
        line = step / steps_per_quarter
        if note.start < base.length:
            in_loop = step % max(1, round(base.length * steps_per_quarter))
            place = (*divmod(in_loop, bar_steps), in_loop / steps_per_quarter)
            offsets = (first.start - line) * ms, (then.start - line) * ms
            shifts.append(HitShift(own or drum_of(note.pitch), *place, *offsets, first.velocity, then.velocity))
    return tuple(shifts)


def lane_voice(lane: Lane) -> Voice:
    """Return the look of a lane."""
    return part_voice(lane) if isinstance(lane, Role) else voice(lane)


def lanes_played(shifts: Sequence[HitShift]) -> tuple[Lane, ...]:
    """Return what plays, in the order of the grid."""
    played = {shift.lane for shift in shifts}
    return tuple(lane for lane in (*Role, *LANE_ORDER, None) if lane in played)


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


def signed_text(ms: float) -> str:
    """Return an offset as a number with its sign, which early ones have a minus for."""
    rounded = round(ms)
    return "0" if rounded == 0 else f"{'+' if rounded > 0 else MINUS}{abs(rounded)}"


def hit_words(shift: HitShift) -> str:
    """Return a hit's place and its numbers before and after, on three lines; places are counted from 1."""
    place = f"{lane_voice(shift.lane).name}, bar {shift.bar + 1}, step {shift.step + 1}"
    timing = f"{offset_text(shift.before_ms)} → {offset_text(shift.after_ms)}"
    return f"{place}\n{timing}\nvelocity {shift.before_velocity} → {shift.after_velocity}"


def summary(shifts: Sequence[HitShift]) -> str:
    """Return the feel after the groove in a line: 'mean 6 ms early, spread 9 ms, velocity 41-118'."""
    if not shifts:
        return ""
    mean = sum(shift.after_ms for shift in shifts) / len(shifts)
    spread = math.sqrt(sum((shift.after_ms - mean) ** 2 for shift in shifts) / len(shifts))
    loud = [shift.after_velocity for shift in shifts]
    velocity = f"{min(loud)}–{max(loud)}" if min(loud) != max(loud) else str(loud[0])
    return f"mean {offset_text(mean)}, spread {spread:.0f} ms, velocity {velocity}"
