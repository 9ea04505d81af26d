"""A two-layer BiLSTM that regresses offsets and velocities from hits: the plain network that a humaniser must beat.

It is trained within the evaluation, for some minutes, on the training split. Needs Keras.
"""

import time
from collections.abc import Iterator
from typing import Final

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import FloatArray
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.groove_measures import STEP_MS_AT_1_BPM, Playing
from groovescape_models.training.networks.tensors import Tensor

UNITS: Final = 128
DROPOUT: Final = 0.3
BATCH: Final = 64
PACE: Final = 2e-3
MS_AS_VELOCITY: Final = 1.2
"""How much of a velocity of 127 a millisecond counts in the loss."""
EVERY: Final = 2
"""Windows are a bar apart and two bars long: every second one holds nearly every hit once."""


def bilstm_regression(train: ExampleArrays, examples: ExampleArrays, minutes: float, seed: int = 0) -> Playing:
    """Return what the network says of examples after so many minutes of processor time, all threads together.

    A machine that has other things to do trains it as well, only later. At least one batch is learned.
    """
    keras.utils.set_random_seed(seed)
    train = train.where(train.bars % EVERY == 0)
    network = _network(train.hits.shape[1])
    inputs, targets = _inputs(train), _targets(train)
    began = time.process_time()
    for rows in _batches(len(train), np.random.default_rng(seed)):
        share = (time.process_time() - began) / (60.0 * minutes)
        network.optimizer.learning_rate = PACE * max(0.01, 1.0 - share)
        network.train_on_batch(inputs[rows], targets[rows])
        if share >= 1.0:
            break
    velocity, offset = np.split(network.predict(_inputs(examples), batch_size=BATCH, verbose=0), 2, axis=-1)
    return Playing(velocity, offset)


def _batches(count: int, rng: np.random.Generator) -> Iterator[NDArray[np.intp]]:
    """Yield batches without end, each epoch in another order."""
    while True:
        yield from np.array_split(rng.permutation(count), max(1, count // BATCH))


def _network(steps: int) -> keras.Model:
    x = given = keras.Input((steps, DRUM_COUNT + 1))
    for _ in range(2):
        x = keras.layers.Bidirectional(keras.layers.LSTM(UNITS, return_sequences=True))(x)
        x = keras.layers.Dropout(DROPOUT)(x)
    network = keras.Model(given, keras.layers.Dense(2 * DRUM_COUNT)(x))
    network.compile(keras.optimizers.Adam(PACE, clipnorm=1.0), _misses)
    return network


def _misses(real: Tensor, said: Tensor) -> Tensor:
    """Return the mean absolute misses of the hits; real has weights (0 where no hit is) and values, (B, T, 36)."""
    values, weights = ops.split(real, 2, axis=-1)
    return ops.sum(weights * ops.abs(said - values)) / ops.maximum(ops.sum(ops.cast(weights > 0, "float32")), 1.0)


def _inputs(examples: ExampleArrays) -> FloatArray:
    """Return hits and tempo, float32 (n, 32, 10)."""
    tempo = np.broadcast_to((examples.tempos_bpm[:, None, None] - 110.0) / 40.0, (*examples.hits.shape[:2], 1))
    return np.concatenate([examples.hits, tempo], axis=-1).astype(np.float32)


def _targets(examples: ExampleArrays) -> FloatArray:
    """Return values and weights of velocities and offsets, float32 (n, 32, 36)."""
    hits = examples.hits.astype(np.float32)
    step_ms = STEP_MS_AT_1_BPM / examples.tempos_bpm[:, None, None]
    weights = [127.0 * hits, MS_AS_VELOCITY * step_ms * hits]
    return np.concatenate([examples.velocities, examples.offsets, *weights], axis=-1).astype(np.float32)
