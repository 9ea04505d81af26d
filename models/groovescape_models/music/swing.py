"""Swing: the second of each pair comes late, as far as a triplet. Plain Python: no arrays."""

from dataclasses import dataclass

from groovescape_models.music.meant import OFF_GRID, ON_GRID
from groovescape_models.music.timing import STEPS_PER_QUARTER, Meter, Quarters

SIXTEENTHS: Quarters = 0.5
EIGHTHS: Quarters = 1.0
"""Length of a pair."""


@dataclass(frozen=True, slots=True)
class Swing:
    """How late notes are played, by where they lie in their pair; a bar's last note that has no partner is not.

    pair is the length of a pair, 0 where nothing swings. Notes between the two are bent along, and triplets, which
    swing already, stay.
    """

    pair: Quarters
    bar: Quarters

    @staticmethod
    def of(meter: Meter, grid: int, *, eighths: bool) -> "Swing":
        """Return the swing of sixteenths or eighths in a meter; none on grids of triplets.

        In meters of three eighths a beat (6/8, 9/8, 12/8), eighths have no partner: sixteenths swing there.
        """
        compound = meter.denominator >= 8 and meter.numerator % 3 == 0
        pair = EIGHTHS if eighths and not compound else SIXTEENTHS
        return Swing(pair if grid == STEPS_PER_QUARTER else 0.0, meter.bar_length)

    def delay(self, start: Quarters) -> Quarters:
        """Return how late a note is played that is written at a time, in quarters: up to a sixth of the pair."""
        if not self.pair:
            return 0.0
        # A note a little before the bar line is a beat played early.
        within = (start + ON_GRID) % self.bar - ON_GRID
        pairs, phase = divmod(within + ON_GRID, self.pair)
        if (pairs + 1) * self.pair > self.bar + 1e-9:
            return 0.0
        phase = max(0.0, phase - ON_GRID)
        half = self.pair / 2
        bent = phase / half if phase <= half else (self.pair - phase) / half
        return self.pair / 6 * bent * _straightness(within)


def _straightness(time: Quarters) -> float:
    """Return 1 for a note on the eighths of a quarter, 0 for one on its thirds or sixths, between them in part."""
    if abs(time * 8 - round(time * 8)) * 6 <= abs(time * 6 - round(time * 6)) * 8:
        return 1.0
    own = abs(time * 4 - round(time * 4)) / 4
    return min(1.0, max(0.0, (OFF_GRID - own) / (OFF_GRID - ON_GRID)))
