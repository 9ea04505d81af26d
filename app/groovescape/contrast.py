"""Which four grooves stand in the corners of the pad at first: those that feel least alike."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from groovescape_models.music.timing import STEPS_PER_QUARTER, Meter

if TYPE_CHECKING:
    from groovescape_models.music.groove_template import GrooveFacts, GrooveTemplate

CORNERS: Final = 4
SWING_UNIT: Final = 8.0
"""Percent of swing that count as one difference, beside milliseconds of lateness and ghost notes."""
LATE_UNIT_MS: Final = 10.0
GHOST_UNIT: Final = 0.25
STRAIGHT: Final = (50.0 / SWING_UNIT, 0.0, 0.0)


def contrasting(grooves: "Sequence[GrooveTemplate]") -> tuple[str, ...]:
    """Return the ids of four grooves in 4/4 on sixteenths: the plainest, then each time the one least like the others.

    Where there are fewer, some come more than once; without any there are none.
    """
    facts = [
        groove.facts
        for groove in grooves
        if groove.facts.meter == Meter() and groove.table.steps_per_quarter == STEPS_PER_QUARTER
    ]
    if not facts:
        return ()
    chosen = [min(facts, key=lambda each: math.dist(_character(each), STRAIGHT))]
    while len(chosen) < CORNERS:
        chosen.append(max(facts, key=lambda each: min(math.dist(_character(each), _character(c)) for c in chosen)))
    return tuple(each.id for each in chosen)


def _character(facts: "GrooveFacts") -> tuple[float, float, float]:
    return facts.swing_percent / SWING_UNIT, facts.feel_ms / LATE_UNIT_MS, facts.ghost_share / GHOST_UNIT
