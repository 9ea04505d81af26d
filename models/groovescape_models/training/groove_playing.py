"""How a humaniser that ships plays examples, through the runtime that the program uses: no Keras here."""

from types import MappingProxyType
from typing import Final

import numpy as np

from groovescape_models.engines.humanizer import FEEL_TEMPERATURE, OFFSET_TEMPERATURE, VELOCITY_TEMPERATURE
from groovescape_models.inference.runtime import Network
from groovescape_models.inference.sampling import gaussian_noise, laplace_noise
from groovescape_models.music.groove import FloatArray
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.feels import feel_rows
from groovescape_models.training.groove_measures import Playing

BATCH_SIZE: Final = 128
DECODERS: Final = MappingProxyType({32: "decode", 64: "decode_4bar"})
"""Signature that plays so many steps as one."""
CELL_EDGE: Final = 0.499
"""Farthest that a hit is drawn from its step, in steps: half a step on would be the next cell."""


def feels_of(network: Network, examples: ExampleArrays) -> FloatArray:
    """Return the feel of each example, (n, Z)."""
    rows, tempo = feel_rows(examples), examples.tempos_bpm[:, None]
    cuts = _cuts(len(examples))
    return np.concatenate([network.run("encode", groove=rows[cut], tempo=tempo[cut])["mu"] for cut in cuts])


def expected(network: Network, examples: ExampleArrays, feel_size: int) -> Playing:
    """Return each example as it is expected of no drummer in particular; feel_size is the network's."""
    answer = _decoded(network, examples, np.zeros((len(examples), feel_size), np.float32), known=False)
    return Playing(answer["velocity"], answer["offset"])


def with_feels(network: Network, examples: ExampleArrays, feels: FloatArray) -> Playing:
    """Return the medians of each example with a feel of its own, feels (n, Z)."""
    answer = _decoded(network, examples, feels, known=True)
    return Playing(answer["velocity"], answer["offset"])


def drawn(network: Network, examples: ExampleArrays, feel_size: int, rng: np.random.Generator) -> Playing:
    """Return each example with a feel drawn for it, and each hit drawn about its median, as the program draws them."""
    feels = FEEL_TEMPERATURE * gaussian_noise(rng, (len(examples), feel_size))
    answer = _decoded(network, examples, feels.astype(np.float32), known=True)
    scatter = laplace_noise(rng, (2, *examples.hits.shape))
    offset = answer["offset"] + OFFSET_TEMPERATURE * scatter[0] * answer["offset_scale"]
    velocity = answer["velocity"] + VELOCITY_TEMPERATURE * scatter[1] * answer["velocity_scale"]
    return Playing(np.clip(velocity, 1.0 / 127.0, 1.0), np.clip(offset, -CELL_EDGE, CELL_EDGE))


def _decoded(network: Network, examples: ExampleArrays, z: FloatArray, *, known: bool) -> dict[str, FloatArray]:
    hits, tempo = examples.hits.astype(np.float32), examples.tempos_bpm[:, None]
    flags, decoder = np.full_like(tempo, known), DECODERS[hits.shape[1]]
    parts = [
        network.run(decoder, hits=hits[cut], tempo=tempo[cut], z=z[cut], known=flags[cut])
        for cut in _cuts(len(examples))
    ]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _cuts(count: int) -> list[slice]:
    return [slice(first, first + BATCH_SIZE) for first in range(0, count, BATCH_SIZE)]
