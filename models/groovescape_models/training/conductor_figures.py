"""How well four bars come back through a conductor and its two-bar models: no Keras here."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from groovescape_models.engines.phrases import TwoBars, play_phrases, read_phrases
from groovescape_models.inference.runtime import Network
from groovescape_models.latent.model import Grids
from groovescape_models.music.groove import FloatArray
from groovescape_models.music.pattern import Role
from groovescape_models.training.four_bars import LANES, FourBars

BATCH_SIZE = 256


@dataclass(frozen=True, slots=True)
class BackAgain:
    """How one lane comes back, free running from the posterior mean, over the windows that have it.

    f1 is of its hits, or of its notes (right step, right pitch); steps_exact of its steps, windows_exact of whole
    windows: 0..1.
    """

    f1: float
    steps_exact: float
    windows_exact: float


def encode_bars(network: Network, models: Mapping[Role, TwoBars], bars: FourBars) -> tuple[FloatArray, FloatArray]:
    """Return mean and deviation of the conductor's posterior, each (n, Z)."""
    condition: FloatArray = bars.conditions.astype(np.float32)
    means = {role: _means(model, bars.grids(role), condition) for role, model in models.items()}
    named = {role.value: mean for role, mean in means.items()}
    answer = network.run("encode", **named, has=lanes_there(bars, tuple(models)))
    return answer["mu"], answer["sigma"]


def _means(model: TwoBars, grids: Grids, condition: FloatArray) -> FloatArray:
    cuts = [slice(first, first + BATCH_SIZE) for first in range(0, len(grids), BATCH_SIZE)]
    return np.concatenate([read_phrases(model, grids[cut], condition[cut])[0] for cut in cuts])


def style_rows(styles: NDArray[np.str_], known: tuple[str, ...]) -> FloatArray:
    """Return styles (n,) as one-hot rows, float32 (n, Y); zeros for one that is not known."""
    rows = np.zeros((len(styles), len(known)), np.float32)
    for place, name in enumerate(known):
        rows[:, place] = styles == name
    return rows


def lanes_there(bars: FourBars, roles: tuple[Role, ...]) -> FloatArray:
    """Return which of the roles each window has, float32 (n, roles)."""
    return bars.has[:, [LANES.index(role) for role in roles]].astype(np.float32)


def played_back(network: Network, models: Mapping[Role, TwoBars], bars: FourBars, z: FloatArray) -> dict[Role, Grids]:
    """Return the likeliest grids of each role for the conductor's latents z (n, Z), under the windows' harmony."""
    phrases = network.run("unroll", z=z)
    condition: FloatArray = bars.conditions.astype(np.float32)
    return {role: _played(model, phrases[role.value], condition) for role, model in models.items()}


def _played(model: TwoBars, phrases: FloatArray, condition: FloatArray) -> Grids:
    cuts = [slice(first, first + BATCH_SIZE) for first in range(0, len(phrases), BATCH_SIZE)]
    grids: Grids = np.concatenate([play_phrases(model, phrases[cut], None, 1.0, condition[cut]) for cut in cuts])
    return grids


def back_again(grids: Grids, back: Grids) -> BackAgain:
    """Return how grids (n, 64, ...) came back."""
    right = (grids == back).reshape(len(grids), grids.shape[1], -1).all(2)
    there, found = (_events(each) for each in (grids, back))
    both = float((there & found & (grids == back)).sum())
    f1 = 2.0 * both / max(1.0, float(there.sum() + found.sum()))
    return BackAgain(f1, float(right.mean()), float(right.all(1).mean()))


def _events(grids: Grids) -> Grids:
    """Return where hits are, or where notes begin."""
    return grids if grids.dtype == np.bool_ else grids > 1


def kl_bits(mu: FloatArray, sigma: FloatArray) -> float:
    """Return the mean KL of posteriors (n, Z) to the prior, in bits."""
    nats = (0.5 * (mu**2 + sigma**2 - 1.0) - np.log(sigma)).sum(1)
    return float(nats.mean() / np.log(2.0))
