"""What a line network learns: its sizes, its batches, and how well it gives windows back."""

import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

import keras
import numpy as np

from groovescape_models.encoding.line_vocabulary import VOCABULARIES, LineVocabulary
from groovescape_models.encoding.lines import Tokens
from groovescape_models.errors import UnknownNameError
from groovescape_models.inference.numpy_line_vae import NumpyLineVae
from groovescape_models.music.groove import FloatArray
from groovescape_models.music.pattern import Role
from groovescape_models.training.checkpoint_files import value_of
from groovescape_models.training.line_augment import LineAugmentation, augment_lines, forget
from groovescape_models.training.line_measures import note_f1
from groovescape_models.training.line_windows import NOTHING, LineWindows
from groovescape_models.training.networks.line_vae import MEMORY, LineVae, LineVaeConfig, sounding_before
from groovescape_models.training.networks.tensors import Network
from groovescape_models.training.trainer import Batch, Batches, Validate

BATCH_SIZE: Final = 128
FREE_BITS: Final[Mapping[Role, float]] = MappingProxyType({Role.MELODY: 45.0, Role.BASS: 34.0})
BETA: Final = 1.0
EARLY_BITS: Final = 150.0
EARLY_EPOCHS: Final = 5.0
"""Bits that cost nothing beyond the free ones at first, and the epochs in which they shrink to 1/e: what a latent can
say is learned before it has to be said briefly."""
PAST_KEPT: Final = 0.5
"""Share of the tokens, and of the lasting notes, that the player hears in training: it must not lean on them."""
WINDOWS_AN_EPOCH: Final = 16_384
SPARE: Final = 0.05
"""Part of the free bits that a latent may say more before that costs score."""
VALIDATION_WINDOWS: Final = 2048
"""Windows that validation looks at, spread over all songs of the split."""

CONFIGS: Final[Mapping[str, Mapping[str, int]]] = MappingProxyType(
    {
        "groovescape": {},
        "medium": {"latent_size": 256, "beat_size": 384, "beat_features": 192, "hidden_size": 1024, "step_size": 384},
    }
)
"""What each named configuration changes in LineVaeConfig."""


def line_config(role: Role, config: str) -> LineVaeConfig:
    """Return the sizes of a named configuration for a role; UnknownNameError if there is none."""
    if config not in CONFIGS:
        raise UnknownNameError(f"There is no configuration {config!r}; choose one of {', '.join(CONFIGS)}.")
    return LineVaeConfig(vocabulary=VOCABULARIES[role].size, **CONFIGS[config])


def line_network(role: Role, config: str, seed: int, eight_bits: bool = False) -> LineVae:
    """Return a network, its weights drawn with the seed."""
    keras.utils.set_random_seed(seed)
    return LineVae(line_config(role, config), eight_bits)


def line_batches(
    network: LineVae,
    train: LineWindows,
    vocabulary: LineVocabulary,
    free_bits: float,
    seed: int,
    early_bits: float = EARLY_BITS,
) -> Batches:
    """Return the batches of each epoch: windows drawn by their weights, augmented, with the noise to use.

    early_bits are free besides, at first.
    """
    size = min(BATCH_SIZE, len(train))
    chances = train.weights / train.weights.sum()

    def batches(epoch: int) -> Iterator[Batch]:
        rng = np.random.default_rng((seed, epoch))
        count = min(WINDOWS_AN_EPOCH, len(train))
        order = rng.choice(len(train), count, replace=False, p=chances)
        for first in range(0, count - size + 1, size):
            chosen = train.at(order[first : first + size])
            changed = augment_lines(chosen, train, vocabulary, LineAugmentation(), rng)
            bits = free_bits + early_bits * math.exp(-epoch / EARLY_EPOCHS)
            yield line_batch(changed, network.config.latent_size, bits, rng)

    return batches


def line_batch(windows: LineWindows, latent_size: int, free_bits: float, rng: np.random.Generator) -> Batch:
    """Return what LineVae.call takes, of windows and fresh noise."""
    count, steps = windows.tokens.shape
    return {
        "tokens": windows.tokens.astype(np.float32),
        "past": windows.pasts.astype(np.float32),
        "sounding": sounding_before(windows.pasts, windows.tokens).astype(np.float32),
        "condition": windows.conditions.astype(np.float32),
        "keep": (rng.random((count, MEMORY - 1 + steps, 1)) < PAST_KEPT).astype(np.float32),
        "keep_sounding": (rng.random((count, steps, 1)) < PAST_KEPT).astype(np.float32),
        "epsilon": rng.standard_normal((count, latent_size), np.float32),
        "free_bits": np.float32(free_bits),
        "beta": np.float32(BETA),
    }


def reconstruction_of(windows: LineWindows, free_bits: float) -> Validate:
    """Return a validation: how well windows come back, free running from the posterior mean, the likeliest tokens.

    The score is the share of steps that are right, less what the latent says beyond its free bits, in parts of those.
    It runs the NumPy network: what ships is what is judged.
    """
    spread = np.linspace(0, len(windows) - 1, min(VALIDATION_WINDOWS, len(windows))).astype(np.int64)
    chosen = forget(windows.at(spread), np.ones(len(spread), np.bool_))

    def validate(network: Network) -> Mapping[str, float]:
        weights = {name: value_of(variable) for name, variable in network.named_variables().items()}
        runs = NumpyLineVae(weights)
        back, bits = reconstructed(runs, chosen), kl_bits(runs, chosen)
        right = back == chosen.tokens
        exact = float(right.mean())
        return {
            "score": exact - max(0.0, bits / free_bits - 1.0 - SPARE),
            "steps_exact": exact,
            "windows_exact": float(right.all(1).mean()),
            "note_f1": note_f1(chosen.tokens, back),
            "kl_bits": bits,
        }

    return validate


def reconstructed(network: NumpyLineVae, windows: LineWindows, batch_size: int = 256) -> Tokens:
    """Return windows as they come back, with their harmony and without the bar before them, (n, S)."""
    rows = [
        _back(network, windows.at(slice(first, first + batch_size))) for first in range(0, len(windows), batch_size)
    ]
    return np.concatenate(rows)


def kl_bits(network: NumpyLineVae, windows: LineWindows) -> float:
    """Return how many bits of a window the posterior tells, the mean over windows."""
    posterior = network.encode(windows.tokens.astype(np.float32), windows.conditions.astype(np.float32))
    mu, sigma = posterior["mu"], posterior["sigma"]
    return float((0.5 * (mu**2 + sigma**2 - 1.0) - np.log(sigma)).sum(1).mean() / math.log(2.0))


def _back(network: NumpyLineVae, windows: LineWindows) -> Tokens:
    condition: FloatArray = windows.conditions.astype(np.float32)
    mu = network.encode(windows.tokens.astype(np.float32), condition)["mu"]
    vocabulary = len(network.weights["player/tokens/kernel"])
    quiet = np.zeros((windows.tokens.shape[1], len(windows), vocabulary), np.float32)
    nothing = np.full((len(windows), MEMORY), NOTHING, np.float32)
    return network.decode(mu, quiet, 1.0, condition, nothing)["tokens"].astype(np.int16)
