"""One window with a part that stays: the rest drawn from a latent model so that it goes with it.

Candidates are the latents of what stays put together with something else: with draws of the prior, as the networks
were trained on lanes and bars of several players put together, and with windows that are likely to go on like this.
Each completes the window around the locked cells, and one is drawn by how likely it makes them (importance sampling
of p(z | locked)).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.lines import FIRST_NOTE, MIN_PITCH, TOKEN_COUNT
from groovescape_models.encoding.phrases import WINDOW_STEPS
from groovescape_models.engines.engine import Setting
from groovescape_models.latent.completion import Draw, complete, fit, logit_noise, merged
from groovescape_models.latent.model import FloatArray, Grids, LatentModel
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.key import SEMITONES
from groovescape_models.music.pattern import Role

STRANGERS: Final = 16
"""Candidates whose free part comes from the prior, where a part is made anew."""
KIN: Final = 8
"""Candidates near each window that is likely to go on like this."""
LIKENESS: Final = 0.9
"""Correlation of a candidate's latent with the window that it is taken from."""
TRUST: Final = 3.0
"""Nats that one candidate must be ahead of another to be drawn e times as often."""
HIT_TEMPERATURE: Final = 0.5
"""Temperature of single hits at a request's temperature of 1; the rest of the surprise is in the latent."""
COLDEST: Final = 0.5
"""Lines are drawn no cooler than this, as they hold on to a note otherwise."""
FORBIDDEN: Final = -1e4


@dataclass(frozen=True, eq=False)
class FreeWindow:
    """A window to be completed.

    grid is (32, 9) or (32,), locked the same shape; likes are windows that it may go on like, strangers the
    number of candidates that owe nothing to them; condition is (8, 36), None for drums.
    """

    grid: Grids
    locked: NDArray[np.bool_]
    likes: tuple[Grids, ...]
    condition: FloatArray | None = None
    strangers: int = STRANGERS


def fill(model: LatentModel, free: FreeWindow, setting: Setting, temperature: float, rng: np.random.Generator) -> Grids:
    """Return the window with its free cells drawn, (32, 9) or (32,), other than they are now where that can be."""
    windows = np.stack([*(like for like in free.likes for _ in range(KIN)), *_strangers(model, free, rng)])
    count = len(windows)
    condition = _each(free.condition, count)
    means, _ = model.encode(windows, condition)
    spread = rng.standard_normal(means.shape).astype(np.float32)
    z = np.float32(LIKENESS) * means + np.float32(np.sqrt(1.0 - LIKENESS**2)) * spread
    grids: Grids = np.repeat(free.grid[None], count, axis=0)  # type: ignore[assignment]  # repeat keeps the dtype
    locked = np.repeat(free.locked[None], count, axis=0)
    draw = _draw(model, count, setting, temperature, free.condition, rng)
    drawn = complete(model, z, grids, locked, draw, condition)
    score = fit(model, z, drawn, locked, condition) / TRUST + rng.gumbel(size=count)
    unfit = (drawn == free.grid).reshape(count, -1).all(axis=1) | ~_has_notes(drawn, locked)
    chosen: Grids = drawn[int(np.argmax(np.where(unfit, score + FORBIDDEN, score)))]
    return chosen


def key_bias(setting: Setting, condition: FloatArray | None) -> FloatArray | None:
    """Return what forbids the tokens outside scale and chord, (1, 32, 90), for a condition (8, 36); None if all may."""
    if condition is None or setting.key is None or not setting.strict_key:
        return None
    scale, _, tones = np.split(condition, 3, axis=1)
    classes = (np.arange(FIRST_NOTE, TOKEN_COUNT) - FIRST_NOTE + MIN_PITCH) % SEMITONES
    allowed = np.repeat((scale + tones)[:, classes] > 0, WINDOW_STEPS // len(condition), axis=0)
    bias = np.zeros((1, WINDOW_STEPS, TOKEN_COUNT), np.float32)
    bias[0, :, FIRST_NOTE:] = np.where(allowed, 0.0, FORBIDDEN)
    return bias


def _has_notes(grids: Grids, locked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return whether anything is struck in the free cells of each window, (n,)."""
    struck = grids.astype(np.bool_) if grids.ndim == 3 else grids >= FIRST_NOTE
    return np.asarray((struck & ~locked).reshape(len(grids), -1).any(axis=1), np.bool_)


def _strangers(model: LatentModel, free: FreeWindow, rng: np.random.Generator) -> Grids:
    """Return windows that have the locked cells and, in the others, draws of the prior."""
    count = free.strangers
    z = rng.standard_normal((count, model.latent_size)).astype(np.float32)
    drawn = model.decode(z, model.draw_noise(rng, count), HIT_TEMPERATURE, _each(free.condition, count))
    return merged(free.locked, free.grid, drawn)


def _draw(
    model: LatentModel,
    count: int,
    setting: Setting,
    temperature: float,
    condition: FloatArray | None,
    rng: np.random.Generator,
) -> Draw:
    drums = model.role is Role.DRUMS
    noise = logit_noise(model, rng, (count, model.steps, DRUM_COUNT if drums else TOKEN_COUNT))
    heat = HIT_TEMPERATURE * temperature if drums else max(COLDEST, temperature)
    return Draw(noise, heat, key_bias(setting, condition))


def _each(condition: FloatArray | None, count: int) -> FloatArray | None:
    return None if condition is None else np.repeat(condition[None], count, axis=0)
