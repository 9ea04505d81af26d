"""Straight directions of a latent space along which one attribute changes: what the sliders are measured against.

A ridge regression tells each attribute's share from the latent. The step that changes one prediction by a wanted
amount and the others by none, and is the shortest of those, is that slider's direction.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.latent.model import FloatArray, Grids, LatentModel
from groovescape_models.latent.scales import Floats, Scale

RIDGE: Final = 10.0
ACTIVE: Final = 0.9
"""Dimensions whose posterior deviation is above this say nothing."""
GAIN: Final = 1.5
"""Predictions fall short of what comes out; directions are lengthened by this."""
FADE: Final = 1.0
"""Change of a share at which a pattern's own corrections hold no more."""
Measures = Mapping[str, Callable[[Grids], Floats]]


@dataclass(frozen=True, eq=False)
class Directions:
    """Steps (attributes, Z) that raise one attribute's share by 1 and leave the others."""

    names: tuple[str, ...]
    steps: Floats

    def moved(
        self,
        model: LatentModel,
        grids: Grids,
        conditions: FloatArray | None,
        changes: Mapping[str, NDArray[np.float64]],
    ) -> Grids:
        """Return grids (n, ...) with shares changed by so much each, (n,), decoded with their fading corrections."""
        means, _ = model.encode(grids, conditions)
        amount = np.stack([changes.get(name, np.zeros(len(grids))) for name in self.names], axis=1)
        z = (means + GAIN * amount @ self.steps).astype(np.float32)
        hold = np.clip(1.0 - np.abs(amount).sum(axis=1) / FADE, 0.0, 1.0).astype(np.float32)
        noise = model.corrections(means, grids, conditions)
        return model.decode(z, noise * hold.reshape(-1, *[1] * (noise.ndim - 1)), condition=conditions)


def fit_directions(
    model: LatentModel, grids: Grids, conditions: FloatArray | None, measures: Measures, scales: Mapping[str, Scale]
) -> Directions:
    """Return the directions of attributes, found from real grids (n, ...)."""
    latents, deviations = _encoded(model, grids, conditions)
    active = deviations.mean(axis=0) < ACTIVE
    shares = np.stack([scales[name].share(measure(grids)) for name, measure in measures.items()], axis=1)
    x = np.where(active, latents, 0.0).astype(np.float64)
    apart, wanted = x - x.mean(axis=0), shares - shares.mean(axis=0)
    slopes = np.linalg.solve(apart.T @ apart + RIDGE * np.eye(x.shape[1]), apart.T @ wanted)
    steps = np.linalg.solve(slopes.T @ slopes, slopes.T)
    return Directions(tuple(measures), np.asarray(steps, np.float64))


def _encoded(model: LatentModel, grids: Grids, conditions: FloatArray | None) -> tuple[FloatArray, FloatArray]:
    parts: Sequence[tuple[FloatArray, FloatArray]] = [
        model.encode(grids[i : i + 256], None if conditions is None else conditions[i : i + 256])
        for i in range(0, len(grids), 256)
    ]
    return np.concatenate([mean for mean, _ in parts]), np.concatenate([deviation for _, deviation in parts])
