"""What is measured of a groove: its swing, how late it is, and how many of its snare's hits are ghost notes."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from groovescape_models.music.drumkit import Drum
from groovescape_models.music.groove_hits import Hit, velocities
from groovescape_models.music.off_beats import EIGHTH_SWING, SIXTEENTH_SWING, off_beats
from groovescape_models.music.timing import Quarters, quarter_ms

GHOST: Final = 40 / 127
"""A hit of the snare that is softer than this is a ghost note."""
STRAIGHT: Final = 50.0
_OFTEN: Final = 0.05
"""Share of the notes that must be off-beats of a pair for its swing to count."""


def swing_percent(starts: Sequence[Quarters]) -> float:
    """Return where off-beats fall in their pair, in percent: of eighths or of sixteenths, whichever swings more.

    50 is straight, 66.7 a triplet. A pair counts if one note in twenty, and at least two, are its off-beats.
    """
    found = (off_beats(starts, pair) for pair in (EIGHTH_SWING, SIXTEENTH_SWING))
    least = max(2, _OFTEN * len(starts))
    return max((pair.percent for pair in found if pair is not None and pair.count >= least), default=STRAIGHT)


def feel_ms(hits: Sequence[Hit], grid: int, tempo_bpm: float) -> float:
    """Return the mean lateness, in ms, of the hits that do not swing: on even sixteenths, or on any step of triplets.

    Where the eighths swing on sixteenths they are left out too: what is late there is swing, not feel.
    """
    steady = [hit.offset for hit in hits if grid != 4 or hit.step % 4 == 0]
    offsets = steady or [hit.offset for hit in hits]
    return float(np.mean(offsets)) / grid * quarter_ms(tempo_bpm) if offsets else 0.0


def ghost_share(hits: Sequence[Hit]) -> float:
    """Return the share of the snare's hits that are softer than 40 of 127; 0 without a snare."""
    snare = velocities(hits, Drum.SNARE)
    return sum(velocity < GHOST for velocity in snare) / len(snare) if snare else 0.0
