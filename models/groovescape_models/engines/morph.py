"""The morph engine of drums: the patterns of the plane between four corners."""

from dataclasses import dataclass

import numpy as np

from groovescape_models.encoding.drums import TWO_BARS, from_grooves, to_groove
from groovescape_models.engines.engine import Setting
from groovescape_models.engines.humanizer import Humanizer
from groovescape_models.engines.plane_morph import Corners, PlaneMorph, fitted
from groovescape_models.inference.sampling import FloatArray
from groovescape_models.latent.model import Grids, LatentModel
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import BoolArray
from groovescape_models.music.pattern import Pattern

USUAL_SHARE = 0.05
"""Weight of a lane's usual velocity beside those that the corners have in the same cell."""
STEPS_PER_BEAT = 4
CELLS = TWO_BARS * DRUM_COUNT


@dataclass(frozen=True, eq=False)
class _Playing:
    """How the four corners are played, (4, 288) each.

    hits are 0 or 1; velocities and offsets are 0 where there is no hit; usual is what the lane's hits have at that
    place of the beat, or anywhere, and lanes is 1 where the corner plays that lane at all.
    """

    hits: FloatArray
    velocities: FloatArray
    offsets: FloatArray
    usual: FloatArray
    lanes: FloatArray


class DrumMorph(PlaneMorph[_Playing]):
    """Answers MorphRequests for drums: a hit is played as the corners play that cell, by their nearness."""

    def __init__(self, vae: LatentModel, humanizer: Humanizer) -> None:
        """Use a drum VAE for the hits and a humaniser for velocities that no corner gives."""
        super().__init__(vae)
        self._humanizer = humanizer

    def _read(self, corners: Corners, setting: Setting) -> tuple[Grids, _Playing]:
        grooves = [to_groove(corner) for corner in corners]
        hits = np.stack([groove.hits for groove in grooves])
        velocities = np.stack([groove.velocities for groove in grooves])
        offsets = np.stack([groove.offsets for groove in grooves])
        usual, lanes = _usual(hits, velocities)
        flat = (
            array.reshape(len(hits), CELLS).astype(np.float32) for array in (hits, velocities, offsets, usual, lanes)
        )
        return hits, _Playing(*flat)

    def _condition(self, setting: Setting) -> FloatArray | None:
        return None

    def _play(
        self, played: _Playing, weights: FloatArray, grids: Grids, names: list[str], setting: Setting
    ) -> list[Pattern]:
        hits: BoolArray = np.asarray(grids, np.bool_)
        shape, flat = hits.shape, hits.reshape(len(hits), CELLS)
        share, lane_share = weights @ played.hits, weights @ played.lanes
        usual = weights @ played.usual / np.maximum(lane_share, 1e-9)
        strange = flat & (lane_share <= 0)
        rows = np.flatnonzero(strange.any(axis=1))
        if len(rows):
            expected = self._humanizer.decode(hits[rows], setting.tempo_bpm, None).velocity.reshape(len(rows), CELLS)
            usual[rows] = np.where(strange[rows], expected, usual[rows])
        total = share + USUAL_SHARE
        velocities = (weights @ played.velocities + USUAL_SHARE * usual) / total
        offsets = weights @ played.offsets / total
        return from_grooves(hits, velocities.reshape(shape), offsets.reshape(shape), names)


def _usual(hits: BoolArray, velocities: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Return the usual velocity of each lane at each step, 0 where a lane is silent, and which lanes are not.

    hits and velocities have shape (4, 32, 9); usual is the mean of the hits at the same place of the beat, or, where
    there are none, of all hits of the lane.
    """
    by_place = hits.reshape(len(hits), -1, STEPS_PER_BEAT, DRUM_COUNT)
    counts = by_place.sum(axis=1, keepdims=True)
    means = (velocities.reshape(by_place.shape).sum(axis=1, keepdims=True)) / np.maximum(counts, 1)
    lane_counts = hits.sum(axis=1)[:, None, None]
    lane_means = velocities.sum(axis=1)[:, None, None] / np.maximum(lane_counts, 1)
    usual = np.broadcast_to(np.where(counts > 0, means, lane_means), by_place.shape).reshape(hits.shape)
    lanes = np.broadcast_to(lane_counts > 0, by_place.shape).reshape(hits.shape)
    return usual.astype(np.float32), lanes


def two_bars(pattern: Pattern) -> Pattern:
    """Return two bars of 4/4: a longer pattern is cut, a shorter one is repeated until it fills them."""
    return fitted(pattern, TWO_BARS)
