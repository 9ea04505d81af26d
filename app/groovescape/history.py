"""Undo and redo of immutable projects: a drag previews many times and commits once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from groovescape_models.music.project import Project

LIMIT: Final = 500
"""Undo steps that are kept; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Step:
    """A project to go back (or forward) to, and the name of the edit that lies between."""

    project: Project
    title: str


@dataclass(frozen=True, slots=True)
class History:
    """The committed project, the steps before and behind it, and perhaps a preview over it."""

    committed: Project
    past: tuple[Step, ...] = ()
    future: tuple[Step, ...] = ()
    preview: Project | None = None

    @property
    def current(self) -> Project:
        """The project to show: the preview while there is one."""
        return self.committed if self.preview is None else self.preview

    @property
    def undo_title(self) -> str | None:
        """Name of the edit that undo takes back, None if there is none."""
        return self.past[-1].title if self.past else None

    @property
    def redo_title(self) -> str | None:
        """Name of the edit that redo brings back, None if there is none."""
        return self.future[-1].title if self.future else None

    def previewed(self, project: Project) -> "History":
        """Show a project without making it an undo step."""
        return replace(self, preview=project)

    def rolled_back(self) -> "History":
        """Drop the preview."""
        return replace(self, preview=None)

    def with_edit(self, project: Project, title: str) -> "History":
        """Make a project the committed one: one undo step, unless nothing differs; redo is forgotten."""
        if project == self.committed:
            return self.rolled_back()
        past = (*self.past, Step(self.committed, title))[-LIMIT:]
        return History(project, past)

    def committed_preview(self, title: str) -> "History":
        """Make the preview one undo step; without a preview nothing changes."""
        return self if self.preview is None else self.with_edit(self.preview, title)

    def amended(self, project: Project) -> "History":
        """Replace the committed project without an undo step: a late part of the edit that made it."""
        return replace(self, committed=project)

    def everywhere(self, change: Callable[[Project], Project]) -> "History":
        """Change every project of the history alike: what came late belongs to all of them."""
        past, future = (
            tuple(Step(change(step.project), step.title) for step in steps) for steps in (self.past, self.future)
        )
        preview = None if self.preview is None else change(self.preview)
        return History(change(self.committed), past, future, preview)

    def undone(self) -> "History":
        """Go one step back; without a step nothing changes."""
        if not self.past:
            return self
        step = self.past[-1]
        future = (*self.future, Step(self.committed, step.title))
        return History(step.project, self.past[:-1], future)

    def redone(self) -> "History":
        """Go one step forward again; without a step nothing changes."""
        if not self.future:
            return self
        step = self.future[-1]
        past = (*self.past, Step(self.committed, step.title))
        return History(step.project, past, self.future[:-1])
