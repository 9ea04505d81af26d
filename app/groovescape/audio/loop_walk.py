"""The way through a loop, round after round, and from one loop to the next. In quarters; knows no frames."""

import math
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final

from groovescape.audio.handover import Heard, RunningLoop, hand_over
from groovescape.audio.loop_hits import HALF_STEP, Hit, LoopHits
from groovescape_models.music.timing import STEP, Quarters

_EPSILON: Final = 1e-9


class LoopWalk:
    """Yields the hits of a loop in order of their time since the start of playing. Not for several threads."""

    def __init__(self, loop: LoopHits) -> None:
        self.loop = loop
        self.cycle_start: Quarters = 0.0
        self.running = True
        self._index = 0
        self._first_round = True
        self._last_words = False
        self._heard: deque[Heard] = deque(maxlen=128)
        self._muted: frozenset[Heard] = frozenset()

    def next_switch(self, now: Quarters) -> tuple[Quarters, Quarters]:
        """Return when a new loop may take over, and where the hits of the step begin that it is heard from.

        Hits of a step lie up to half a step before it, so that is the moment; or now, when that has passed already.
        """
        step = math.ceil((now - self.cycle_start) / STEP - _EPSILON)
        begin = self.cycle_start + (step - 0.5) * STEP
        return max(begin, now), begin

    def walk(self, until: Quarters, looping: Callable[[], bool]) -> Iterator[tuple[Quarters, Hit]]:
        """Yield each hit before a time that has not been yielded yet, with its time."""
        while self.running:
            time, hit = self._next_hit()
            end = self.cycle_start + (HALF_STEP if self._last_words else self.loop.length)
            if min(time, end) >= until:
                return
            if end <= time or hit is None:
                self._end_round(end, looping())
            elif self._sounds(time, hit):
                yield time, hit

    def change(self, loop: LoopHits, moment: Quarters, step_begin: Quarters) -> Iterator[tuple[Quarters, Hit]]:
        """Go on with another loop from a moment up to which the present one was walked; yield hits that are late."""
        before = RunningLoop(self.loop, self.cycle_start)
        whole_rounds = (moment - self.cycle_start) // loop.length
        self.loop, self.cycle_start = loop, self.cycle_start + max(0.0, whole_rounds) * loop.length
        recent = [heard for heard in self._heard if heard.time > moment - STEP]
        handover = hand_over(before, RunningLoop(loop, self.cycle_start), recent, moment, step_begin)
        self._index = loop.index_at(moment - self.cycle_start)
        self._muted = handover.muted
        for hit in handover.late:
            self._heard.append(Heard(hit.time, hit.pitch))
            yield moment, hit

    def held(self, moment: Quarters) -> Iterator[tuple[int, Quarters]]:
        """Yield what the loop holds at a moment: each pitch, and when it is released."""
        for hit in self.loop.between(self.cycle_start, moment - self.loop.length, moment):
            if hit.time + hit.duration > moment:
                yield hit.pitch, hit.time + hit.duration

    def position(self, time: Quarters) -> Quarters:
        """Return the place in the loop at a time since the start of playing."""
        return (time - self.cycle_start) % self.loop.length

    def _next_hit(self) -> tuple[Quarters, Hit | None]:
        if self._index >= len(self.loop.hits):
            return math.inf, None
        hit = self.loop.hits[self._index]
        return self.cycle_start + hit.time, hit

    def _sounds(self, time: Quarters, hit: Hit) -> bool:
        """Step past a hit and tell whether it is played."""
        self._index += 1
        heard = Heard(time, hit.pitch)
        left_out = self._first_round if hit.carried else self._last_words
        if left_out or heard in self._muted:
            return False
        self._heard.append(heard)
        return True

    def _end_round(self, end: Quarters, looping: bool) -> None:
        """Begin the next round, or stop; what the last round carries over its end is played before that."""
        if self._last_words or not (looping or self.loop.carries):
            self.running = False
            return
        self._last_words = not looping
        self.cycle_start, self._index, self._first_round = end, 0, False
