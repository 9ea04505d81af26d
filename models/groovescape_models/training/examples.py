"""Training examples: two bars of drums on the sixteenth grid, one at a time and stacked."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.drums import TWO_BARS
from groovescape_models.music.groove import BoolArray, FloatArray, Groove

STEPS_PER_BAR: Final = 16


@dataclass(frozen=True, eq=False)
class Example:
    """Two bars of one performance.

    groove has 32 steps; its offsets are in steps, positive is late. source names the file, bar is its first bar there.
    split is "train", "validation" or "test" as the data set's authors drew it.
    """

    groove: Groove
    style: str
    drummer: str
    split: str
    source: str
    bar: int


@dataclass(frozen=True, eq=False)
class ExampleArrays:
    """Many examples, stacked: row i of every array is example i.

    hits bool (n, 32, 9); velocities float32 (n, 32, 9) in 0..1; offsets float32 (n, 32, 9) in steps, positive is late;
    tempos_bpm float32 (n,); styles, drummers, splits, sources: text (n,); bars int32 (n,).
    """

    hits: BoolArray
    velocities: FloatArray
    offsets: FloatArray
    tempos_bpm: FloatArray
    styles: NDArray[np.str_]
    drummers: NDArray[np.str_]
    splits: NDArray[np.str_]
    sources: NDArray[np.str_]
    bars: NDArray[np.int32]

    def __len__(self) -> int:
        """Return the number of examples."""
        return int(self.hits.shape[0])

    def where(self, keep: NDArray[np.bool_]) -> "ExampleArrays":
        """Return the examples whose entry in keep, bool (n,), is True."""
        return self._each(lambda array: array[keep])

    def split(self, name: str) -> "ExampleArrays":
        """Return the examples of one official split."""
        return self.where(self.splits == name)

    def _each(self, change: Callable[[NDArray[np.generic]], NDArray[np.generic]]) -> "ExampleArrays":
        return ExampleArrays(**{name: change(getattr(self, name)) for name in self.__dataclass_fields__})  # type: ignore[arg-type]  # every field keeps its own dtype


def stack(examples: Iterable[Example]) -> ExampleArrays:
    """Return examples as arrays; none at all give arrays of length 0."""
    rows = list(examples)
    grids = (len(rows), TWO_BARS, 9)
    return ExampleArrays(
        np.array([e.groove.hits for e in rows], np.bool_).reshape(grids),
        np.array([e.groove.velocities for e in rows], np.float32).reshape(grids),
        np.array([e.groove.offsets for e in rows], np.float32).reshape(grids),
        np.array([e.groove.tempo_bpm for e in rows], np.float32),
        np.array([e.style for e in rows], np.str_),
        np.array([e.drummer for e in rows], np.str_),
        np.array([e.split for e in rows], np.str_),
        np.array([e.source for e in rows], np.str_),
        np.array([e.bar for e in rows], np.int32),
    )


def two_bar_windows(groove: Groove) -> Iterator[tuple[int, Groove]]:
    """Yield (first bar, two bars) of a performance, one bar further each time; silent windows are left out.

    A performance of one bar gives one window, its second bar empty (Gillick et al. 2019, section 3).
    """
    bars = max(1, -(-groove.steps // STEPS_PER_BAR))
    padding = ((0, (bars + 1) * STEPS_PER_BAR - groove.steps), (0, 0))
    hits: BoolArray = np.pad(groove.hits, padding)
    velocities: FloatArray = np.pad(groove.velocities, padding)
    offsets: FloatArray = np.pad(groove.offsets, padding)
    for bar in range(max(1, bars - 1)):
        part = slice(bar * STEPS_PER_BAR, bar * STEPS_PER_BAR + TWO_BARS)
        if hits[part].any():
            yield bar, Groove(hits[part].copy(), velocities[part].copy(), offsets[part].copy(), groove.tempo_bpm)
