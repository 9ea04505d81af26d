"""What a drum network learns: its own network, how it is fed a pattern, and how it gives one back."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import keras
import numpy as np

from groovescape_models.encoding.official_drums import hits_of, official_inputs, official_outputs
from groovescape_models.errors import UnknownNameError
from groovescape_models.music.groove import BoolArray
from groovescape_models.training.augment import Augmentation, augment
from groovescape_models.training.networks.drum_vae import DrumVae, DrumVaeConfig
from groovescape_models.training.networks.musicvae import MusicVae
from groovescape_models.training.networks.musicvae_config import CONFIGS as OFFICIAL
from groovescape_models.training.networks.tensors import Network
from groovescape_models.training.trainer import Batch, Batches, Validate

BATCH_SIZE: Final = 128
FREE_BITS: Final = 60.0
BETA: Final = 1.0
PAST_KEPT: Final = 0.5
"""Share of the steps whose past our player hears in training: it must not lean on it."""

SMALL: Final = DrumVaeConfig()
MEDIUM: Final = DrumVaeConfig(
    latent_size=256, beat_size=512, beat_features=256, hidden_size=2048, plan_size=128, step_size=512
)


@dataclass(frozen=True)
class DrumTask:
    """A network with its way in and out: hits are bool (n, 32, 9)."""

    network: Network
    batch_of: Callable[[BoolArray, np.random.Generator], Batch]
    reconstruct: Callable[[BoolArray], BoolArray]


def drum_task(config: str, seed: int, quantised: bool = False) -> DrumTask:
    """Return the task of a named configuration, its weights drawn with the seed; UnknownNameError if there is none.

    quantised computes our own networks in eight bits; the official one has no such form and raises ValueError.
    """
    if config not in TASKS:
        raise UnknownNameError(f"There is no configuration {config!r}; choose one of {', '.join(TASKS)}.")
    keras.utils.set_random_seed(seed)
    return TASKS[config](quantised)


def _ours(quantised: bool) -> DrumTask:
    return _task_of(DrumVae(SMALL, quantised))


def _medium(quantised: bool) -> DrumTask:
    return _task_of(DrumVae(MEDIUM, quantised))


def _task_of(network: DrumVae) -> DrumTask:

    def batch_of(hits: BoolArray, rng: np.random.Generator) -> Batch:
        keep = rng.random((*hits.shape[:2], 1)) < PAST_KEPT
        noise = _noise(len(hits), network.config.latent_size, FREE_BITS, BETA, rng)
        return {"hits": hits.astype(np.float32), "keep": keep.astype(np.float32), **noise}

    return DrumTask(network, batch_of, lambda hits: network.reconstruct(hits.astype(np.float32)) > 0)


def _official(quantised: bool) -> DrumTask:
    if quantised:
        raise ValueError("only the configurations groovescape and medium are trained in eight bits, got official")
    network = MusicVae(OFFICIAL["drums_2bar_small"])

    def batch_of(hits: BoolArray, rng: np.random.Generator) -> Batch:
        inputs, targets = official_inputs(hits), official_outputs(hits)
        config = network.config
        keep = np.ones((*hits.shape[:2], 1), np.float32)
        noise = _noise(len(hits), config.latent_size, config.free_bits, config.beta, rng)
        return {"inputs": inputs, "targets": targets, "keep": keep, **noise}

    return DrumTask(network, batch_of, lambda hits: hits_of(network.reconstruct(official_inputs(hits))))


TASKS: Final[Mapping[str, Callable[[bool], DrumTask]]] = MappingProxyType(
    {"groovescape": _ours, "medium": _medium, "official": _official}
)


def _noise(count: int, latent_size: int, free_bits: float, beta: float, rng: np.random.Generator) -> Batch:
    return {
        "epsilon": rng.standard_normal((count, latent_size), np.float32),
        "free_bits": np.float32(free_bits),
        "beta": np.float32(beta),
    }


def drum_batches(
    task: DrumTask, train: BoolArray, machines: BoolArray, seed: int, how: Augmentation | None = None
) -> Batches:
    """Return the batches of each epoch: shuffled, augmented, with the noise that the network is to use.

    train (n, 32, 9) is gone through once an epoch; machines (k, 32, 9) may be empty.
    """
    size = min(BATCH_SIZE, len(train))

    def batches(epoch: int) -> Iterator[Batch]:
        rng = np.random.default_rng((seed, epoch))
        order = rng.permutation(len(train))
        for first in range(0, len(order) - size + 1, size):
            chosen = train[order[first : first + size]]
            yield task.batch_of(augment(chosen, train, machines, how or Augmentation(), rng), rng)

    return batches


def reconstruction_of(task: DrumTask, hits: BoolArray, batch_size: int = 256) -> Validate:
    """Return a validation: how well patterns come back, free running from the posterior mean; the score is hit F1."""

    def validate(_: Network) -> Mapping[str, float]:
        back = np.concatenate([task.reconstruct(hits[i : i + batch_size]) for i in range(0, len(hits), batch_size)])
        f1 = 2.0 * float((back & hits).sum()) / max(1.0, float(back.sum() + hits.sum()))
        return {"score": f1, "hit_f1": f1, "steps_exact": float((back == hits).all(-1).mean())}

    return validate
