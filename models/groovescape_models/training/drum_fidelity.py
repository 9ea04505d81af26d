"""What a drum network loses by being made smaller: the same draws in every precision, and pruned weights."""

import gzip
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from groovescape_models.inference.numpy_drum_vae import NumpyDrumVae, Weights
from groovescape_models.inference.runtime import LiteRtNetwork, Network
from groovescape_models.inference.sampling import logistic_noise
from groovescape_models.music.groove import BoolArray, FloatArray
from groovescape_models.training.eight_bits import on_int8_grid
from groovescape_models.training.evaluate_drums import reconstruction
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.litert_drums import drum_litert
from groovescape_models.training.litert_files import Precision

DECODES: Final = 1000
TIMED: Final = 200
PRUNED_SHARES: Final = (0.0, 0.25, 0.5)
ONE: Final = np.array(1.0, np.float32)


@dataclass(frozen=True, slots=True)
class Fidelity:
    """How the draws of a file agree with NumPy's in float32 on the same weights, for the same latents and noise.

    equal_hits is the F1 of the hits; equal_steps the share of steps with all nine drums alike; end_to_end_steps the
    same where each encodes the pattern by itself too.
    """

    precision: str
    megabytes: float
    equal_hits: float
    equal_steps: float
    equal_patterns: float
    end_to_end_steps: float


@dataclass(frozen=True, slots=True)
class Pruned:
    """An int8 file whose smallest weights, so large a share of each kernel, are 0; not trained again."""

    share: float
    gzip_megabytes: float
    decode_cpu_ms: float
    hit_f1: float
    steps_exact: float


def measure_fidelities(files: Mapping[Precision, bytes], weights: Weights, examples: ExampleArrays) -> list[Fidelity]:
    """Return how the file of each precision agrees with NumPy on draws from test patterns."""
    hits = examples.split("test").hits
    hits = hits[np.random.default_rng(0).permutation(len(hits))[:DECODES]]
    noise = logistic_noise(np.random.default_rng(1), (hits.shape[1], len(hits), hits.shape[2]))
    return [_fidelity(precision, file, NumpyDrumVae(weights), hits, noise) for precision, file in files.items()]


def _fidelity(precision: Precision, file: bytes, exact: Network, hits: BoolArray, noise: FloatArray) -> Fidelity:
    network, heard = LiteRtNetwork(file), hits.astype(np.float32)
    z, own_z = exact.run("encode", hits=heard)["mu"], network.run("encode", hits=heard)["mu"]
    expected, found, by_itself = _drawn(exact, z, noise), _drawn(network, z, noise), _drawn(network, own_z, noise)
    same = found == expected
    return Fidelity(
        precision.value,
        round(len(file) / 1e6, 2),
        round(2.0 * float((found & expected).sum()) / float(found.sum() + expected.sum()), 4),
        round(float(same.all(-1).mean()), 4),
        round(float(same.all((1, 2)).mean()), 4),
        round(float((by_itself == expected).all(-1).mean()), 4),
    )


def measure_pruning(weights: Weights, examples: ExampleArrays) -> list[Pruned]:
    """Return what pruning by magnitude does to the int8 file: size, speed, and how test patterns come back."""
    test = examples.split("test").hits
    return [_pruned(share, weights, test) for share in PRUNED_SHARES]


def _pruned(share: float, weights: Weights, test: BoolArray) -> Pruned:
    file = drum_litert(on_int8_grid(without_smallest(weights, share)), Precision.INT8)
    network = LiteRtNetwork(file)
    z = network.run("encode", hits=test.astype(np.float32))["mu"]
    quiet = np.zeros((test.shape[1], len(test), test.shape[2]), np.float32)
    back = reconstruction(test, _drawn(network, z, quiet))
    return Pruned(
        share,
        round(len(gzip.compress(file, 9)) / 1e6, 2),
        round(_decode_ms(network, z[:1], quiet[:, :1]), 2),
        round(back.hit_f1, 4),
        round(back.steps_exact, 4),
    )


def without_smallest(weights: Weights, share: float) -> dict[str, FloatArray]:
    """Return the weights with the smallest numbers of each kernel, so large a share of it, set to 0."""
    pruned = {}
    for name, array in weights.items():
        least = np.quantile(np.abs(array), share) if name.endswith("kernel") and share > 0 else 0.0
        pruned[name] = np.where(np.abs(array) < least, 0.0, array).astype(np.float32)
    return pruned


def _decode_ms(network: Network, z: FloatArray, quiet: FloatArray) -> float:
    spent = []
    for _ in range(TIMED):
        started = time.process_time()
        network.run("decode", z=z, noise=quiet, temperature=ONE)
        spent.append((time.process_time() - started) * 1e3)
    return float(np.median(spent))


def _drawn(network: Network, z: FloatArray, noise: FloatArray) -> BoolArray:
    drawn: BoolArray = network.run("decode", z=z, noise=noise, temperature=ONE)["hits"] > 0
    return drawn
