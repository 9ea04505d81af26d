"""Train the network that tells latents of real music from draws of the prior (latent/naturalness.py)."""

from typing import Final

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from groovescape_models.latent.naturalness import LAYERS
from groovescape_models.training.checkpoint_files import value_of
from groovescape_models.training.networks.tensors import Tensor
from groovescape_models.training.train_steps import train_step

FloatArray = NDArray[np.float32]
HIDDEN: Final = (256, 128)
BATCH_SIZE: Final = 256
STEPS: Final = 8000
LEARNING_RATE: Final = 1e-3
DECAY_FROM: Final = 0.4


class PriorRatio(keras.Model):  # type: ignore[misc]  # keras ships no types
    """Three dense layers: latents (n, Z) to the log odds that they are real."""

    def __init__(self, latent_size: int) -> None:
        """Make the layers and their variables."""
        super().__init__(name="prior_ratio")
        self.parts = {}
        inputs = latent_size
        for name, outputs, activation in zip(LAYERS, (*HIDDEN, 1), ("relu", "relu", None), strict=True):
            layer = keras.layers.Dense(outputs, activation=activation)
            layer.build((None, inputs))
            self.parts[name], inputs = layer, outputs
        self.built = True

    def call(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        """Return the loss of telling batch["real"] from batch["drawn"], each (n, Z)."""
        real, drawn = self.odds(batch["real"]), self.odds(batch["drawn"])
        return {"loss": ops.mean(ops.softplus(-real)) + ops.mean(ops.softplus(drawn))}

    def odds(self, z: Tensor) -> Tensor:
        """Return log odds (n,) of latents (n, Z)."""
        for name in LAYERS:
            z = self.parts[name](z)
        return z[:, 0]


def train_prior_ratio(
    mu: FloatArray, sigma: FloatArray, weights: NDArray[np.float64], seed: int = 0, steps: int = STEPS
) -> dict[str, FloatArray]:
    """Return the weights by name of a network trained on posteriors (n, Z), drawn by weights (n,)."""
    keras.utils.set_random_seed(seed)
    network, rng = PriorRatio(mu.shape[1]), np.random.default_rng(seed)
    optimizer = keras.optimizers.Adam(LEARNING_RATE)
    optimizer.build(network.trainable_variables)
    step, chances = train_step(network, optimizer), weights / weights.sum()
    rows = rng.choice(len(mu), (steps, BATCH_SIZE), p=chances)
    for count, row in enumerate(rows):
        left = (1.0 - count / steps) / (1.0 - DECAY_FROM)
        optimizer.learning_rate = LEARNING_RATE * min(1.0, max(0.02, left))
        noise = rng.standard_normal((2, BATCH_SIZE, mu.shape[1]), np.float32)
        step({"real": mu[row] + sigma[row] * noise[0], "drawn": noise[1]})
    return {f"{name}/{v.name}": value_of(v) for name, layer in network.parts.items() for v in layer.weights}
