"""Simple ways to answer what a drummer is asked: silence, the likeliest cell, the nearest performance, our drum VAE."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.given import Given
from groovescape_models.engines.engine import Setting
from groovescape_models.engines.filling import FreeWindow, fill
from groovescape_models.latent.model import LatentModel
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import BoolArray, FloatArray
from groovescape_models.training.examples import STEPS_PER_BAR, ExampleArrays

AT_ONCE: Final = 128
TAP_WEIGHT: Final = np.float32(2.0)
"""How much a tap that is there or not counts beside a difference of its loudness of 1."""


def silence(given: Given) -> BoolArray:
    """Return what is known and nothing else, (n, 32, 9)."""
    return given.hits & given.known


def likeliest_cells(train: ExampleArrays, given: Given) -> BoolArray:
    """Return each hidden cell as most bars of the training split have it, on a tap as most bars with a hit there."""
    struck = train.hits.max(axis=-1)
    shape = (-1, STEPS_PER_BAR, DRUM_COUNT)
    count = train.hits.reshape(shape).sum(axis=0)
    always = count / (len(train) * 2)
    on_tap = count / np.maximum(struck.reshape(-1, STEPS_PER_BAR).sum(axis=0), 1)[:, None]
    tap = given.tap[:, :, :1] > 0
    share = np.where(given.tapped[:, None, None], np.tile(on_tap, (2, 1)) * tap, np.tile(always, (2, 1)))
    cells: BoolArray = np.where(given.known, given.hits, share > 0.5)
    return cells


def nearest(train: ExampleArrays, given: Given) -> BoolArray:
    """Return the hidden cells of the training window whose given ones, or taps, are the most alike."""
    taps = _taps(train.velocities.max(axis=-1))
    lanes = train.hits.transpose(2, 0, 1).astype(np.float32)
    answer = np.empty(given.hits.shape, np.bool_)
    for first in range(0, len(answer), AT_ONCE):
        rows = slice(first, first + AT_ONCE)
        far = _between(_taps(given.tap[rows, :, 1]), taps) * given.tapped[rows, None]
        for lane in range(DRUM_COUNT):
            known = given.known[rows, :, lane].min(axis=1, keepdims=True)
            heard = (given.hits & given.known)[rows, :, lane].astype(np.float32)
            far += known * _between(heard, lanes[lane])
        answer[rows] = train.hits[far.argmin(axis=1)]
    cells: BoolArray = np.where(given.known, given.hits, answer)
    return np.where(_silent(given), False, cells)


def completed(model: LatentModel, given: Given, rng: np.random.Generator) -> BoolArray:
    """Return windows completed by a latent model, as the program's own infill does it."""
    windows = []
    for hits, known in zip(given.hits, given.known, strict=True):
        here = hits & known
        free = FreeWindow(here, known, (here,) if here.any() else ())
        windows.append(fill(model, free, Setting(), 1.0, rng))
    return np.stack(windows).astype(np.bool_)


def _silent(given: Given) -> BoolArray:
    silent: BoolArray = (given.tapped & given.strict)[:, None, None] & (given.tap[:, :, :1] == 0) & ~given.known
    return silent


def _taps(velocities: FloatArray) -> FloatArray:
    """Return taps (n, 32) as rows to compare: whether there is one, and how loud."""
    return np.concatenate([TAP_WEIGHT * (velocities > 0), velocities], axis=1).astype(np.float32)


def _between(queries: FloatArray, rows: FloatArray) -> NDArray[np.float32]:
    """Return the squared distances of queries (q, width) from rows (r, width), (q, r)."""
    squares: NDArray[np.float32] = (queries**2).sum(1)[:, None] + (rows**2).sum(1)[None] - 2.0 * queries @ rows.T
    return squares
