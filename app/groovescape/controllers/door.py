"""The studio, opened on a worker after the first paint."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from groovescape.folders import data_folder
from groovescape.jobs import Jobs, Task

if TYPE_CHECKING:
    from groovescape_models.engines.studio import Studio

KIND: Final = "studio"
OpenStudio = Callable[[], "Studio"]


def shipped_studio() -> "Studio":
    """Return the studio with the shipped weights. Imported here: the runtime costs more than the first paint may."""
    from groovescape_models.engines.studio import open_studio

    return open_studio(folder=data_folder())


class StudioDoor(QObject):
    """Gives the studio to whoever needs it, once it is open."""

    opened = Signal(object)
    """The studio, warm."""
    failed = Signal(str)

    def __init__(self, jobs: Jobs, open_studio: OpenStudio = shipped_studio, parent: QObject | None = None) -> None:
        """Know how to open a studio; open() does it."""
        super().__init__(parent)
        self._jobs, self._open_studio = jobs, open_studio
        self.studio: Studio | None = None

    def open(self) -> None:
        """Load the models on a worker; opened or failed tells the end."""
        if self.studio is None:
            self._jobs.submit(KIND, self._load, self._adopt, self.failed.emit)

    def reopen(self) -> None:
        """Load the models anew, with those that the user has added; until then the open studio answers."""
        self._jobs.submit(KIND, self._load, self._adopt, self.failed.emit)

    def _load(self, _task: Task) -> "Studio":
        studio = self._open_studio()
        studio.warm_up()
        return studio

    def _adopt(self, studio: "Studio") -> None:
        self.studio = studio
        self.opened.emit(studio)
