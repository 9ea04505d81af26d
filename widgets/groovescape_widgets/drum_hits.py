"""The hits of a drum grid: each note's cell at its base place, and when and how hard it is played."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from groovescape_models.music.cells import steps_of
from groovescape_models.music.drumkit import Drum, drum_of
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import Meter, Quarters, nearest_step
from groovescape_widgets.voices import LANE_ORDER

GLOW: Final[Quarters] = 0.2
"""How long a hit glows once it is struck."""


@dataclass(frozen=True, slots=True)
class GridHit:
    """One note of the base pattern as it is drawn.

    index is into base.notes; drum is None where no class maps the pitch; velocities are 1..127.
    """

    index: int
    drum: Drum | None
    step: int
    base_start: Quarters
    start: Quarters
    base_velocity: int
    velocity: int

    @property
    def is_moved(self) -> bool:
        """Whether the groove plays the note elsewhere than it is written, by a thousandth of a quarter or more."""
        return abs(self.start - self.base_start) >= 1e-3


def grid_hits(base: Pattern, played: Sequence[Note]) -> tuple[GridHit, ...]:
    """Pair the notes of a pattern with the same notes as played, by index.

    Where the counts differ the base stands for both. Notes behind the end of the loop are left out.
    """
    heard = played if len(played) == len(base.notes) else base.notes
    steps = steps_of(base.length)
    pairs = enumerate(zip(base.notes, heard, strict=True))
    return tuple(_hit(index, note, sound, steps) for index, (note, sound) in pairs if note.start < base.length)


def _hit(index: int, note: Note, sound: Note, steps: int) -> GridHit:
    step = nearest_step(note.start) % steps
    return GridHit(index, drum_of(note.pitch), step, note.start, sound.start, note.velocity, sound.velocity)


def lanes_of(hits: Sequence[GridHit]) -> tuple[Drum | None, ...]:
    """Return the lanes from top to bottom; the one for other pitches (None) only if there are any."""
    return (*LANE_ORDER, None) if any(hit.drum is None for hit in hits) else LANE_ORDER


def hit_in_cell(hits: Sequence[GridHit], step: int, drum: Drum | None) -> GridHit | None:
    """Return the loudest hit of a cell."""
    inside = [hit for hit in hits if hit.step == step and hit.drum == drum]
    return max(inside, key=lambda hit: hit.base_velocity, default=None)


def hits_sounding(hits: Sequence[GridHit], time: Quarters | None) -> tuple[GridHit, ...]:
    """Return the hits that have just been struck at a time of the loop; none while nothing plays."""
    return () if time is None else tuple(hit for hit in hits if 0.0 <= time - hit.start < GLOW)


def beat_length(meter: Meter) -> Quarters:
    """Return the beat that is felt: three eighths in 6/8, 9/8 and 12/8, otherwise the meter's own unit."""
    unit = 4.0 / meter.denominator
    return unit * 3 if meter.denominator >= 8 and meter.numerator % 3 == 0 and meter.numerator > 3 else unit
