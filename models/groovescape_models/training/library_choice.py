"""Which performances become the grooves that ship: all kinds of them, the steady before the unsteady."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.drumkit import Drum
from groovescape_models.music.groove_template import GrooveTemplate
from groovescape_models.music.groove_words import snare_lag_ms, spread_ms
from groovescape_models.music.timing import STEPS_PER_QUARTER, Meter
from groovescape_models.training.kept_grooves import KEPT

TOTAL: Final = 72
EACH_RARE: Final = 2
"""Grooves of each other meter, and of each flavour that is named for its groove."""
ALIKE: Final = 2
"""Grooves of one drummer, style and tempo: takes of one sitting."""
STEADY_MS: Final = 20.0
FOUR_FOUR: Final = Meter(4, 4)
RARE: Final = ("shuffle", "swing", "bossa", "samba", "secondline", "motown", "bembe", "march", "breakbeat", "chacarera")
Vector = NDArray[np.float64]


def chosen(found: Sequence[GrooveTemplate]) -> tuple[GrooveTemplate, ...]:
    """Return TOTAL grooves of those found, or all if there are fewer, in order of their ids.

    First those that have shipped before, as saved sessions name them; then the steadiest two of each meter other than
    4/4 and of each rare flavour; then, one after the other, the groove that is least like those chosen already, the
    distance weighed down for a style and a drummer that are there often, and for unsteady playing.
    """
    features = _features(found)
    taken = [index for index, groove in enumerate(found) if groove.facts.id in KEPT]
    for kind in _kinds(found):
        steadiest = sorted(kind, key=lambda index: _unsteadiness(found[index]))
        taken += [index for index in steadiest[:EACH_RARE] if index not in taken]
    while len(taken) < TOTAL:
        free = _free(found, taken)
        if not free:
            break
        taken.append(_next(found, features, taken, free))
    return tuple(sorted((found[index] for index in taken), key=lambda groove: groove.facts.id))


def _kinds(found: Sequence[GrooveTemplate]) -> list[list[int]]:
    meters = sorted({str(groove.facts.meter) for groove in found} - {str(FOUR_FOUR)})
    by_meter = [[i for i, groove in enumerate(found) if str(groove.facts.meter) == meter] for meter in meters]
    return by_meter + [[i for i, groove in enumerate(found) if word in groove.facts.source] for word in RARE]


def _unsteadiness(groove: GrooveTemplate) -> float:
    spread = spread_ms(groove)
    return STEADY_MS * 2 if spread is None else spread


def _free(found: Sequence[GrooveTemplate], taken: Sequence[int]) -> list[int]:
    """Return the grooves that are not taken, nor of a drummer, style and tempo of which ALIKE are."""
    often = Counter(_sitting(found[index]) for index in taken)
    return [i for i, groove in enumerate(found) if i not in taken and often[_sitting(groove)] < ALIKE]


def _sitting(groove: GrooveTemplate) -> tuple[int, str, float]:
    return groove.facts.drummer, groove.facts.style, groove.facts.tempo_bpm


def _next(found: Sequence[GrooveTemplate], features: Vector, taken: Sequence[int], free: Sequence[int]) -> int:
    """Return which of those that are free adds most to those taken; without any, the least usual one."""
    known = features[list(taken)] if taken else features.mean(axis=0, keepdims=True)
    distance = np.linalg.norm(features[:, None] - known[None], axis=2).min(axis=1)
    styles = Counter(found[index].facts.style for index in taken)
    drummers = Counter(found[index].facts.drummer for index in taken)

    def worth(index: int) -> float:
        groove = found[index]
        often = (1 + styles[groove.facts.style]) * (1 + drummers[groove.facts.drummer])
        return float(distance[index] / np.sqrt(often) * (STEADY_MS / max(STEADY_MS, _unsteadiness(groove))) ** 2)

    return max(free, key=worth)


def _features(found: Sequence[GrooveTemplate]) -> Vector:
    """Return what grooves are told apart by, each column in its own standard deviations."""
    rows = np.array([_row(groove) for groove in found], np.float64)
    spread = rows.std(axis=0)
    return np.asarray((rows - rows.mean(axis=0)) / np.where(spread > 0, spread, 1.0), np.float64)


def _row(groove: GrooveTemplate) -> list[float]:
    facts, table = groove.facts, groove.table
    hits = table.count / max(1.0, float(table.count.sum()))
    return [
        facts.swing_percent,
        facts.feel_ms,
        facts.ghost_share,
        snare_lag_ms(groove),
        float(np.log2(facts.tempo_bpm)),
        float(table.steps_per_quarter != STEPS_PER_QUARTER),
        float(np.count_nonzero(table.count) / table.steps),
        float((hits * np.abs(table.velocity - (hits * table.velocity).sum())).sum()),
        float(hits[:, Drum.RIDE].sum()),
        float(hits[:, Drum.OPEN_HAT].sum()),
    ]
