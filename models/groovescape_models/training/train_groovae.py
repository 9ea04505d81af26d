"""Train a humaniser: ours, or the official GrooVAE configuration that is exchanged with Magenta."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.engines.engine import never
from groovescape_models.errors import DataSetError, UnknownNameError
from groovescape_models.music.groove import FloatArray
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.groove_batches import GrooveBatching, elsewhere, feel_rows, groove_batches
from groovescape_models.training.networks.tensors import Network
from groovescape_models.training.trainer import (
    OnProgress,
    Progress,
    Trainer,
    TrainerOptions,
    TrainingResult,
    Validate,
)

CONFIGS: Final = ("groovescape", "official")
GOOD_TIMING_MS: Final = 19.0
GOOD_VELOCITY: Final = 23.0
"""Misses that count the same in the score."""
FEEL_SHARE: Final = 0.25
"""Weight of playing with a feel from elsewhere, beside that of playing the expected one."""


def silent(_: Progress) -> None:
    """Show no progress."""


def train_groovae(
    data: Path,
    out: Path,
    *,
    config: str = "groovescape",
    minutes: float | None = None,
    epochs: int | None = None,
    seed: int = 0,
    resume: bool = False,
    on_progress: OnProgress = silent,
    should_stop: Callable[[], bool] = never,
) -> TrainingResult:
    """Train on the train split of the data at a path, keeping in out the weights that are best on validation.

    Raises DataSetError if the data is not there, UnknownNameError for a config that is not one of CONFIGS,
    DependencyError where Keras has no backend to train on.
    """
    if config not in CONFIGS:
        raise UnknownNameError(f"There is no configuration {config!r}; choose one of {', '.join(CONFIGS)}.")
    options = TrainerOptions(minutes, epochs, learning_rate=2e-3, decay_from=0.3, resume=resume)
    trainer = make_trainer(load_gmd(data), out, options, seed=seed, config=config)
    return trainer.run(on_progress, should_stop)


def make_trainer(examples: ExampleArrays, out: Path, options: TrainerOptions, *, seed: int, config: str) -> Trainer:
    """Return the trainer of a humaniser on examples that are in memory; only the train split is learned from."""
    import keras

    from groovescape_models.training.networks.humanizer import Humanizer, HumanizerConfig

    train, validation = examples.split("train"), examples.split("validation")
    if not len(train):
        raise DataSetError("The data has no training split; check the folder named with --data.")
    keras.utils.set_random_seed(seed)
    network = Humanizer(HumanizerConfig())
    batches = groove_batches(train, network.config.latent_size, seed, GrooveBatching())
    return Trainer(network, batches, misses_of(validation), options, out)


def misses_of(examples: ExampleArrays, batch_size: int = 256) -> Validate:
    """Return a validation: how far a network's medians are from what was played.

    Once with the feel to expect of nobody in particular, once with that of another window of the performance. The
    score is the share of a good miss that they are below it; 0 is 19 ms and 23 / 127.
    """
    feels, others = feel_rows(examples), elsewhere(examples.sources, np.random.default_rng(1))

    def validate(network: Network) -> dict[str, float]:
        sums = np.zeros(4)
        for begin in range(0, len(examples), batch_size):
            rows = np.arange(begin, min(begin + batch_size, len(examples)))
            sums += _misses(network, examples, rows, feels[others[rows]])
        timing, velocity, timing_feel, velocity_feel = (float(x) for x in sums / max(1.0, float(examples.hits.sum())))
        expected = 1.0 - 0.5 * (timing / GOOD_TIMING_MS + velocity / GOOD_VELOCITY)
        with_feel = 1.0 - 0.5 * (timing_feel / GOOD_TIMING_MS + velocity_feel / GOOD_VELOCITY)
        return {
            "score": (1.0 - FEEL_SHARE) * expected + FEEL_SHARE * with_feel,
            "timing_ms": timing,
            "velocity": velocity,
            "timing_ms_with_feel": timing_feel,
            "velocity_with_feel": velocity_feel,
        }

    return validate


def _misses(network: Network, examples: ExampleArrays, rows: NDArray[np.intp], feel: FloatArray) -> FloatArray:
    """Return sums over the hits: ms and velocity with the expected feel, ms and velocity with a given one."""
    import keras

    hits = examples.hits[rows].astype(np.float32)
    tempo = examples.tempos_bpm[rows, None]
    mu, _ = network.encode(feel, tempo)
    sums = []
    for known in (0.0, 1.0):
        played = network.decode(hits, tempo, mu, np.full((len(rows), 1), known, np.float32))
        late = np.abs(keras.ops.convert_to_numpy(played["offset"]) - examples.offsets[rows])
        loud = np.abs(keras.ops.convert_to_numpy(played["velocity"]) - examples.velocities[rows])
        sums += [(hits * late * 15_000.0 / tempo[:, :, None]).sum(), 127.0 * (hits * loud).sum()]
    return np.array(sums, np.float32)
