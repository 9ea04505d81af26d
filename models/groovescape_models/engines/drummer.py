"""The drummer who plays what is missing, in music units: what is given in, hits and how they are struck out."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from groovescape_models.encoding.given import Given
from groovescape_models.engines.humanizer import Expectation
from groovescape_models.inference.runtime import Network
from groovescape_models.inference.sampling import FloatArray
from groovescape_models.music.drumkit import DRUM_COUNT, Drum
from groovescape_models.music.groove import BoolArray

FORCE: Final = 1e6
"""Noise of this size decides a hit whatever the odds are."""
COLDEST: Final = 1e-3
Timekeepers = Mapping[str, Sequence[tuple[Sequence[int], int]]]
"""Which hats and rides keep the time, as lanes, and in how many windows of a style; "" is all styles together."""


class Drummer:
    """Draw the cells that are not known of windows of two bars, and say how each hit is struck."""

    def __init__(self, network: Network, timekeepers: Timekeepers) -> None:
        """Wrap a network with the signatures draw and strike, and what keeps the time in each style."""
        self._network, self._timekeepers = network, timekeepers

    def kit(self, style: str | None, rng: np.random.Generator) -> BoolArray:
        """Return the lanes of a beat, bool (9,): kick, snare, and the hats or the ride that keep its time.

        They are drawn as often as the drummers of a style play them; where it has none, as often as all of them do.
        """
        rows = self._timekeepers.get(style or "") or self._timekeepers[""]
        counts = np.array([count for _, count in rows], np.float64)
        lanes, _ = rows[int(rng.choice(len(rows), p=counts / counts.sum()))]
        kit: BoolArray = np.isin(np.arange(DRUM_COUNT), (Drum.KICK, Drum.SNARE, *lanes))
        return kit

    def draw(self, given: Given, noise: FloatArray, temperature: float) -> BoolArray:
        """Return hits (n, 32, 9): known cells as they are, the others drawn.

        noise (n, 32, 9) is logistic for a fair draw, 0 for the likeliest hits. On every tap something sounds, and
        between the strokes of a strict tap nothing does.
        """
        silent = (given.tapped & given.strict)[:, None, None] & (given.tap[:, :, :1] == 0)
        decided = given.known | silent
        forced = np.where(given.known & given.hits, FORCE, -FORCE)
        answer = self._network.run(
            "draw",
            cells=given.cells(),
            context=given.context(),
            noise=np.ascontiguousarray(np.where(decided, forced, noise).transpose(1, 0, 2), np.float32),
            temperature=np.full((), max(COLDEST, temperature), np.float32),
        )
        return _every_tap(answer["hits"] > 0.5, answer["logits"], given)

    def strike(self, hits: BoolArray, given: Given) -> Expectation:
        """Return what is expected of each cell of finished hits (n, 32, 9) that were played to what is given."""
        answer = self._network.run("strike", hits=hits.astype(np.float32), cells=given.cells(), context=given.context())
        return Expectation(answer["velocity"], answer["velocity_scale"], answer["offset"], answer["offset_scale"])


def _every_tap(drawn: BoolArray, logits: FloatArray, given: Given) -> BoolArray:
    """Return hits (n, 32, 9) with the likeliest free drum added where a tap is left without a stroke."""
    tap = given.tapped[:, None] & (given.tap[:, :, 0] > 0)
    unheard = tap & ~drawn.any(axis=-1) & ~given.known.all(axis=-1)
    likeliest = np.where(given.known, -np.inf, logits).argmax(axis=-1)
    struck: BoolArray = drawn | (unheard[:, :, None] & (np.arange(DRUM_COUNT) == likeliest[:, :, None]))
    return struck
