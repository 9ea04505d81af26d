"""Pitches with a wanted range, register and contour, that keep the shape of a line.

A line is its mean pitch, its drift along time, and what is left. The three are scaled so that the goals are met, and
every note goes to the nearest pitch that is allowed. Single notes are moved last, for what is still missing.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.lines import FIRST_NOTE, MIN_PITCH, Tokens
from groovescape_models.latent.rhythm_search import Goal
from groovescape_models.latent.scales import Floats
from groovescape_models.music.groove import BoolArray

Steps = NDArray[np.intp]
SHAPE_COST: Final = 0.004
"""What a semitone of another shape weighs, in the mean of all notes."""
CHANGED_COST: Final = 0.03
"""What it weighs that every note has another pitch."""
SINGLE_COST: Final = 0.0004
"""What a semitone of a single note weighs."""
MAX_SINGLES: Final = 24
REACH: Final = 12
"""Semitones that a single note may be moved at once."""
LEAST_GAIN: Final = 1e-3
_CONTOURS: Final = (-0.2, -0.1, -0.04, 0.0, 0.04, 0.1, 0.2)
_FACTORS: Final = (0.8, 0.9, 1.0, 1.1, 1.25)
_SHIFTS: Final = (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5)


def search_pitches(steps: Steps, tokens: Tokens, allowed: BoolArray, free: BoolArray, goals: Sequence[Goal]) -> Tokens:
    """Return tokens (k,) of the notes at steps (k,), as near to the goals as is found.

    tokens (k,) are those that they have; allowed, bool (k, 90), are those that they may get, besides their own; only
    notes that are free, (k,), are moved.
    """
    if not len(steps) or not free.any():
        return tokens
    own = tokens.astype(np.int64)
    found = [own, _reshaped(steps, own, allowed, free, goals)]
    finished = [_singled(steps, notes, allowed, free, goals) for notes in found]
    scores = [float(_cost(steps, notes[None], own, goals)[0]) for notes in finished]
    return finished[int(np.argmin(scores))].astype(np.int16)


def _cost(steps: Steps, lines: NDArray[np.int64], own: NDArray[np.int64], goals: Sequence[Goal]) -> Floats:
    """Return how far lines (n, k) are from the goals, and how far they are from the line's own shape, (n,)."""
    shape = np.abs((lines - lines.mean(1, keepdims=True)) - (own - own.mean())).mean(axis=1)
    cost: Floats = distances(steps, lines, goals) + SHAPE_COST * shape + CHANGED_COST * (lines != own).mean(axis=1)
    return cost


def distances(steps: Steps, lines: NDArray[np.int64], goals: Sequence[Goal]) -> Floats:
    """Return the weighted distances of lines (n, k) to the goals, (n,)."""
    total = np.zeros(len(lines))
    for goal in goals:
        total += goal.weight * goal.scale.distance(MEASURES[goal.name](steps, lines.astype(np.float64)), goal.value)
    return total


def _reshaped(
    steps: Steps, own: NDArray[np.int64], allowed: BoolArray, free: BoolArray, goals: Sequence[Goal]
) -> NDArray[np.int64]:
    """Return the line whose mean, drift and rest are scaled so that it is nearest to the goals."""
    wanted = {goal.name: goal.value for goal in goals}
    shapes = _shapes(steps, own.astype(np.float64), wanted["contour"])
    widths = np.maximum(np.ptp(shapes, axis=1, keepdims=True), 1e-6)
    scaled = [shapes] + [shapes * (wanted["pitch range"] * factor / widths) for factor in _FACTORS]
    centre = wanted["register"] - MIN_PITCH + FIRST_NOTE
    centres = np.array([own.mean(), *(centre + shift for shift in _SHIFTS)])
    lines = (np.concatenate(scaled)[:, None] + centres[None, :, None]).reshape(-1, len(own))
    snapped = np.where(free, _snapped(lines, allowed), own)
    return np.asarray(snapped[int(np.argmin(_cost(steps, snapped, own, goals)))])


def _shapes(steps: Steps, line: Floats, contour: float) -> Floats:
    """Return the line around its mean with several contours near a wanted one, its own first, (n, k)."""
    apart, time = line - line.mean(), steps - steps.mean()
    spread = float(apart.std()) or 1.0
    if not time.std():
        return np.asarray(apart[None])
    time = time / time.std()
    drift = float((apart / spread * time).mean())
    rest = apart / spread - drift * time
    rest = rest / (float(rest.std()) or 1.0)
    contours = np.clip([contour + by for by in _CONTOURS], -0.999, 0.999)
    turned = spread * (contours[:, None] * time + np.sqrt(1.0 - contours[:, None] ** 2) * rest)
    return np.concatenate([apart[None], turned])


def _snapped(lines: Floats, allowed: BoolArray) -> NDArray[np.int64]:
    """Return lines (n, k) on the nearest tokens that are allowed, (k, 90)."""
    tokens = np.arange(allowed.shape[1])
    notes = allowed & (tokens >= FIRST_NOTE)
    far = np.where(notes[:, None, :], np.abs(tokens[None, :, None] - tokens[None, None, :]), 10**6)
    nearest = far.argmin(axis=2)
    rounded = np.clip(np.rint(lines), FIRST_NOTE, len(tokens) - 1).astype(np.int64)
    return np.asarray(nearest[np.arange(lines.shape[1])[None], rounded])


def _singled(
    steps: Steps, line: NDArray[np.int64], allowed: BoolArray, free: BoolArray, goals: Sequence[Goal]
) -> NDArray[np.int64]:
    """Return the line with single notes moved, one after the other, as long as that brings it nearer."""
    notes, tokens = np.nonzero(allowed & free[:, None] & (np.arange(allowed.shape[1]) >= FIRST_NOTE))
    for _ in range(MAX_SINGLES):
        near = np.abs(tokens - line[notes]) <= REACH
        places, choices = notes[near], tokens[near]
        lines = np.repeat(line[None], len(places) + 1, axis=0)
        lines[np.arange(len(places)), places] = choices
        total = distances(steps, lines, goals)
        total[:-1] += SINGLE_COST * np.abs(choices - line[places])
        best = int(np.argmin(total))
        if total[best] > total[-1] - LEAST_GAIN:
            break
        line = lines[best]
    return line


def _range(steps: Steps, lines: Floats) -> Floats:
    del steps
    return np.asarray(np.ptp(lines, axis=1), np.float64)


def _register(steps: Steps, lines: Floats) -> Floats:
    del steps
    return np.asarray(lines.mean(axis=1) - FIRST_NOTE + MIN_PITCH, np.float64)


def _contour(steps: Steps, lines: Floats) -> Floats:
    time = steps - steps.mean()
    apart = lines - lines.mean(axis=1, keepdims=True)
    size = np.sqrt((apart**2).sum(axis=1) * (time**2).sum())
    return np.where(size > 0, apart @ time / np.maximum(size, 1e-12), 0.0)


MEASURES: Final[Mapping[str, Callable[[Steps, Floats], Floats]]] = MappingProxyType(
    {"pitch range": _range, "register": _register, "contour": _contour}
)
"""Attributes of lines of tokens (n, k) whose notes begin at steps (k,): those of latent/grid_attributes.py."""
