"""The way through a loop, round after round, and from one loop to the next. In quarters; knows no frames."""

import math
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from groovescape.audio.handover import Heard, RunningLoop, hand_over
from groovescape.audio.loop_groove import LoopGroove
from groovescape.audio.loop_hits import LoopHits
from groovescape_models.engines.groove_stream import GrooveStream, Played
from groovescape_models.music.timing import STEP, Quarters

LOOK_AHEAD: Final[Quarters] = 5 * STEP
"""How early a groove can play a hit at the most intense, with its scatter and without its push: see MARGIN."""
_EPSILON: Final = 1e-9


class LoopWalk:
    """Yields the hits of a loop as its groove plays them, in order of their time since the start. Not for threads.

    Each hit waits in a GrooveStream by itself from LOOK_AHEAD before it is written until it is played, so the groove
    may change at any moment. Hits of a round are never played before the round begins.
    """

    def __init__(self, loop: LoopHits, groove: LoopGroove) -> None:
        self.loop = loop
        self.cycle_start: Quarters = 0.0
        self.running = True
        self.rounds = 0
        self._stream = GrooveStream(groove, delay=0.0, capacity=sys.maxsize)
        self._index = 0
        self._last_words = False
        self._heard: deque[Heard] = deque(maxlen=256)
        self._muted: frozenset[Heard] = frozenset()

    def set_groove(self, groove: LoopGroove) -> None:
        """Play what has not been played yet by another groove of the same hits."""
        if groove is not self._stream.groove:
            self._stream.set_groove(groove)

    def next_switch(self, now: Quarters) -> tuple[Quarters, Quarters]:
        """Return when a new loop may take over, and from which written time on it is heard.

        Hits of a step are written up to half a step before it, so that is the moment; or now, when that has passed.
        """
        step = math.ceil((now - self.cycle_start) / STEP - _EPSILON)
        begin = self.cycle_start + (step - 0.5) * STEP
        return max(begin, now), begin

    def walk(self, until: Quarters, looping: Callable[[], bool]) -> Iterator[Played]:
        """Yield each hit that is played before a time and has not been yielded yet."""
        while self.running:
            end = math.inf if self._last_words else self.cycle_start + self.loop.length
            yield from self._play(min(until, end))
            if self._last_words:
                self.running = len(self._stream) > 0
            if end >= until:
                return
            self._end_round(end, looping)

    def change(self, loop: LoopHits, groove: LoopGroove, moment: Quarters, begin: Quarters) -> None:
        """Go on with another loop from a moment up to which the present one was walked, and a written time."""
        given_up, left = self._stream.settle(begin)
        whole_rounds = (moment - self.cycle_start) // loop.length
        self.loop, self.cycle_start = loop, self.cycle_start + max(0.0, whole_rounds) * loop.length
        self._stream.set_groove(groove)
        sounded = [heard for heard in self._heard if heard.time > begin - STEP]
        sounded += [Heard(hit.time, hit.pitch) for hit in left]
        awaited = [Heard(hit.time, hit.pitch) for hit in given_up]
        handover = hand_over(RunningLoop(loop, self.cycle_start), begin, sounded, awaited)
        for hit in handover.late:
            self._stream.push(hit)
        self._index, self._muted = loop.index_at(begin - self.cycle_start), handover.muted

    def held_for(self, pitch: int, moment: Quarters) -> Quarters:
        """Return how much longer the loop holds a key at a moment, 0.0 if it does not."""
        return self.loop.held_for(pitch, moment - self.cycle_start)

    def position(self, time: Quarters) -> Quarters:
        """Return the place in the loop at a time since the start of playing."""
        return (time - self.cycle_start) % self.loop.length

    def _play(self, horizon: Quarters) -> Iterable[Played]:
        self._feed(horizon + LOOK_AHEAD)
        for played in self._stream.pull(horizon):
            self._heard.append(Heard(played.event.time, played.event.pitch))
            yield played

    def _feed(self, limit: Quarters) -> None:
        """Let what is written before a time in this round wait to be played."""
        hits = self.loop.hits
        while not self._last_words and self._index < len(hits):
            hit = hits[self._index]
            time = self.cycle_start + hit.time
            if time >= limit:
                return
            self._index += 1
            if not self._muted or Heard(time, hit.pitch) not in self._muted:
                self._stream.push(hit._replace(time=time))

    def _end_round(self, end: Quarters, looping: Callable[[], bool]) -> None:
        """Begin the next round, or stop once what waits has been played over the end."""
        self.rounds += 1
        self.cycle_start, self._index = end, 0
        self._last_words = not looping()
        self.running = not self._last_words or len(self._stream) > 0
