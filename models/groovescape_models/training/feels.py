"""Where the humaniser takes feels from: what its encoder sees, and other windows of the same performance."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.groove import FloatArray
from groovescape_models.training.examples import ExampleArrays

CLEAR_OF_OVERLAP: Final = 2
"""Windows are two bars long and a bar apart: so many further on they share no hit."""


def feel_rows(examples: ExampleArrays) -> FloatArray:
    """Return what the encoder sees of each example: hits, velocities and offsets in steps, float32 (n, 32, 27)."""
    return np.concatenate([examples.hits.astype(np.float32), examples.velocities, examples.offsets], axis=-1)


def elsewhere(sources: NDArray[np.str_], rng: np.random.Generator) -> NDArray[np.intp]:
    """Return, for each example, another one of the same performance that shares no hit with it where there is one.

    sources names the performance of each example; the examples of one performance follow each other in its order.
    """
    first = np.flatnonzero(np.r_[True, sources[1:] != sources[:-1]])
    counts = np.diff(np.r_[first, len(sources)])
    start, count = np.repeat(first, counts), np.repeat(counts, counts)
    place = np.arange(len(sources)) - start
    gap = np.minimum(CLEAR_OF_OVERLAP, count - 1)
    free = np.maximum(count - 2 * gap + 1, 1)
    step = gap + (rng.random(len(sources)) * free).astype(np.intp)
    found: NDArray[np.intp] = start + (place + step) % count
    return found
