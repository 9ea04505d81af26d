"""The official MusicVAE and GrooVAE in plain NumPy, flat and hierarchical, on weights under Magenta's names.

B is the batch, T the steps, I and O the input and output sizes, C that of a control, Z the latent size.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from groovescape_models.checkpoints.official import OfficialConfig, OfficialData
from groovescape_models.errors import CheckpointError
from groovescape_models.inference.lstm import Weights, affine
from groovescape_models.inference.official_decoder import (
    Classes,
    Conductor,
    CoreDecoder,
    GrooveOutput,
    Output,
    SeveralClasses,
)
from groovescape_models.inference.official_encoder import OfficialEncoder
from groovescape_models.music.groove import FloatArray

GROOVE_OUTPUTS: Final = 27
"""Nine each of hits, velocities and offsets; without a configuration any other width is a one-hot class."""
ENCODER: Final = "encoder/cell_0/bidirectional_rnn/{}/multi_rnn_cell/cell_0/lstm_cell"
SPLIT: Final = "core_decoder_{}/decoder"


class NumpyMusicVae:
    """T steps of music <-> a latent vector; safe to share between threads.

    Signatures: encode(inputs (B, T, I), controls (B, T, C) where the network has some) -> mu, sigma (B, Z), sigma 1
    where the weights have none. decode(z (B, Z), noise, temperature, controls) -> outputs, logits (B, T, O): each step
    hears the output before it. noise is Gumbel (T, B, O) for classes, or logistic (T, B, 9) for the hits of a groove;
    0 takes the most probable. score(z, outputs (B, T, O), controls) -> the logits on the way along given outputs. For a
    groove, outputs are hits, velocities in 0..1 and offsets in -1..1, early is
    positive (encoding/groove.py reads them); otherwise they are one-hot, one class of each output beside the others.
    """

    def __init__(self, weights: Weights, config: OfficialConfig | None = None) -> None:
        """Keep the weights as float32; without a configuration they are a flat network's.

        CheckpointError names the array that is missing.
        """
        weights = {name: np.ascontiguousarray(array, np.float32) for name, array in weights.items()}
        self._segments = 1 if config is None else config.segments
        try:
            self._encoder = OfficialEncoder(weights, self._segments)
            self._decoders = _decoders(weights, config)
            self._conductor = Conductor(weights) if self._segments > 1 else None
            self.latent_size = int(weights["encoder/mu/bias"].size)
            self._latent = {name: weights[name] for name in _latent_names(weights)}
        except (KeyError, IndexError, ValueError) as error:
            missing = error.args[0] if isinstance(error, KeyError) else "a layer"
            raise CheckpointError(f"The MusicVAE weights lack {missing}; install or import them again.") from error
        self.output_size = sum(decoder.size for decoder in self._decoders)
        self.noise_size = sum(decoder.noise_size for decoder in self._decoders)
        self.control_size = self._decoders[0].control_size

    def run(self, signature: str, **inputs: FloatArray) -> dict[str, FloatArray]:
        """Run "encode", "decode" or "score", see the class; ValueError for another signature."""
        if signature == "encode":
            return self.encode(inputs["inputs"], inputs.get("controls"))
        if signature == "decode":
            temperature = float(inputs["temperature"])
            return self.decode(inputs["z"], inputs["noise"], temperature, inputs.get("controls"))
        if signature == "score":
            return self.score(inputs["z"], inputs["outputs"], inputs.get("controls"))
        raise ValueError(f"signature must be encode, decode or score, got {signature!r}")

    def encode(self, inputs: FloatArray, controls: FloatArray | None = None) -> dict[str, FloatArray]:
        """Return mu and sigma of inputs (B, T, I)."""
        x = np.asarray(inputs, np.float32)
        embedding = self._encoder.embed(x if controls is None else np.concatenate([x, controls], axis=2))
        mu = affine(self._latent, "encoder/mu", embedding)
        if "encoder/sigma/bias" not in self._latent:
            return {"mu": mu, "sigma": np.ones_like(mu)}
        return {"mu": mu, "sigma": np.logaddexp(np.float32(0), affine(self._latent, "encoder/sigma", embedding))}

    def decode(
        self, z: FloatArray, noise: FloatArray, temperature: float, controls: FloatArray | None = None
    ) -> dict[str, FloatArray]:
        """Return outputs and raw logits, free running; see the class."""
        ends = np.cumsum([decoder.noise_size for decoder in self._decoders])[:-1]
        parts = []
        for decoder, noises in zip(self._decoders, np.split(noise, ends, axis=2), strict=True):
            made: list[tuple[FloatArray, FloatArray]] = []
            for embedding, now in self._segments_of(z, len(noise)):
                told = None if controls is None else controls[:, now]
                previous = made[-1][0][:, -1] if made else None
                made.append(decoder.run(embedding, noises[now], np.float32(temperature), told, previous))
            parts.append([np.concatenate(pieces, axis=1) for pieces in zip(*made, strict=True)])
        outputs, logits = (np.concatenate(pieces, axis=2) for pieces in zip(*parts, strict=True))
        return {"outputs": outputs, "logits": logits}

    def score(self, z: FloatArray, outputs: FloatArray, controls: FloatArray | None = None) -> dict[str, FloatArray]:
        """Return the logits (B, T, O) of each step, having heard the given outputs (B, T, O) before it."""
        ends = np.cumsum([decoder.size for decoder in self._decoders])[:-1]
        parts = []
        for decoder, given in zip(self._decoders, np.split(outputs, ends, axis=2), strict=True):
            made = []
            for embedding, now in self._segments_of(z, outputs.shape[1]):
                told = None if controls is None else controls[:, now]
                previous = given[:, now.start - 1] if now.start else None
                made.append(decoder.follow(embedding, given[:, now], told, previous))
            parts.append(np.concatenate(made, axis=1))
        return {"logits": np.concatenate(parts, axis=2)}

    def _segments_of(self, z: FloatArray, steps: int) -> Iterator[tuple[FloatArray, slice]]:
        """Yield the embedding and the steps of each segment; a flat network has one, whose embedding is z."""
        z, length = np.asarray(z, np.float32), steps // self._segments
        embeddings = z[None] if self._conductor is None else self._conductor.embeddings(z, self._segments)
        for segment, embedding in enumerate(embeddings):
            yield embedding, slice(segment * length, (segment + 1) * length)


def _latent_names(weights: Weights) -> list[str]:
    names = [f"encoder/{layer}/{part}" for layer in ("mu", "sigma") for part in ("kernel", "bias")]
    return [name for name in names if name in weights or "sigma" not in name]


def _decoders(weights: Weights, config: OfficialConfig | None) -> tuple[CoreDecoder, ...]:
    """Return the decoders that make the outputs, one for all or one for each."""
    above = "core_decoder/" if config is not None and config.segments > 1 else ""
    if config is None or not config.split_decoders:
        return (CoreDecoder(weights, f"{above}decoder", _output(weights, f"{above}decoder", config)),)
    return tuple(
        CoreDecoder(weights, f"{above}{SPLIT.format(number)}", Classes(size))
        for number, size in enumerate(config.output_sizes)
    )


def _output(weights: Weights, path: str, config: OfficialConfig | None) -> Output:
    size = int(weights[f"{path}/output_projection/bias"].size)
    if (size == GROOVE_OUTPUTS) if config is None else config.data is OfficialData.GROOVE:
        return GrooveOutput(size)
    return Classes(size) if config is None or len(config.output_sizes) == 1 else SeveralClasses(config.output_sizes)
