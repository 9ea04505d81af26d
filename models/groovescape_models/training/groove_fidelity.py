"""How close a humaniser's LiteRT file plays to its weights in NumPy, and what two bars cost."""

import time
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.inference.runtime import LiteRtNetwork, Network
from groovescape_models.music.groove import FloatArray
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.feels import feel_rows
from groovescape_models.training.groove_measures import STEP_MS_AT_1_BPM

TIMES: Final = 200


@dataclass(frozen=True)
class Fidelity:
    """How far a file's medians are from those of the weights, over the hits of some performances.

    cpu_ms is the middle of the times that one processor takes to play two bars of one pattern.
    """

    megabytes: float
    mean_ms: float
    max_ms: float
    mean_velocity: float
    max_velocity: float
    cpu_ms: float


def fidelity(model: bytes, reference: Network, examples: ExampleArrays) -> Fidelity:
    """Return how far a .tflite file is from a reference on the hits of examples, each played with its own feel."""
    hits, tempo, feel = examples.hits.astype(np.float32), examples.tempos_bpm[:, None], feel_rows(examples)
    runner = LiteRtNetwork(model)
    mu = reference.run("encode", groove=feel, tempo=tempo)["mu"]
    wanted = reference.run("decode", hits=hits, tempo=tempo, z=mu, known=np.ones_like(tempo))
    own = runner.run("encode", groove=feel, tempo=tempo)["mu"]
    played = runner.run("decode", hits=hits, tempo=tempo, z=own, known=np.ones_like(tempo))
    late = np.abs(played["offset"] - wanted["offset"]) * STEP_MS_AT_1_BPM / tempo[:, :, None]
    loud = np.abs(played["velocity"] - wanted["velocity"]) * 127.0
    misses = (*_mean_and_max(late, examples.hits), *_mean_and_max(loud, examples.hits))
    return Fidelity(len(model) / 1e6, *misses, _cpu_ms(runner, hits[:1], tempo[:1], mu[:1]))


def _mean_and_max(misses: FloatArray, hits: NDArray[np.bool_]) -> tuple[float, float]:
    return float(misses[hits].mean()), float(misses[hits].max())


def _cpu_ms(runner: Network, hits: FloatArray, tempo: FloatArray, z: FloatArray) -> float:
    spent = []
    for _ in range(TIMES):
        began = time.process_time()
        runner.run("decode", hits=hits, tempo=tempo, z=z, known=np.ones_like(tempo))
        spent.append(1e3 * (time.process_time() - began))
    return float(np.median(spent))
