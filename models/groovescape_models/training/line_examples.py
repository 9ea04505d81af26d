"""Training examples of melodies and basses: bars of tokens with their key and chords, stacked, kept in a file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.harmony import CONDITION_SIZE
from groovescape_models.encoding.lines import STEPS_PER_BAR, Tokens
from groovescape_models.errors import DataSetError
from groovescape_models.training.tonal_song import BEATS_PER_BAR


@dataclass(frozen=True, eq=False)
class LineExample:
    """Some bars of one part: tokens as played, the key's tonic and scale ("" unknown), condition as LineExamples."""

    tokens: Tokens
    tonic: int
    scale: str
    condition: NDArray[np.uint8]
    style: str
    song: str
    split: str
    source: str
    bar: int


@dataclass(frozen=True, eq=False)
class LineExamples:
    """Many examples, stacked: row i of every array is example i.

    tokens int16 (n, steps), as played; tonics int8 (n,) and scales, text (n,), name the key; conditions uint8
    (n, beats, 36), zeros and ones relative to the tonic (encoding/harmony.py); styles, songs, splits ("train",
    "validation", "test", by song), sources: text (n,); bars int32 (n,), the first bar in the song.
    """

    tokens: Tokens
    tonics: NDArray[np.int8]
    scales: NDArray[np.str_]
    conditions: NDArray[np.uint8]
    styles: NDArray[np.str_]
    songs: NDArray[np.str_]
    splits: NDArray[np.str_]
    sources: NDArray[np.str_]
    bars: NDArray[np.int32]

    def __len__(self) -> int:
        """Return the number of examples."""
        return len(self.tokens)

    def where(self, keep: NDArray[np.bool_]) -> "LineExamples":
        """Return the examples whose entry in keep, bool (n,), is True."""
        return self._each(lambda array: array[keep])

    def split(self, name: str) -> "LineExamples":
        """Return the examples of one split."""
        return self.where(self.splits == name)

    def save(self, path: Path) -> None:
        """Write the arrays as .npz."""
        np.savez_compressed(path, **{field.name: getattr(self, field.name) for field in fields(self)})

    def _each(self, change: Callable[[NDArray[np.generic]], NDArray[np.generic]]) -> "LineExamples":
        return LineExamples(**{field.name: change(getattr(self, field.name)) for field in fields(self)})  # type: ignore[arg-type]  # every field keeps its own dtype


def stack_lines(examples: Iterable[LineExample], bars: int) -> LineExamples:
    """Return examples of so many bars as arrays; none at all give arrays of length 0."""
    rows = list(examples)
    beats = (len(rows), bars * BEATS_PER_BAR, CONDITION_SIZE)
    return LineExamples(
        np.array([row.tokens for row in rows], np.int16).reshape(len(rows), bars * STEPS_PER_BAR),
        np.array([row.tonic for row in rows], np.int8),
        np.array([row.scale for row in rows], np.str_),
        np.array([row.condition for row in rows], np.uint8).reshape(beats),
        np.array([row.style for row in rows], np.str_),
        np.array([row.song for row in rows], np.str_),
        np.array([row.split for row in rows], np.str_),
        np.array([row.source for row in rows], np.str_),
        np.array([row.bar for row in rows], np.int32),
    )


def read_lines(path: Path) -> LineExamples:
    """Return the examples that save wrote; DataSetError if the file is not there or not of them."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            return LineExamples(**{field.name: archive[field.name] for field in fields(LineExamples)})
    except (OSError, ValueError, KeyError) as error:
        raise DataSetError(f"{path} holds no examples of lines ({error}); make it again from the data sets.") from error
