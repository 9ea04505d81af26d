"""Batches for the humaniser: performances to be played, and performances to take the feel from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import FloatArray
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.feels import CLEAR_OF_OVERLAP, elsewhere, feel_rows

if TYPE_CHECKING:
    from groovescape_models.training.trainer import Batch, Batches


@dataclass(frozen=True, slots=True)
class GrooveBatching:
    """How training examples of the humaniser are drawn; shares are 0..1."""

    batch_size: int = 256
    known: float = 0.4
    """Share of the examples that are given a feel."""
    own_feel: float = 0.5
    """Share whose feel is encoded from the very window; the others take it from elsewhere in the performance."""
    lanes_dropped: float = 0.1
    hits_dropped: float = 0.02
    tempo_jitter: float = 0.05
    """Standard deviation of the logarithm of the tempo."""
    bars_swapped: float = 0.5
    beta: float = 0.25
    median: float = 0.5
    four_bars: float = 0.35
    """Share of the batches that are four bars long, of half as many examples."""
    habit_cost: float = 300.0
    """What a habit of one spread costs a performance in each epoch, twice the nats."""


def groove_batches(examples: ExampleArrays, latent_size: int, seed: int, how: GrooveBatching) -> "Batches":
    """Return the batches of each epoch for networks.humanizer.Humanizer.call."""
    material = GrooveMaterial.of(examples)

    def batches(epoch: int) -> "Iterator[Batch]":
        rng = np.random.default_rng((seed, epoch))
        others, order = elsewhere(examples.sources, rng), rng.permutation(len(examples))
        size = min(how.batch_size, len(examples))
        for begin in range(0, len(order) - size + 1, size):
            rows, is_long = order[begin : begin + size], rng.random() < how.four_bars
            if is_long:
                rows = rows[material.following[rows] >= 0][: max(1, size // 2)]
            if len(rows):
                yield groove_batch(material, rows, others[rows], latent_size, how, rng, is_long=is_long)

    return batches


@dataclass(frozen=True, eq=False)
class GrooveMaterial:
    """Examples with what batches need of them.

    feels (n, 32, 27) are what the encoder sees; following (n,) is the example two bars on in the same performance, or
    -1; performances (n,) number the performances; shares (n,) are one by the number of examples of the performance.
    """

    examples: ExampleArrays
    feels: FloatArray
    following: NDArray[np.intp]
    performances: NDArray[np.intp]
    shares: FloatArray

    @staticmethod
    def of(examples: ExampleArrays) -> "GrooveMaterial":
        """Return the material of examples; those of one performance follow each other in its order."""
        names, performances, counts = np.unique(examples.sources, return_inverse=True, return_counts=True)
        del names
        shares = (1.0 / counts[performances]).astype(np.float32)
        return GrooveMaterial(examples, feel_rows(examples), following(examples), performances, shares)


def following(examples: ExampleArrays) -> NDArray[np.intp]:
    """Return, for each example, the index of the one that begins where it ends, or -1 where there is none."""
    at = np.arange(len(examples)) + CLEAR_OF_OVERLAP
    there = np.minimum(at, len(examples) - 1)
    same = (examples.sources[there] == examples.sources) & (examples.bars[there] == examples.bars + CLEAR_OF_OVERLAP)
    found: NDArray[np.intp] = np.where(same & (at < len(examples)), at, -1)
    return found


def groove_batch(
    material: GrooveMaterial,
    rows: NDArray[np.intp],
    others: NDArray[np.intp],
    latent_size: int,
    how: GrooveBatching,
    rng: np.random.Generator,
    *,
    is_long: bool = False,
) -> "Batch":
    """Return one batch: the examples at rows, some with their own feel, some with that of others.

    A long one has the examples that follow appended, four bars in all; the feel is always that of two.
    """
    size = len(rows)
    own = rng.random((size, 1, 1)) < how.own_feel
    kept, kept_elsewhere = (rng.random((2, size, 1, DRUM_COUNT)) >= how.lanes_dropped).astype(np.float32)
    feel_kept = np.tile(np.where(own, kept, kept_elsewhere), 3)
    feel = np.where(own, material.feels[rows], material.feels[others]) * feel_kept
    arrays = {
        **_performed(material, rows, kept, how, rng, is_long=is_long),
        "feel": feel,
        "tempo": material.examples.tempos_bpm[rows, None] * np.exp(how.tempo_jitter * rng.standard_normal((size, 1))),
        "known": rng.random((size, 1)) < how.known,
        "epsilon": rng.standard_normal((size, latent_size)),
        "performance": material.performances[rows, None],
        "weight": how.habit_cost * material.shares[rows, None],
    }
    costs = {"beta": np.float32(how.beta), "median": np.float32(how.median)}
    marks = {"four_bars": np.float32(1.0)} if is_long else {}  # other names, other shapes: TensorFlow keeps them apart
    return {**{name: array.astype(np.float32) for name, array in arrays.items()}, **costs, **marks}


def _performed(
    material: GrooveMaterial,
    rows: NDArray[np.intp],
    kept: FloatArray,
    how: GrooveBatching,
    rng: np.random.Generator,
    *,
    is_long: bool,
) -> dict[str, FloatArray]:
    """Return hits, velocities and offsets to be played, (B, T, 9), without some lanes and hits, halves swapped."""
    examples = material.examples
    columns = [examples.hits.astype(np.float32), examples.velocities, examples.offsets]
    played = np.stack([column[rows] for column in columns])
    if is_long:
        played = np.concatenate([played, np.stack([column[material.following[rows]] for column in columns])], axis=2)
    played[0] *= kept * (rng.random(played[0].shape) >= how.hits_dropped)
    swapped = rng.random((len(rows), 1, 1)) < how.bars_swapped
    played = np.where(swapped, np.roll(played, played.shape[2] // 2, axis=2), played)
    return dict(zip(("hits", "velocities", "offsets"), played, strict=True))
