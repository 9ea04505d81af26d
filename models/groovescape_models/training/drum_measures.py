"""Measures of many drum patterns at once, and how far two collections of patterns lie apart."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.attributes import syncopation
from groovescape_models.music.groove import BoolArray
from groovescape_models.music.timing import Meter
from groovescape_models.training.examples import STEPS_PER_BAR

Measures = NDArray[np.float64]
QUANTILES: Final = (np.arange(200) + 0.5) / 200


def _hits(hits: BoolArray) -> Measures:
    return np.asarray(hits.sum((1, 2)), np.float64)


def _drums_used(hits: BoolArray) -> Measures:
    return np.asarray(hits.any(1).sum(1), np.float64)


def _steps_struck(hits: BoolArray) -> Measures:
    return np.asarray(hits.any(2).mean(1), np.float64)


def _bars_alike(hits: BoolArray) -> Measures:
    """Return the share of the first bar's hits and the second's that both have."""
    first, second = hits[:, :STEPS_PER_BAR], hits[:, STEPS_PER_BAR:]
    either = (first | second).sum((1, 2))
    return np.asarray((first & second).sum((1, 2)) / np.maximum(either, 1), np.float64)


def _syncopation(hits: BoolArray) -> Measures:
    meter = Meter()
    return np.array([sum(syncopation(lane, meter) for lane in pattern.T) for pattern in hits], np.float64)


MEASURES: Final[Mapping[str, Callable[[BoolArray], Measures]]] = MappingProxyType(
    {
        "hits a pattern": _hits,
        "drums used": _drums_used,
        "steps struck": _steps_struck,
        "bars alike": _bars_alike,
        "syncopation a bar": _syncopation,
    }
)
"""Each takes hits (n, 32, 9) and gives (n,)."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """One measure of samples beside real patterns: means, and Wasserstein-1 distances in the measure's own unit.

    floor is the distance of other real patterns (the validation split): what no model can be asked to beat.
    """

    name: str
    real_mean: float
    sample_mean: float
    distance: float
    floor: float


def wasserstein(a: Measures, b: Measures) -> float:
    """Return the mean distance of the quantiles of two collections of numbers."""
    return float(np.abs(np.quantile(a, QUANTILES) - np.quantile(b, QUANTILES)).mean())


def likenesses(samples: BoolArray, real: BoolArray, other: BoolArray) -> tuple[Likeness, ...]:
    """Return how like real patterns samples are, measure by measure and, last, in the density of the nine lanes.

    All are hits (n, 32, 9); other is more of the real ones, for the floor. The distance of the lanes is the sum of the
    nine differences in hits a step.
    """
    rows = [_likeness(name, measure(samples), measure(real), measure(other)) for name, measure in MEASURES.items()]
    lanes, real_lanes, other_lanes = (hits.mean((0, 1)) for hits in (samples, real, other))
    distance, floor = (float(np.abs(found - real_lanes).sum()) for found in (lanes, other_lanes))
    return (*rows, Likeness("lane densities", float(real_lanes.sum()), float(lanes.sum()), distance, floor))


def _likeness(name: str, samples: Measures, real: Measures, other: Measures) -> Likeness:
    distance, floor = wasserstein(samples, real), wasserstein(other, real)
    return Likeness(name, float(real.mean()), float(samples.mean()), distance, floor)
