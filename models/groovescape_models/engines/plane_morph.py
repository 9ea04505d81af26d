"""What morphing is for every role: corners encoded once, points between them decoded many at a time."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

import numpy as np

from groovescape_models.engines.engine import MorphRequest, Setting, ShouldStop, never
from groovescape_models.errors import Cancelled
from groovescape_models.inference.sampling import FloatArray
from groovescape_models.latent.model import Grids, LatentModel
from groovescape_models.latent.plane import blend_latents, corner_strength, corner_weights
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import STEP, Meter

POINTS_AT_ONCE = 32
"""Points decoded between two looks at should_stop."""
ON_CORNER = 1.0 - 1e-6
"""A weight above this is the corner itself."""
PLANES_KEPT = 8

Corners = tuple[Pattern, ...]
Played = TypeVar("Played")


@dataclass(frozen=True, eq=False)
class _Plane(Generic[Played]):
    """Corners made ready: latents (4, Z), corrections of the decoder (4, ...), and how their notes are played."""

    latents: FloatArray
    corrections: FloatArray
    played: Played


class PlaneMorph(ABC, Generic[Played]):
    """Answers MorphRequests of one role. The corners of the last few planes are kept encoded."""

    def __init__(self, model: LatentModel) -> None:
        """Use the latent space of a role."""
        self._model = model
        self._plane = lru_cache(maxsize=PLANES_KEPT)(self._encode)

    def morph(self, request: MorphRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return one pattern a point, as long as the model's; on a corner, the corner itself, cut or looped to that."""
        corners = tuple(fitted(corner, self._model.steps) for corner in request.corners)
        plane = self._plane(corners, request.setting)
        patterns: list[Pattern] = []
        for start in range(0, len(request.points), POINTS_AT_ONCE):
            if should_stop():
                raise Cancelled
            weights = corner_weights(np.array(request.points[start : start + POINTS_AT_ONCE], np.float32))
            patterns += self._patterns(plane, corners, weights, request.setting)
        return tuple(patterns)

    @abstractmethod
    def _read(self, corners: Corners, setting: Setting) -> tuple[Grids, Played]:
        """Return the grids of the corners, and how their notes are played."""

    @abstractmethod
    def _condition(self, setting: Setting) -> FloatArray | None:
        """Return what is asked of a pattern of the model's length, (beats, 36), or None."""

    @abstractmethod
    def _play(
        self, played: Played, weights: FloatArray, grids: Grids, names: list[str], setting: Setting
    ) -> list[Pattern]:
        """Return decoded grids as patterns, played as the corners are, by their weights (n, 4)."""

    def _ruled(self, nudge: FloatArray, played: Played, setting: Setting) -> FloatArray:
        """Return the noise to decode with, (n, ...), given the corners' own corrections."""
        return nudge

    def _encode(self, corners: Corners, setting: Setting) -> _Plane[Played]:
        grids, played = self._read(corners, setting)
        condition = self._conditions(setting, len(corners))
        latents, _ = self._model.encode(grids, condition)
        return _Plane(latents, self._model.corrections(latents, grids, condition), played)

    def _patterns(
        self, plane: _Plane[Played], corners: Corners, weights: FloatArray, setting: Setting
    ) -> list[Pattern]:
        nudge = np.tensordot(corner_strength(weights), plane.corrections, 1)
        condition = self._conditions(setting, len(weights))
        noise = self._ruled(nudge, plane.played, setting)
        grids = self._model.decode(blend_latents(plane.latents, weights), noise, condition=condition)
        names = [_name(corners, row) for row in weights]
        between = self._play(plane.played, weights, grids, names, setting)
        nearest = weights.argmax(axis=1)
        return [
            corners[nearest[i]] if weights[i, nearest[i]] > ON_CORNER else pattern for i, pattern in enumerate(between)
        ]

    def _conditions(self, setting: Setting, count: int) -> FloatArray | None:
        condition = self._condition(setting)
        return None if condition is None else np.repeat(condition[None], count, axis=0)


def _name(corners: Corners, weights: FloatArray) -> str:
    """Return what a point lies between: the names of its two nearest corners, as in 'Rock, Funk'."""
    nearest = np.argsort(-weights, kind="stable")[:2]
    names = dict.fromkeys(corners[i].name for i in nearest if weights[i] > 0 and corners[i].name)
    return ", ".join(names) or "Morph"


def fitted(pattern: Pattern, steps: int) -> Pattern:
    """Return so many sixteenths of 4/4: a longer pattern is cut, a shorter one is repeated until it fills them."""
    length = steps * STEP
    if pattern.length == length and pattern.meter == Meter() and all(note.start < length for note in pattern.notes):
        return pattern
    repeats = max(1, int(np.ceil(length / pattern.length - 1e-9)))
    notes = [
        note if k == 0 else Note(note.start + k * pattern.length, note.duration, note.pitch, note.velocity)
        for k in range(repeats)
        for note in pattern.notes
        if note.start < pattern.length and note.start + k * pattern.length < length
    ]
    return Pattern(tuple(notes), length, Meter(), pattern.role, pattern.name)
