"""Batches for a student of a humaniser: performances, and hits that nobody played, for the teacher to answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import FloatArray
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.feels import elsewhere
from groovescape_models.training.groove_batches import GrooveBatching, GrooveMaterial, groove_batch

if TYPE_CHECKING:
    from groovescape_models.training.trainer import Batch, Batches


@dataclass(frozen=True, slots=True)
class DistilBatching:
    """How examples for a student are drawn; shares are 0..1."""

    performances: GrooveBatching
    recombined: float = 0.5
    """Share of the examples whose hits are put together from several performances."""
    lane_swapped: float = 0.4
    """Share of the lanes of such an example that come from elsewhere."""
    drawn: float = 0.2
    """Share of the examples whose feel is drawn, not read from a performance."""
    truth: float = 0.3
    """Share of the loss that is misses from the drummers themselves."""


AS_DRAWN = DistilBatching(GrooveBatching(known=0.5, lanes_dropped=0.15, tempo_jitter=0.1, four_bars=0.0))


def distil_batches(examples: ExampleArrays, latent_size: int, seed: int, how: DistilBatching = AS_DRAWN) -> "Batches":
    """Return the batches of each epoch for networks.groove_student.GrooveStudent.call."""
    material = GrooveMaterial.of(examples)

    def batches(epoch: int) -> "Iterator[Batch]":
        rng = np.random.default_rng((seed, epoch))
        others, order = elsewhere(examples.sources, rng), rng.permutation(len(examples))
        size = min(how.performances.batch_size, len(examples))
        for begin in range(0, len(order) - size + 1, size):
            rows = order[begin : begin + size]
            yield distil_batch(material, rows, others[rows], latent_size, how, rng)

    return batches


def distil_batch(
    material: GrooveMaterial,
    rows: NDArray[np.intp],
    others: NDArray[np.intp],
    latent_size: int,
    how: DistilBatching,
    rng: np.random.Generator,
) -> "Batch":
    """Return one batch: some examples as they were played, some recombined, with feels of all kinds."""
    batch = dict(groove_batch(material, rows, others, latent_size, how.performances, rng))
    size = len(rows)
    recombined = rng.random((size, 1)) < how.recombined
    hits = np.where(recombined[:, :, None], _recombined(material, rows, how.lane_swapped, rng), batch["hits"])
    made = {"hits": hits, "played": ~recombined, "drawn": rng.random((size, 1)) < how.drawn}
    kept = {name: batch[name] for name in ("velocities", "offsets", "feel", "tempo", "known", "epsilon")}
    return {**kept, **{name: array.astype(np.float32) for name, array in made.items()}, "truth": np.float32(how.truth)}


def _recombined(
    material: GrooveMaterial, rows: NDArray[np.intp], lane_swapped: float, rng: np.random.Generator
) -> FloatArray:
    """Return the hits of examples with some lanes of others in place of their own, a bar later or not, (B, 32, 9)."""
    hits = material.examples.hits
    lanes = np.arange(DRUM_COUNT)
    from_rows = rng.integers(len(hits), size=(len(rows), DRUM_COUNT))
    others = hits[from_rows[:, None, :], np.arange(hits.shape[1])[None, :, None], lanes[None, None, :]]
    swapped = rng.random((len(rows), 1, DRUM_COUNT)) < lane_swapped
    made: FloatArray = np.where(swapped, others, hits[rows]).astype(np.float32)
    return made
