"""How loud new drum hits are among those that a pattern has."""

from dataclasses import replace
from typing import Final

import numpy as np

from groovescape_models.encoding.phrases import cut
from groovescape_models.engines.humanizer import Humanizer
from groovescape_models.music.cells import cell_of
from groovescape_models.music.groove import FloatArray
from groovescape_models.music.levels import levelled
from groovescape_models.music.pattern import Note, Pattern

RANGE: Final = (0.5, 1.5)
"""Bounds of the gain by which a pattern is louder or softer than a drummer would play it."""


class DrumLoudness:
    """Gives hits the velocities that a drummer would play them with."""

    def __init__(self, humanizer: Humanizer) -> None:
        """Use a humaniser."""
        self._humanizer = humanizer

    def __call__(self, pattern: Pattern, new: tuple[Note, ...], tempo_bpm: float) -> tuple[Note, ...]:
        """Return new notes with a drummer's velocities, as loud beside his as the notes of the pattern are."""
        whole = pattern.with_notes([*pattern.notes, *new])
        phrases = cut(whole)
        hits = phrases.grids.astype(np.bool_)
        expected = self._humanizer.decode(hits, tempo_bpm, None).velocity
        table = levelled(phrases.over_steps(expected), phrases.over_steps(hits))
        usual = _velocities(pattern.notes, table)
        gain = sum(note.velocity for note in pattern.notes) / sum(usual) if usual else 1.0
        wanted = np.clip(np.rint(np.clip(gain, *RANGE) * np.array(_velocities(new, table))), 1, 127).astype(int)
        return tuple(replace(note, velocity=value) for note, value in zip(new, wanted.tolist(), strict=True))


def _velocities(notes: tuple[Note, ...], table: FloatArray) -> list[float]:
    """Return what the table (steps, 9), in 0..1, says of notes, in 1..127; its own for a pitch that no lane shows."""
    cells = [cell_of(note) for note in notes]
    return [
        note.velocity if cell is None else 127.0 * float(table[cell.step % len(table), cell.drum])
        for note, cell in zip(notes, cells, strict=True)
    ]
