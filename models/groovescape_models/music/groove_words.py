"""Words for what was measured of a groove, each by a rule; names are made of them.

swung NN %, shuffle NN %   off-beats at 57 % of their pair or later; a shuffle where they lie on triplet eighths
triplets                   a grid of triplets that does neither
laid back, pushed          hits on the beats 3 ms late or more, or 20 ms early or more. Everybody is a little early
                           against a click (negative mean asynchrony: Repp 2005); the drummers of the Groove MIDI
                           Dataset by 13 ms in the median, one in fourteen is 3 ms late, one in four 20 ms early
late snare, early snare    loud snare hits on the beats come 8 ms later than kicks there, or 5 ms earlier
ghost notes                35 % of the snare's hits or more are softer than 40 of 127
tight, loose               hits stray from their usual place by 11 ms in the mean or less, or by 19 ms or more
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.drumkit import Drum
from groovescape_models.music.groove_feel import beat_of
from groovescape_models.music.groove_template import GrooveTable, GrooveTemplate
from groovescape_models.music.timing import STEPS_PER_QUARTER, quarter_ms

SWUNG: Final = 57.0
SHUFFLE_GRID: Final = 3
TRIPLETS: Final = 0.7
"""Where the middle of the triplet is hit this often beside its last, they are triplets, and nothing swings."""
LAID_BACK_MS: Final = 3.0
PUSHED_MS: Final = -20.0
LATE_SNARE_MS: Final = 8.0
EARLY_SNARE_MS: Final = -5.0
GHOSTLY: Final = 0.35
TIGHT_MS: Final = 11.0
LOOSE_MS: Final = 19.0
OFTEN: Final = 3
"""Hits that a cell needs for its spread to say something."""
_LOUD: Final = 0.5
_ENOUGH: Final = 4
"""Hits that the snare and the kick need on the beats to be compared."""


def words_of(template: GrooveTemplate) -> tuple[str, ...]:
    """Return what is particular of a groove, in words."""
    facts, lag, spread = template.facts, snare_lag_ms(template), spread_ms(template)
    told = (
        _swing_word(facts.swing_percent, template.table),
        "laid back" if facts.feel_ms >= LAID_BACK_MS else "pushed" if facts.feel_ms <= PUSHED_MS else "",
        "late snare" if lag >= LATE_SNARE_MS else "early snare" if lag <= EARLY_SNARE_MS else "",
        "ghost notes" if facts.ghost_share >= GHOSTLY else "",
        "" if spread is None else "tight" if spread <= TIGHT_MS else "loose" if spread >= LOOSE_MS else "",
    )
    return tuple(word for word in told if word)


def _swing_word(percent: float, table: GrooveTable) -> str:
    if table.steps_per_quarter == STEPS_PER_QUARTER:
        return f"swung {percent:.0f} %" if percent >= SWUNG else ""
    thirds = [float(table.count[step::3].sum()) for step in range(3)]
    if percent < SWUNG or thirds[1] > TRIPLETS * thirds[2]:
        return "triplets"
    return f"{'shuffle' if table.steps_per_quarter == SHUFFLE_GRID else 'swung'} {percent:.0f} %"


def spread_ms(template: GrooveTemplate) -> float | None:
    """Return how far hits stray from the place that is usual for them, in ms; None where no cell has three hits."""
    table = template.table
    counts = np.where(table.count >= OFTEN, table.count, 0.0)
    if not counts.any():
        return None
    return float(np.average(table.offset_spread, weights=counts)) * _step_ms(template)


def snare_lag_ms(template: GrooveTemplate) -> float:
    """Return how much later than kicks the loud snare hits on the beats are; 0 where there are too few of either."""
    table = template.table
    on_beats = np.arange(table.steps) % round(beat_of(template.facts.meter) * table.steps_per_quarter) == 0
    snare = _mean_offset(table, Drum.SNARE, on_beats & (table.velocity[:, Drum.SNARE] >= _LOUD))
    kick = _mean_offset(table, Drum.KICK, on_beats)
    return 0.0 if snare is None or kick is None else (snare - kick) * _step_ms(template)


def _mean_offset(table: GrooveTable, drum: Drum, steps: NDArray[np.bool_]) -> float | None:
    counts = table.count[:, drum] * steps
    return float(np.average(table.offset[:, drum], weights=counts)) if counts.sum() >= _ENOUGH else None


def _step_ms(template: GrooveTemplate) -> float:
    return quarter_ms(template.facts.tempo_bpm) / template.table.steps_per_quarter
