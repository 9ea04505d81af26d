"""Events in, grooved events out, a bounded time later: what live playing and the transport of a loop both go through.

An event is decided upon as late as can be, when its time to sound has come. So a groove or an amount that changes is
heard at the very next event, and since each event waits by itself, none is lost or doubled, whatever changes meanwhile.
"""

import heapq
from typing import Final, NamedTuple, Protocol

from groovescape_models.errors import GrooveError
from groovescape_models.music.placing import earliest
from groovescape_models.music.timing import STEP, Quarters

CAPACITY: Final = 1024
"""Events that may wait at a time: a step of ten fingers and two feet is less than twenty."""


class Event(NamedTuple):
    """A hit or note with the time it is written at. part and note (its index) are what a groove may know it by."""

    time: Quarters
    pitch: int
    velocity: int
    duration: Quarters = 0.0
    part: int = 0
    note: int = -1


class Played(NamedTuple):
    """When and how hard an event is played."""

    time: Quarters
    velocity: int
    event: Event


class EventGroove(Protocol):
    """Says how events are played."""

    def play(self, event: Event) -> tuple[Quarters, int]:
        """Return how late in quarters (negative: early) and how hard (1..127) an event is played."""


class _Waiting(NamedTuple):
    """In the order of a heap; number is that of the event in the stream, settled says that no groove moves it more."""

    time: Quarters
    number: int
    velocity: int
    settled: bool
    event: Event


class GrooveStream:
    """Takes events in the order of their time and gives them back as a groove plays them, each once, `delay` later.

    An event may be played early by up to the delay (a step), so that is what everything is late by; a stream whose
    events are known before their time needs none. Where nothing moves, times are exactly the events' own, and the
    delay. Events of one pitch keep their order. All storage is one list of at most `capacity` events. One thread; only
    set_groove may be called by any.
    """

    def __init__(self, groove: EventGroove, delay: Quarters = STEP, capacity: int = CAPACITY) -> None:
        self.delay, self.capacity = delay, capacity
        self._groove = self._wanted = groove
        self._waiting: list[_Waiting] = []
        self._number = 0
        self._now: Quarters = float("-inf")
        # For each pitch where its last event was written, the delay included, and played.
        self._struck: dict[int, tuple[Quarters, Quarters]] = {}
        self._placed: dict[int, tuple[Quarters, Quarters]] = {}

    def __len__(self) -> int:
        """Return how many events wait."""
        return len(self._waiting)

    @property
    def groove(self) -> EventGroove:
        """The groove set last."""
        return self._wanted

    def set_groove(self, groove: EventGroove) -> None:
        """Play by another groove from now on, what waits included. For any thread."""
        self._wanted = groove

    def push(self, event: Event) -> None:
        """Take an event. GrooveError if as many wait as there is room for: then pull was not called for long."""
        if len(self._waiting) >= self.capacity:
            raise GrooveError(f"a groove stream holds {self.capacity} events at most: take some out first.")
        self._heed_groove()
        heapq.heappush(self._waiting, self._place(event, self._number))
        self._number += 1

    def pull(self, until: Quarters) -> list[Played]:
        """Return the events that are played before a time and have not been yet, in order."""
        self._heed_groove()
        due: list[Played] = []
        while self._waiting and self._waiting[0].time < until:
            time, _, velocity, _, event = heapq.heappop(self._waiting)
            self._struck[event.pitch] = event.time + self.delay, time
            due.append(Played(time, velocity, event))
        self._now = max(self._now, until)
        return due

    def settle(self, since: Quarters) -> tuple[list[Event], list[Event]]:
        """Give up the events written at a time or later; what else waits is played as decided now, whatever follows.

        Returns both: what was given up, and what waits.
        """
        given_up = [waiting.event for waiting in self._waiting if waiting.event.time >= since]
        self._waiting = [w._replace(settled=True) for w in self._waiting if w.event.time < since]
        self._place_anew()
        return given_up, [waiting.event for waiting in self._waiting]

    def _heed_groove(self) -> None:
        if self._wanted is not self._groove:
            self._groove = self._wanted
            self._place_anew()

    def _place_anew(self) -> None:
        self._placed = dict(self._struck)
        waiting = sorted(self._waiting, key=lambda each: each.number)
        self._waiting = [self._place(each.event, each.number, each) for each in waiting]
        heapq.heapify(self._waiting)

    def _place(self, event: Event, number: int, known: _Waiting | None = None) -> _Waiting:
        """Decide when and how hard an event is played, as things stand."""
        if known is not None and known.settled:
            self._placed[event.pitch] = event.time + self.delay, known.time
            return known
        shift, velocity = self._groove.play(event)
        own = event.time + self.delay
        time = max(own + shift, self._now)
        before = self._placed.get(event.pitch)
        if before is not None:
            time = max(time, earliest(own, *before))
        self._placed[event.pitch] = own, time
        return _Waiting(time, number, velocity, False, event)
