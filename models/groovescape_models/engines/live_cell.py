"""One hit of live input, played as a cell of a groove says."""

import math
import random
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from groovescape_models.engines.feel_loudness import ACCENT_SHARE
from groovescape_models.engines.felt_cells import CELL_EDGE
from groovescape_models.engines.groove_stream import Event
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.groove_choice import GrooveChoice
from groovescape_models.music.grooving import played_in_order
from groovescape_models.music.meant import OFF_GRID, meant, told_anew
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import STEP, Meter, Quarters

DRAWS: Final = 1009
"""Draws of scatter that go round; a prime, so that no bar has the scatter of the one before."""
_EDGE: Final = CELL_EDGE * STEP


class LiveCell(NamedTuple):
    """How a groove plays one drum at one step: times in quarters, velocities in 1..127; accent is against its usual."""

    offset: Quarters
    swing: Quarters
    offset_spread: Quarters
    velocity: float
    velocity_spread: float
    accent: float


@dataclass(frozen=True)
class LivePlayer:
    """Plays hits by cells, as much as an amount says, in the sixteenths of endless bars.

    Accents of the input are kept and half of the groove's are played around them, less as `respect` goes down. The
    same hit is always played alike: its scatter is one of `draws`, by its step and drum.
    """

    meter: Meter
    choice: GrooveChoice
    push: float
    draws: tuple[float, ...]

    @staticmethod
    def of(amount: GrooveAmount, meter: Meter, seed: int) -> "LivePlayer":
        """Return the player of an amount, a meter and a seed."""
        drawn = random.Random(seed)  # noqa: S311 - music, no secret
        draws = tuple(_laplace(drawn.random()) for _ in range(DRAWS))
        return LivePlayer(meter, _choice(amount), amount.push, draws)

    def with_amount(self, amount: GrooveAmount) -> "LivePlayer":
        """Return the same player by another amount."""
        return replace(self, choice=_choice(amount), push=amount.push)

    def play(self, event: Event, step: int, drum: int, cell: LiveCell, common: Quarters = 0.0) -> tuple[Quarters, int]:
        """Return how late in quarters (negative: early) and how hard a hit that belongs to a step is played.

        common is how late the groove is as a whole.
        """
        # In the second bar, so that the first hit can be early too.
        bar = self.meter.bar_length
        place = bar + step * STEP % bar
        own = event.time - step * STEP
        note = Note(place + own, 0.0, event.pitch, event.velocity)
        offset = cell.offset - (1.0 - self.push) * common
        feel = self._feel(note, own, cell, offset, (step * DRUM_COUNT + drum) * 2)
        (played,) = played_in_order(Pattern((note,), meter=self.meter), feel, None, self.choice)
        return played.start - note.start, played.velocity

    def _feel(self, note: Note, own: Quarters, cell: LiveCell, offset: Quarters, draw: int) -> Feel:
        """Return the feel of one note that lies so far from its step and is to be as late as offset says."""
        intended = meant(own)
        median = min(_EDGE, max(-_EDGE, intended + told_anew(intended, offset)))
        swung = cell.swing * (1.0 - min(1.0, abs(intended) / OFF_GRID))
        kept = note.velocity * cell.accent**ACCENT_SHARE
        return Feel(
            (note.start + median - own + swung,),
            (kept,),
            (cell.velocity,),
            (self.draws[draw % DRAWS] * cell.offset_spread,),
            (self.draws[(draw + 1) % DRAWS] * cell.velocity_spread * kept / cell.velocity,),
        )


def _choice(amount: GrooveAmount) -> GrooveChoice:
    """Return the choice of an amount; its push is that of the groove, which one note alone does not tell."""
    return GrooveChoice(amount=replace(amount, push=1.0))


def _laplace(chance: float) -> float:
    """Return a draw of a Laplace distribution of mean absolute distance 1, from one in 0..1."""
    side = chance - 0.5
    return -math.copysign(math.log(max(1e-12, 1.0 - 2.0 * abs(side))), side)
