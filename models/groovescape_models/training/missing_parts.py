"""What a drummer is not told: which cells of a performance are hidden, and what is tapped in their place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from groovescape_models.encoding.drums import TWO_BARS
from groovescape_models.music.drumkit import DRUM_COUNT, Drum
from groovescape_models.music.groove import BoolArray, FloatArray
from groovescape_models.training.examples import STEPS_PER_BAR

CYMBALS: Final = (Drum.CLOSED_HAT, Drum.OPEN_HAT, Drum.RIDE)
STEPS_PER_BEAT: Final = 4
BARS_IN_SLOTS: Final = ((12, 12), (12, 12), (8, 8), (16, 4), (14, 14), (10, 10))
"""Steps of two slots that bars of 3/4 (twice as often), 2/4, 5/4, 7/8 and 5/8 fill."""
Hide = Callable[[np.random.Generator], BoolArray]
"""Draws the cells that are known of two bars, bool (32, 9)."""


@dataclass(frozen=True, slots=True)
class Hiding:
    """Shares of the examples that each kind of question has; what is left knows nothing at all."""

    tap: float = 0.36
    hats: float = 0.12
    lanes: float = 0.28
    time: float = 0.15
    cells: float = 0.05


def taps_known(rng: np.random.Generator) -> BoolArray:
    """Return what is known beside a tap: mostly nothing, sometimes a bar or some lanes."""
    draw = rng.random()
    known = np.zeros((TWO_BARS, DRUM_COUNT), np.bool_)
    if draw < 0.25:
        known[:STEPS_PER_BAR] = True
    elif draw < 0.32:
        known[STEPS_PER_BAR:] = True
    elif draw < 0.45:
        known[:, rng.random(DRUM_COUNT) < 0.3] = True
    return known


def hats_known(rng: np.random.Generator) -> BoolArray:
    """Hide the closed hats, sometimes open ones and the ride with them."""
    known = np.ones((TWO_BARS, DRUM_COUNT), np.bool_)
    known[:, list(CYMBALS[: rng.choice([1, 1, 2, 3])])] = False
    return known


def lanes_known(rng: np.random.Generator) -> BoolArray:
    """Hide lanes: few or many, one at least."""
    hidden = rng.random(DRUM_COUNT) < rng.uniform(0.05, 0.95)
    hidden[rng.integers(DRUM_COUNT)] = True
    return np.tile(~hidden, (TWO_BARS, 1))


def time_known(rng: np.random.Generator) -> BoolArray:
    """Hide a bar or some beats: of every lane, or of some."""
    steps = np.ones(TWO_BARS, np.bool_)
    if rng.random() < 0.6:
        bar = int(rng.random() < 0.7)
        steps[bar * STEPS_PER_BAR : (bar + 1) * STEPS_PER_BAR] = False
    else:
        beats = rng.random(TWO_BARS // STEPS_PER_BEAT) < rng.uniform(0.2, 0.9)
        beats[rng.integers(len(beats))] = False
        steps = np.repeat(beats, STEPS_PER_BEAT)
    return steps[:, None] | (lanes_known(rng) if rng.random() < 0.4 else np.zeros((1, DRUM_COUNT), np.bool_))


def cells_known(rng: np.random.Generator) -> BoolArray:
    """Hide cells here and there."""
    known: BoolArray = rng.random((TWO_BARS, DRUM_COUNT)) < rng.uniform(0.1, 0.9)
    return known


def questions(count: int, how: Hiding, rng: np.random.Generator) -> tuple[BoolArray, BoolArray]:
    """Return what is known in so many examples, bool (n, 32, 9), and which of them have a tap, bool (n,)."""
    kinds: tuple[tuple[float, Hide], ...] = (
        (how.tap, taps_known),
        (how.hats, hats_known),
        (how.lanes, lanes_known),
        (how.time, time_known),
        (how.cells, cells_known),
    )
    places = np.searchsorted(np.cumsum([share for share, _ in kinds]), rng.random(count))
    known = np.zeros((count, TWO_BARS, DRUM_COUNT), np.bool_)
    for row, place in enumerate(places):
        if place < len(kinds):
            known[row] = kinds[place][1](rng)
    return known, places == 0


def tapped_parts(velocities: FloatArray, rng: np.random.Generator) -> tuple[FloatArray, BoolArray]:
    """Return what of performances (n, 32, 9) is tapped, as velocities, and where that is all there is, bool (n,).

    Most taps follow every stroke; some only the loud ones, and some only a few drums.
    """
    count = len(velocities)
    draw = rng.random(count)
    lowest = rng.uniform(0.15, 0.75, (count, 1, 1)) * velocities.max(axis=(1, 2), keepdims=True)
    lanes = rng.random((count, 1, DRUM_COUNT)) < rng.uniform(0.2, 0.6, (count, 1, 1))
    drums = rng.random((count, 1, 1)) < 0.5
    lanes = np.where(drums, np.isin(np.arange(DRUM_COUNT), (Drum.KICK, Drum.SNARE))[None, None], lanes)
    some = np.where((draw < 0.75)[:, None, None], velocities * (velocities >= lowest), velocities * lanes)
    strict = draw < 0.5
    heard = np.where(strict[:, None, None], velocities, some).astype(np.float32)
    empty = ~heard.any(axis=(1, 2))
    heard[empty] = velocities[empty]
    return heard, strict | empty


def outside_bars(count: int, share: float, rng: np.random.Generator) -> BoolArray:
    """Return the steps that lie in no bar, bool (n, 32, 1): of a share of the examples, as bars of other meters leave.

    They are known to be silent: a bar of 3/4 has 12 steps of its 16, one of 5/4 a bar and a beat.
    """
    lengths = np.array(BARS_IN_SLOTS)[rng.integers(0, len(BARS_IN_SLOTS), count)]
    lengths[rng.random(count) >= share] = STEPS_PER_BAR
    steps = np.arange(STEPS_PER_BAR)
    outside: BoolArray = (steps[None, None] >= lengths[:, :, None]).reshape(count, TWO_BARS, 1)
    return outside


def lanes_told(hidden: BoolArray, rng: np.random.Generator) -> BoolArray:
    """Return the lanes of which a drummer is told that they are struck, bool (n, 9), of hidden hits (n, 32, 9).

    Of some examples none, of some all, of some a few.
    """
    share = rng.choice((0.0, 0.0, 0.5, 1.0, 1.0), (len(hidden), 1))
    told: BoolArray = hidden.any(axis=1) & (rng.random((len(hidden), DRUM_COUNT)) < share)
    return told
