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

from groovescape_models.encoding.harmony import shift_to_c
from groovescape_models.encoding.lines import FIRST_NOTE, TOKEN_COUNT, pitches_of
from groovescape_models.engines.engine import Setting
from groovescape_models.engines.generate_lines import CHORD_PULL, RANGES
from groovescape_models.engines.harmony_mask import harmony_noise, range_noise
from groovescape_models.latent.completion import Draw, complete, fit, logit_noise, merged
from groovescape_models.latent.model import FloatArray, Grids, LatentModel
from groovescape_models.music.drumkit import DRUM_COUNT
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
UNFIT: Final = -1e4
"""Added to the score of a candidate that is what was there before, or silence."""


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
    draw = _draw(model, count, temperature, harmony_bias(model.role, free, setting), rng)
    drawn = complete(model, z, grids, locked, draw, condition)
    score = fit(model, z, drawn, locked, condition) / TRUST + rng.gumbel(size=count)
    unfit = (drawn == free.grid).reshape(count, -1).all(axis=1) | ~_has_notes(drawn, locked)
    chosen: Grids = drawn[int(np.argmax(np.where(unfit, score + UNFIT, score)))]
    return chosen


def harmony_bias(role: Role, free: FreeWindow, setting: Setting) -> FloatArray | None:
    """Return what to add to the logits of a line, (1, 32, 90): scale, chords and reach as new lines have; drums none.

    The reach is wider where what stays goes beyond it.
    """
    if free.condition is None:
        return None
    lowest, highest = RANGES[role]
    shift = 0 if setting.key is None else shift_to_c(setting.key.tonic)
    stays = pitches_of(free.grid[free.locked & (free.grid >= FIRST_NOTE)].astype(np.int16)) - shift
    reach = range_noise(min([lowest, *stays.tolist()]), max([highest, *stays.tolist()]), shift)
    return (harmony_noise(free.condition, setting.strict_key, CHORD_PULL) + reach)[None]


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
    model: LatentModel, count: int, temperature: float, bias: FloatArray | None, rng: np.random.Generator
) -> Draw:
    drums = model.role is Role.DRUMS
    noise = logit_noise(model, rng, (count, model.steps, DRUM_COUNT if drums else TOKEN_COUNT))
    return Draw(noise, HIT_TEMPERATURE * temperature if drums else max(COLDEST, temperature), bias)


def _each(condition: FloatArray | None, count: int) -> FloatArray | None:
    return None if condition is None else np.repeat(condition[None], count, axis=0)
