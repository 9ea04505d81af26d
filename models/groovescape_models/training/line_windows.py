"""Windows of lines as a line network learns them: in C, in the vocabulary of the role, each with the bar before it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.harmony import shift_to_c
from groovescape_models.encoding.line_vocabulary import LineVocabulary, close_gaps
from groovescape_models.encoding.lines import NOTE_OFF, STEPS_PER_BAR, Tokens, moved
from groovescape_models.training.line_examples import LineExamples

NOTHING: Final = -1
"""The token of a bar that is not there."""


@dataclass(frozen=True, eq=False)
class LineWindows:
    """Many windows, stacked: row i of every array is window i.

    tokens int16 (n, S), counted as the vocabulary does; pasts int16 (n, 16), the bar before, NOTHING where there is
    none; conditions uint8 (n, beats, 36), zeros and ones; weights float64 (n,), how often to learn from a window.
    """

    tokens: Tokens
    pasts: Tokens
    conditions: NDArray[np.uint8]
    weights: NDArray[np.float64]

    def __len__(self) -> int:
        """Return the number of windows."""
        return len(self.tokens)

    def at(self, rows: NDArray[np.integer] | slice) -> "LineWindows":
        """Return the windows of some rows."""
        return LineWindows(self.tokens[rows], self.pasts[rows], self.conditions[rows], self.weights[rows])


def line_windows(examples: LineExamples, vocabulary: LineVocabulary, split: str, closed: bool = True) -> LineWindows:
    """Return the windows of one split, in C; gaps between notes are closed, or left as they were played."""
    rows = np.flatnonzero(examples.splits == split)
    shifts = np.array([shift_to_c(int(tonic)) for tonic in examples.tonics[rows]], np.int64)
    played = vocabulary.indices(moved(examples.tokens[rows], shifts[:, None]))
    tokens, pasts = with_pasts(played, examples.songs[rows], examples.bars[rows])
    if closed:
        tokens, pasts = close_gaps(tokens), close_gaps(pasts)
    return LineWindows(tokens, pasts, examples.conditions[rows], source_weights(examples.sources[rows]))


def source_weights(sources: NDArray[np.str_]) -> NDArray[np.float64]:
    """Return weights (n,) of mean 1 by which a source of n windows counts as the square root of n says.

    A collection ten times as large is heard three times as often: none drowns the others.
    """
    if not len(sources):
        return np.zeros(0)
    _, which, counts = np.unique(sources, return_inverse=True, return_counts=True)
    weights: NDArray[np.float64] = 1.0 / np.sqrt(counts[which])
    weights /= weights.mean()
    return weights


def with_pasts(tokens: Tokens, songs: NDArray[np.str_], bars: NDArray[np.int32]) -> tuple[Tokens, Tokens]:
    """Return windows (n, S) and the bar before each, (n, 16), found in the window that begins a bar earlier.

    A window alone begins in silence; where the bar before is known, its note may last into the window.
    """
    rows = {place: row for row, place in enumerate(zip(songs.tolist(), bars.tolist(), strict=True))}
    tokens, alone = tokens.copy(), tokens
    pasts = np.full((len(tokens), STEPS_PER_BAR), NOTHING, np.int16)
    for (song, bar), row in rows.items():
        before = rows.get((song, bar - 1))
        if before is not None:
            pasts[row] = alone[before, :STEPS_PER_BAR]
            tokens[row, :-STEPS_PER_BAR] = alone[before, STEPS_PER_BAR:]
    return tokens, pasts


def without_idle_off(tokens: Tokens) -> Tokens:
    """Return lines (n, S) less the note-off that comes before any note."""
    first = np.argmax(tokens > 0, axis=1)
    rows = np.arange(len(tokens))
    cleaned = tokens.copy()
    cleaned[rows, first] = np.where(tokens[rows, first] == NOTE_OFF, 0, tokens[rows, first])
    return cleaned
