"""From one loop to another while both play: which hits are late, and which have been heard already."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from groovescape.audio.loop_hits import HALF_STEP, Hit, LoopHits
from groovescape_models.music.timing import STEP, Quarters


class Heard(NamedTuple):
    """A hit that has been played, with its time since the start of playing."""

    time: Quarters
    pitch: int


class RunningLoop(NamedTuple):
    """A loop and the time at which its present round began (since the start of playing)."""

    loop: LoopHits
    cycle_start: Quarters


@dataclass(frozen=True, slots=True)
class Handover:
    """late: hits of the new loop to play at once. muted: hits to leave out, as their older version has just sounded."""

    late: tuple[Hit, ...]
    muted: frozenset[Heard]


def hand_over(
    before: RunningLoop, after: RunningLoop, heard: Iterable[Heard], moment: Quarters, step_begin: Quarters
) -> Handover:
    """Return what to correct when `after` takes over from `before` at a moment.

    step_begin <= moment is where hits of the next step may begin, half a step before it. A groove moves one and the
    same hit to different sides of the moment in the two loops, so each hit heard claims the nearest hit of its drum in
    the new loop, if that is less than half a step away, and so does each hit of the old loop that is still to come.
    What is claimed by a hit heard is not played again; what has passed unheard is played at once if it belongs to the
    next step or was still to come.
    """
    near = tuple(after.loop.between(after.cycle_start, moment - STEP, moment + STEP))
    coming = before.loop.between(before.cycle_start, moment, moment + HALF_STEP)
    sounded = {claim for past in heard if (claim := _nearest(past.time, past.pitch, near)) is not None}
    awaited = {claim for hit in coming if (claim := _nearest(hit.time, hit.pitch, near)) is not None}
    late = (hit for hit in near if 0 <= hit.time < moment and hit not in sounded and not hit.carried)
    return Handover(
        late=tuple(hit for hit in late if hit.time >= step_begin or hit in awaited),
        muted=frozenset(Heard(hit.time, hit.pitch) for hit in sounded if hit.time >= moment),
    )


def _nearest(time: Quarters, pitch: int, hits: Iterable[Hit]) -> Hit | None:
    same = [hit for hit in hits if hit.pitch == pitch and abs(hit.time - time) < HALF_STEP]
    return min(same, key=lambda hit: abs(hit.time - time), default=None)
