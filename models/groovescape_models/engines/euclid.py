"""Euclidean rhythms: k hits spread over n steps as evenly as they go.

Toussaint 2005: The Euclidean Algorithm Generates Traditional Musical Rhythms.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.drumkit import DRUM_COUNT, Drum
from groovescape_models.music.timing import STEPS_PER_QUARTER, Meter

SHARES: Final = {
    Drum.KICK: (0.12, 0.35),
    Drum.CLOSED_HAT: (0.4, 1.0),
    Drum.OPEN_HAT: (0.0, 0.13),
    Drum.LOW_TOM: (0.0, 0.13),
    Drum.HIGH_TOM: (0.0, 0.2),
}
"""Least and most hits a step of each lane that is drawn; the snare keeps the backbeat."""
GHOSTS: Final = (0.0, 0.2)
"""Least and most soft snare hits a step around the backbeat."""


def euclid(hits: int, steps: int, rotation: int = 0) -> NDArray[np.bool_]:
    """Return a Euclidean rhythm, bool (steps,): E(3, 8) is x..x..x. ; rotation moves it later.

    Bresenham's line gives the same necklaces as Bjorklund's algorithm, up to rotation. Raises ValueError unless
    0 <= hits <= steps.
    """
    if not 0 <= hits <= steps:
        raise ValueError(f"hits must be in 0..{steps}, got {hits}")
    places = -(-np.arange(hits) * steps // max(1, hits))
    rhythm = np.zeros(steps, np.bool_)
    rhythm[(places + rotation) % steps] = True
    return rhythm


def draw_euclid(meter: Meter, bars: int, temperature: float, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Return hits, bool (bars * bar steps, 9): a Euclidean rhythm a lane, repeated, the last bar turned a little.

    temperature widens the choice of hits a lane.
    """
    bar_steps = round(meter.bar_length * STEPS_PER_QUARTER)
    bar = np.zeros((bar_steps, DRUM_COUNT), np.bool_)
    for lane, (least, most) in SHARES.items():
        share = np.clip(_between(least, most, temperature, rng), 0.0, 1.0)
        rotation = 0 if lane is Drum.KICK else int(rng.integers(0, 4))
        bar[:, lane] = euclid(round(share * bar_steps), bar_steps, rotation)
    bar[:, Drum.SNARE] = _backbeat(meter, bar_steps) | _ghosts(bar_steps, temperature, rng)
    bar[:, Drum.CLOSED_HAT] &= ~bar[:, Drum.OPEN_HAT]
    hits = np.tile(bar, (bars, 1))
    if bars > 1:
        hits[-bar_steps:, Drum.KICK] = np.roll(bar[:, Drum.KICK], int(rng.integers(0, 3)))
    return hits


def _between(least: float, most: float, temperature: float, rng: np.random.Generator) -> float:
    middle = (least + most) / 2.0
    return middle + (rng.uniform(least, most) - middle) * temperature


def _backbeat(meter: Meter, bar_steps: int) -> NDArray[np.bool_]:
    """Return the snare's place: beats 2 and 4 of 4/4, the last beats of 3/4, the second half of compound meters."""
    beat = STEPS_PER_QUARTER * 4 // meter.denominator
    compound = meter.denominator == 8 and meter.numerator % 3 == 0 and meter.numerator > 3
    pulse = beat * 3 if compound else beat
    snare = np.zeros(bar_steps, np.bool_)
    snare[max(1, pulse) :: max(1, 2 * pulse)] = True
    return snare


def _ghosts(bar_steps: int, temperature: float, rng: np.random.Generator) -> NDArray[np.bool_]:
    share = np.clip(_between(*GHOSTS, temperature, rng), 0.0, 1.0)
    return euclid(round(float(share) * bar_steps), bar_steps, int(rng.integers(0, bar_steps)))
