"""How far to trust a humaniser that knows no feel about a whole window: measured where it has heard nothing."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from groovescape_models.inference.numpy_humanizer import FULL_TRUST, NumpyHumanizer, trusted
from groovescape_models.music.groove import FloatArray
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.groove_measures import STEP_MS_AT_1_BPM, Playing, measure
from groovescape_models.training.groove_playing import expected

NAME: Final = "decoder/trust"
SHARES: Final = tuple(round(0.4 + 0.05 * step, 2) for step in range(13))
"""Shares that are tried, 0.4 to 1."""


def with_trust(weights: Mapping[str, FloatArray], examples: ExampleArrays) -> dict[str, FloatArray]:
    """Return the weights with the share of a window's shift that misses least on the validation split of examples.

    What the rest of the shift is replaced by is how late the middle one of all hits of the training split is, in ms.
    """
    validation, usual_ms = examples.split("validation"), _usual_ms(examples.split("train"))
    network = NumpyHumanizer({**weights, NAME: FULL_TRUST})
    playing = expected(network, validation, weights["encoder/mu/bias"].size)
    tried = [np.array([share, usual_ms], np.float32) for share in SHARES]
    best = min(tried, key=lambda trust: timing_ms(playing, validation, trust))
    return {**weights, NAME: best}


def timing_ms(playing: Playing, examples: ExampleArrays, trust: FloatArray) -> float:
    """Return how far examples, played with full trust, are from their drummers, in ms, with another one."""
    tempo = examples.tempos_bpm[:, None]
    offset = trusted(playing.offset, examples.hits.astype(np.float32), tempo, np.zeros_like(tempo), trust)
    return measure("", Playing(playing.velocity, offset), examples).timing_ms


def _usual_ms(examples: ExampleArrays) -> float:
    late_ms = examples.offsets * STEP_MS_AT_1_BPM / examples.tempos_bpm[:, None, None]
    return float(np.median(late_ms[examples.hits]))
