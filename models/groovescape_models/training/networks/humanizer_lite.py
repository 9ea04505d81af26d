"""The humaniser for real time: a step at a time, hearing nothing of what comes later.

One LSTM over sixteenths that has been told each step's hits, its place in two bars, the tempo and the feel, and answers
for that step at once; its state is all that has to be kept. It learns from the whole humaniser (groove_student.py) and
has that one's encoder, so that a feel read by either suits both.

B is the batch, Z the latent size, H the LSTM size. Offsets are in steps, positive is late.
"""

from dataclasses import dataclass

import keras
import numpy as np
from keras import ops

from groovescape_models.training.networks.feel_encoder import LANES, FeelEncoder, tempo_feature
from groovescape_models.training.networks.humanizer import OUTPUTS, as_played
from groovescape_models.training.networks.lstm import Lstm
from groovescape_models.training.networks.tensors import Tensor

PLACES = 32
"""Steps of two bars, after which the places begin again."""
CYCLES = (2, 4, 8, 16, 32)


@dataclass(frozen=True, slots=True)
class LiteConfig:
    """Sizes of the network."""

    latent_size: int = 24
    encoder_features: int = 128
    encoder_lstm: int = 96
    decoder_features: int = 96
    decoder_lstm: int = 96
    dropout: float = 0.1


def places() -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Return where each of 32 steps lies in cycles of 2 to 32 steps: sines and cosines, float32 (32, 10)."""
    angles = np.arange(PLACES)[:, None] * 2.0 * np.pi / np.array(CYCLES)[None]
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1).astype(np.float32)


class HumanizerLite(keras.Model):  # type: ignore[misc]  # keras ships no types
    """(hits of a step, its place, tempo, feel, state) -> how they are played, next state; performance -> feel."""

    def __init__(self, config: LiteConfig) -> None:
        """Make all layers and their variables."""
        super().__init__(name="humanizer_lite")
        self.config = config
        self.encoder = FeelEncoder(config.latent_size, config.encoder_features, config.encoder_lstm, 0.0)
        dense = keras.layers.Dense
        self.steps = dense(config.decoder_features, activation="relu")
        self.lstm = Lstm(config.decoder_lstm)
        self.output_layer = dense(len(OUTPUTS) * LANES)
        self.steps.build((None, LANES + 2 * len(CYCLES) + 1 + config.latent_size + 1))
        self.lstm.build((None, config.decoder_features))
        self.output_layer.build((None, config.decoder_lstm + config.decoder_features))
        self.drop = keras.layers.Dropout(config.dropout)
        self.built = True

    def named_variables(self) -> dict[str, Tensor]:
        """Return every weight under its name in the weights file, as in decoder/lstm/kernel."""
        named: dict[str, Tensor] = self.encoder.named_variables()
        for path, layer in (("steps", self.steps), ("output", self.output_layer)):
            named.update({f"decoder/{path}/{v.name}": v for v in layer.weights})
        named.update({f"decoder/lstm/{name}": v for name, v in self.lstm.named_variables().items()})
        return named

    def encode(self, groove: Tensor, tempo: Tensor, training: bool = False) -> tuple[Tensor, Tensor]:
        """Return mu and sigma of the feel, each (B, Z), of a performance (B, 32, 27) at a tempo (B, 1)."""
        mu, sigma = self.encoder(groove, tempo, training=training)
        return mu, sigma

    def step(
        self, hits: Tensor, place: Tensor, tempo: Tensor, z: Tensor, known: Tensor, c: Tensor, h: Tensor
    ) -> dict[str, Tensor]:
        """Return velocity, velocity_scale, offset and offset_scale of a step, each (B, 9), and the state after it.

        hits (B, 9) are 0 or 1; place (B, 1) is the step's number in two bars; tempo (B, 1) is in bpm; z (B, Z) counts
        where known (B, 1) is 1; c and h (B, H) are zeros before the first step.
        """
        index = ops.cast(ops.floor(place[:, 0] + 0.5), "int32")
        heard = self._heard(hits, ops.take(places(), index, axis=0), tempo, z, known)
        c, h = self.lstm.step(self.lstm.heard(heard), c, h)
        x = self.output_layer(ops.concatenate([h, heard], axis=-1))
        answer = as_played(x[:, None], 1)
        return {**{name: part[:, 0] for name, part in answer.items()}, "c": c, "h": h}

    def decode(
        self, hits: Tensor, tempo: Tensor, z: Tensor, known: Tensor, training: bool = False
    ) -> dict[str, Tensor]:
        """Return the four answers, each (B, T, 9), of hits (B, T, 9) from the first step of two bars on."""
        steps = hits.shape[1]
        where = np.tile(places(), (-(-steps // PLACES), 1))[None, :steps]
        ones = ops.ones_like(hits[:, :, :1])
        heard = self._heard(hits, ones * where, ones * tempo[:, None], ones * z[:, None], ones * known[:, None])
        x = self.lstm.run(self.drop(heard, training=training))
        x = ops.concatenate([self.drop(x, training=training), heard], axis=-1)
        return as_played(self.output_layer(x), steps)

    def _heard(self, hits: Tensor, place: Tensor, tempo: Tensor, z: Tensor, known: Tensor) -> Tensor:
        heard: Tensor = self.steps(ops.concatenate([hits, place, tempo_feature(tempo), z * known, known], axis=-1))
        return heard
