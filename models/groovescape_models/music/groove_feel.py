"""What is measured of a groove: its swing, how late it is, and how many of its snare's hits are ghost notes."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from groovescape_models.music.drumkit import Drum
from groovescape_models.music.groove_grid import lateness
from groovescape_models.music.groove_hits import Hit
from groovescape_models.music.off_beats import EIGHTH_SWING, SIXTEENTH_SWING, off_beats
from groovescape_models.music.timing import STEPS_PER_QUARTER, Meter, Quarters, quarter_ms

GHOST: Final = 40 / 127
"""A hit of the snare that is softer than this is a ghost note."""
STRAIGHT: Final = 50.0
DOTTED: Final[Quarters] = 1.5
_OFTEN: Final = 0.08
"""Share of the notes that must be off-beats of a pair for its swing to count."""
ANTICIPATED: Final[Quarters] = 1 / 12
"""A note this near before a bar line belongs to the bar that it announces."""


def in_bar(starts: Sequence[Quarters], meter: Meter) -> tuple[Quarters, ...]:
    """Return the places of notes in their bars; a little before the bar line is a little before 0."""
    return tuple((start + ANTICIPATED) % meter.bar_length - ANTICIPATED for start in starts)


def swing_percent(places: Sequence[Quarters], hits: Sequence[Hit], grid: int, meter: Meter) -> float:
    """Return where off-beats fall in their pair, in percent: 50 is straight, 66.7 a triplet.

    places are those in the bar. On sixteenths, of eighths or of sixteenths, whichever swings more; where three eighths
    are a beat (6/8), eighths have no pairs. On triplets, of the hits on each third step. A pair counts if eight notes
    in a hundred, and at least two, are its off-beats. A drummer who is late throughout does not swing.
    """
    if grid != STEPS_PER_QUARTER:
        return _triplet_swing(hits)
    steady = np.asarray(places, np.float64)
    steady = steady - lateness(steady)
    pairs = (SIXTEENTH_SWING,) if beat_of(meter) == DOTTED else (EIGHTH_SWING, SIXTEENTH_SWING)
    found = (off_beats(steady, pair) for pair in pairs)
    least = max(2, _OFTEN * len(places))
    return max((pair.percent for pair in found if pair is not None and pair.count >= least), default=STRAIGHT)


def _triplet_swing(hits: Sequence[Hit]) -> float:
    offsets = [[hit.offset for hit in hits if hit.step % 3 == step] for step in (0, 2)]
    if len(offsets[1]) < max(2, _OFTEN * len(hits)):
        return STRAIGHT
    late = float(np.mean(offsets[1])) - (float(np.mean(offsets[0])) if offsets[0] else 0.0)
    return 100.0 * (2.0 + late) / 3.0


def beat_of(meter: Meter) -> Quarters:
    """Return the length of a beat: a dotted quarter in 6/8, 9/8 and 12/8, else a quarter."""
    return DOTTED if meter.denominator == 8 and meter.numerator > 3 and meter.numerator % 3 == 0 else 1.0


def feel_ms(hits: Sequence[Hit], grid: int, meter: Meter, tempo_bpm: float) -> float:
    """Return the mean lateness in ms of the hits on the beats, which no swing moves; of all where none is on one."""
    bar, beat = meter.bar_length * grid, beat_of(meter) * grid
    on_beats = [hit.offset for hit in hits if hit.step % bar % beat == 0]
    offsets = on_beats or [hit.offset for hit in hits]
    return float(np.mean(offsets)) / grid * quarter_ms(tempo_bpm) if offsets else 0.0


def ghost_share(hits: Sequence[Hit]) -> float:
    """Return the share of the snare's hits that are softer than 40 of 127; 0 without a snare."""
    snare = [hit.velocity for hit in hits if hit.drum is Drum.SNARE]
    return sum(velocity < GHOST for velocity in snare) / len(snare) if snare else 0.0
