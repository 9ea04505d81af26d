"""The engine of lines and blends through patterns."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.engines.engine import InterpolateRequest, Setting, ShouldStop, never
from groovescape_models.engines.plane_morph import fitted
from groovescape_models.engines.space import Place, Space
from groovescape_models.errors import Cancelled
from groovescape_models.latent.model import FloatArray, Grids
from groovescape_models.latent.onset_edit import tidy
from groovescape_models.latent.paths import along, even_frames
from groovescape_models.latent.plane import blend_latents, corner_strength
from groovescape_models.music.cells import cell_of, steps_of
from groovescape_models.music.key_guess import guess_key
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import nearest_step

DENSE: Final = 8
"""Frames decoded for each one that is asked for."""
MOST_DENSE: Final = 256
MAX_COUNT: Final = 512
AT_ONCE: Final = 32


@dataclass(frozen=True, eq=False)
class _Ends:
    """The patterns that are gone through, of one length, and where they lie."""

    patterns: tuple[Pattern, ...]
    places: tuple[Place, ...]

    @property
    def windows(self) -> int:
        return len(self.places[0].means)


class Interpolate:
    """Answers InterpolateRequests of one role."""

    def __init__(self, space: Space) -> None:
        """Use a latent space."""
        self._space = space

    def interpolate(self, request: InterpolateRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return the patterns of a line, or of the blends asked for; at an end of it, that very pattern.

        All are as long as the longest; shorter ones are repeated. Raises ValueError unless there are two patterns or
        more of one role, and a count or weights that can be.
        """
        _check(request)
        steps = max(steps_of(pattern.length) for pattern in request.patterns)
        patterns = tuple(fitted(pattern, steps) for pattern in request.patterns)
        request = replace(request, setting=_in_one_key(request))
        ends = _Ends(patterns, tuple(self._space.place(pattern, request.setting) for pattern in patterns))
        if request.weights:
            weights = np.array(request.weights, np.float32)
            weights /= weights.sum(axis=1, keepdims=True)
            return self._played(request, ends, weights, self._blends(request, ends, weights, should_stop))
        dense = np.linspace(0.0, len(patterns) - 1.0, min(MOST_DENSE, DENSE * request.count) + 1)
        grids = _tidied(self._line(request, ends, dense, should_stop))
        grids[0], grids[-1] = ends.places[0].loop.grids, ends.places[-1].loop.grids
        frames, where = even_frames(grids, request.count)
        times = np.interp(where, np.arange(len(dense)), dense)
        return self._played(request, ends, _shares(times, len(patterns)), frames)

    def _line(self, request: InterpolateRequest, ends: _Ends, t: NDArray[np.float64], stop: ShouldStop) -> Grids:
        """Return the windows (n, k, ...) of the points of the line at t, 0..patterns - 1."""
        z = np.stack(
            [along(np.stack([p.means[w] for p in ends.places]), request.how, t) for w in range(ends.windows)], axis=1
        )
        return self._decoded(request, ends, z, _shares(t, len(ends.patterns)), stop)

    def _blends(self, request: InterpolateRequest, ends: _Ends, weights: FloatArray, stop: ShouldStop) -> Grids:
        """Return the windows (n, k, ...) of blends."""
        z = np.stack(
            [blend_latents(np.stack([p.means[w] for p in ends.places]), weights) for w in range(ends.windows)], axis=1
        )
        return self._decoded(request, ends, z, weights, stop)

    def _decoded(
        self, request: InterpolateRequest, ends: _Ends, z: FloatArray, weights: FloatArray, stop: ShouldStop
    ) -> Grids:
        """Return the windows of points (n, k, Z), the nearest patterns correcting by their weights (n, patterns)."""
        loop = ends.places[0].loop
        corrections = np.stack([place.corrections for place in ends.places])
        rule = self._space.rule([place.loop for place in ends.places], request.setting)
        made = []
        for first in range(0, len(z), AT_ONCE):
            if stop():
                raise Cancelled
            part = slice(first, first + AT_ONCE)
            nudge = np.tensordot(corner_strength(weights[part]), corrections, 1).astype(np.float32)
            points = z[part].reshape(-1, z.shape[-1])
            grids = self._space.grids(loop, points, (nudge + rule).reshape(-1, *nudge.shape[2:]))
            made.append(grids.reshape(-1, ends.windows, *grids.shape[1:]))
        joined: Grids = np.concatenate(made)  # type: ignore[assignment]  # of one dtype
        return joined

    def _played(
        self, request: InterpolateRequest, ends: _Ends, weights: FloatArray, frames: Grids
    ) -> tuple[Pattern, ...]:
        """Return windows (n, k, ...) as patterns, played like the patterns whose notes they have."""
        made = []
        for grids, shares in zip(frames, weights, strict=True):
            nearest = int(shares.argmax())
            if shares[nearest] > 1.0 - 1e-6:
                made.append(ends.patterns[nearest])
                continue
            source = _together(ends.patterns, shares)
            made.append(self._space.played(source, ends.places[nearest].loop, _tidied(grids), request.setting))
        return tuple(made)


