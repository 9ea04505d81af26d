"""What drummers do in meters and on grids that the humaniser has not heard, and how a line may wander from the grid.

Counts of the Groove MIDI Dataset's training split (training/groove_statistics.py). Where they say nothing, or the
humaniser was measured to be nearer to the drummers (sixteenths in 3/4 and other meters that count in quarters), there
are none, and the humaniser plays alone.
"""

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Final

import numpy as np

from groovescape_models.engines.line_velocity import ACCENTS, CHANCE
from groovescape_models.engines.statistics_files import statistics
from groovescape_models.music.groove_template import COLUMNS, GrooveTable
from groovescape_models.music.pattern import Role
from groovescape_models.music.timing import STEPS_PER_QUARTER, Meter, Quarters

FILE: Final = "grooves"
COMPOUND_BEAT: Final[Quarters] = 1.5
"""A beat of 6/8, 9/8 and 12/8: three eighths."""
TRIPLET_SHARE: Final = 0.25
"""How much statistics count beside the humaniser on triplets, in meters of quarters: chosen on validation."""
COMPOUND_SHARE: Final = 1.0
"""In 6/8, whose accents the humaniser mistakes for those of 4/4, they count alone: takes of one drummer, who swings
his sixteenths."""
_STEPS_OF: Final = ((0,), (4, 8, 12), (2, 6, 10, 14), (1, 3, 5, 7, 9, 11, 13, 15))
"""The sixteenths of a bar of 4/4 that each Place means."""


def expected_groove(meter: Meter, steps_per_quarter: int) -> GrooveTable | None:
    """Return one bar of what drummers do in a meter on a grid of 4, 3 or 6 steps a quarter; None: nothing is known.

    Triplets are those of 4/4, in other meters cut or repeated beat by beat; the sixteenths of 9/8 and 12/8 are those
    of 6/8. None also where the humaniser alone is nearer to the drummers, and where a bar is no whole steps.
    """
    steps = meter.bar_length * steps_per_quarter
    if steps != round(steps):
        return None
    if steps_per_quarter == STEPS_PER_QUARTER:
        return _repeated("6-8/4", round(steps), 4) if is_compound(meter) else None
    if is_compound(meter) or meter.denominator > 4:
        return None
    return _repeated(f"4-4/{steps_per_quarter}", round(steps), steps_per_quarter)


def statistics_share(meter: Meter) -> float:
    """Return how far expected_groove pulls from what the humaniser expects, 0..1: measured, not guessed."""
    return COMPOUND_SHARE if is_compound(meter) else TRIPLET_SHARE


def is_compound(meter: Meter) -> bool:
    """Return whether the beats of a meter are three eighths long: 6/8, 9/8, 12/8."""
    return meter.denominator == 8 and meter.numerator > 3 and meter.numerator % 3 == 0


@cache
def _repeated(name: str, steps: int, steps_per_quarter: int) -> GrooveTable:
    """Return a table of the file, repeated or cut to so many steps."""
    columns = statistics(FILE)[f"drums/{name}"]
    places = np.arange(steps) % columns.shape[1]
    return GrooveTable(**dict(zip(COLUMNS, columns[:, places], strict=True)), steps_per_quarter=steps_per_quarter)


class Place(IntEnum):
    """Where in the bar a note of a line falls."""

    DOWNBEAT = 0
    BEAT = 1
    EIGHTH = 2
    SIXTEENTH = 3


@dataclass(frozen=True, slots=True)
class LineSpread:
    """How a line is played off the grid, one number for each Place.

    offset_ms is the median lateness against the mean of the whole band (positive late), scatter_ms the mean distance
    from it: those of the kick for a bass, of hats and ride for a melody and keys. accent and velocity_scatter are of
    127: what a note there is louder than the line's mean, and the standard deviation left to chance.
    """

    offset_ms: tuple[float, ...]
    scatter_ms: tuple[float, ...]
    accent: tuple[float, ...]
    velocity_scatter: float


def place_of(start: Quarters, meter: Meter) -> Place:
    """Return the place of the bar that is nearest to a time; what is on no eighth is a sixteenth."""
    within = start % meter.bar_length
    if _near(within, meter.bar_length):
        return Place.DOWNBEAT
    if _near(within, COMPOUND_BEAT if is_compound(meter) else 1.0):
        return Place.BEAT
    return Place.EIGHTH if _near(within, 0.5) else Place.SIXTEENTH


def _near(time: Quarters, period: Quarters) -> bool:
    return abs(time - round(time / period) * period) < 1.0 / 12.0


@cache
def line_spread(role: Role) -> LineSpread:
    """Return how the lines of a role wander; there is none for drums (ValueError)."""
    if role is Role.DRUMS:
        raise ValueError("a line's spread is for melody, bass or keys, got drums")
    offset_ms, scatter_ms = statistics(FILE)["lines/bass" if role is Role.BASS else "lines/melody"]
    accent = [float(ACCENTS[np.array(_STEPS_OF[place])].mean()) for place in Place]
    return LineSpread(_told(offset_ms), _told(scatter_ms), tuple(accent), CHANCE)


def _told(row: np.typing.NDArray[np.float32]) -> tuple[float, ...]:
    return tuple(float(value) for value in row)
