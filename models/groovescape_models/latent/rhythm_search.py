"""Find, near given rhythms, those with wanted attributes: the fewest and likeliest hits added, dropped and moved.

The search goes downhill, one edit after the other, on
    sum over attributes of weight * distance to the wanted value  +  COST * sum over changed cells of their surprise,
where distances are those of the scales (latent/scales.py) and the surprise of a cell is what its change costs in nats
by a decoder's logits. An edit is one hit, a hit moved by one or two sixteenths, either of them in both bars, or a
drum's whole row of beats, of eighths or of off-beats; a rhythm that is alone, a line's, has any two cells flipped too.
All edits of a lane are measured at once as bits, and only the lane that changed is measured again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Final

import numpy as np

from groovescape_models.latent.rhythm_bits import (
    Floats,
    Rows,
    graded_syncopations,
    packed,
    phrases,
    syncopations,
    unpacked,
)
from groovescape_models.latent.scales import Scale
from groovescape_models.music.groove import BoolArray, FloatArray

COST: Final = 0.002
"""What a nat of surprise weighs against a share of 1."""
MOST: Final = 8.0
"""Nats that a cell is surprising at most: no cell is out of the question."""
LEAST_GAIN: Final = 1e-4
UNLIKELY: Final = -3.0
"""A silent lane whose likeliest cell has lower log odds takes no part."""
MAX_EDITS: Final = 64
GIVES_WAY: Final = 2.0
"""At first weights below 1 are raised to this power."""
LANE_MEASURES: Final[Mapping[str, Callable[[Rows, int], Floats]]] = MappingProxyType(
    {
        "density": lambda rows, steps: unpacked(rows, steps).sum(axis=-1) / steps,
        "syncopation": syncopations,
        "line syncopation": graded_syncopations,
        "complexity": lambda rows, steps: phrases(rows, steps).astype(np.float64),
    }
)
"""Attributes that are sums over the lanes, measured on single rhythms; that of lines is for one lane alone."""


@dataclass(frozen=True, slots=True)
class Goal:
    """An attribute to bring to a value, and how much that weighs."""

    name: str
    scale: Scale
    value: float
    weight: float


@dataclass(frozen=True, eq=False)
class _Lane:
    """The edits of one lane: rhythms (m,), measures (goals, m), surprise (m,); edit 0 changes nothing."""

    rows: Rows
    measures: Floats
    surprise: Floats


def search(
    hits: BoolArray,
    logits: FloatArray,
    goals: Sequence[Goal],
    *,
    inside: BoolArray | None = None,
    both_bars: bool = False,
) -> BoolArray:
    """Return hits (steps, lanes) that come as near to the goals as the search finds.

    logits, (steps, lanes), are the log odds of each hit; inside, (steps,), says where edits may be. both_bars makes
    edits in both halves alike. Lanes without hits that no cell of is at all likely stay silent. Where the goals are met
    already, the same hits come back. What is to stay gives way at first, so that the search does not stop at a wall.
    """
    steps = len(hits)
    free = np.uint64(packed(np.ones(steps, np.bool_) if inside is None else inside))
    at_first = packed(hits.T)
    costs = np.minimum(np.logaddexp(0.0, np.where(hits, logits, -logits)), MOST).astype(np.float64).T
    open_lanes = [lane for lane in range(hits.shape[1]) if hits[:, lane].any() or logits[:, lane].max() > UNLIKELY]

    def edits(lane: int, row: np.uint64) -> _Lane:
        rows = _edited(row, free, (steps, both_bars, len(open_lanes) == 1))
        changed = unpacked(rows ^ at_first[lane], steps)
        measures = np.stack([LANE_MEASURES[goal.name](rows, steps) for goal in goals])
        return _Lane(rows, measures, changed @ costs[lane])

    lanes = {lane: edits(lane, at_first[lane]) for lane in open_lanes}
    silent = np.array([LANE_MEASURES[g.name](np.delete(at_first, open_lanes), steps).sum() for g in goals])
    for stage in ([replace(goal, weight=goal.weight**GIVES_WAY) for goal in goals], goals):
        for _ in range(MAX_EDITS):
            best = _best(lanes, silent, stage)
            if best is None:
                break
            lane, edit = best
            lanes[lane] = edits(lane, lanes[lane].rows[edit])
    found = at_first.copy()
    for lane, state in lanes.items():
        found[lane] = state.rows[0]
    return unpacked(found, steps).T


def _best(lanes: Mapping[int, _Lane], silent: Floats, goals: Sequence[Goal]) -> tuple[int, int] | None:
    """Return the lane and the edit that lower the sum most, None where none lowers it."""
    now = silent + sum(state.measures[:, 0] for state in lanes.values())
    surprise = sum(float(state.surprise[0]) for state in lanes.values())
    counts = [len(state.rows) for state in lanes.values()]
    measures = np.concatenate([state.measures - state.measures[:, :1] for state in lanes.values()], axis=1)
    costs = np.concatenate([state.surprise - state.surprise[0] for state in lanes.values()])
    total = COST * (costs + surprise)
    for goal, value, change in zip(goals, now, measures, strict=True):
        total = total + goal.weight * goal.scale.distance(value + change, goal.value)
    best = int(np.argmin(total))
    if total[best] > total[0] - LEAST_GAIN:
        return None
    place = int(np.searchsorted(np.cumsum(counts), best, side="right"))
    return list(lanes)[place], best - sum(counts[:place])


def _edited(row: np.uint64, free: np.uint64, kind: tuple[int, bool, bool]) -> Rows:
    """Return a rhythm and all its edits where it is free, each once; kind as in _edits."""
    flips, fills = (bits & free for bits in _edits(*kind))
    rows = np.concatenate([row ^ flips, row | fills, row & ~fills])
    rows = np.unique(rows[rows != row])
    return np.concatenate([[row], rows]).astype(np.uint64)


@cache
def _edits(steps: int, both_bars: bool, alone: bool) -> tuple[Rows, Rows]:
    """Return the edits as bits: those that flip, and those that are filled or emptied.

    A rhythm that is alone has time for more: any two cells flip at once.
    """
    half = steps // 2
    singles = [1 << step for step in range(steps)]
    reach = range(1, half) if alone else (1, 2)
    moves = [1 << step | 1 << (step + far) % steps for far in reach for step in range(steps)]
    twice = [bits | _turned(bits, half, steps) for bits in (*singles, *moves)]
    rows = [sum(1 << step for step in range(first, steps, every)) for every in (2, 4, 8) for first in range(every)]
    flips = twice if both_bars else singles + moves + twice
    return np.unique(np.array(flips, np.uint64)), np.array(rows, np.uint64)


def _turned(bits: int, by: int, steps: int) -> int:
    """Return bits moved later by so many steps, round the loop."""
    return (bits << by | bits >> (steps - by)) & ((1 << steps) - 1)
