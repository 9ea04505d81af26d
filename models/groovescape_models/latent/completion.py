"""Grids with a part that stays: the rest is drawn so that it goes with it.

A causal decoder answers every step from the steps before it. So the free cells are drawn from its logits, given the
grid as it stands, over and over, until nothing changes: each round settles at least one step more, and what comes out
is exactly the free-running draw with the locked cells held fast (Jacobi decoding, Song et al. 2021).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from groovescape_models.latent.model import FloatArray, Grids, LatentModel
from groovescape_models.music.pattern import Role


@dataclass(frozen=True, eq=False)
class Draw:
    """How free cells are drawn: noise of the logits' shape, logistic for drums and Gumbel for lines, and temperature.

    bias is added to the logits: a large negative one forbids.
    """

    noise: FloatArray
    temperature: float = 1.0
    bias: FloatArray | None = None


def logit_noise(model: LatentModel, rng: np.random.Generator, shape: tuple[int, ...]) -> FloatArray:
    """Return the noise of fair draws for logits of a shape."""
    noise = rng.logistic(size=shape) if model.role is Role.DRUMS else rng.gumbel(size=shape)
    return noise.astype(np.float32)


def complete(
    model: LatentModel,
    z: FloatArray,
    grids: Grids,
    locked: NDArray[np.bool_],
    draw: Draw,
    condition: FloatArray | None = None,
) -> Grids:
    """Return grids that keep their locked cells, the others drawn for latents z (n, Z).

    grids and locked have the same shape, (n, steps, 9) or (n, steps).
    """
    current = grids.copy()
    for _ in range(model.steps):
        drawn = _drawn(model.role, model.logits(z, current, condition), draw)
        following = merged(locked, grids, drawn)
        if np.array_equal(following, current):
            break
        current = following
    return current


def fit(
    model: LatentModel, z: FloatArray, grids: Grids, locked: NDArray[np.bool_], condition: FloatArray | None = None
) -> NDArray[np.float64]:
    """Return how likely each latent makes the locked cells, in nats (n,), given all that comes before them."""
    logits = model.logits(z, grids, condition).astype(np.float64)
    if model.role is Role.DRUMS:
        nats = -np.logaddexp(0.0, np.where(grids, -logits, logits))
    else:
        chosen = np.take_along_axis(logits, grids.astype(np.intp)[..., None], axis=-1)[..., 0]
        nats = chosen - np.logaddexp.reduce(logits, axis=-1)
    total: NDArray[np.float64] = np.where(locked, nats, 0.0).reshape(len(z), -1).sum(axis=1)
    return total


def merged(locked: NDArray[np.bool_], kept: Grids, other: Grids) -> Grids:
    """Return the locked cells of one grid and the others of another one."""
    return np.where(locked, kept, other).astype(kept.dtype)  # type: ignore[return-value]  # of the dtype of both


def _drawn(role: Role, logits: FloatArray, draw: Draw) -> Grids:
    biased = logits if draw.bias is None else logits + draw.bias
    scores = biased / max(1e-3, draw.temperature) + draw.noise
    return scores > 0 if role is Role.DRUMS else np.argmax(scores, axis=-1).astype(np.int16)
