"""Sliders of melodies and bass lines: density, syncopation, pitch range, register and contour, in key."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

import numpy as np

from groovescape_models.encoding.line_vocabulary import VOCABULARIES
from groovescape_models.encoding.lines import FIRST_NOTE, MIN_PITCH, TOKEN_COUNT, Tokens
from groovescape_models.engines.engine import Setting
from groovescape_models.engines.harmony_mask import NOTE_CLASSES, harmony_noise
from groovescape_models.engines.loops import Loop, loop_of
from groovescape_models.engines.recast import Loudness, recast
from groovescape_models.latent.grid_attributes import TOKEN_ATTRIBUTES
from groovescape_models.latent.line_search import LineTask, search_line
from groovescape_models.latent.model import FloatArray, LatentModel
from groovescape_models.latent.rhythm_search import Goal
from groovescape_models.latent.scales import Floats, Scale
from groovescape_models.music.groove import BoolArray
from groovescape_models.music.key import SEMITONES
from groovescape_models.music.pattern import Pattern, Role

HOLD: Final = 0.5
"""What an attribute that is to stay weighs beside one that is moved."""


class LineControls:
    """Brings lines to wanted attributes, the likeliest notes first by what the model would play."""

    def __init__(self, model: LatentModel, loudness: Loudness, scales: Mapping[str, Scale]) -> None:
        """Use a latent model for what is likely, a way to find new velocities, and the scale of each slider."""
        self._model, self._loudness, self.scales = model, loudness, scales
        self._heard = lru_cache(maxsize=16)(self._logits)

    def measure(self, pattern: Pattern, setting: Setting) -> dict[str, float]:
        """Return the attributes in their own units, each the mean over two-bar windows."""
        loop = loop_of(pattern, setting)
        found = {name: float(values.mean()) for name, values in _measured(loop.grids.astype(np.int16)).items()}
        return {**found, "register": found["register"] - loop.phrases.shift}

    def control(self, pattern: Pattern, moved: Mapping[str, float], setting: Setting) -> Pattern:
        """Return the pattern with attributes moved to shares of their scales, the others kept as well as can be."""
        own = self.measure(pattern, setting)
        changes = {name: float(self.scales[name].value(share)) - own[name] for name, share in moved.items()}
        loop = loop_of(pattern, setting)
        allowed = allowed_tokens(pattern.role, loop, setting)
        grids = self._edited(loop, self._heard(pattern, setting), changes, allowed)
        return recast(pattern, loop.grid(grids), self._loudness, setting.tempo_bpm)

    def _logits(self, pattern: Pattern, setting: Setting) -> FloatArray:
        """Return what the model would play along the windows, (k, 32, 90)."""
        loop = loop_of(pattern, setting)
        means, _ = self._model.encode(loop.grids, loop.condition)
        return self._model.logits(means, loop.grids, loop.condition)

    def _edited(self, loop: Loop, logits: FloatArray, changes: Mapping[str, float], allowed: BoolArray) -> Tokens:
        """Return the windows' tokens after changes of some attributes, (k, 32)."""
        tokens = loop.grids.astype(np.int16)
        measured = _measured(tokens)
        edited = tokens.copy()
        for window, line in enumerate(tokens):
            goals = [
                self._goal(name, float(measured[name][window]), changes.get(name), loop) for name in TOKEN_ATTRIBUTES
            ]
            task = LineTask(line, logits[window], allowed[window], loop.inside[window] | loop.one_bar, loop.one_bar)
            edited[window] = search_line(task, goals)
        return edited

    def _goal(self, name: str, value: float, change: float | None, loop: Loop) -> Goal:
        """Return the goal of an attribute of a window: to change by so much, or to stay."""
        scale = self.scales[name]
        if name == "register":
            scale = replace(scale, values=scale.values + loop.phrases.shift)
        return Goal(name, scale, value, HOLD) if change is None else Goal(name, scale, value + change, 1.0)


def allowed_tokens(role: Role, loop: Loop, setting: Setting) -> BoolArray:
    """Return which tokens new notes of each window may have, bool (k, 32, 90), the line in C.

    With a strict key those of scale and chord, besides the pitch classes that the line has itself.
    """
    tokens, condition = loop.grids, loop.condition
    vocabulary = VOCABULARIES[role]
    pitches = np.arange(TOKEN_COUNT) - FIRST_NOTE + MIN_PITCH
    in_range = (pitches >= vocabulary.lowest) & (pitches < vocabulary.lowest + vocabulary.pitches)
    in_range[:FIRST_NOTE] = True
    if condition is None or not setting.strict_key:
        return np.broadcast_to(in_range, (*tokens.shape, TOKEN_COUNT))
    own = np.zeros(SEMITONES, np.bool_)
    own[np.unique((tokens[tokens >= FIRST_NOTE] - FIRST_NOTE + MIN_PITCH) % SEMITONES)] = True
    lawful = np.stack([harmony_noise(window, strict=True) > -1.0 for window in condition])
    lawful[..., FIRST_NOTE:] |= own[NOTE_CLASSES]
    return lawful & in_range


def _measured(tokens: Tokens) -> dict[str, Floats]:
    return {name: measure(tokens) for name, measure in TOKEN_ATTRIBUTES.items()}
