"""An official GrooVAE as it learns: its batches, how it plays hits that it is given, and how it makes up its own."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from keras import ops

from groovescape_models.checkpoints.official import GrooveInput
from groovescape_models.encoding.groove import HIT_THRESHOLD, MAGENTA_OFFSETS_A_STEP
from groovescape_models.encoding.official_groove import heard_input
from groovescape_models.errors import DataSetError
from groovescape_models.music.drumkit import DRUM_COUNT, Drum
from groovescape_models.music.groove import BoolArray, FloatArray
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.four_bar_grooves import four_bar_windows
from groovescape_models.training.groove_measures import Playing
from groovescape_models.training.networks.musicvae import MusicVae
from groovescape_models.training.networks.tensors import Tensor
from groovescape_models.training.official_kinds import OfficialKind
from groovescape_models.training.trainer import Batch, Batches

BATCH: Final = 128
ROWS_AT_ONCE: Final = 256
FORCE: Final = 1e4
"""Noise that leaves a hit no choice."""
FOUR_BARS: Final = 64


class OfficialGrooves:
    """An official GrooVAE and the performances that it is shown, n of them, T steps each."""

    def __init__(self, kind: OfficialKind) -> None:
        """Make the network."""
        self.kind, self.network = kind, MusicVae(kind.config)

    def windows(self, examples: ExampleArrays) -> ExampleArrays:
        """Return examples as long as the network plays; DataSetError if no performance is."""
        if self.kind.config.steps != FOUR_BARS:
            return examples
        windows = four_bar_windows(examples)
        if not len(windows):
            raise DataSetError(
                "The data holds no performance of four bars in a row; check the folder named with --data."
            )
        return windows

    def batches(self, train: ExampleArrays, seed: int) -> Batches:
        """Return the batches of each epoch: every window once, in an order of its own."""
        rows = official_layout(self.windows(train))

        def batches(epoch: int) -> Iterator[Batch]:
            rng = np.random.default_rng((seed, epoch))
            order = rng.permutation(len(rows))
            size = min(BATCH, len(rows))
            for begin in range(0, len(order) - size + 1, size):
                yield official_batch(self.kind, rows[order[begin : begin + size]], rng)

        return batches

    def play(self, examples: ExampleArrays, _: FloatArray) -> tuple[Playing, ...]:
        """Return how the hits of examples are played, out of what the network hears of them."""
        outputs = self._performed(examples, np.where(examples.hits, FORCE, -FORCE).astype(np.float32))
        return (Playing(outputs[..., 9:18], outputs[..., 18:] / np.float32(MAGENTA_OFFSETS_A_STEP)),)

    def hits(self, examples: ExampleArrays) -> BoolArray:
        """Return the likeliest hits, (n, T, 9), out of what the network hears of examples."""
        hits: BoolArray = self._performed(examples, np.zeros(examples.hits.shape, np.float32))[..., :9] > HIT_THRESHOLD
        return hits

    def hit_f1(self, examples: ExampleArrays) -> float:
        """Return the F1 of the likeliest hits against those of examples, where it was for the network to find them."""
        cuts = np.array_split(np.arange(len(examples)), -(-len(examples) // ROWS_AT_ONCE))
        parts = [examples.where(np.isin(np.arange(len(examples)), rows)) for rows in cuts]
        found = np.concatenate([self.hits(part) for part in parts])
        lanes = [Drum.CLOSED_HAT] if self.kind.heard is GrooveInput.ADD_CLOSED_HAT else range(DRUM_COUNT)
        wanted, found = examples.hits[..., lanes], found[..., lanes]
        return float(2 * (wanted & found).sum() / max(1, wanted.sum() + found.sum()))

    def _performed(self, examples: ExampleArrays, noise: FloatArray) -> FloatArray:
        """Return outputs (n, T, 27) of examples through the posterior mean, with noise (n, T, 9) for the hits."""
        rows = official_layout(examples)
        told = controls_of(self.kind, rows)
        mu, _ = self.network.encode(heard_input(rows, self.kind.heard), told.get("controls"))
        return _array(self.network.run_free(mu, noise.transpose(1, 0, 2), 1.0, told.get("controls"))[0])


def official_layout(examples: ExampleArrays) -> FloatArray:
    """Return examples in Magenta's layout, float32 (n, T, 27): hits, velocities, offsets in half steps, early > 0."""
    early = examples.offsets * np.float32(MAGENTA_OFFSETS_A_STEP)
    return np.concatenate([examples.hits.astype(np.float32), examples.velocities, early], axis=-1)


def controls_of(kind: OfficialKind, rows: FloatArray) -> dict[str, FloatArray]:
    """Return what a network is told at each step of performances (n, T, 27): the hits (n, T, 9), or nothing."""
    return {"controls": rows[..., :DRUM_COUNT]} if kind.config.control_size else {}


def official_batch(kind: OfficialKind, rows: FloatArray, rng: np.random.Generator) -> Batch:
    """Return one batch for networks.musicvae.MusicVae.call: performances (n, T, 27) to give back of what is heard."""
    config = kind.config
    return {
        "inputs": heard_input(rows, kind.heard),
        "targets": rows,
        **controls_of(kind, rows),
        "epsilon": rng.standard_normal((len(rows), config.latent_size), np.float32),
        "keep": np.ones((*rows.shape[:2], 1), np.float32),
        "beta": np.float32(config.beta),
        "free_bits": np.float32(config.free_bits),
    }


def _array(tensor: Tensor) -> FloatArray:
    array: FloatArray = ops.convert_to_numpy(tensor)
    return array
