"""Drums by a Markov chain: each lane is drawn step by step from what drummers did after the same few steps.

A hit's probability depends on its place in the bar, on the lane's last two steps, on one other lane at the same step
(COMPANY), and on the same place a bar ago. The tables are counts of the Groove MIDI Dataset (Gillick et al. 2019).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.drumkit import DRUM_COUNT, Drum

FloatArray = NDArray[np.float32]
ALONE: Final = -1
ORDER: Final = (
    Drum.KICK, Drum.SNARE, Drum.RIDE, Drum.CLOSED_HAT, Drum.OPEN_HAT,
    Drum.CRASH, Drum.LOW_TOM, Drum.MID_TOM, Drum.HIGH_TOM,
)  # fmt: skip
"""Lanes in the order in which a step is drawn."""
COMPANY: Final = {
    Drum.KICK: ALONE,
    Drum.SNARE: Drum.KICK,
    Drum.RIDE: Drum.SNARE,
    Drum.CLOSED_HAT: Drum.RIDE,
    Drum.OPEN_HAT: Drum.CLOSED_HAT,
    Drum.CRASH: Drum.KICK,
    Drum.LOW_TOM: Drum.SNARE,
    Drum.MID_TOM: Drum.LOW_TOM,
    Drum.HIGH_TOM: Drum.MID_TOM,
}
"""The lane, drawn before it, that each lane listens to."""
BOOST: Final = 1.5
"""What a draw below temperature 1 adds to the logits: most chances are below one half, and a cool draw loses hits."""
NO_BAR, SILENT, STRUCK = range(3)
"""What the same place a bar ago says: there was no bar, no hit, a hit."""


def draw_drums(table: FloatArray, bars: int, temperature: float, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Return hits, bool (bars * bar steps, 9).

    table has the probability of a hit, shape (9, bar steps, 2, 2, 2, 3): lane, place in the bar, hit one step ago, two
    steps ago, hit of the company now, and NO_BAR, SILENT or STRUCK a bar ago. A temperature below 1 favours the likely.
    """
    bar_steps = table.shape[1]
    hits = np.zeros((bars * bar_steps, DRUM_COUNT), np.bool_)
    noise = temperature * np.asarray(rng.logistic(size=hits.shape))
    for step in range(len(hits)):
        for lane in ORDER:
            chance = float(table[(lane, step % bar_steps, *context(hits, step, lane, bar_steps))])
            hits[step, lane] = np.log(chance / (1.0 - chance)) + BOOST * (1.0 - temperature) + noise[step, lane] > 0
    return hits


def context(hits: NDArray[np.bool_], step: int, lane: Drum, bar_steps: int) -> tuple[int, int, int, int]:
    """Return what a step of a lane follows: hit one step ago, two ago, company now, the same place a bar ago."""
    one = int(step >= 1 and hits[step - 1, lane])
    two = int(step >= 2 and hits[step - 2, lane])
    friend = COMPANY[lane]
    company = 0 if friend == ALONE else int(hits[step, friend])
    before = NO_BAR if step < bar_steps else SILENT + int(hits[step - bar_steps, lane])
    return one, two, company, before
