"""Add model: a network from elsewhere, checked and kept with the user's own."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from groovescape.jobs import Jobs, Task

if TYPE_CHECKING:
    from groovescape_models.checkpoints.registry import ModelInfo

KIND: Final = "add_model"
FILTER: Final = "Networks (*.tar *.tgz *.gz *.zip *.mag *.index *.ckpt *.npz weights_manifest.json);;All files (*)"
MANIFEST: Final = "weights_manifest.json"


def added(path: Path, folder: Path, _task: Task) -> "ModelInfo":
    """Add the network at a path to the models in a folder; CheckpointError says why it cannot be."""
    from groovescape_models.checkpoints.user_models import add_model
    from groovescape_models.errors import CheckpointError

    source = path.parent if path.name == MANIFEST else path
    try:
        return add_model(source, folder)
    except OSError as error:
        raise CheckpointError(f"{path.name} could not be added ({error.strerror}).") from error


class ModelsController(QObject):
    """Adds models on a worker."""

    said = Signal(str)
    failed = Signal(str)
    added = Signal()

    def __init__(self, jobs: Jobs, folder: Path, window: QWidget) -> None:
        """Add to a folder; dialogs belong to a window."""
        super().__init__(window)
        self._jobs, self._folder, self._window = jobs, folder, window

    def ask_add(self) -> None:
        """Let the user choose a network and add it."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Add model", "", FILTER)
        if name:
            self.add(Path(name))

    def add(self, path: Path) -> None:
        """Add the network at a path."""
        self._jobs.submit(KIND, partial(added, path, self._folder), self._take, self.failed.emit)

    def _take(self, info: "ModelInfo") -> None:
        self.said.emit(f"Added the model {info.id}: choose it under Pattern, Made by.")
        self.added.emit()
