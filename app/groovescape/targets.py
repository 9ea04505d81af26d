"""Notes together with how their grooves play them, so that an edit never mixes up a feel."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from groovescape_models.music.feel import Feel
from groovescape_models.music.part import Part
from groovescape_models.music.pattern import Note
from groovescape_models.music.project import Project
from groovescape_models.music.timing import Quarters


@dataclass(frozen=True, slots=True)
class Aim:
    """What a feel says of one note: see Feel."""

    start: Quarters
    velocity: float
    own_velocity: float
    start_scatter: Quarters = 0.0
    velocity_scatter: float = 0.0
    by_hand: bool = False

    @staticmethod
    def at(note: Note) -> "Aim":
        """Return what leaves a note as it is."""
        return Aim(note.start, note.velocity, note.velocity)


@dataclass(frozen=True, slots=True)
class Target:
    """A note, and how the groove and the other that it morphs to play it at full intensity."""

    note: Note
    aim: Aim
    other: Aim

    @staticmethod
    def new(note: Note) -> "Target":
        """Return a note that no groove has played yet."""
        return Target(note, Aim.at(note), Aim.at(note))


Music = TypeVar("Music", Project, Part)
"""A part, or a project for the part on its stage."""

_SCATTERS: Final = ("start_scatter", "velocity_scatter")
"""Columns that a feel may be without."""


def targets_of(project: Project | Part) -> list[Target]:
    """Return the notes of a project with their targets, in the order of pattern.notes."""
    notes = project.pattern.notes
    rows = zip(notes, _aims(notes, project.feel), _aims(notes, project.other_feel), strict=True)
    return [Target(*row) for row in rows]


def with_targets(project: Music, targets: Iterable[Target]) -> Music:
    """Return the project with these notes; it has a feel, or another beside it, only if it had one."""
    ordered = sorted(targets, key=lambda target: target.note)
    return replace(
        project,
        pattern=project.pattern.with_notes(target.note for target in ordered),
        feel=_feel([target.aim for target in ordered], project.feel),
        other_feel=_feel([target.other for target in ordered], project.other_feel),
    )


def with_new_feel(project: Music, feel: Feel | None, other_feel: Feel | None = None) -> Music:
    """Return the project with feels computed for its pattern, but for velocities that were set by hand."""
    by_hand = project.feel.by_hand if project.feel else ()
    notes = project.pattern.notes
    return replace(
        project,
        feel=_respecting_hands(notes, by_hand, feel),
        other_feel=_respecting_hands(notes, by_hand, other_feel),
    )


def _respecting_hands(notes: tuple[Note, ...], by_hand: tuple[bool, ...], new: Feel | None) -> Feel | None:
    """Return a feel that keeps the velocities which somebody set."""
    if new is None or not any(by_hand):
        return new
    rows = zip(notes, by_hand, _aims(notes, new), strict=True)
    return _feel([set_by_hand(aim, note.velocity) if hand else aim for note, hand, aim in rows], new)


def set_by_hand(aim: Aim, velocity: int) -> Aim:
    """Return what plays a note at its own time with a velocity that no groove changes."""
    return replace(aim, velocity=velocity, own_velocity=velocity, velocity_scatter=0.0, by_hand=True)


def _aims(notes: tuple[Note, ...], feel: Feel | None) -> list[Aim]:
    if feel is None:
        return [Aim.at(note) for note in notes]
    still = (0.0,) * len(notes)
    own, scatters = feel.own_velocities or feel.velocities, (getattr(feel, name) or still for name in _SCATTERS)
    by_hand = feel.by_hand or (False,) * len(notes)
    return [Aim(*row) for row in zip(feel.starts, feel.velocities, own, *scatters, by_hand, strict=True)]


def _feel(aims: list[Aim], like: Feel | None) -> Feel | None:
    """Return the feel of aims with the columns that another has; None where there is none."""
    if like is None:
        return None
    kept = {name: tuple(getattr(aim, name) for aim in aims) for name in _SCATTERS if getattr(like, name)}
    return Feel(
        tuple(aim.start for aim in aims),
        tuple(aim.velocity for aim in aims),
        tuple(aim.own_velocity for aim in aims) if like.own_velocities else (),
        grid=like.grid,
        by_hand=tuple(aim.by_hand for aim in aims) if any(aim.by_hand for aim in aims) else (),
        **kept,
    )
