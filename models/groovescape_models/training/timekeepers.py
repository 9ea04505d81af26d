"""What keeps the time of real beats, style by style: which of the hats and the ride are struck with kick and snare."""

from collections import Counter
from typing import Final

import numpy as np

from groovescape_models.encoding.given import STYLES
from groovescape_models.music.drumkit import Drum
from groovescape_models.training.drummer_measures import beats
from groovescape_models.training.examples import ExampleArrays

CANDIDATES: Final = (Drum.CLOSED_HAT, Drum.OPEN_HAT, Drum.RIDE)
LEAST: Final = 20
"""A style with fewer windows of beats has no row of its own."""
Rows = list[tuple[tuple[int, ...], int]]


def timekeepers(examples: ExampleArrays) -> dict[str, Rows]:
    """Return, for each style and for "" (all of them), the lanes that keep time and in how many windows they do.

    Counted are windows of beats, fills left out, that have a kick, a snare and at least one of the three.
    """
    struck = examples.hits.max(axis=1) * beats(examples)[:, None]
    full = struck[:, Drum.KICK] & struck[:, Drum.SNARE] & (struck[:, list(CANDIDATES)].sum(axis=1) > 0)
    found = {style: _rows(struck[full & (examples.styles == style)]) for style in STYLES}
    kept = {style: rows for style, rows in found.items() if sum(count for _, count in rows) >= LEAST}
    return {"": _rows(struck[full]), **kept}


def _rows(struck: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Rows:
    counts = Counter(tuple(int(lane) for lane in CANDIDATES if row[lane]) for row in struck)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
