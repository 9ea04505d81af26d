"""Edits of a line in the piano roll: notes added, moved, resized and deleted. Indices are into pattern.notes."""

from dataclasses import dataclass, replace
from typing import Final

from groovescape.targets import Target, targets_of, with_targets
from groovescape_models.music.cells import DEFAULT_VELOCITY
from groovescape_models.music.pattern import Note
from groovescape_models.music.project import Project
from groovescape_models.music.timing import Quarters

SHORTEST: Final[Quarters] = 1.0 / 48.0
"""A tick of LMMS: nothing shorter is heard as a note there."""
HIGHEST: Final = 127


@dataclass(frozen=True, slots=True)
class AddNote:
    """Put a note into the line; it ends with the loop."""

    start: Quarters
    pitch: int
    duration: Quarters
    velocity: int = DEFAULT_VELOCITY
    title: str = "Add a note"

    def apply(self, project: Project) -> Project:
        """Return the project with the note, or as it was if the note would start outside of the loop."""
        room = project.pattern.length - self.start
        if not 0.0 <= self.start < project.pattern.length or not 0 <= self.pitch <= HIGHEST:
            return project
        note = Note(self.start, max(SHORTEST, min(self.duration, room)), self.pitch, self.velocity)
        return with_targets(project, [*targets_of(project), Target.new(note)])


@dataclass(frozen=True, slots=True)
class MoveNotes:
    """Move notes together in time and pitch, as far as all of them stay inside the loop and the keyboard."""

    indices: tuple[int, ...]
    by: Quarters
    semitones: int
    title: str = "Move notes"

    def apply(self, project: Project) -> Project:
        """Return the project with the notes moved; indices that are not there are passed over."""
        targets = targets_of(project)
        chosen = [index for index in self.indices if 0 <= index < len(targets)]
        if not chosen:
            return project
        starts = [targets[index].note.start for index in chosen]
        pitches = [targets[index].note.pitch for index in chosen]
        by = min(max(self.by, -min(starts)), project.pattern.length - SHORTEST - max(starts))
        semitones = min(max(self.semitones, -min(pitches)), HIGHEST - max(pitches))
        for index in chosen:
            targets[index] = _moved(targets[index], by, semitones)
        return with_targets(project, targets)


@dataclass(frozen=True, slots=True)
class ResizeNote:
    """Give a note another duration, up to the end of the loop."""

    index: int
    duration: Quarters
    title: str = "Change a length"

    def apply(self, project: Project) -> Project:
        """Return the project with the duration, or as it was if the note is gone."""
        targets = targets_of(project)
        if not 0 <= self.index < len(targets):
            return project
        old = targets[self.index]
        duration = max(SHORTEST, min(self.duration, project.pattern.length - old.note.start))
        targets[self.index] = replace(old, note=replace(old.note, duration=duration))
        return with_targets(project, targets)


@dataclass(frozen=True, slots=True)
class DeleteNotes:
    """Take notes away."""

    indices: tuple[int, ...]
    title: str = "Delete notes"

    def apply(self, project: Project) -> Project:
        """Return the project without the notes."""
        gone = set(self.indices)
        return with_targets(project, [t for index, t in enumerate(targets_of(project)) if index not in gone])


def _moved(target: Target, by: Quarters, semitones: int) -> Target:
    note = target.note
    moved = replace(note, start=note.start + by, pitch=note.pitch + semitones)
    aim, other = (replace(each, start=each.start + by) for each in (target.aim, target.other))
    return Target(moved, aim, other)
