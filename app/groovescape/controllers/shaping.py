"""A hand on a slider that changes the pattern: the newest answer is previewed, and the gesture is one undo step."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from groovescape.controllers.door import StudioDoor
from groovescape.document import Document
from groovescape.jobs import Jobs, Task
from groovescape.part_commands import Reshape
from groovescape_models.music.project import Project

if TYPE_CHECKING:
    from groovescape_models.engines.studio import Studio

Shape = Callable[["Studio", Project, Task], Reshape]
"""Makes another pattern of a project's, on a worker."""


class Shaping(QObject):
    """Asks for one shape after the other of the pattern that the gesture began with."""

    settled = Signal()
    """The gesture is over, and its last answer has come."""
    failed = Signal(str)

    def __init__(self, document: Document, jobs: Jobs, door: StudioDoor, kind: str, parent: QObject) -> None:
        """Work as one kind of job."""
        super().__init__(parent)
        self._document, self._jobs, self._door, self._kind = document, jobs, door, kind
        self._base: Project | None = None
        self._held = False

    @property
    def is_open(self) -> bool:
        """Whether a gesture is under way or its last answer still to come."""
        return self._base is not None

    def move(self, shape: Shape) -> None:
        """Ask for another shape of the pattern that the gesture began with."""
        studio = self._door.studio
        if studio is None:
            return
        if self._base is None:
            self._document.commit()
            self._jobs.cancel("feel")
            self._base = self._document.committed
        self._held = True
        base = self._base
        self._jobs.submit(self._kind, partial(shape, studio, base), partial(self._take, base), self._fail)

    def finish(self) -> None:
        """End the gesture with the answer to its last move."""
        self._held = False
        self._commit_at_rest()

    def settle(self) -> None:
        """End the gesture as it is shown: an answer that is still to come is dropped."""
        if self._base is not None:
            self._jobs.cancel(self._kind)
            self._held = False
            self._commit_at_rest()

    def roll_back(self) -> None:
        """End the gesture and give the pattern back that it began with."""
        if self._base is not None:
            self._jobs.cancel(self._kind)
            self._document.rollback()
            self._end()

    def _take(self, base: Project, command: Reshape) -> None:
        if base is not self._document.committed or base is not self._base:
            self._end()
            return
        self._document.preview(command)
        self._commit_at_rest()

    def _commit_at_rest(self) -> None:
        if self._base is not None and not self._held and not self._jobs.is_busy(self._kind):
            self._document.commit(Reshape)
            self._end()

    def _end(self) -> None:
        self._base, self._held = None, False
        self.settled.emit()

    def _fail(self, sentence: str) -> None:
        self.roll_back()
        self.failed.emit(sentence)
