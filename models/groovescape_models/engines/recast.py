"""A pattern with another grid: notes that both have stay as they are, new ones are played like those around them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from groovescape_models.encoding.drums import PITCHES
from groovescape_models.encoding.lines import Tokens, from_line, to_line
from groovescape_models.engines.line_velocity import line_velocity
from groovescape_models.latent.model import Grids
from groovescape_models.music.cells import DEFAULT_VELOCITY, NOTE_LENGTH, cell_of, steps_of
from groovescape_models.music.groove import BoolArray
from groovescape_models.music.key import SEMITONES
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import STEP, nearest_step

LOWEST_BASS: Final = 23
"""The low B of a bass with five strings."""
Loudness = Callable[[Pattern, tuple[Note, ...], float], tuple[Note, ...]]
"""A pattern, notes that are new in it, and its tempo -> the new notes with velocities that go with the pattern."""


def recast(pattern: Pattern, grid: Grids, loudness: Loudness, tempo_bpm: float) -> Pattern:
    """Return a pattern with the hits (steps, 9) or the tokens (steps,) of a grid as long as itself.

    A note that the grid has too keeps its place, its velocity and, where the grid lets it, its length. Drums that no
    lane shows stay. New hits are as early or late as the others of their drum.
    """
    if pattern.role is Role.DRUMS:
        stay, new = _drums(pattern, grid.astype(np.bool_))
    else:
        stay, new = _line(pattern, grid.astype(np.int16))
    return pattern.with_notes([*stay, *loudness(pattern.with_notes(stay), tuple(new), tempo_bpm)])


def _drums(pattern: Pattern, hits: BoolArray) -> tuple[list[Note], list[Note]]:
    """Return the notes that stay and those that are new."""
    steps = len(hits)
    stay, played = [], np.zeros_like(hits)
    offsets: dict[tuple[int, int], list[float]] = {}
    for note in (note for note in pattern.notes if note.start < pattern.length):
        cell = cell_of(note)
        if cell is None:
            stay.append(note)
        elif hits[cell.step % steps, cell.drum]:
            stay.append(note)
            played[cell.step % steps, cell.drum] = True
            offsets.setdefault((cell.drum, cell.step % 2), []).append(note.start - cell.step * STEP)
    new = []
    for step, lane in np.argwhere(hits & ~played).tolist():
        late = float(np.mean(offsets.get((lane, step % 2), [0.0])))
        new.append(Note(max(0.0, step * STEP + late), NOTE_LENGTH, PITCHES[lane], DEFAULT_VELOCITY))
    return stay, new


def _line(pattern: Pattern, tokens: Tokens) -> tuple[list[Note], list[Note]]:
    """Return the notes that stay, perhaps with another length, and those that are new."""
    inside = (note for note in pattern.notes if note.start < pattern.length)
    before = {(nearest_step(note.start) % len(tokens), note.pitch): note for note in inside}
    stay, new = [], []
    for note in from_line(tokens, role=pattern.role).notes:
        old = before.get((nearest_step(note.start), note.pitch))
        if old is None:
            new.append(_playable(note, pattern.role))
        else:
            stay.append(_kept(old, note, steps_of(pattern.length)))
    return stay, new


def _playable(note: Note, role: Role) -> Note:
    """Return a note of a bass no lower than its lowest string, by octaves."""
    below = max(0, LOWEST_BASS - note.pitch) if role is Role.BASS else 0
    return replace(note, pitch=note.pitch + SEMITONES * -(-below // SEMITONES))


def _kept(old: Note, new: Note, steps: int) -> Note:
    """Return a note with the length that it has now, as it was if that is the same on the grid."""
    same = nearest_step(old.end) == nearest_step(new.end) or min(nearest_step(old.end), steps) == nearest_step(new.end)
    return old if same else replace(old, duration=max(STEP / 2, new.end - old.start))


def line_loudness(pattern: Pattern, new: tuple[Note, ...], tempo_bpm: float) -> tuple[Note, ...]:
    """Return new notes of a line as loud as a player would have them, beside him as loud as the pattern is."""
    del tempo_bpm
    expected = 127.0 * line_velocity(to_line(pattern.with_notes([*pattern.notes, *new])))
    played = [(note.velocity, float(expected[nearest_step(note.start) % len(expected)])) for note in pattern.notes]
    usual = sum(loud for _, loud in played)
    gain = sum(velocity for velocity, _ in played) / usual if usual else 1.0

    def loud(note: Note) -> int:
        return int(np.clip(round(gain * float(expected[nearest_step(note.start) % len(expected)])), 1, 127))

    return tuple(replace(note, velocity=loud(note)) for note in new)


def shares_kept(before: Pattern, after: Pattern) -> float:
    """Return the share of a pattern's notes that stand in another one at the same sixteenth with the same pitch."""
    old, new = places_of(before), places_of(after)
    return len(old & new) / len(old) if old else 1.0


def places_of(pattern: Pattern) -> set[tuple[int, int]]:
    """Return (step, pitch) of the notes of a loop, of drums (step, lane)."""
    steps = steps_of(pattern.length)
    places = set()
    for note in (note for note in pattern.notes if note.start < pattern.length):
        cell = cell_of(note) if pattern.role is Role.DRUMS else None
        places.add((nearest_step(note.start) % steps, note.pitch if cell is None else int(cell.drum)))
    return places
