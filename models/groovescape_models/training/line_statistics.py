"""Counts of the tonal data sets for the algorithmic engine: resources/statistics/melody.npz and bass.npz.

The arrays are those of engines/markov_lines.py: "onset" (16, 8), "held" (8,), "move" (5, 15), "tone" (2, 7). All from
two-bar windows of the training split in seven-note scales.
"""

from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.harmony import BEATS_PER_BAR
from groovescape_models.encoding.lines import FIRST_NOTE, HOLD, MIN_PITCH, STEPS_PER_BAR
from groovescape_models.engines.markov_lines import GAP_CLASSES, MOVES, REACH, degrees_above, gap_class, move_class
from groovescape_models.music.key import SCALES, SEMITONES
from groovescape_models.music.pattern import Role
from groovescape_models.training.bundle import weights_file
from groovescape_models.training.drum_statistics import FOLDER
from groovescape_models.training.line_examples import LineExamples

LEAN: Final = 2.0
"""Imagined sightings of the coarser table beside the real ones."""
WINDOWS: Final = 20_000
"""More windows than this change no table any more."""
DEGREES: Final = 7
Counts = NDArray[np.float64]


def write_line_statistics(resources: Path, role: Role, lines: LineExamples) -> None:
    """Write the file of a role below a resources folder from two-bar lines of the training split."""
    known = np.array([len(SCALES.get(str(scale), ())) == DEGREES for scale in lines.scales])
    rows = np.flatnonzero(known)
    if len(rows) > WINDOWS:
        rows = np.random.default_rng(0).choice(rows, WINDOWS, replace=False)
    counter = LineCounter()
    for row in rows:
        counter.add(lines.tokens[row], int(lines.tonics[row]), str(lines.scales[row]), lines.conditions[row])
    path = resources / FOLDER / f"{role.value}.npz"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(weights_file({name: table.astype(np.float32) for name, table in counter.tables().items()}))


class LineCounter:
    """Counts one line after the other."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._onset: Counts = np.zeros((2, STEPS_PER_BAR, GAP_CLASSES))
        self._held: Counts = np.zeros((2, GAP_CLASSES))
        self._move: Counts = np.zeros((MOVES, 2 * REACH + 1))
        self._tone: Counts = np.zeros((2, DEGREES))

    def add(self, tokens: NDArray[np.int16], tonic: int, scale: str, condition: NDArray[np.float32]) -> None:
        """Count a line of tokens (steps,) in a seven-note scale; condition (beats, 36) is relative to the tonic."""
        onsets = np.flatnonzero(tokens >= FIRST_NOTE)
        self._add_rhythm(tokens, onsets)
        degrees = [_ladder_step(int(tokens[at]) - FIRST_NOTE + MIN_PITCH - tonic, SCALES[scale]) for at in onsets]
        moves = [min(REACH, max(-REACH, after - before)) for before, after in pairwise(degrees)]
        for before, after in pairwise([0, *moves]):
            self._move[move_class(before), after + REACH] += 1.0
        for at, degree in zip(onsets, degrees, strict=True):
            root = condition[at // (STEPS_PER_BAR // BEATS_PER_BAR), SEMITONES : 2 * SEMITONES]
            if root.any():
                pitch_class = SCALES[scale][degree % DEGREES]
                self._tone[int(at % 4 == 0), degrees_above(pitch_class, int(np.argmax(root)), SCALES[scale])] += 1.0

    def tables(self) -> dict[str, Counts]:
        """Return the tables of all that was counted."""
        place = _chances(self._onset.sum(2), np.full(STEPS_PER_BAR, 0.25))
        return {
            "onset": _chances(self._onset, place[:, None]),
            "held": _chances(self._held, np.full(GAP_CLASSES, 0.5)),
            "move": _shares(self._move + LEAN * self._move.sum(0) / self._move.sum()),
            "tone": _shares(self._tone),
        }

    def _add_rhythm(self, tokens: NDArray[np.int16], onsets: NDArray[np.intp]) -> None:
        last: int | None = None
        for step, token in enumerate(tokens):
            struck = int(token >= FIRST_NOTE)
            self._onset[struck, step % STEPS_PER_BAR, gap_class(None if last is None else step - last)] += 1.0
            last = step if struck else last
        for at, following in pairwise(onsets.tolist()):
            held = int((tokens[at + 1 : following] == HOLD).all())
            self._held[held, gap_class(following - at)] += 1.0


def _ladder_step(pitch: int, scale: tuple[int, ...]) -> int:
    """Return the number of the scale step nearest to a pitch that is counted from a tonic."""
    octave, within = divmod(pitch, SEMITONES)
    return octave * DEGREES + min(range(DEGREES), key=lambda i: abs(scale[i] - within))


def _chances(seen: Counts, coarse: Counts) -> Counts:
    chances: Counts = np.clip((seen[1] + LEAN * coarse) / (seen.sum(0) + LEAN), 1e-3, 1.0 - 1e-3)
    return chances


def _shares(seen: Counts) -> Counts:
    """Return each row as shares of its sum; what was never seen keeps a little."""
    some = seen + 1e-3 * seen.sum(axis=1, keepdims=True) + 1e-6
    shares: Counts = some / some.sum(axis=1, keepdims=True)
    return shares
