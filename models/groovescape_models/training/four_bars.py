"""Four bars of one part, or of several that are played together, as the models of four bars learn them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.harmony import CONDITION_SIZE
from groovescape_models.encoding.lines import STEPS_PER_BAR, Tokens
from groovescape_models.errors import DataSetError
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import BoolArray
from groovescape_models.music.pattern import Role
from groovescape_models.training.tonal_song import BEATS_PER_BAR

BARS: Final = 4
STEPS: Final = BARS * STEPS_PER_BAR
BEATS: Final = BARS * BEATS_PER_BAR
LANES: Final = (Role.MELODY, Role.BASS, Role.DRUMS)
"""Magenta's order."""


@dataclass(frozen=True, eq=False)
class Window:
    """Four bars: the parts that there are (tokens in C, or hits), their harmony, and where they are from."""

    parts: dict[Role, Tokens | BoolArray]
    style: str
    song: str
    split: str
    source: str
    condition: NDArray[np.uint8] | None = None


@dataclass(frozen=True, eq=False)
class FourBars:
    """Many windows of four bars, stacked: row i of every array is window i.

    melody and bass int16 (n, 64), tokens in C and in the range of their role; hits bool (n, 64, 9); has bool (n, 3)
    says which of melody, bass and drums there are, the others being silent; conditions uint8 (n, 16, 36); styles,
    songs, splits and sources: text (n,).
    """

    melody: Tokens
    bass: Tokens
    hits: BoolArray
    has: BoolArray
    conditions: NDArray[np.uint8]
    styles: NDArray[np.str_]
    songs: NDArray[np.str_]
    splits: NDArray[np.str_]
    sources: NDArray[np.str_]

    def __len__(self) -> int:
        """Return the number of windows."""
        return len(self.has)

    def at(self, rows: NDArray[np.integer] | BoolArray) -> "FourBars":
        """Return the windows of some rows."""
        return self._each(lambda array: array[rows])

    def split(self, name: str) -> "FourBars":
        """Return the windows of one split."""
        return self.at(self.splits == name)

    def grids(self, role: Role) -> Tokens | BoolArray:
        """Return the grids of a lane, (n, 64) or (n, 64, 9)."""
        return self.hits if role is Role.DRUMS else self.bass if role is Role.BASS else self.melody

    def save(self, path: Path) -> None:
        """Write the arrays as .npz."""
        np.savez_compressed(path, **{field.name: getattr(self, field.name) for field in fields(self)})

    def _each(self, change: Callable[[NDArray[np.generic]], NDArray[np.generic]]) -> "FourBars":
        return FourBars(**{field.name: change(getattr(self, field.name)) for field in fields(self)})  # type: ignore[arg-type]  # every field keeps its own dtype


def read_four_bars(path: Path) -> FourBars:
    """Return the windows that save wrote; DataSetError if the file is not there or not of them."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            return FourBars(**{field.name: archive[field.name] for field in fields(FourBars)})
    except (OSError, ValueError, KeyError) as error:
        raise DataSetError(f"{path} holds no windows of four bars ({error}); make it again.") from error


def stack_windows(windows: Iterable[Window]) -> FourBars:
    """Return windows as arrays; none at all give arrays of length 0."""
    rows = list(windows)
    bars = FourBars(
        np.zeros((len(rows), STEPS), np.int16),
        np.zeros((len(rows), STEPS), np.int16),
        np.zeros((len(rows), STEPS, DRUM_COUNT), np.bool_),
        np.array([[lane in row.parts for lane in LANES] for row in rows], np.bool_).reshape(-1, len(LANES)),
        np.zeros((len(rows), BEATS, CONDITION_SIZE), np.uint8),
        np.array([row.style for row in rows], np.str_),
        np.array([row.song for row in rows], np.str_),
        np.array([row.split for row in rows], np.str_),
        np.array([row.source for row in rows], np.str_),
    )
    for index, row in enumerate(rows):
        for role, grid in row.parts.items():
            bars.grids(role)[index] = grid
        if row.condition is not None:
            bars.conditions[index] = row.condition
    return bars


def joined(first: FourBars, second: FourBars) -> FourBars:
    """Return the windows of both."""
    names = [field.name for field in fields(FourBars)]
    return FourBars(**{name: np.concatenate([getattr(first, name), getattr(second, name)]) for name in names})


def drums_alone(bars: FourBars) -> BoolArray:
    """Return which windows have drums and nothing else, bool (n,)."""
    return np.asarray(bars.has[:, -1] & (bars.has.sum(1) == 1))


def lines_alone(bars: FourBars) -> BoolArray:
    """Return which windows have melody and bass and no drums, bool (n,)."""
    return np.asarray(bars.has[:, :-1].all(1) & ~bars.has[:, -1])


def married(bars: FourBars, pool: FourBars, rng: np.random.Generator) -> FourBars:
    """Return windows with drums put under melody and bass without any, and lines over drums alone, drawn from a pool.

    Lines keep their harmony, drums their style; what belongs together already stays as it is. A pool without one or the
    other gives nothing.
    """
    drums, lines = np.flatnonzero(drums_alone(pool)), np.flatnonzero(lines_alone(pool))
    want_drums, want_lines = np.flatnonzero(lines_alone(bars)), np.flatnonzero(drums_alone(bars))
    if not len(drums) or not len(lines):
        return bars
    there = bars.at(np.arange(len(bars)))
    given = pool.at(rng.choice(drums, len(want_drums)))
    there.hits[want_drums], there.styles[want_drums] = given.hits, given.styles
    given = pool.at(rng.choice(lines, len(want_lines)))
    there.melody[want_lines], there.bass[want_lines] = given.melody, given.bass
    there.conditions[want_lines] = given.conditions
    there.has[want_drums] = there.has[want_lines] = True
    return there
