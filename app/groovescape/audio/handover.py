"""From one loop to another while both play: which of the new hits are late, and which have been heard already.

All by the times that hits are written at: a groove moves the sound of a hit, not what it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from groovescape.audio.loop_hits import HALF_STEP, LoopHits
from groovescape_models.engines.groove_stream import Event
from groovescape_models.music.timing import STEP, Quarters

_ROUNDING: Final = 1e-9


class Heard(NamedTuple):
    """A hit by the time it is written at, since the start of playing."""

    time: Quarters
    pitch: int


class RunningLoop(NamedTuple):
    """A loop and the time at which its present round began (since the start of playing)."""

    loop: LoopHits
    cycle_start: Quarters


@dataclass(frozen=True, slots=True)
class Handover:
    """late: hits of the new loop from before it begins that are still to be played. muted: hits to leave out."""

    late: tuple[Event, ...]
    muted: frozenset[Heard]


def hand_over(after: RunningLoop, begin: Quarters, sounded: Iterable[Heard], given_up: Iterable[Heard]) -> Handover:
    """Return what to correct when a loop takes over from another for all that is written at `begin` or later.

    sounded are hits of the old loop that have been played, or will be; given_up those that will not. An edit may move
    a hit to the other side of `begin`, so each hit of the old loop claims the nearest of its drum in the new one, up to
    half a step away. What a hit that sounded claims is not played again; what one that was given up claims is late.
    """
    near = tuple(after.loop.between(after.cycle_start, begin - STEP, begin + 3 * STEP))
    following = tuple(hit for hit in near if hit.time >= begin)
    claimed = set()
    for past in sounded:
        # Exactly half a step off the grid to either side are two ways to play one step.
        ahead = past.time >= begin
        claimed.add(_nearest(past, following if ahead else near, HALF_STEP + (_ROUNDING if ahead else -_ROUNDING)))
    awaited = {_nearest(coming, near, HALF_STEP - _ROUNDING) for coming in given_up}
    return Handover(
        late=tuple(hit for hit in near if hit.time < begin and hit in awaited and hit not in claimed),
        muted=frozenset(Heard(hit.time, hit.pitch) for hit in claimed if hit is not None and hit.time >= begin),
    )


def _nearest(old: Heard, hits: Sequence[Event], reach: Quarters) -> Event | None:
    same = [hit for hit in hits if hit.pitch == old.pitch and abs(hit.time - old.time) < reach]
    return min(same, key=lambda hit: abs(hit.time - old.time), default=None)
