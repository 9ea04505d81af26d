"""How pitches of no drum class are played: a cowbell goes with the drums of its step."""

import numpy as np

from groovescape_models.engines.cell_feel import Array
from groovescape_models.engines.feel_notes import Timing
from groovescape_models.engines.felt_cells import FeltCells
from groovescape_models.engines.groove_match import told_of
from groovescape_models.music.groove_template import GrooveTemplate
from groovescape_models.music.meant import Place


def others_of(
    felt: FeltCells, groove: GrooveTemplate | None, offset: Array, scatter: Array, swing: Array
) -> dict[Place, Timing]:
    """Return how places of pitches of no drum class are played, where the cells are played with (K,) values.

    As the drums of their step on average; where there are none, as the groove's drums are by how often they are hit;
    where it has none either, as late as all drums of the pattern are.
    """
    timings = {}
    alone = []
    for place in sorted({place for place in felt.places if place not in felt.index}):
        here = felt.steps == place[0]
        if here.any():
            timings[place] = Timing(*(float(column[here].mean()) for column in (offset, scatter, swing)))
        else:
            alone.append(place)
    late = float(offset.mean()) if offset.size else 0.0
    if groove is None:
        return timings | dict.fromkeys(alone, Timing(late, 0.0, 0.0))
    return timings | _with_groove(felt, groove, alone, late)


def _with_groove(felt: FeltCells, groove: GrooveTemplate, alone: list[Place], late: float) -> dict[Place, Timing]:
    times = np.array([step for step, _ in alone]) / felt.grid
    told = told_of(groove.table, groove.facts.meter, times, felt.pattern.meter, felt.grid)
    hits = told.count.sum(axis=1)
    means = (told.count * told.offset).sum(axis=1) / np.maximum(1.0, hits)
    offsets = np.where(hits > 0, means, late)
    rows = zip(alone, offsets.tolist(), told.swing.tolist(), strict=True)
    return {place: Timing(offset, 0.0, swing) for place, offset, swing in rows}
