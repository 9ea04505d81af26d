"""How hard each note of a pattern is played when its cells are played so: the groove's own way, and the input's."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from groovescape_models.engines.cell_feel import Array
from groovescape_models.engines.felt_cells import FeltCells

ACCENT_SHARE: Final = 0.5
"""Power of the groove's accents on a drum that has accents of its own: half of their loudness in decibels."""
ALIKE: Final = 2
"""Velocities that differ by no more than this are all alike."""
LOUDEST: Final = 127
SOFTER: Final = 0.6
"""Largest share of its loudness that a draw takes from a note: less would be a hole in a line of hats."""


@dataclass(frozen=True, slots=True)
class Loudness:
    """Velocities of notes, one each: around the accents of the input, the groove's own, and their scatter."""

    kept: tuple[int, ...]
    own: tuple[int, ...]
    scatter: tuple[float, ...]


def loudness_of(felt: FeltCells, velocity: Array, scatter: Array) -> Loudness:
    """Return how hard notes are played whose cells are played with velocities and scatter of 0..1, (K,).

    Where the whole input is alike, the groove's own velocities are its accents. A drum with accents of its own keeps
    them, and half of the groove's are played around them. The soft stroke of a flam stays as much softer than its
    main stroke. Pitches of no drum class keep their velocity.
    """
    notes, values = felt.pattern.notes, np.clip(velocity * LOUDEST, 1.0, LOUDEST)
    shares, usual = _shares(felt), _usual(felt, values)
    alike = _alike(
        [note.velocity for note, place in zip(notes, felt.places, strict=True) if place in felt.index] or [0]
    )
    rows = []
    for note, place in zip(notes, felt.places, strict=True):
        if place not in felt.index:
            rows.append((note.velocity, note.velocity, 0.0))
            continue
        cell, lane = felt.index[place], place[1]
        value, chance = float(values[cell]), float(scatter[cell]) * LOUDEST
        softer = note.velocity / felt.leaders[place].velocity
        share = 1.0 if alike else shares[lane]
        kept = value * softer if alike else note.velocity * (value / usual[lane]) ** share
        drawn = min(float(LOUDEST), max(-SOFTER * kept, kept * share * chance / value))
        rows.append((_velocity(kept), _velocity(value * softer), drawn))
    kept_row, own_row, scatter_row = zip(*rows, strict=True)
    return Loudness(kept_row, own_row, scatter_row)


def _velocity(value: float) -> int:
    return min(LOUDEST, max(1, round(value)))


def _alike(velocities: list[int]) -> bool:
    return max(velocities) - min(velocities) <= ALIKE


def _shares(felt: FeltCells) -> dict[int, float]:
    """Return the power of the groove's accents on each drum: all of it where the drum is played alike throughout."""
    given: dict[int, list[int]] = {}
    for note, (step, lane) in zip(felt.pattern.notes, felt.places, strict=True):
        if (step, lane) in felt.index:
            given.setdefault(lane, []).append(note.velocity)
    return {lane: 1.0 if _alike(velocities) else ACCENT_SHARE for lane, velocities in given.items()}


def _usual(felt: FeltCells, values: Array) -> dict[int, float]:
    """Return how hard the groove plays each drum on average."""
    return {int(lane): float(values[felt.lanes == lane].mean()) for lane in np.unique(felt.lanes)}
