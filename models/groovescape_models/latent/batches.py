"""Many grids through a model, a few at a time: a runtime keeps the memory of the largest batch that it has seen."""

from typing import Final

import numpy as np

from groovescape_models.latent.model import FloatArray, Grids, LatentModel

AT_ONCE: Final = 32


def encoded(model: LatentModel, grids: Grids, condition: FloatArray | None) -> tuple[FloatArray, FloatArray]:
    """Return mean and standard deviation of the posterior, each (n, Z), of grids (n, ...)."""
    pairs = [model.encode(grids[part], _of(condition, part)) for part in _parts(len(grids))]
    mu, sigma = zip(*pairs, strict=True)
    return np.concatenate(mu), np.concatenate(sigma)


def corrected(model: LatentModel, z: FloatArray, grids: Grids, condition: FloatArray | None) -> FloatArray:
    """Return the corrections, (n, ...), with which latents (n, Z) give exactly these grids."""
    parts = _parts(len(grids))
    return np.concatenate([model.corrections(z[part], grids[part], _of(condition, part)) for part in parts])


def _parts(count: int) -> list[slice]:
    return [slice(first, first + AT_ONCE) for first in range(0, count, AT_ONCE)]


def _of(condition: FloatArray | None, part: slice) -> FloatArray | None:
    return None if condition is None else condition[part]
