"""Locks on lanes and bars, and the rest made anew around them."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from groovescape.commands import ReplacePattern
from groovescape.controllers.door import StudioDoor
from groovescape.document import Document
from groovescape.feeling import feels_for
from groovescape.jobs import Jobs, Task
from groovescape.part_commands import FreeLocks, ToggleLock
from groovescape.problems import LOADING
from groovescape.surroundings import next_seed, setting_of
from groovescape_models.engines.engine import InfillRequest
from groovescape_models.music.project import Project
from groovescape_widgets.drum_grid import DrumGrid

if TYPE_CHECKING:
    from groovescape_models.engines.studio import Studio
    from groovescape_widgets.piano_roll import PianoRoll

KIND: Final = "infill"
TITLE: Final = "Make the rest anew"
ALL_LOCKED: Final = "All bars are locked: unlock one to have it made anew."


def rest_made_anew(studio: "Studio", project: Project, seed: int, task: Task) -> ReplacePattern:
    """Return the command that puts the notes of a seed in wherever nothing is locked."""
    seeded, locks = replace(project, seed=seed), project.locks
    setting = setting_of(project)
    request = InfillRequest(project.pattern, locks.lanes, locks.bars, seed=seeded.seed, setting=setting)
    pattern = studio.infill(request, task.should_stop)
    feels = feels_for(studio, pattern, project.groove, seeded, task.should_stop)
    return ReplacePattern(pattern, feels.feel, seed=seeded.seed, title=TITLE, other_feel=feels.other)


def is_all_locked(project: Project) -> bool:
    """Return whether every bar of the part on the stage is locked."""
    return project.locks.bars >= frozenset(range(project.pattern.bars))


class LockController(QObject):
    """Turns clicks on locks into commands, and asks for what fills the rest."""

    said = Signal(str)
    failed = Signal(str)

    def __init__(self, document: Document, jobs: Jobs, grid: DrumGrid, door: StudioDoor) -> None:
        """Connect the grid to a document."""
        super().__init__(grid)
        self._document, self._jobs, self._door = document, jobs, door
        self._views: list[DrumGrid | PianoRoll] = []
        grid.lane_lock_toggled.connect(lambda lane: document.apply(ToggleLock(lane=lane)))
        self.show_in(grid)
        document.changed.connect(self._on_changed)

    def show_in(self, view: "DrumGrid | PianoRoll") -> None:
        """Show the locks in a view of a pattern too, and let its bars be locked."""
        self._views.append(view)
        locks = self._document.project.locks
        view.set_locks(locks.lanes, locks.bars)
        view.bar_lock_toggled.connect(lambda bar: self._document.apply(ToggleLock(bar=bar)))

    def free(self) -> None:
        """Unlock everything on the stage."""
        self._document.apply(FreeLocks())

    def make_anew(self) -> None:
        """Make anew what is not locked, a seed on."""
        studio, project = self._door.studio, self._document.project
        if studio is None:
            self.said.emit(LOADING)
        elif is_all_locked(project):
            self.said.emit(ALL_LOCKED)
        else:
            work = partial(rest_made_anew, studio, project, next_seed(project.seed))
            self._jobs.submit(KIND, work, partial(self._take, project), self.failed.emit)

    def _take(self, asked: Project, command: ReplacePattern) -> None:
        now = self._document.project
        if (now.pattern, now.locks) != (asked.pattern, asked.locks):
            self.said.emit("The pattern has changed meanwhile: ask again for the rest.")
            return
        self._document.apply(command)
        kept = "What is locked stayed" if asked.locks else "Nothing was locked"
        self.said.emit(f"{kept}; the rest is new.")

    def _on_changed(self, before: Project, after: Project) -> None:
        if before.locks != after.locks:
            for view in self._views:
                view.set_locks(after.locks.lanes, after.locks.bars)
