"""Measures of a pattern, used by evaluation and bench. Frozen: a figure printed today means the same next year."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.drumkit import DRUM_COUNT, drum_of
from groovescape_models.music.feel import offset_ms
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import STEPS_PER_QUARTER, Meter, Quarters, nearest_step

EIGHTH_SWING: Final[Quarters] = 1.0
"""Pair of eighths whose second one swings."""
SIXTEENTH_SWING: Final[Quarters] = 0.5
"""Pair of sixteenths whose second one swings."""

_ON_BEAT: Final = 1 / 8
"""A note this near to the start of a pair (in parts of it) is on the beat: nearer than to a quarter of the pair."""
_OFF_BEAT: Final = ((1 / 4 + 1 / 2) / 2, (2 / 3 + 3 / 4) / 2)
"""Places in a pair that are nearer to its middle or to its triplet than to a quarter or three quarters of it."""


def density(pattern: Pattern) -> float:
    """Return hits a step, all lanes together: 0 for silence, 9 where every drum is hit on every sixteenth."""
    hits = _hits(pattern)
    return int(hits.sum()) / len(hits)


def lane_density(pattern: Pattern) -> NDArray[np.float64]:
    """Return hits a step of each drum class, shape (9,), each in 0..1."""
    return np.asarray(_hits(pattern).mean(axis=0), np.float64)


def velocity_mean(pattern: Pattern) -> float:
    """Return the mean velocity in 1..127; 0 without notes."""
    return _mean([note.velocity for note in pattern.notes])


def velocity_spread(pattern: Pattern) -> float:
    """Return the standard deviation of velocities (population, 0..63); 0 without notes."""
    return _spread([note.velocity for note in pattern.notes])


def offset_mean_ms(pattern: Pattern, tempo_bpm: float) -> float:
    """Return how late (positive) the notes are against their nearest sixteenths, mean in ms; 0 without notes."""
    return _mean([offset_ms(note, tempo_bpm) for note in _drum_notes(pattern)])


def offset_std_ms(pattern: Pattern, tempo_bpm: float) -> float:
    """Return the standard deviation (population) of the offsets from the sixteenths in ms; 0 without notes."""
    return _spread([offset_ms(note, tempo_bpm) for note in _drum_notes(pattern)])


def swing_percent(pattern: Pattern, pair: Quarters = SIXTEENTH_SWING) -> float | None:
    """Return where off-beats lie in their pair, in percent: 50 is straight, 66.7 a triplet; None without off-beats.

    The mean place of the off-beats less the mean lateness of the notes on the beats, so that a drummer who is late
    throughout does not swing. Roger Linn's definition of swing. pair is EIGHTH_SWING or SIXTEENTH_SWING.
    """
    places = np.array([note.start / pair % 1.0 for note in _drum_notes(pattern)], np.float64)
    off = places[(places >= _OFF_BEAT[0]) & (places < _OFF_BEAT[1])]
    if not off.size:
        return None
    lateness = (places + 0.5) % 1.0 - 0.5
    on = lateness[np.abs(lateness) < _ON_BEAT]
    return 100.0 * float(off.mean() - (on.mean() if on.size else 0.0))


def metrical_weights(meter: Meter) -> tuple[int, ...]:
    """Return the weight of each sixteenth of a bar: 0 for its first, -1 for the first of its parts, and so on.

    4/4 is (0, -4, -3, -4, -2, -4, -3, -4, -1, ...). 6/8, 9/8 and 12/8 are parted by dotted quarters, other meters by
    beats. Raises ValueError if the meter counts in anything shorter than sixteenths.
    """
    weights = [0]
    for level, parts in enumerate(_divisions(meter), start=1):
        weights = [value for weight in weights for value in (weight, *[-level] * (parts - 1))]
    return tuple(weights)


def syncopation(hits: NDArray[np.bool_], meter: Meter) -> float:
    """Return the syncopation of one drum's hits on the sixteenths, shape (steps,), a bar.

    Longuet-Higgins and Lee 1984 (The Rhythmic Interpretation of Monophonic Music, Music Perception 1, 424-441): a note
    of weight N sounds until the next note; if the heaviest sixteenth R in the silence behind it outweighs it, that is
    one syncopation of strength R - N. The strengths are summed, the pattern going round as a loop (as Sioros and
    Guedes 2011 do), and divided by the number of bars. Raises ValueError as metrical_weights does.
    """
    weights = metrical_weights(meter)
    onsets = np.flatnonzero(hits)
    total, steps = 0, len(hits)
    for onset, following in zip(onsets, np.roll(onsets, -1), strict=True):
        silence = range(onset + 1, following if following > onset else following + steps)
        own = weights[onset % len(weights)]
        total += max(0, max((weights[step % steps % len(weights)] for step in silence), default=own) - own)
    return total / (steps / len(weights))


def drum_syncopation(pattern: Pattern) -> float:
    """Return the syncopation a bar (see syncopation), summed over the nine drum classes."""
    return sum(syncopation(lane, pattern.meter) for lane in _hits(pattern).T)


def _divisions(meter: Meter) -> tuple[int, ...]:
    if meter.denominator > 16:
        raise ValueError(f"a beat must be a sixteenth or longer, {meter} has shorter ones")
    beats = meter.numerator
    parts = [beats // 3, 3] if meter.denominator == 8 and beats > 3 and beats % 3 == 0 else [beats]
    return tuple(factor for part in (*parts, 16 // meter.denominator) for factor in _factors(part))


def _factors(parts: int) -> list[int]:
    """Return the halvings of a number, then what is left: 4 is 2 x 2, 3 is 3, 6 is 2 x 3."""
    factors = []
    while parts % 2 == 0:
        factors.append(2)
        parts //= 2
    return factors + [parts] * (parts > 1)


def _hits(pattern: Pattern) -> NDArray[np.bool_]:
    """Return the hits of the loop, shape (steps, 9); one that rounds to the step behind the last is the first."""
    steps = max(1, round(pattern.length * STEPS_PER_QUARTER))
    hits = np.zeros((steps, DRUM_COUNT), np.bool_)
    for note in _drum_notes(pattern):
        hits[nearest_step(note.start) % steps, drum_of(note.pitch)] = True
    return hits


def _drum_notes(pattern: Pattern) -> list[Note]:
    return [note for note in pattern.notes if note.start < pattern.length and drum_of(note.pitch) is not None]


def _mean(values: list[float] | list[int]) -> float:
    return float(np.mean(values)) if values else 0.0


def _spread(values: list[float] | list[int]) -> float:
    return float(np.std(values)) if values else 0.0