def _tidied(grids: Grids) -> Grids:
    """Return grids (..., 32, 9) as they are, lines (..., 32) with no note ended that does not sound."""
    if grids.dtype == np.bool_:
        return grids.copy()
    lines = grids.reshape(-1, grids.shape[-1]).astype(np.int16)
    return np.stack([tidy(line) for line in lines]).reshape(grids.shape)


def _check(request: InterpolateRequest) -> None:
    patterns = request.patterns
    if len(patterns) < 2 or len({pattern.role for pattern in patterns}) > 1:
        raise ValueError(f"a line needs two patterns or more, all of one role, got {len(patterns)}")
    if not 2 <= request.count <= MAX_COUNT:
        raise ValueError(f"count must be in 2..{MAX_COUNT}, got {request.count}")
    for row in request.weights:
        if len(row) != len(patterns) or min(row) < 0.0 or not sum(row) > 0.0:
            raise ValueError(f"weights must be {len(patterns)} shares >= 0 that are not all 0, got {row}")


def _in_one_key(request: InterpolateRequest) -> Setting:
    """Return the setting with a key that all lines are read in: that of their notes together, if none is asked for."""
    first, setting = request.patterns[0], request.setting
    if first.role is Role.DRUMS or setting.key is not None:
        return setting
    notes = tuple(note for pattern in request.patterns for note in pattern.notes)
    return replace(setting, key=guess_key(replace(first, notes=notes)), strict_key=False)


def _shares(t: NDArray[np.float64], count: int) -> FloatArray:
    """Return how near each point of a line, t in 0..count-1, is to each of its patterns, (n, count), rows sum to 1."""
    return np.maximum(0.0, 1.0 - np.abs(t[:, None] - np.arange(count))).astype(np.float32)


def _together(patterns: tuple[Pattern, ...], shares: FloatArray) -> Pattern:
    """Return every note of patterns once: those that several have are played between them, by their shares."""
    nearest = int(shares.argmax())
    found: dict[tuple[int, int], list[tuple[float, Note]]] = {}
    for pattern, share in zip(patterns, shares.tolist(), strict=True):
        for note in pattern.notes if share > 0 else ():
            cell = cell_of(note) if pattern.role is Role.DRUMS else None
            if pattern.role is not Role.DRUMS or cell is not None:
                lane = note.pitch if cell is None else int(cell.drum)
                place = nearest_step(note.start) % steps_of(pattern.length)
                found.setdefault((place, lane), []).append((share, note))
    return replace(patterns[nearest], notes=tuple(_between(played) for played in found.values()), name="")


def _between(played: list[tuple[float, Note]]) -> Note:
    """Return the mean of notes of one place, by their shares; the length and the pitch are the nearest one's."""
    total = sum(share for share, _ in played)
    nearest = max(played, key=lambda row: row[0])[1]
    loud = sum(share * note.velocity for share, note in played) / total
    same = [(share, note) for share, note in played if abs(note.start - nearest.start) < 1.0]
    start = sum(share * note.start for share, note in same) / sum(share for share, _ in same)
    return replace(nearest, start=start, velocity=max(1, round(loud)))
