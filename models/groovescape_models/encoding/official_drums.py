"""Drum hits as the official drum network reads and writes them: 10 inputs, one of 512 classes."""

from typing import Final

import numpy as np

from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import BoolArray, FloatArray

CLASSES: Final = 2**DRUM_COUNT
WEIGHTS: Final = 2 ** np.arange(DRUM_COUNT)


def official_inputs(hits: BoolArray) -> FloatArray:
    """Return (..., 10) of hits (..., 9): the hits and, last, 1 where nothing is hit."""
    silent = ~hits.any(-1, keepdims=True)
    return np.concatenate([hits, silent], axis=-1).astype(np.float32)


def official_outputs(hits: BoolArray) -> FloatArray:
    """Return one-hot (..., 512) of hits (..., 9): class c adds 2 to the power of c."""
    return np.eye(CLASSES, dtype=np.float32)[hits @ WEIGHTS]


def hits_of(outputs: FloatArray) -> BoolArray:
    """Return hits (..., 9) of the most probable class of outputs (..., 512)."""
    hits: BoolArray = np.argmax(outputs, axis=-1)[..., None] // WEIGHTS % 2 > 0
    return hits
