"""Notes together with where their groove puts them, so that an edit never mixes up a feel."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from groovescape_models.music.feel import Feel
from groovescape_models.music.pattern import Note
from groovescape_models.music.project import Project
from groovescape_models.music.timing import Quarters


@dataclass(frozen=True, slots=True)
class Target:
    """A note, and the start and velocity that its groove gives it at full intensity."""

    note: Note
    start: Quarters
    velocity: int


def targets_of(project: Project) -> list[Target]:
    """Return the notes of a project with their targets, in the order of pattern.notes."""
    feel = project.feel or Feel.of(project.pattern)
    rows = zip(project.pattern.notes, feel.starts, feel.velocities, strict=True)
    return [Target(note, start, velocity) for note, start, velocity in rows]


def with_targets(project: Project, targets: Iterable[Target]) -> Project:
    """Return the project with these notes; it has a feel only if it had one."""
    ordered = sorted(targets, key=lambda target: target.note)
    pattern = project.pattern.with_notes(target.note for target in ordered)
    feel = Feel(tuple(t.start for t in ordered), tuple(t.velocity for t in ordered))
    return replace(project, pattern=pattern, feel=None if project.feel is None else feel)


def with_new_feel(project: Project, feel: Feel) -> Project:
    """Return the project with a feel computed for its pattern, but for velocities that were set by hand."""
    new = (Target(*row) for row in zip(project.pattern.notes, feel.starts, feel.velocities, strict=True))
    merged = [_respecting_hand(old, target) for old, target in zip(targets_of(project), new, strict=True)]
    return replace(project, feel=Feel(tuple(t.start for t in merged), tuple(t.velocity for t in merged)))


def _respecting_hand(old: Target, new: Target) -> Target:
    """Keep a velocity that the old feel left alone although it moved the note: somebody set it."""
    by_hand = old.velocity == old.note.velocity and old.start != old.note.start
    return replace(new, velocity=old.velocity) if by_hand else new
