"""Where the bars of a score begin: its meters, and the upbeat that MIDI does not tell of."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from groovescape_models.music.midi_song import MidiSong
from groovescape_models.music.pattern import Note
from groovescape_models.training.tonal_song import BEATS_PER_BAR, BarGrid, Floats

BAR: Final = 4.0
"""Quarters of a bar of 4/4 or 2/2."""
PLAIN_BONUS: Final = 1.25
"""No upbeat is likelier than one."""
LONGEST_ACCENT: Final = 4.0
_METERS: Final = (4.0, "4/4", "2/2")


def score_grid(song: MidiSong, accents: Iterable[tuple[float, float]]) -> BarGrid:
    """Return the bars of 4/4 and 2/2 of a song; every stretch of another meter is one bar that is not whole.

    accents are (time in quarters, weight), such as long notes and changes of chord: the beat where most of them fall
    begins the bar, unless a change of meter tells better.
    """
    rows = np.array([*accents, (-1.0, 0.0)], np.float64)
    changes = [(change.time, str(change.meter)) for change in song.meters]
    changes = [change for change, later in pairwise([*changes, (song.length, "")]) if later[0] - change[0] > 1.0]
    starts: list[float] = []
    whole: list[bool] = []
    for (start, meter), (end, _) in pairwise([*changes, (song.length, "")]):
        bars = _bars(start, end, rows, end < song.length) if meter in _METERS else [start]
        first_is_upbeat = bool(bars) and bars[0] > start
        starts += [start, *bars] if first_is_upbeat else bars
        whole += [False] * first_is_upbeat + [meter in _METERS] * len(bars)
    return BarGrid(np.array(starts or [0.0]), np.array(whole or [False], np.bool_))


def _bars(start: float, end: float, accents: Floats, anchored: bool) -> list[float]:
    """Return where the whole bars between two times begin; anchored: a bar ends at the end."""
    upbeat = (end - start) % BAR if anchored else _upbeat(start, end, accents)
    return np.arange(start + upbeat, end - BAR + 0.1, BAR).tolist()


def _upbeat(start: float, end: float, accents: Floats) -> float:
    """Return the quarters before the first bar line that the accents speak for."""
    times = accents[:, 0] - start
    on_beat = (times > -0.01) & (times < end - start) & (np.abs(times - np.rint(times)) < 0.01)
    beats = np.rint(times[on_beat]).astype(int) % BEATS_PER_BAR
    weights = np.bincount(beats, np.minimum(accents[on_beat, 1], LONGEST_ACCENT), minlength=BEATS_PER_BAR)
    weights[0] *= PLAIN_BONUS
    return float(weights.argmax())


def note_accents(parts: Sequence[Iterable[Note]]) -> list[tuple[float, float]]:
    """Return the notes of parts as accents: the longer, the heavier."""
    return [(note.start, note.duration) for part in parts for note in part]
