"""The two bars of a performance that are most like all of it: what a network reads its character from."""

from collections.abc import Sequence

import numpy as np

from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import Groove
from groovescape_models.music.groove_hits import Hit

BAR_STEPS = 16


def exemplar_of(hits: Sequence[Hit], bars: int, tempo_bpm: float) -> Groove:
    """Return the two bars of 4/4 that are nearest to the medians: what is played when nothing special happens.

    hits are on sixteenths and of drums; a single bar is taken twice.
    """
    played = _performance(hits, max(1, bars), tempo_bpm)
    start = _most_typical(played) * BAR_STEPS
    steps = np.arange(start, start + 2 * BAR_STEPS) % played.steps
    return Groove(played.hits[steps], played.velocities[steps], played.offsets[steps], tempo_bpm)


def _performance(hits: Sequence[Hit], bars: int, tempo_bpm: float) -> Groove:
    shape = (bars * BAR_STEPS, DRUM_COUNT)
    velocities, offsets = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for hit in hits:
        if hit.drum is not None and hit.velocity > velocities[hit.step % shape[0], hit.drum]:
            velocities[hit.step % shape[0], hit.drum] = hit.velocity
            offsets[hit.step % shape[0], hit.drum] = hit.offset
    return Groove(velocities > 0, velocities, offsets, tempo_bpm)


def _most_typical(played: Groove) -> int:
    """Return the bar that, with the one after it, is least strange: in what is hit, and where."""
    shape = (-1, BAR_STEPS, DRUM_COUNT)
    hits, offsets = played.hits.reshape(shape), played.offsets.reshape(shape)
    if len(hits) < 3:
        return 0
    usual = np.zeros(hits.shape[1:], np.float32)
    for cell in map(tuple, np.argwhere(hits.any(axis=0))):
        usual[cell] = np.median(offsets[(slice(None), *cell)][hits[(slice(None), *cell)]])
    typical = hits.sum(axis=0) > len(hits) / 2
    strange = (hits != typical).sum(axis=(1, 2)) + np.abs((offsets - usual) * hits).sum(axis=(1, 2))
    return int(np.argmin(strange[:-1] + strange[1:]))
