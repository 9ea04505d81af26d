"""A groove applied to a few notes at a time: what played_in_order says of them, at the cost of these notes alone."""

from bisect import bisect_left
from dataclasses import replace
from operator import attrgetter
from typing import Final

from groovescape_models.music.feel import Feel
from groovescape_models.music.groove_choice import GrooveChoice
from groovescape_models.music.grooving import played_in_order
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.push import led_back, push_of
from groovescape_models.music.timing import STEP, Quarters

MARGIN: Final[Quarters] = 5 * STEP
"""How far around a step notes can matter to those of the step: forerunners of their pitch, and flams and rolls.

A triplet half a step early is 1.5 steps early at the most intense, up to as much again without its push, and one and a
half more where it scatters."""
KEPT: Final = 16
"""Steps whose notes are remembered."""
_NOT_PLAYED: Final = GrooveChoice()
_HALF_STEP: Final = STEP / 2
_start = attrgetter("start")


class GrooveWindow:
    """The notes of a pattern as a groove plays them, worked out step by step when they are asked for.

    A note is where and as hard as played_in_order has it, but for rolls so dense that its forerunners push it from
    more than five steps away. Not for several threads. Raises ValueError if a feel belongs to another pattern.
    """

    def __init__(
        self,
        pattern: Pattern,
        feel: Feel | None = None,
        other_feel: Feel | None = None,
        choice: GrooveChoice = _NOT_PLAYED,
    ) -> None:
        for known in (feel, other_feel):
            if known is not None and len(known.starts) != len(pattern.notes):
                raise ValueError(f"the feel is for {len(known.starts)} notes, the pattern has {len(pattern.notes)}")
        self.pattern = pattern
        self._feels = (feel, other_feel)
        # The push is that of the whole pattern, which a few notes do not tell.
        rest = 1.0 - choice.amount.push
        self._backs = [rest * push_of(pattern, known) if known and rest else 0.0 for known in self._feels]
        self._choice = replace(choice, amount=replace(choice.amount, push=1.0))
        self._steps: dict[int, tuple[int, tuple[Note, ...]]] = {}

    def note(self, index: int) -> Note:
        """Return a note of the pattern as it is played; its end does not yet heed the next of its pitch."""
        written = self.pattern.notes[index]
        if self._feels[0] is None:
            return written
        step = (int(written.start / _HALF_STEP) + 1) // 2  # in whole numbers: no note between two steps is lost
        known = self._steps.get(step)
        if known is None:
            if len(self._steps) >= KEPT:
                self._steps.clear()
            known = self._steps[step] = self._play(step)
        first, notes = known
        return notes[index - first]

    def _play(self, step: int) -> tuple[int, tuple[Note, ...]]:
        """Return the index of the first note of a step, and its notes as they are played."""
        begin, end = (step - 0.5) * STEP, (step + 0.5) * STEP
        first, last = self._index(begin), self._index(end)
        low, high = self._index(begin - MARGIN), self._index(end + MARGIN)
        near = replace(self.pattern, notes=self.pattern.notes[low:high])
        cuts = (feel and _cut(feel, low, high) for feel in self._feels)
        feel, other = (
            led_back(near.notes, cut, back) if cut and back else cut
            for cut, back in zip(cuts, self._backs, strict=True)
        )
        return first, played_in_order(near, feel, other, self._choice)[first - low : last - low]

    def _index(self, time: Quarters) -> int:
        return bisect_left(self.pattern.notes, time, key=_start)


def _cut(feel: Feel, low: int, high: int) -> Feel:
    """Return a feel of some of its notes."""
    return Feel(
        feel.starts[low:high],
        feel.velocities[low:high],
        feel.own_velocities[low:high],
        feel.start_scatter[low:high],
        feel.velocity_scatter[low:high],
        feel.grid,
    )
