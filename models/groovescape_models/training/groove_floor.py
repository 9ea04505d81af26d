"""How consistent drummers are: each hit predicted from what the same drummer does in the other bars."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.drums import from_groove
from groovescape_models.music.groove import BoolArray, FloatArray, Groove
from groovescape_models.music.pattern import Pattern
from groovescape_models.training.examples import STEPS_PER_BAR, ExampleArrays
from groovescape_models.training.groove_measures import Playing

OTHER_BARS: Final = 3
"""A hit is predicted where its step and class are struck in so many other bars of the performance, or more."""

Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, eq=False)
class Performance:
    """The bars of one performance, (bars, 16, 9) each, with the examples that are windows of it.

    rows (n,) are the examples' indices, first_bars (n,) the bar that each begins with; tempo_bpm is the performance's.
    """

    rows: NDArray[np.intp]
    first_bars: NDArray[np.int32]
    hits: BoolArray
    velocities: FloatArray
    offsets: FloatArray
    tempo_bpm: float

    def without(self, first_bar: int) -> Pattern | None:
        """Return the performance as notes with two bars cut out; None if nothing is left."""
        kept = (np.arange(len(self.hits)) < first_bar) | (np.arange(len(self.hits)) > first_bar + 1)
        if not self.hits[kept].any():
            return None
        hits, velocities, offsets = self.hits[kept], self.velocities[kept], self.offsets[kept]
        rest = Groove(_in_a_row(hits), _in_a_row(velocities), _in_a_row(offsets), self.tempo_bpm)
        return from_groove(rest)


def performances(examples: ExampleArrays) -> Iterator[Performance]:
    """Yield every performance that examples are windows of."""
    for source in np.unique(examples.sources):
        rows = np.flatnonzero(examples.sources == source)
        bars = examples.bars[rows]
        yield Performance(
            rows,
            bars,
            _by_bar(examples.hits[rows], bars),
            _by_bar(examples.velocities[rows], bars),
            _by_bar(examples.offsets[rows], bars),
            float(examples.tempos_bpm[rows[0]]),
        )


def _by_bar(windows: NDArray[Number], bars: NDArray[np.int32]) -> NDArray[Number]:
    """Return the bars (bars, 16, 9) that windows (n, 32, 9) of two bars, beginning with bars (n,), are of."""
    whole = np.zeros((int(bars.max()) + 2, STEPS_PER_BAR, windows.shape[-1]), windows.dtype)
    for window, bar in zip(windows, bars, strict=True):
        whole[bar : bar + 2] = window.reshape(2, STEPS_PER_BAR, -1)
    return whole


def _in_a_row(bars: NDArray[Number]) -> NDArray[Number]:
    return bars.reshape(-1, bars.shape[-1])


def own_habits(examples: ExampleArrays) -> tuple[Playing, BoolArray]:
    """Return each hit as the median of its cell in the other bars of its performance, and where that is known.

    Known is bool (n, 32, 9): hits with OTHER_BARS such bars or more; elsewhere the answer is 0.
    """
    answer = np.zeros((2, *examples.hits.shape), np.float32)
    known = np.zeros(examples.hits.shape, np.bool_)
    for performance in performances(examples):
        others = performance.hits.sum(axis=0)[None] - performance.hits
        sure = performance.hits & (others >= OTHER_BARS)
        medians = [_of_the_others(values, performance.hits) for values in (performance.velocities, performance.offsets)]
        for row, bar in zip(performance.rows, performance.first_bars, strict=True):
            two = slice(bar, bar + 2)
            known[row] = sure[two].reshape(known[row].shape)
            for column, median in zip(answer, medians, strict=True):
                column[row] = np.where(known[row], median[two].reshape(known[row].shape), 0.0)
    return Playing(*answer), known


def _of_the_others(values: FloatArray, hits: BoolArray) -> FloatArray:
    """Return, for each bar, the medians over the hits of all other bars, (bars, 16, 9); 0 where there are none."""
    medians = np.zeros(values.shape, np.float32)
    for step, lane in np.argwhere(hits.any(axis=0)):
        struck = np.flatnonzero(hits[:, step, lane])
        own = values[struck, step, lane]
        for place, bar in enumerate(struck):
            rest = np.delete(own, place)
            medians[bar, step, lane] = np.median(rest) if rest.size else 0.0
    return medians
