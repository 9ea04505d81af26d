"""Where latents really lie: a flow from noise to the latents of real music, in a style.

Flow matching on straight paths (Lipman et al. 2023, "Flow Matching for Generative Modeling"; Liu et al. 2023,
"Flow Straight and Fast"): between noise at time 0 and a latent at time 1, the network learns the velocity. Draws from
the prior of a VAE that says much fall into holes that no music maps to; draws through the flow do not. B is the batch,
Z the latent size, Y the styles.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import keras
from keras import ops

from groovescape_models.inference.numpy_flow import frequencies
from groovescape_models.training.networks.tensors import Layer, Tensor


@dataclass(frozen=True, slots=True)
class LatentFlowConfig:
    """Sizes of the network."""

    latent_size: int
    styles: int = 0
    hidden_size: int = 640


class LatentFlow(keras.Model):  # type: ignore[misc]  # keras ships no types
    """The velocity, at a place and a time, of what goes from noise to a latent."""

    def __init__(self, config: LatentFlowConfig) -> None:
        """Make the layers and their variables."""
        super().__init__(name="latent_flow")
        self.config = config
        told = 2 * len(frequencies()) + config.styles
        width = config.hidden_size
        self.parts = {
            "flow/dense_0": _dense(config.latent_size + told, width, "silu"),
            "flow/dense_1": _dense(width + told, width, "silu"),
            "flow/dense_2": _dense(width + told, width, "silu"),
            "flow/velocity": _dense(width, config.latent_size),
            "flow/straight": _dense(config.latent_size + told, config.latent_size, bias=False),
        }
        self.built = True

    def named_variables(self) -> dict[str, Tensor]:
        """Return every variable under its name in the weights file, as in flow/velocity/kernel."""
        return {f"{path}/{v.name}": v for path, layer in self.parts.items() for v in layer.weights}

    def velocity(self, place: Tensor, time: Tensor, style: Tensor) -> Tensor:
        """Return the velocity (B, Z) at places (B, Z) and times (B, 1) in styles (B, Y)."""
        angles = time * ops.convert_to_tensor(frequencies())
        told = ops.concatenate([ops.sin(angles), ops.cos(angles), style], axis=1)
        x = self.parts["flow/dense_0"](ops.concatenate([place, told], axis=1))
        for name in ("flow/dense_1", "flow/dense_2"):
            x = x + self.parts[name](ops.concatenate([x, told], axis=1))
        straight = self.parts["flow/straight"](ops.concatenate([place, told], axis=1))
        return self.parts["flow/velocity"](x) + straight

    def call(self, batch: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Return the loss of a batch.

        latent (B, Z); noise (B, Z) standard normal; time (B, 1) in 0..1; style (B, Y), one-hot or zeros.
        """
        time, wanted = batch["time"], batch["latent"] - batch["noise"]
        place = batch["noise"] + time * wanted
        miss = ops.square(self.velocity(place, time, batch["style"]) - wanted)
        return {"loss": ops.mean(ops.sum(miss, axis=1)) / self.config.latent_size}


def _dense(inputs: int, outputs: int, activation: str | None = None, bias: bool = True) -> Layer:
    layer = keras.layers.Dense(outputs, activation=activation, use_bias=bias)
    layer.build((None, inputs))
    return layer
