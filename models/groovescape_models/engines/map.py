"""The engine of the 2-D map: a pattern for every point of it."""

from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.harmony import BEATS_PER_BAR, condition_of, shift_to_c
from groovescape_models.encoding.lines import STEPS_PER_BAR, Tokens, moved
from groovescape_models.engines.engine import MapRequest, Setting, ShouldStop, never
from groovescape_models.engines.harmony_mask import harmony_noise
from groovescape_models.engines.map_files import MapFile
from groovescape_models.engines.recast import Loudness, recast
from groovescape_models.errors import Cancelled
from groovescape_models.latent.atlas import Atlas
from groovescape_models.latent.batches import corrected, encoded
from groovescape_models.latent.map import MapDot
from groovescape_models.latent.model import FloatArray, Grids, LatentModel
from groovescape_models.music.key import Key
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.timing import STEP, Meter

AT_ONCE: Final = 32


class MapEngine:
    """Answers MapRequests of one role: two bars of 4/4 a point."""

    def __init__(self, model: LatentModel, shipped: MapFile, loudness: Loudness) -> None:
        """Use a latent model, its map, and a way to find velocities."""
        self._model, self._shipped, self._loudness = model, shipped, loudness

    def patterns(self, request: MapRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return one pattern a point; on a dot, the real pattern that it stands for, in the key that is asked for."""
        made: list[Pattern] = []
        for first in range(0, len(request.points), AT_ONCE):
            if should_stop():
                raise Cancelled
            points = np.clip(np.array(request.points[first : first + AT_ONCE], np.float32), 0.0, 1.0)
            made += self._some(points, request.setting)
        return tuple(made)

    @cached_property
    def _atlas(self) -> Atlas:
        shipped = self._shipped
        grids, conditions = shipped.grids, shipped.conditions
        latents, _ = encoded(self._model, grids, conditions)
        return Atlas(shipped.places, latents, corrected(self._model, latents, grids, conditions))

    def _some(self, points: FloatArray, setting: Setting) -> list[Pattern]:
        z, corrections, nearest = self._atlas.points(points)
        condition = self._condition(nearest, setting)
        noise = corrections if condition is None else corrections + _rule(condition, setting)
        grids = self._model.decode(z, noise, condition=condition)
        dots = self._shipped.map.dots
        return [self._pattern(grid, dots[dot], setting) for grid, dot in zip(grids, nearest.tolist(), strict=True)]

    def _condition(self, nearest: NDArray[np.intp], setting: Setting) -> FloatArray | None:
        """Return what lines are asked to keep to, (n, 8, 36): the setting's key and chords, or the nearest dot's."""
        if self._shipped.conditions is None:
            return None
        if setting.key is None and not setting.chords:
            return np.asarray(self._shipped.conditions[nearest], np.float32)
        bars = self._model.steps // STEPS_PER_BAR
        asked = condition_of(setting.key or Key(), setting.chords, bars)
        return np.repeat(asked.reshape(1, bars * BEATS_PER_BAR, -1), len(nearest), axis=0)

    def _pattern(self, grid: Grids, dot: MapDot, setting: Setting) -> Pattern:
        name = dot.style.capitalize()
        if self._model.role is Role.DRUMS:
            silent = Pattern((), len(grid) * STEP, Meter(), Role.DRUMS, name)
            return recast(silent, grid, self._loudness, setting.tempo_bpm)
        tokens: Tokens = grid.astype(np.int16)
        tonic = 0 if setting.key is None else setting.key.tonic
        line = moved(tokens, -shift_to_c(tonic))
        silent = Pattern((), len(line) * STEP, Meter(), self._model.role, name)
        return recast(silent, line, self._loudness, setting.tempo_bpm)


def _rule(condition: FloatArray, setting: Setting) -> FloatArray:
    """Return the noise that keeps lines to their key, (n, 32, 90)."""
    strict = setting.strict_key and setting.key is not None
    return np.stack([harmony_noise(row, strict) for row in condition])
