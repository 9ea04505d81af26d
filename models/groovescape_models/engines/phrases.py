"""Four bars as two phrases of a two-bar model, each of which hears how the one before it ended."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.lines import STEPS_PER_BAR, Tokens
from groovescape_models.engines.drum_vae import DrumVae
from groovescape_models.engines.line_vae import LineVae
from groovescape_models.inference.sampling import FloatArray
from groovescape_models.latent.model import Grids

PHRASES = 2
TwoBars = DrumVae | LineVae


Kind = TypeVar("Kind", bound=np.generic)


def in_phrases(array: NDArray[Kind]) -> NDArray[Kind]:
    """Return four bars (n, 64, ...), or their condition (n, 16, 36), as phrases (n, 2, 32, ...) or (n, 2, 8, 36)."""
    return array.reshape(len(array), PHRASES, array.shape[1] // PHRASES, *array.shape[2:])


def read_phrases(model: TwoBars, grids: Grids, condition: FloatArray | None) -> tuple[FloatArray, FloatArray]:
    """Return mean and deviation of each phrase's posterior, each (n, 2, size), of four bars (n, 64, ...)."""
    flat = grids.reshape(-1, model.steps, *grids.shape[2:])
    told = None if condition is None else condition.reshape(len(flat), -1, condition.shape[2])
    mean, deviation = model.encode(flat, told)
    shape = (len(grids), PHRASES, -1)
    return mean.reshape(shape), deviation.reshape(shape)


def play_phrases(
    model: TwoBars,
    phrases: FloatArray,
    noise: FloatArray | None,
    temperature: float,
    condition: FloatArray | None,
    past: Tokens | None = None,
) -> Grids:
    """Return four bars (n, 64, ...) of phrases (n, 2, size); past (n, 16) is the bar before, if a line has one."""

    def play(phrase: int, before: Tokens | None) -> Grids:
        noises = None if noise is None else np.asarray(in_phrases(noise)[:, phrase], np.float32)
        told = _told(condition, phrase)
        if isinstance(model, DrumVae):
            return model.decode(phrases[:, phrase], noises, temperature, told)
        return model.decode(phrases[:, phrase], noises, temperature, told, before)

    return _one_by_one(play, past)


def along_phrases(
    model: TwoBars, what: str, phrases: FloatArray, grids: Grids, condition: FloatArray | None
) -> FloatArray:
    """Return a two-bar model's "corrections" or "logits" along four bars (n, 64, ...), of phrases (n, 2, size)."""
    wanted = grids.reshape(len(grids), PHRASES, model.steps, *grids.shape[2:])
    parts = []
    for phrase in range(PHRASES):
        arguments = (phrases[:, phrase], wanted[:, phrase], _told(condition, phrase))
        before = (wanted[:, phrase - 1, -STEPS_PER_BAR:],) if phrase and isinstance(model, LineVae) else ()
        parts.append(getattr(model, what)(*arguments, *before))
    return np.concatenate(parts, axis=1)


def _told(condition: FloatArray | None, phrase: int) -> FloatArray | None:
    return None if condition is None else np.asarray(in_phrases(condition)[:, phrase], np.float32)


def _one_by_one(play: Callable[[int, Tokens | None], Grids], past: Tokens | None) -> Grids:
    played = [play(0, past)]
    for phrase in range(1, PHRASES):
        played.append(play(phrase, played[-1][:, -STEPS_PER_BAR:].astype(np.int16)))
    return after_each_other(played)


def after_each_other(grids: Sequence[Grids]) -> Grids:
    """Return grids (n, steps, ...) of one kind joined along their steps."""
    together: Grids = np.concatenate(list(grids), axis=1)
    return together
