"""What a line network loses by being made smaller: the same draws in every precision."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from groovescape_models.encoding.line_vocabulary import VOCABULARIES
from groovescape_models.encoding.lines import Tokens
from groovescape_models.engines.line_vae import LineVae
from groovescape_models.inference.numpy_line_vae import NumpyLineVae, Weights
from groovescape_models.inference.runtime import LiteRtNetwork
from groovescape_models.inference.sampling import FloatArray
from groovescape_models.music.pattern import Role
from groovescape_models.training.line_examples import LineExamples
from groovescape_models.training.line_windows import line_windows
from groovescape_models.training.litert_files import Precision

DECODES: Final = 1000
ENOUGH: Final = 0.995
"""Share of the tokens that a file has to keep to ship first."""


@dataclass(frozen=True, slots=True)
class LineFidelity:
    """How the decodes of a file agree with NumPy's in float32 on the same weights, for the same latents and noise.

    equal_tokens is of the likeliest tokens, equal_draws of fair draws at temperature 1, end_to_end of the likeliest
    tokens where each encodes the window by itself too.
    """

    precision: str
    megabytes: float
    equal_tokens: float
    equal_draws: float
    end_to_end: float


def measure_line_fidelities(
    files: Mapping[Precision, bytes], weights: Weights, examples: LineExamples, role: Role
) -> list[LineFidelity]:
    """Return how the file of each precision agrees with NumPy on decodes of held-out windows."""
    vocabulary, size = VOCABULARIES[role], int(weights["encoder/mu/bias"].size)
    windows = line_windows(examples, vocabulary, "test")
    chosen = windows.at(np.random.default_rng(0).permutation(len(windows))[:DECODES])
    tokens, told = vocabulary.tokens(chosen.tokens), chosen.conditions.astype(np.float32)
    exact = LineVae(NumpyLineVae(weights), role, size)
    return [
        _fidelity(precision, file, exact, LineVae(LiteRtNetwork(file), role, size), tokens, told)
        for precision, file in files.items()
    ]


def _fidelity(
    precision: Precision, file: bytes, exact: LineVae, small: LineVae, tokens: Tokens, told: FloatArray
) -> LineFidelity:
    z, own = exact.encode(tokens, told)[0], small.encode(tokens, told)[0]
    noise = exact.draw_noise(np.random.default_rng(1), len(z))
    likeliest = exact.decode(z, condition=told)
    return LineFidelity(
        precision.value,
        round(len(file) / 1e6, 2),
        _equal(likeliest, small.decode(z, condition=told)),
        _equal(exact.decode(z, noise, 1.0, told), small.decode(z, noise, 1.0, told)),
        _equal(likeliest, small.decode(own, condition=told)),
    )


def _equal(expected: Tokens, found: Tokens) -> float:
    return round(float((expected == found).mean()), 4)
