"""What of a note's place is meant: a triplet, a flam or a roll lies between the grid's points on purpose."""

from typing import Final

from groovescape_models.music.drumkit import drum_of
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import Quarters

ON_GRID: Final[Quarters] = 0.0375
OFF_GRID: Final[Quarters] = 0.075
"""Distances from the grid: up to the first a note is taken for one on it, from the second on for one that is meant to
lie between (a triplet lies a twelfth from the sixteenths); between them it is partly both."""

GRACE: Final[Quarters] = 0.09
"""Longest time between the strokes of a flam or a drag: 45 ms at 120 bpm; thirty-seconds lie farther apart."""

Place = tuple[int, int]
"""Where a note belongs: its step of the grid, and what plays it."""


def meant(own: Quarters) -> Quarters:
    """Return how much of a distance from the grid is meant: none of a small one, all of a large one."""
    distance = abs(own)
    if distance <= ON_GRID:
        return 0.0
    return own if distance >= OFF_GRID else own * (distance - ON_GRID) / (OFF_GRID - ON_GRID)


def told_anew(meant_by_note: Quarters, offset: Quarters) -> Quarters:
    """Return what an offset adds to what a note means by its place: a triplet is an offset too, and not told twice."""
    told_already = min(max(offset, min(0.0, meant_by_note)), max(0.0, meant_by_note))
    return offset - told_already


def places_of(pattern: Pattern, grid: int) -> tuple[Place, ...]:
    """Return where each note belongs: drums by class (a pitch of none by itself), notes of a line by their step.

    A soft stroke just before a louder one of the same drum belongs where that does: it is the grace note of a flam.
    """
    if pattern.role is not Role.DRUMS:
        return tuple((int(note.start * grid + 0.5), 0) for note in pattern.notes)
    players = {pitch: player(pitch) for pitch in {note.pitch for note in pattern.notes}}
    strokes: dict[int, tuple[Quarters, int, int, Quarters]] = {}
    places = []
    for note in reversed(pattern.notes):
        start, who = note.start, players[note.pitch]
        step = int(start * grid + 0.5)
        if who in strokes:
            next_start, loudest, its_step, its_start = strokes[who]
            graces = next_start - start <= GRACE and its_start - start <= 2 * GRACE and note.velocity < loudest
            if graces:
                strokes[who] = start, loudest, its_step, its_start
                places.append((its_step, who))
                continue
        strokes[who] = start, note.velocity, step, start
        places.append((step, who))
    places.reverse()
    return tuple(places)


def player(pitch: int) -> int:
    """Return the drum class that plays a pitch, or a number of its own, below 0, for a pitch of none."""
    drum = drum_of(pitch)
    return -1 - pitch if drum is None else int(drum)


def leaders_of(notes: tuple[Note, ...], places: tuple[Place, ...], grid: int) -> dict[Place, Note]:
    """Return the loudest note of each place, of equals the nearest to it: a flam, a roll or a chord moves as one."""
    leaders: dict[Place, Note] = {}
    for note, place in zip(notes, places, strict=True):
        leader = leaders.get(place)
        if (
            leader is None
            or note.velocity > leader.velocity
            or (
                note.velocity == leader.velocity
                and abs(note.start * grid - place[0]) < abs(leader.start * grid - place[0])
            )
        ):
            leaders[place] = note
    return leaders
