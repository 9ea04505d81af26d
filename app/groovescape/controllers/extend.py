"""Continue: a pattern with some bars more, its own bars as they are."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from groovescape.commands import ReplacePattern
from groovescape.controllers.door import StudioDoor
from groovescape.document import Document
from groovescape.feeling import feels_for
from groovescape.jobs import Jobs, Task
from groovescape.problems import LOADING
from groovescape.surroundings import next_seed, setting_of
from groovescape_models.engines.engine import ContinueRequest
from groovescape_models.music.project import Project

if TYPE_CHECKING:
    from groovescape_models.engines.studio import Studio

KIND: Final = "extend"
CHOICES: Final = (1, 2, 4, 8)
"""Bars that can be asked for at a time."""


def continued(bars: int, studio: "Studio", project: Project, task: Task) -> ReplacePattern:
    """Return the command that puts the pattern in with so many bars more."""
    seeded = replace(project, seed=next_seed(project.seed))
    request = ContinueRequest(project.pattern, bars, seeded.seed, setting=setting_of(project))
    pattern = studio.extend(request, task.should_stop)
    feels = feels_for(studio, pattern, project.groove, seeded, task.should_stop)
    title = f"Continue by {bars_words(bars)}"
    return ReplacePattern(pattern, feels.feel, seed=seeded.seed, title=title, other_feel=feels.other)


def bars_words(bars: int) -> str:
    """Return a number of bars as it is said."""
    return f"{bars} bar" if bars == 1 else f"{bars} bars"


class ExtendController(QObject):
    """Asks the models how a pattern goes on."""

    said = Signal(str)
    failed = Signal(str)

    def __init__(self, document: Document, jobs: Jobs, door: StudioDoor, parent: QObject) -> None:
        """Work on a document."""
        super().__init__(parent)
        self._document, self._jobs, self._door = document, jobs, door

    def extend(self, bars: int) -> None:
        """Put so many bars more behind the pattern."""
        studio, project = self._door.studio, self._document.project
        if studio is None:
            self.said.emit(LOADING)
            return
        work = partial(continued, bars, studio, project)
        self._jobs.submit(KIND, work, partial(self._take, project), self.failed.emit)

    def _take(self, asked: Project, command: ReplacePattern) -> None:
        if self._document.project.pattern != asked.pattern:
            self.said.emit("The pattern has changed meanwhile: ask again for its continuation.")
            return
        self._document.apply(command)
        self.said.emit(f"{command.title}: {bars_words(command.pattern.bars)} now.")
