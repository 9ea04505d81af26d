"""What of a note's place is meant: a triplet, a flam or a roll lies between the grid's points on purpose."""

from typing import Final

from groovescape_models.music.drumkit import drum_of
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import Quarters

ON_GRID: Final[Quarters] = 0.0375
OFF_GRID: Final[Quarters] = 0.075
"""Distances from the grid: up to the first a note is taken for one on it, from the second on for one that is meant to
lie between (a triplet lies a twelfth from the sixteenths); between them it is partly both."""

Place = tuple[int, int]
"""Where a note belongs: its step of the grid, and what plays it."""


def step_on(start: Quarters, grid: int) -> int:
    """Return the step of a grid (steps a quarter) nearest to a time; half-way goes to the later step."""
    return int(start * grid + 0.5)


def meant(own: Quarters) -> Quarters:
    """Return how much of a distance from the grid is meant: none of a small one, all of a large one."""
    distance = abs(own)
    if distance <= ON_GRID:
        return 0.0
    return own if distance >= OFF_GRID else own * (distance - ON_GRID) / (OFF_GRID - ON_GRID)


def places_of(pattern: Pattern, grid: int) -> tuple[Place, ...]:
    """Return where each note belongs: drums by class (a pitch of none by itself), notes of a line by their step."""
    if pattern.role is not Role.DRUMS:
        return tuple((int(note.start * grid + 0.5), 0) for note in pattern.notes)
    players = {note.pitch: player(note.pitch) for note in pattern.notes}
    return tuple((int(note.start * grid + 0.5), players[note.pitch]) for note in pattern.notes)


def player(pitch: int) -> int:
    """Return the drum class that plays a pitch, or a number of its own for a pitch of none."""
    drum = drum_of(pitch)
    return -1 - pitch if drum is None else int(drum)


def leaders_of(notes: tuple[Note, ...], places: tuple[Place, ...]) -> dict[Place, Note]:
    """Return the loudest note of each place, of equals the first: a flam, a roll or a chord moves as one with it."""
    leaders: dict[Place, Note] = {}
    for note, place in zip(notes, places, strict=True):
        leader = leaders.get(place)
        if leader is None or note.velocity > leader.velocity:
            leaders[place] = note
    return leaders
