"""Sliders of drums: density, syncopation and complexity are edits of hits; swing and accent are how they are played."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import numpy as np

from groovescape_models.engines.engine import Setting
from groovescape_models.engines.loops import Loop, loop_of
from groovescape_models.engines.recast import Loudness, recast
from groovescape_models.latent.grid_attributes import HIT_ATTRIBUTES
from groovescape_models.latent.model import FloatArray, LatentModel
from groovescape_models.latent.rhythm_search import Goal, search
from groovescape_models.latent.scales import Floats, Scale
from groovescape_models.latent.touch import with_accent, with_swing
from groovescape_models.music.attributes import swing_feel, velocity_accent
from groovescape_models.music.groove import BoolArray
from groovescape_models.music.pattern import Pattern

HOLD: Final = 0.5
"""What an attribute that is to stay weighs beside one that is moved."""


class DrumControls:
    """Brings drum patterns to wanted attributes, the likeliest hits first by what the model would play."""

    def __init__(self, model: LatentModel, loudness: Loudness, scales: Mapping[str, Scale]) -> None:
        """Use a latent model for what is likely, a way to find new velocities, and the scale of each slider."""
        self._model, self._loudness, self.scales = model, loudness, scales
        self._heard = lru_cache(maxsize=16)(self._logits)

    def measure(self, pattern: Pattern, setting: Setting) -> dict[str, float]:
        """Return the attributes in their own units, those of hits as the mean over two-bar windows."""
        loop = loop_of(pattern, setting)
        hits = {name: float(found.mean()) for name, found in _measured(loop.grids.astype(np.bool_)).items()}
        return {**hits, "swing feel": swing_feel(pattern), "velocity accent": velocity_accent(pattern)}

    def control(self, pattern: Pattern, moved: Mapping[str, float], setting: Setting) -> Pattern:
        """Return the pattern with attributes moved to shares of their scales, the others kept as well as can be."""
        own = self.measure(pattern, setting)
        wanted = {name: float(self.scales[name].value(share)) for name, share in moved.items()}
        edited = pattern
        if any(name in HIT_ATTRIBUTES for name in moved):
            loop = loop_of(pattern, setting)
            changes = {name: wanted.get(name, own[name]) - own[name] for name in HIT_ATTRIBUTES}
            grid = loop.grid(self._edited(loop, self._heard(pattern, setting), changes, frozenset(moved)))
            edited = recast(pattern, grid, self._loudness, setting.tempo_bpm)
        if edited != pattern or "swing feel" in moved:
            edited = with_swing(edited, wanted.get("swing feel", own["swing feel"]))
        if edited != pattern or "velocity accent" in moved:
            edited = with_accent(edited, wanted.get("velocity accent", own["velocity accent"]))
        return edited

    def _edited(self, loop: Loop, logits: FloatArray, changes: Mapping[str, float], moved: frozenset[str]) -> BoolArray:
        """Return the windows' hits after changes of each attribute, (k, 32, 9)."""
        hits = loop.grids.astype(np.bool_)
        measured = _measured(hits)
        edited = hits.copy()
        for window in range(len(hits)):
            goals = [
                Goal(
                    name,
                    self.scales[name],
                    float(measured[name][window] + change),
                    1.0 if name in moved else HOLD,
                )
                for name, change in changes.items()
            ]
            inside = None if loop.one_bar else loop.inside[window]
            edited[window] = search(hits[window], logits[window], goals, inside=inside, both_bars=loop.one_bar)
        return edited

    def _logits(self, pattern: Pattern, setting: Setting) -> FloatArray:
        """Return what the model would play, (k, 32, 9); the same in both bars where they are one."""
        loop = loop_of(pattern, setting)
        hits = loop.grids.astype(np.bool_)
        means, _ = self._model.encode(hits)
        logits = self._model.logits(means, hits)
        return np.tile((logits[:, :16] + logits[:, 16:]) / 2, (1, 2, 1)) if loop.one_bar else logits


def _measured(hits: BoolArray) -> dict[str, Floats]:
    return {name: measure(hits) for name, measure in HIT_ATTRIBUTES.items()}
