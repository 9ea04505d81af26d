"""Rhythms as bits, so that a thousand of them are measured in a millisecond: bit i is the sixteenth i of a loop.

A loop has at most 64 sixteenths. The measures are those of music/attributes.py, number for number.
"""

from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.attributes import OFF_BEAT_SHARE, metrical_weights
from groovescape_models.music.timing import Meter

Rows = NDArray[np.uint64]
"""Rhythms, each one number."""
_Bits = NDArray[Any]
"""Rows of 32 or of 64 bits."""
Floats = NDArray[np.float64]
MAX_STEPS: Final = 64
NARROW_STEPS: Final = 32
"""Up to so many steps half the bits do."""
STEPS_PER_BAR: Final = 16


def packed(hits: NDArray[np.bool_]) -> Rows:
    """Return hits (..., steps) as numbers (...); ValueError if there are more than 64 steps."""
    steps = hits.shape[-1]
    if steps > MAX_STEPS:
        raise ValueError(f"a rhythm must have at most {MAX_STEPS} steps, got {steps}")
    rows: Rows = (hits.astype(np.uint64) << np.arange(steps, dtype=np.uint64)).sum(axis=-1, dtype=np.uint64)
    return rows


def unpacked(rows: Rows, steps: int) -> NDArray[np.bool_]:
    """Return numbers (...) as hits (..., steps)."""
    return (rows[..., None] >> np.arange(steps, dtype=np.uint64) & np.uint64(1)).astype(np.bool_)


def syncopations(rows: Rows, steps: int) -> Floats:
    """Return the syncopation a bar of 4/4 of each rhythm (Longuet-Higgins and Lee 1984; attributes.syncopation).

    An onset of weight N scores a point for every weight above N that a sixteenth reaches in the silence behind it: the
    sum of these points is the sum of the strengths R - N.
    """
    onsets, silences = _reaches(steps)
    struck, sounded = rows[..., None] & onsets, rows[..., None] & silences
    points: Floats = ((struck != 0) & (sounded == 0)).sum(axis=-1) / (steps / STEPS_PER_BAR)
    return points


def graded_syncopations(rows: Rows, steps: int) -> Floats:
    """Return the syncopation of lines whose notes begin there (attributes.line_syncopation)."""
    weakness = -np.resize(np.array(metrical_weights(Meter()), np.float64), steps)
    onsets = unpacked(rows, steps)
    count = onsets.sum(axis=-1)
    least = np.concatenate([[0.0], np.cumsum(np.sort(weakness))])[count]
    return np.asarray(syncopations(rows, steps) + OFF_BEAT_SHARE * (onsets @ weakness - least) / np.maximum(count, 1))


@cache
def _reaches(steps: int) -> tuple[Rows, Rows]:
    """Return, for each onset and each weight above its own, the onset's bit and the bits up to the next such weight."""
    weights = metrical_weights(Meter())
    onsets, silences = [], []
    for onset in range(steps):
        own = weights[onset % len(weights)]
        for weight in range(own + 1, 1):
            ahead = next(d for d in range(1, steps + 1) if weights[(onset + d) % steps % len(weights)] >= weight)
            if ahead < steps:
                onsets.append(1 << onset)
                silences.append(sum(1 << (onset + d) % steps for d in range(1, ahead + 1)))
    return np.array(onsets, np.uint64), np.array(silences, np.uint64)


def phrases(rows: Rows, steps: int) -> NDArray[np.int64]:
    """Return the number of phrases (Lempel and Ziv 1976) that each rhythm, read once through, falls into.

    A phrase is the shortest stretch that was not there before; see attributes.phrases.
    """
    width: np.dtype[Any] = np.dtype(np.uint32 if steps <= NARROW_STEPS else np.uint64)
    flat, shape = rows.reshape(-1).astype(width), rows.shape
    lags: _Bits = np.arange(1, steps).astype(width)
    differs = (flat[:, None] ^ (flat[:, None] << lags)) & width.type((1 << steps) - 1)
    place = np.zeros(len(flat), np.int64)
    count = np.zeros(len(flat), np.int64)
    while (going := place < steps).any():
        reach = _longest(differs, lags, place)
        count += going
        place = np.where(going, place + reach + 1, place)
    return count.reshape(shape)


def _longest(differs: _Bits, lags: _Bits, place: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how far each rhythm, from its place on, repeats what began before that place."""
    start = np.minimum(place, len(lags)).astype(lags.dtype)
    ahead = differs >> start[:, None]
    lowest = ahead & (~ahead + lags.dtype.type(1))
    length = np.where(ahead == 0, MAX_STEPS, np.frexp(lowest.astype(np.float64))[1] - 1)
    usable = lags <= start[:, None]
    longest: NDArray[np.int64] = np.where(usable, length, 0).max(axis=1)
    return longest
