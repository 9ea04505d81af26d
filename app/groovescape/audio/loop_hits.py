"""Patterns made ready for looping: their hits in order of the time within the loop, as they are written."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from groovescape.audio.keys import key_of
from groovescape_models.engines.groove_stream import Event
from groovescape_models.music.pattern import Pattern
from groovescape_models.music.timing import STEP, Quarters

HALF_STEP: Quarters = STEP / 2
_SAME_HIT: Quarters = HALF_STEP
"""Two hits of one drum nearer than this, one at either end of a loop, are one hit."""


class _Hold(NamedTuple):
    """From when to when a hit is held."""

    begin: Quarters
    end: Quarters


@dataclass(frozen=True, slots=True)
class LoopHits:
    """The hits of one round, sorted by time; those at the length or later sound at the beginning of the next round.

    The pitch of a hit is a key of keys.py: that of a drum is its MIDI pitch. holds has the hits of each key.
    """

    hits: tuple[Event, ...]
    length: Quarters
    holds: dict[int, list[_Hold]]

    def index_at(self, time: Quarters) -> int:
        """Return the index of the first hit at or after a time of the round."""
        return bisect_left(self.hits, (time,))

    def between(self, cycle_start: Quarters, begin: Quarters, end: Quarters) -> Iterator[Event]:
        """Yield the hits with begin <= time < end, where one round of the loop began at cycle_start, and those beside.

        Their times are those since the start of playing.
        """
        for start in (cycle_start - self.length, cycle_start, cycle_start + self.length):
            for hit in self.hits[self.index_at(begin - start) : self.index_at(end - start)]:
                yield hit._replace(time=start + hit.time)

    def held_for(self, pitch: int, place: Quarters) -> Quarters:
        """Return how much longer a key is held at a place of the loop, 0.0 if it is not; not for the first round."""
        holds = self.holds.get(pitch)
        if not holds:
            return 0.0
        last = bisect_right(holds, place, key=_begin) - 1
        end = holds[last].end if last >= 0 else holds[-1].end - self.length
        return max(0.0, end - place)


def loop_hits(*patterns: Pattern) -> LoopHits:
    """Return what a loop of one or several patterns plays together; a shorter one is repeated up to the longest's end.

    Notes that are written at the length or later are not played, but for those less than half a step late: they belong
    to the end, and sound at the beginning of the next round unless that has the same hit. A loop is at least one step
    long.
    """
    longest = max(pattern.length for pattern in patterns)
    length = max(longest, STEP)
    hits = sorted(hit for part, pattern in enumerate(patterns) for hit in _part_hits(pattern, part, longest, length))
    holds: dict[int, list[_Hold]] = {}
    for hit in hits:
        holds.setdefault(hit.pitch, []).append(_Hold(hit.time, hit.time + hit.duration))
    return LoopHits(tuple(hits), length, holds)


def _part_hits(pattern: Pattern, part: int, longest: Quarters, length: Quarters) -> list[Event]:
    """Return the hits of one pattern; one shorter than a step is played once, as in looped()."""
    if STEP <= pattern.length < longest:
        rounds = int(-(-longest // pattern.length))
        inside = _hits(pattern, part, pattern.length)
        turns = (hit._replace(time=hit.time + turn * pattern.length) for turn in range(rounds) for hit in inside)
        return [hit for hit in turns if hit.time < longest]
    hits = _hits(pattern, part, length + HALF_STEP)
    inside = [hit for hit in hits if hit.time < length]
    late = [hit for hit in hits if hit.time > length and not _repeats(hit, length, inside)]
    return inside + late


def _hits(pattern: Pattern, part: int, end: Quarters) -> list[Event]:
    role = pattern.role
    keys = {pitch: key_of(role, pitch) for pitch in {note.pitch for note in pattern.notes}}
    return [
        Event(note.start, keys[note.pitch], note.velocity, note.duration, part, index)
        for index, note in enumerate(pattern.notes)
        if note.start < end
    ]


def _repeats(late: Event, length: Quarters, inside: list[Event]) -> bool:
    time = late.time - length
    return any(hit.pitch == late.pitch and abs(hit.time - time) < _SAME_HIT for hit in inside)


def _begin(hold: _Hold) -> Quarters:
    return hold.begin
