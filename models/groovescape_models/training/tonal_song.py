"""A song of pitched parts on the sixteenth grid: what every tonal data set is brought to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.lines import MAX_PITCH, MIN_PITCH, NOTE_OFF, STEPS_PER_BAR, Tokens, token_of
from groovescape_models.music.chords import Chord
from groovescape_models.music.drumkit import DRUM_COUNT, drum_of
from groovescape_models.music.groove import BoolArray
from groovescape_models.music.key import SEMITONES, Key
from groovescape_models.music.pattern import Note, Role
from groovescape_models.music.timing import STEPS_PER_QUARTER

Floats = NDArray[np.float64]
BEATS_PER_BAR: Final = 4
MAX_OFF_GRID: Final = 0.2
"""Steps that a note may begin beside the grid; further off it is a triplet, an ornament or free time."""


@dataclass(frozen=True, eq=False)
class TonalSong:
    """Parts of a song in bars of 4/4.

    lines has tokens, int16 (16 * bars,), of the parts that there are; fits says of each, bool (bars,), where its bar is
    whole and on the grid; keys has one a bar, chords one a beat. hits, bool (16 * bars, 9), are the drums, if any.
    """

    name: str
    source: str
    style: str
    lines: Mapping[Role, Tokens]
    fits: Mapping[Role, BoolArray]
    keys: tuple[Key | None, ...]
    chords: tuple[Chord | None, ...]
    hits: BoolArray | None = None


@dataclass(frozen=True, eq=False)
class BarGrid:
    """Where bars begin: starts (bars,) in quarters, rising; whole, bool (bars,), is False for what is no bar of 4/4."""

    starts: Floats
    whole: BoolArray

    def __len__(self) -> int:
        """Return the number of bars."""
        return len(self.starts)

    def steps(self, times: Floats) -> Floats:
        """Return the place of times in steps from the first bar; in a bar that is too long, its end."""
        bars = np.maximum(0, np.searchsorted(self.starts, times + 1e-3, side="right") - 1)
        within = np.clip((times - self.starts[bars]) * STEPS_PER_QUARTER, -1.0, STEPS_PER_BAR)
        return np.asarray(bars * STEPS_PER_BAR + within, np.float64)


@dataclass(frozen=True, eq=False)
class Placed:
    """Notes on the grid: starts and ends in steps (not rounded), pitches; each (n,), in order of starts."""

    starts: Floats
    ends: Floats
    pitches: NDArray[np.int64]

    def where(self, keep: BoolArray) -> "Placed":
        """Return the notes whose entry in keep, bool (n,), is True."""
        return Placed(self.starts[keep], self.ends[keep], self.pitches[keep])


def placed(notes: Iterable[Note], grid: BarGrid) -> Placed:
    """Return notes on a grid, those before its first bar left out."""
    rows = np.array([(n.start, n.end, n.pitch) for n in notes], np.float64).reshape(-1, 3)
    rows = rows[rows[:, 0] > grid.starts[0] - 0.1]
    rows = rows[np.lexsort((rows[:, 2], rows[:, 0]))]
    found = Placed(grid.steps(rows[:, 0]), grid.steps(rows[:, 1]), rows[:, 2].astype(np.int64))
    return found.where(np.rint(found.starts) < STEPS_PER_BAR * len(grid))


def highest_line(notes: Placed, bars: int) -> Tokens:
    """Return the tokens of the highest of the notes that begin together, int16 (16 * bars,); each cuts the last."""
    return _line({step: (pitch, end) for step, end, pitch in _whole_steps(notes)}, bars)


def lowest_line(notes: Placed, bars: int) -> Tokens:
    """Return the tokens of the lowest notes: what begins above a note that still sounds is left out."""
    chosen: dict[int, tuple[int, int]] = {}
    low, until = 0, 0
    for step, end, pitch in _whole_steps(notes):
        if step not in chosen and (step >= until or pitch <= low):
            chosen[step] = (pitch, end)
            low, until = pitch, end
    return _line(chosen, bars)


def _whole_steps(notes: Placed) -> Iterable[tuple[int, int, int]]:
    starts, ends = np.rint(notes.starts).astype(int), np.rint(notes.ends).astype(int)
    return zip(starts.tolist(), np.maximum(ends, starts + 1).tolist(), notes.pitches.tolist(), strict=True)


def _line(chosen: Mapping[int, tuple[int, int]], bars: int) -> Tokens:
    tokens = np.zeros(bars * STEPS_PER_BAR, np.int16)
    for step, (pitch, _) in chosen.items():
        tokens[step] = token_of(pitch)
    for _, end in chosen.values():
        if end < len(tokens) and tokens[end] == 0:
            tokens[end] = NOTE_OFF
    return _without_idle_offs(tokens)


def _without_idle_offs(tokens: Tokens) -> Tokens:
    """Return tokens with only those note-offs that end a note."""
    events = np.flatnonzero(tokens)
    idle = (tokens[events] == NOTE_OFF) & (np.concatenate([[NOTE_OFF], tokens[events[:-1]]]) == NOTE_OFF)
    kept = tokens.copy()
    kept[events[idle]] = 0
    return kept


def fitting_bars(notes: Placed, grid: BarGrid) -> BoolArray:
    """Return the bars that are whole and whose notes all begin on the grid and in the range of lines, bool (bars,)."""
    fits = grid.whole.copy()
    bars = np.clip(np.rint(notes.starts).astype(int) // STEPS_PER_BAR, 0, len(grid) - 1)
    off = np.abs(notes.starts - np.rint(notes.starts)) > MAX_OFF_GRID
    fits[bars[off | (notes.pitches < MIN_PITCH) | (notes.pitches > MAX_PITCH)]] = False
    return fits


def pitch_class_weights(notes: Placed, bars: int) -> Floats:
    """Return how many steps each pitch class sounds in each beat, (4 * bars, 12)."""
    change = np.zeros((bars * STEPS_PER_BAR + 1, SEMITONES))
    first, last = (np.clip(np.rint(times).astype(int), 0, bars * STEPS_PER_BAR) for times in (notes.starts, notes.ends))
    np.add.at(change, (first, notes.pitches % SEMITONES), 1.0)
    np.add.at(change, (last, notes.pitches % SEMITONES), -1.0)
    return np.asarray(np.cumsum(change, 0)[:-1].reshape(-1, STEPS_PER_QUARTER, SEMITONES).sum(1), np.float64)


def drum_hits(notes: Placed, bars: int) -> BoolArray:
    """Return General MIDI drums as hits, bool (16 * bars, 9)."""
    hits = np.zeros((bars * STEPS_PER_BAR, DRUM_COUNT), np.bool_)
    for step, _, pitch in _whole_steps(notes):
        drum = drum_of(pitch)
        if drum is not None:
            hits[step, drum] = True
    return hits
