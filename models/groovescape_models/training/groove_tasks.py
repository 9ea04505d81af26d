"""What a humaniser learns: its network, its batches, and how it plays hits that it is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Final

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from groovescape_models.errors import UnknownNameError
from groovescape_models.music.groove import FloatArray
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.feels import elsewhere, feel_rows
from groovescape_models.training.groove_batches import GrooveBatching, groove_batches
from groovescape_models.training.groove_measures import STEP_MS_AT_1_BPM, Playing
from groovescape_models.training.networks.humanizer import Humanizer, HumanizerConfig
from groovescape_models.training.networks.tensors import Network, Tensor
from groovescape_models.training.official_grooves import OfficialGrooves
from groovescape_models.training.official_kinds import KINDS, OfficialKind
from groovescape_models.training.trainer import Batches, Validate

GOOD_TIMING_MS: Final = 19.0
GOOD_VELOCITY: Final = 23.0
"""Misses that count the same in the score."""
FEEL_SHARE: Final = 0.25
"""Weight of playing with a feel from elsewhere, beside that of playing the expected one."""
ROWS_AT_ONCE: Final = 256

Play = Callable[[ExampleArrays, FloatArray], tuple[Playing, ...]]
"""Plays the hits of examples with the expected feel and, where a network can, with that of rows (n, 32, 27)."""


def whole(examples: ExampleArrays) -> ExampleArrays:
    """Return examples as they are."""
    return examples


@dataclass(frozen=True)
class GrooveTask:
    """A network with its batches and its way of playing."""

    network: Network
    batches: Batches
    play: Play
    learning_rate: float
    averaging: bool
    windows: Callable[[ExampleArrays], ExampleArrays] = whole
    """Cuts examples to the length that the network plays."""
    hit_f1: Callable[[ExampleArrays], float] | None = None
    """How well hits are found, 0..1, where making them up is what the network learns."""


def groove_task(config: str, train: ExampleArrays, seed: int) -> GrooveTask:
    """Return the task of a named configuration, its weights drawn with the seed; UnknownNameError if there is none."""
    if config not in TASKS:
        raise UnknownNameError(f"There is no configuration {config!r}; choose one of {', '.join(TASKS)}.")
    keras.utils.set_random_seed(seed)
    return TASKS[config](train, seed)


def _ours(train: ExampleArrays, seed: int) -> GrooveTask:
    network = Humanizer(HumanizerConfig(), performances=len(np.unique(train.sources)))
    batches = groove_batches(train, network.config.latent_size, seed, GrooveBatching())

    return GrooveTask(network, batches, plays(network), learning_rate=2e-3, averaging=True)


def plays(network: Network) -> Play:
    """Return how a network with encode and decode plays: by nobody in particular, and with the feel of rows."""

    def play(examples: ExampleArrays, feel: FloatArray) -> tuple[Playing, ...]:
        hits, tempo = examples.hits.astype(np.float32), examples.tempos_bpm[:, None]
        mu, _ = network.encode(feel, tempo)
        answers = [network.decode(hits, tempo, mu, np.full_like(tempo, known)) for known in (0.0, 1.0)]
        return tuple(Playing(_array(answer["velocity"]), _array(answer["offset"])) for answer in answers)

    return play


def _official(kind: OfficialKind, train: ExampleArrays, seed: int) -> GrooveTask:
    official = OfficialGrooves(kind)
    return GrooveTask(
        official.network,
        official.batches(train, seed),
        official.play,
        learning_rate=1e-3,
        averaging=False,
        windows=official.windows,
        hit_f1=official.hit_f1 if kind.makes_hits else None,
    )


TASKS: Final[Mapping[str, Callable[[ExampleArrays, int], GrooveTask]]] = MappingProxyType(
    {"groovescape": _ours} | {name: partial(_official, kind) for name, kind in KINDS.items()}
)


def misses_of(task: GrooveTask, examples: ExampleArrays) -> Validate:
    """Return a validation: how far what a task plays is from what was played.

    Once with the feel to expect of nobody in particular, once with that of another window of the performance. The
    score is the share of a good miss that they are below it; 0 is 19 ms and 23 / 127. Where hits are made up, half of
    the score is how well they are found.
    """
    examples = task.windows(examples)
    feels = feel_rows(examples)[elsewhere(examples.sources, np.random.default_rng(1))]
    cuts = [
        np.arange(first, min(first + ROWS_AT_ONCE, len(examples))) for first in range(0, len(examples), ROWS_AT_ONCE)
    ]

    def validate(_: Network) -> dict[str, float]:
        parts = [_misses(task, examples, rows, feels[rows]) for rows in cuts]
        sums = np.sum(parts, axis=0) / max(1, int(examples.hits.sum()))
        scores = 1.0 - 0.5 * (sums[:, 0] / GOOD_TIMING_MS + sums[:, 1] / GOOD_VELOCITY)
        figures = {"score": float(scores[0]), "timing_ms": float(sums[0, 0]), "velocity": float(sums[0, 1])}
        if len(sums) > 1:
            figures["score"] = float((1.0 - FEEL_SHARE) * scores[0] + FEEL_SHARE * scores[1])
            figures |= {"timing_ms_with_feel": float(sums[1, 0]), "velocity_with_feel": float(sums[1, 1])}
        if task.hit_f1 is not None:
            found = task.hit_f1(examples)
            figures |= {"score": 0.5 * (figures["score"] + found), "hit_f1": found}
        return figures

    return validate


def _misses(task: GrooveTask, examples: ExampleArrays, rows: NDArray[np.intp], feel: FloatArray) -> NDArray[np.float64]:
    """Return sums over the hits of some rows, a line a way of playing: ms, and velocity of 127."""
    chosen = examples.where(np.isin(np.arange(len(examples)), rows))
    step_ms = STEP_MS_AT_1_BPM / chosen.tempos_bpm[:, None, None]
    return np.array(
        [
            [
                (np.abs(playing.offset - chosen.offsets) * step_ms)[chosen.hits].sum(),
                127.0 * np.abs(playing.velocity - chosen.velocities)[chosen.hits].sum(),
            ]
            for playing in task.play(chosen, feel)
        ]
    )


def _array(tensor: Tensor) -> FloatArray:
    array: FloatArray = ops.convert_to_numpy(tensor)
    return array
