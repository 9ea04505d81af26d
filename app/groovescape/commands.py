"""Edits of a project: frozen values that know no widget and turn one immutable project into the next."""

from dataclasses import dataclass, replace
from typing import Protocol

from groovescape.targets import Target, set_by_hand, targets_of, with_targets
from groovescape_models.music.cells import DEFAULT_VELOCITY, NOTE_LENGTH, Cell, cell_of, steps_of
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.feel import Feel
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.project import Corner, Project
from groovescape_models.music.timing import STEP


class Command(Protocol):
    """One edit: its name in the Edit menu, and what it makes of a project."""

    @property
    def title(self) -> str:
        """Name of the edit, as in 'Undo Move on the pad'."""
        ...

    def apply(self, project: Project) -> Project:
        """Return the edited project."""
        ...


@dataclass(frozen=True, slots=True)
class MovePad:
    """Take the pattern at a point of the pad, with its feel."""

    point: tuple[float, float]
    pattern: Pattern
    feel: Feel | None
    title: str = "Move on the pad"
    other_feel: Feel | None = None

    def apply(self, project: Project) -> Project:
        """Return the project with point, pattern and feel."""
        return replace(project, pad=self.point, pattern=self.pattern, feel=self.feel, other_feel=self.other_feel)


@dataclass(frozen=True, slots=True)
class ReplacePattern:
    """Put another pattern in: generated, opened or restored. tempo_bpm and seed stay where they are None.

    One that was made for a part that has left the stage since goes to that part; the stage keeps its role.
    """

    pattern: Pattern
    feel: Feel | None
    tempo_bpm: float | None = None
    seed: int | None = None
    title: str = "New pattern"
    other_feel: Feel | None = None

    def apply(self, project: Project) -> Project:
        """Return the project with the pattern in the part of its role."""
        part = project.part_of(self.pattern.role)
        seed = part.seed if self.seed is None else self.seed
        tempo_bpm = project.tempo_bpm if self.tempo_bpm is None else self.tempo_bpm
        part = replace(part, pattern=self.pattern, feel=self.feel, other_feel=None, seed=seed)
        return replace(project.with_part(part), tempo_bpm=tempo_bpm)


@dataclass(frozen=True, slots=True)
class SetCorner:
    """Put a pattern into a corner of the pad (0 top left, 1 top right, 2 bottom left, 3 bottom right)."""

    index: int
    corner: Corner
    pattern: Pattern
    feel: Feel | None
    title: str = "Change a corner"
    other_feel: Feel | None = None

    def apply(self, project: Project) -> Project:
        """Return the project with the corner and with the pattern that its pad point now gives."""
        corners = (*project.corners[: self.index], self.corner, *project.corners[self.index + 1 :])
        return replace(project, corners=corners, pattern=self.pattern, feel=self.feel, other_feel=self.other_feel)


@dataclass(frozen=True, slots=True)
class ToggleHit:
    """Add a hit to an empty cell of the grid, or take all notes of a filled one away."""

    step: int
    drum: Drum
    title: str = "Toggle a hit"

    def apply(self, project: Project) -> Project:
        """Return the project with the cell toggled; other notes keep their feel."""
        here = Cell(self.step, self.drum)
        targets = targets_of(project)
        kept = [t for t in targets if looped_cell(t.note, project.pattern) != here]
        if len(kept) == len(targets):
            note = Note(self.step * STEP, NOTE_LENGTH, self.drum.pitch, DEFAULT_VELOCITY)
            kept.append(Target.new(note))
        return with_targets(project, kept)


@dataclass(frozen=True, slots=True)
class SetVelocity:
    """Give the note with an index into pattern.notes a velocity, which its groove then leaves alone."""

    index: int
    velocity: int
    title: str = "Change a velocity"

    def apply(self, project: Project) -> Project:
        """Return the project with the velocity, or as it was if the note is gone."""
        targets = targets_of(project)
        if not 0 <= self.index < len(targets):
            return project
        old = targets[self.index]
        velocity = min(127, max(1, self.velocity))
        targets[self.index] = Target(
            replace(old.note, velocity=velocity), set_by_hand(old.aim, velocity), set_by_hand(old.other, velocity)
        )
        return with_targets(project, targets)


@dataclass(frozen=True, slots=True)
class SetTempo:
    """Change the tempo, in quarter notes a minute."""

    tempo_bpm: float
    title: str = "Change the tempo"

    def apply(self, project: Project) -> Project:
        """Return the project with the tempo."""
        return replace(project, tempo_bpm=self.tempo_bpm)


@dataclass(frozen=True, slots=True)
class StartOver:
    """Put another project in."""

    project: Project
    title: str = "New"

    def apply(self, project: Project) -> Project:
        """Return the other project."""
        return self.project


def looped_cell(note: Note, pattern: Pattern) -> Cell | None:
    """Return the grid cell of a note in its loop: an early first hit written at the end belongs to step 0."""
    cell = cell_of(note)
    if cell is None or note.start >= pattern.length:
        return None
    return Cell(cell.step % steps_of(pattern.length), cell.drum)
