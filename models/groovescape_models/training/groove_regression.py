"""A two-layer BiLSTM that regresses offsets and velocities from hits: the plain network that a humaniser must beat.

It is trained within the evaluation, for some minutes on the training split. Needs Keras.
"""

import time
from typing import Final

import keras
import numpy as np
from keras import ops

from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import FloatArray
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.groove_measures import STEP_MS_AT_1_BPM, Playing
from groovescape_models.training.networks.tensors import Tensor

UNITS: Final = 128
DROPOUT: Final = 0.3
BATCH: Final = 128
PACE: Final = 2e-3
MS_AS_VELOCITY: Final = 1.2
"""How much of a velocity of 127 a millisecond counts in the loss."""


def bilstm_regression(train: ExampleArrays, examples: ExampleArrays, minutes: float, seed: int = 0) -> Playing:
    """Return what the network says of examples after so many minutes (at least one pass through a single batch)."""
    keras.utils.set_random_seed(seed)
    network = _network(train.hits.shape[1])
    inputs, targets = _inputs(train), _targets(train)
    rng, until = np.random.default_rng(seed), time.monotonic() + 60.0 * minutes
    size, share = min(BATCH, len(train)), 0.0
    while share < 1.0:
        network.optimizer.learning_rate = PACE * max(0.02, 1.0 - share)
        for rows in np.array_split(rng.permutation(len(train)), max(1, len(train) // size)):
            network.train_on_batch(inputs[rows], targets[rows])
            if time.monotonic() >= until:
                break
        share = 1.0 if minutes <= 0 else 1.0 - max(0.0, until - time.monotonic()) / (60.0 * minutes)
    velocity, offset = np.split(network.predict(_inputs(examples), batch_size=BATCH, verbose=0), 2, axis=-1)
    return Playing(velocity, offset)


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
