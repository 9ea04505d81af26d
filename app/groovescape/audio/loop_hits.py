"""A pattern made ready for looping: its hits in order of the time within the loop."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from groovescape.audio.keys import key_of
from groovescape_models.music.looping import looped
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import STEP, Quarters

HALF_STEP: Quarters = STEP / 2
_SAME_HIT: Quarters = HALF_STEP
"""Two hits of one drum nearer than this in two versions of a pattern are one hit that has moved."""


class Hit(NamedTuple):
    """One hit of a loop; carried marks the late end of a loop, heard at the beginning of the next round.

    pitch is a key of keys.py: that of a drum is its MIDI pitch.
    """

    time: Quarters
    duration: Quarters
    pitch: int
    velocity: int
    carried: bool = False


@dataclass(frozen=True, slots=True)
class LoopHits:
    """The hits of one round, sorted by time in 0 <= time < length."""

    hits: tuple[Hit, ...]
    length: Quarters

    @property
    def carries(self) -> bool:
        """Whether a hit of this loop sounds after its end."""
        return any(hit.carried for hit in self.hits)

    def index_at(self, time: Quarters) -> int:
        """Return the index of the first hit at or after a time of the round."""
        return bisect_left(self.hits, (time,))

    def between(self, cycle_start: Quarters, begin: Quarters, end: Quarters) -> Iterator[Hit]:
        """Yield the hits with begin <= time < end, where one round of the loop began at cycle_start."""
        rounds = (cycle_start - self.length, cycle_start, cycle_start + self.length)
        for hit in self.hits:
            for start in rounds:
                if begin <= start + hit.time < end:
                    yield hit._replace(time=start + hit.time)


def loop_hits(*patterns: Pattern) -> LoopHits:
    """Return what a loop of one or several patterns plays together; a shorter one is repeated up to the longest's end.

    Notes that start at the length or later are not played, but for those less than half a step late: a groove has
    pushed them over the end, so they sound at the beginning of the next round, unless that has the same hit. A loop is
    at least one step long.
    """
    longest = max(pattern.length for pattern in patterns)
    length = max(longest, STEP)
    hits = [hit for pattern in patterns for hit in _part_hits(looped(pattern, longest), length)]
    return LoopHits(tuple(sorted(hits)), length)


def _part_hits(pattern: Pattern, length: Quarters) -> list[Hit]:
    role = pattern.role
    inside = [_hit(note, role) for note in pattern.notes if note.start < length]
    late = [_hit(note, role, length) for note in pattern.notes if length < note.start < length + HALF_STEP]
    carried = [hit for hit in late if hit.time < length and not _repeats(hit, inside)]
    return inside + carried


def _hit(note: Note, role: Role, length: Quarters = 0.0) -> Hit:
    return Hit(note.start - length, note.duration, key_of(role, note.pitch), note.velocity, carried=length > 0)


def _repeats(hit: Hit, others: list[Hit]) -> bool:
    return any(other.pitch == hit.pitch and abs(other.time - hit.time) < _SAME_HIT for other in others)
