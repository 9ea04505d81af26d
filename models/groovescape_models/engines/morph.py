"""The morph engine: the patterns of the plane between four corners."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from groovescape_models.encoding.drums import TWO_BARS, from_groove, to_groove
from groovescape_models.engines.drum_vae import DrumVae
from groovescape_models.engines.engine import MorphRequest, ShouldStop, never
from groovescape_models.engines.humanizer import Humanizer
from groovescape_models.errors import Cancelled
from groovescape_models.inference.sampling import FloatArray
from groovescape_models.latent.plane import blend_latents, corner_strength, corner_weights
from groovescape_models.music.groove import BoolArray, Groove
from groovescape_models.music.pattern import Pattern
from groovescape_models.music.timing import STEP, Meter

POINTS_AT_ONCE = 32
"""Points decoded between two looks at should_stop."""
ON_CORNER = 1.0 - 1e-6
"""A weight above this is the corner itself."""
MODEL_SHARE = 0.05
"""Weight of the humaniser's velocity beside those that the corners have in the same cell."""

Corners = tuple[Pattern, Pattern, Pattern, Pattern]


@dataclass(frozen=True, eq=False)
class _Plane:
    """Four corners made ready: latents (4, Z), corrections (4, 32, 9), and their grids (4, 32, 9)."""

    latents: FloatArray
    corrections: FloatArray
    hits: BoolArray
    velocities: FloatArray
    offsets: FloatArray


class DrumMorph:
    """Answers MorphRequests. The corners of the last few planes are kept encoded."""

    def __init__(self, vae: DrumVae, humanizer: Humanizer) -> None:
        """Use a drum VAE for the hits and a humaniser for velocities that no corner gives."""
        self._vae = vae
        self._humanizer = humanizer
        self._plane = lru_cache(maxsize=8)(self._encode)

    def morph(self, request: MorphRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return one two-bar pattern a point; on a corner, the corner itself, cut or looped to two bars."""
        corners = tuple(two_bars(corner) for corner in request.corners)
        plane = self._plane(corners)
        patterns: list[Pattern] = []
        for start in range(0, len(request.points), POINTS_AT_ONCE):
            if should_stop():
                raise Cancelled
            points = np.array(request.points[start : start + POINTS_AT_ONCE], np.float32)
            patterns += self._patterns(plane, corners, corner_weights(points), request.setting.tempo_bpm)
        return tuple(patterns)

    def _encode(self, corners: Corners) -> _Plane:
        grooves = [to_groove(corner) for corner in corners]
        hits = np.stack([groove.hits for groove in grooves])
        latents, _ = self._vae.encode(hits)
        velocities = np.stack([groove.velocities for groove in grooves])
        offsets = np.stack([groove.offsets for groove in grooves])
        return _Plane(latents, self._vae.corrections(latents, hits), hits, velocities, offsets)

    def _patterns(
        self, plane: _Plane, corners: tuple[Pattern, ...], weights: FloatArray, tempo_bpm: float
    ) -> list[Pattern]:
        nudge = np.einsum("nk,ksd->nsd", corner_strength(weights), plane.corrections)
        hits = self._vae.decode(blend_latents(plane.latents, weights), nudge)
        expected = self._humanizer.decode(hits, tempo_bpm, None).velocity
        velocities, offsets = _played(plane, weights, hits, expected)
        return [
            corners[int(np.argmax(row))]
            if row.max() > ON_CORNER
            else from_groove(Groove(hits[i], velocities[i], offsets[i], tempo_bpm), name=_name(corners, row))
            for i, row in enumerate(weights)
        ]


def _name(corners: tuple[Pattern, ...], weights: FloatArray) -> str:
    """Return what a point lies between: the names of its two nearest corners, as in 'Rock, Funk'."""
    nearest = np.argsort(-weights, kind="stable")[:2]
    names = dict.fromkeys(corners[i].name for i in nearest if weights[i] > 0 and corners[i].name)
    return ", ".join(names) or "Morph"


def _played(plane: _Plane, weights: FloatArray, hits: BoolArray, expected: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return velocities and offsets (n, 32, 9) of decoded hits: as the corners play that cell, by their nearness."""
    shares = weights[:, :, None, None] * plane.hits[None]
    total = shares.sum(axis=1) + MODEL_SHARE
    velocities = ((shares * plane.velocities[None]).sum(axis=1) + MODEL_SHARE * expected) / total
    offsets = (shares * plane.offsets[None]).sum(axis=1) / total
    return (velocities * hits).astype(np.float32), (offsets * hits).astype(np.float32)


def two_bars(pattern: Pattern) -> Pattern:
    """Return two bars of 4/4: a longer pattern is cut, a shorter one is repeated until it fills them."""
    length = TWO_BARS * STEP
    repeats = max(1, int(np.ceil(length / pattern.length - 1e-9)))
    notes = [
        note if k == 0 else type(note)(note.start + k * pattern.length, note.duration, note.pitch, note.velocity)
        for k in range(repeats)
        for note in pattern.notes
        if note.start < pattern.length and note.start + k * pattern.length < length
    ]
    return Pattern(tuple(notes), length, Meter(), pattern.role, pattern.name)
