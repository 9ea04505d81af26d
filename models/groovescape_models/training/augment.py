"""New drum patterns out of old ones: lanes recombined, bars swapped, beats rotated, drum machines mixed in."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.drums import TWO_BARS
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import BoolArray
from groovescape_models.training.examples import STEPS_PER_BAR

STEPS_PER_BEAT = 4
Kind = TypeVar("Kind", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Augmentation:
    """Shares of the patterns that are changed, each 0..1."""

    lane_shares: tuple[float, ...] = (0.0, 0.0, 0.3, 0.5)
    """Shares of the lanes taken from another performance; a pattern draws one of them."""
    machines: float = 0.1
    bar_swaps: float = 0.2
    rotations: float = 0.1


def augment(
    hits: BoolArray, pool: BoolArray, machines: BoolArray, how: Augmentation, rng: np.random.Generator
) -> BoolArray:
    """Return as many patterns as hits has, bool (n, 32, 9), changed as how says; none in place.

    pool (m, 32, 9) lends lanes; machines (k, 32, 9), perhaps empty, replace whole patterns.
    """
    hits = recombine_lanes(hits, pool, how.lane_shares, rng)
    if len(machines):
        chosen = rng.random(len(hits)) < how.machines
        hits = np.where(chosen[:, None, None], machines[rng.integers(0, len(machines), len(hits))], hits)
    swapped = rng.random(len(hits)) < how.bar_swaps
    hits = np.where(swapped[:, None, None], np.roll(hits, STEPS_PER_BAR, axis=1), hits)
    return rotate_beats(hits, how.rotations, rng)


def recombine_lanes(hits: BoolArray, pool: BoolArray, shares: tuple[float, ...], rng: np.random.Generator) -> BoolArray:
    """Return each pattern with some lanes of another one from the pool, each lane with the share that it drew."""
    others = pool[rng.integers(0, len(pool), len(hits))]
    taken = rng.random((len(hits), DRUM_COUNT)) < rng.choice(shares, (len(hits), 1))
    return np.where(taken[:, None, :], others, hits)


def rotate_beats(hits: NDArray[Kind], share: float, rng: np.random.Generator) -> NDArray[Kind]:
    """Return the patterns (n, 32, width), a share of them begun on another beat."""
    beats = rng.integers(1, TWO_BARS // STEPS_PER_BEAT, len(hits)) * (rng.random(len(hits)) < share)
    steps = (np.arange(TWO_BARS)[None, :] - STEPS_PER_BEAT * beats[:, None]) % TWO_BARS
    turned: NDArray[Kind] = np.take_along_axis(hits, steps[:, :, None], axis=1)
    return turned
