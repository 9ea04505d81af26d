"""Four bars of a performance played as one, beside the same bars played two at a time."""

from dataclasses import replace
from typing import Final

import numpy as np

from groovescape_models.inference.runtime import Network
from groovescape_models.music.groove import FloatArray
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.feels import elsewhere
from groovescape_models.training.groove_batches import following
from groovescape_models.training.groove_measures import Misses, Playing, measure
from groovescape_models.training.groove_playing import expected, feels_of, with_feels

GRIDS: Final = ("hits", "velocities", "offsets")
HALVES: Final = (slice(0, 32), slice(32, 64))
WHOLE: Final = (slice(0, 64),)


def four_bar_windows(examples: ExampleArrays) -> ExampleArrays:
    """Return windows of four bars, (n, 64, 9), one for each example that another one follows."""
    after = following(examples)
    first = np.flatnonzero(after >= 0)
    parts = {name: [getattr(examples, name)[rows] for rows in (first, after[first])] for name in GRIDS}
    joined = {name: np.concatenate(halves, axis=1) for name, halves in parts.items()}
    return replace(examples.where(after >= 0), **joined)


def measure_four_bars(network: Network, examples: ExampleArrays) -> tuple[Misses, ...]:
    """Return what four-bar windows of examples are missed by: as one and in halves, without a feel and with one.

    The feel is that of another window of the performance, the same for both ways.
    """
    windows, others = four_bar_windows(examples), elsewhere(examples.sources, np.random.default_rng(1))
    feels = feels_of(network, examples)[others][following(examples) >= 0]
    ways = (("two bars at a time", HALVES), ("four bars as one", WHOLE))
    return tuple(
        measure(f"{feel}, {way}", _played(network, windows, cuts, feels, is_known), windows)
        for feel, is_known in (("expected feel", False), ("feel from elsewhere", True))
        for way, cuts in ways
    )


def _played(
    network: Network, windows: ExampleArrays, cuts: tuple[slice, ...], feels: FloatArray, is_known: bool
) -> Playing:
    parts = [replace(windows, **{name: getattr(windows, name)[:, cut] for name in GRIDS}) for cut in cuts]
    answers = [
        with_feels(network, part, feels) if is_known else expected(network, part, feels.shape[1]) for part in parts
    ]
    return Playing(*(np.concatenate([getattr(a, name) for a in answers], axis=1) for name in ("velocity", "offset")))
