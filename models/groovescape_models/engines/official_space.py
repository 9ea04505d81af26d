"""What the latent spaces of all official MusicVAEs have in common. They satisfy latent/model.py, as our own do.

n is the number of grids, T the steps of the network, Z its latent size, O the width of its outputs, N of its noise.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.checkpoints.official import OfficialConfig
from groovescape_models.encoding.official_chords import controls_of_condition
from groovescape_models.inference.runtime import Network
from groovescape_models.inference.sampling import FloatArray
from groovescape_models.music.pattern import Role

FORCE: Final = 1e4
"""Noise of this size decides a draw whatever the logits are."""
MARGIN: Final = 0.5
"""How far past the others a correction lifts what is wanted."""
CLEAR: Final = 1e-2
"""A class that leads by less than this is lifted too: backends round differently."""
LEAST_TEMPERATURE: Final = 1e-4


class OfficialSpace:
    """What the latent spaces of all official networks have in common."""

    def __init__(self, network: Network, config: OfficialConfig, role: Role, noise_size: int) -> None:
        """Wrap a network with the signatures of inference/numpy_musicvae.py."""
        self.network, self.config = network, config
        self.role, self.steps, self.latent_size = role, config.steps, config.latent_size
        self.noise_size = noise_size

    def posterior(self, inputs: FloatArray, controls: FloatArray | None) -> tuple[FloatArray, FloatArray]:
        """Return mean and standard deviation, each (n, Z), of inputs (n, T, I)."""
        steered = {} if controls is None else {"controls": controls}
        answer = self.network.run("encode", inputs=inputs.astype(np.float32), **steered)
        return answer["mu"], answer["sigma"]

    def played(
        self, z: FloatArray, noise: FloatArray | None, temperature: float, controls: FloatArray | None
    ) -> FloatArray:
        """Return outputs (n, T, O) of latents (n, Z) and noise (n, T, N), absent for the likeliest."""
        if noise is None:
            noise = np.zeros((len(z), self.steps, self.noise_size), np.float32)
        steered = {} if controls is None else {"controls": controls}
        answer = self.network.run(
            "decode",
            z=np.ascontiguousarray(z, np.float32),
            noise=np.ascontiguousarray(noise.transpose(1, 0, 2), np.float32),
            temperature=np.float32(max(temperature, LEAST_TEMPERATURE)) * np.ones((), np.float32),
            **steered,
        )
        return answer["outputs"]

    def scored(self, z: FloatArray, outputs: FloatArray, controls: FloatArray | None) -> FloatArray:
        """Return the logits (n, T, O) of each step, having heard given outputs (n, T, O) before it."""
        steered = {} if controls is None else {"controls": controls}
        outputs = np.ascontiguousarray(outputs, np.float32)
        return self.network.run("score", z=np.ascontiguousarray(z, np.float32), outputs=outputs, **steered)["logits"]

    def controls(self, condition: FloatArray | None, count: int) -> FloatArray | None:
        """Return what the network is told at each step, (count, T, C), None if it is told nothing."""
        return controls_of_condition(self.config, condition, count)


def lifted(logits: FloatArray, wanted: NDArray[np.integer]) -> FloatArray:
    """Return the least noise, as logits (n, T, O), with which the wanted classes (n, T) are the largest."""
    place = wanted[..., None]
    own = np.take_along_axis(logits, place, axis=-1)
    others = logits.copy()
    np.put_along_axis(others, place, -np.inf, axis=-1)
    short = others.max(axis=-1, keepdims=True) - own
    noise = np.zeros_like(logits)
    np.put_along_axis(noise, place, np.where(short > -CLEAR, short + MARGIN, 0.0).astype(np.float32), axis=-1)
    return noise
