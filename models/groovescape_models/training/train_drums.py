"""Train a two-bar drum VAE: ours, or the official MusicVAE configuration that is exchanged with Magenta."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import numpy as np

from groovescape_models.engines.engine import never
from groovescape_models.errors import DataSetError, UnknownNameError
from groovescape_models.music.groove import BoolArray
from groovescape_models.training.augment import Augmentation, augment
from groovescape_models.training.drum_machines import FOLDER, load_drum_machines
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.networks.tensors import Network
from groovescape_models.training.trainer import (
    Batch,
    Batches,
    OnProgress,
    Progress,
    Trainer,
    TrainerOptions,
    TrainingResult,
    Validate,
)

CONFIGS: Final = ("groovescape", "official")
BATCH_SIZE: Final = 128
FREE_BITS: Final = 70.0
BETA: Final = 1.0
PAST_KEPT: Final = 0.5
"""Share of the steps whose past the player hears in training; it must not lean on it."""


def silent(_: Progress) -> None:
    """Show no progress."""


def train_musicvae_drums(
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
    examples, machines = load_gmd(data), _machines(data)
    options = TrainerOptions(minutes, epochs, resume=resume)
    trainer = make_trainer(examples, machines, out, options, seed=seed, config=config)
    return trainer.run(on_progress, should_stop)


def _machines(data: Path) -> BoolArray:
    if (data / FOLDER).is_dir():
        return load_drum_machines(data).hits
    return np.zeros((0, 32, 9), np.bool_)


def make_trainer(
    examples: ExampleArrays, machines: BoolArray, out: Path, options: TrainerOptions, *, seed: int, config: str
) -> Trainer:
    """Return the trainer of a drum network on examples that are in memory; only the train split is learned from."""
    train, validation = examples.split("train").hits, examples.split("validation").hits
    if not len(train):
        raise DataSetError("The data has no training split; check the folder named with --data.")
    network = _network(config, seed)
    batches = drum_batches(train, machines, network.config.latent_size, seed)
    return Trainer(network, batches, reconstruction_of(validation), options, out)


def _network(config: str, seed: int) -> Network:
    import keras

    from groovescape_models.training.networks.drum_vae import DrumVae, DrumVaeConfig

    keras.utils.set_random_seed(seed)
    return DrumVae(DrumVaeConfig())


def drum_batches(
    train: BoolArray, machines: BoolArray, latent_size: int, seed: int, how: Augmentation | None = None
) -> Batches:
    """Return the batches of each epoch: shuffled, augmented, with the noise that the network is to use."""

    def batches(epoch: int) -> Iterator[Batch]:
        rng = np.random.default_rng((seed, epoch))
        order = rng.permutation(len(train))
        size = min(BATCH_SIZE, len(train))
        for first in range(0, len(order) - size + 1, size):
            hits = augment(train[order[first : first + size]], train, machines, how or Augmentation(), rng)
            yield drum_batch(hits, latent_size, rng)

    return batches


def drum_batch(hits: BoolArray, latent_size: int, rng: np.random.Generator) -> Batch:
    """Return one batch for networks.drum_vae.DrumVae.call."""
    return {
        "hits": hits.astype(np.float32),
        "epsilon": rng.standard_normal((len(hits), latent_size), np.float32),
        "keep": (rng.random((len(hits), hits.shape[1], 1)) < PAST_KEPT).astype(np.float32),
        "beta": np.float32(BETA),
        "free_bits": np.float32(FREE_BITS),
    }


def reconstruction_of(hits: BoolArray, batch_size: int = 256) -> Validate:
    """Return a validation: how well a network gives patterns back, free running from the posterior mean.

    The score is the F1 of the hits.
    """

    def validate(network: Network) -> dict[str, float]:
        parts = [hits[i : i + batch_size] for i in range(0, len(hits), batch_size)]
        back = np.concatenate([network.reconstruct(part.astype(np.float32)) for part in parts]).astype(np.bool_)
        f1 = 2.0 * float((back & hits).sum()) / max(1.0, float(back.sum() + hits.sum()))
        return {"score": f1, "hit_f1": f1, "steps_exact": float((back == hits).all(-1).mean())}

    return validate
