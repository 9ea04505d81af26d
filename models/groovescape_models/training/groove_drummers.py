"""What a humaniser misses of each drummer of the test split, beside how much of him it has learned from."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.groove_baselines import quantised
from groovescape_models.training.groove_measures import Playing, measure
from groovescape_models.training.groove_report import EXPECTED, QUANTISED


@dataclass(frozen=True, slots=True)
class DrummerMisses:
    """One drummer of the test split: his share of the training hits, and what is missed of his."""

    drummer: str
    share: float
    hits: int
    quantised_ms: float
    timing_ms: float
    velocity: float


def by_drummer(train: ExampleArrays, test: ExampleArrays, playing: Playing) -> Iterator[DrummerMisses]:
    """Yield the misses of each drummer of the test split, the one with the least training data first."""
    flat = quantised(train, test)
    shares = {name: train.hits[train.drummers == name].sum() / train.hits.sum() for name in np.unique(test.drummers)}
    for drummer in sorted(shares, key=lambda name: shares[name]):
        mine = np.broadcast_to((test.drummers == drummer)[:, None, None], test.hits.shape)
        ours = measure(EXPECTED, playing, test, among=mine)
        grid = measure(QUANTISED, flat, test, among=mine)
        hits = int((test.hits & mine).sum())
        yield DrummerMisses(
            str(drummer), float(shares[drummer]), hits, grid.timing_ms, ours.timing_ms, ours.velocity or 0.0
        )
