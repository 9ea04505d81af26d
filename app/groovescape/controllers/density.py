"""The density picture of the plane: how many hits each point would give, decoded in small batches at low priority."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from groovescape.controllers.door import StudioDoor
from groovescape.controllers.pad import CORNER_POINTS, Point, morph_request
from groovescape.document import Document
from groovescape.jobs import Jobs, Task
from groovescape_models.music.project import Corner, Project
from groovescape_widgets.latent_pad import LatentPad

if TYPE_CHECKING:
    from groovescape_models.music.groove import FloatArray

KIND: Final = "density"
SIDE: Final = 9
"""Points on a side of the picture."""
PRIORITY: Final = -1
REST_MS: Final = 250
"""How long the pad must have been left alone before a batch is decoded."""


def row_points(row: int) -> tuple[Point, ...]:
    """Return the points of one row of the picture, from left to right."""
    return tuple((column / (SIDE - 1), row / (SIDE - 1)) for column in range(SIDE))


def picture(counts: list[list[int]]) -> "FloatArray":
    """Return hit counts as densities in 0..1, shape (rows, columns): 0 is the sparsest point, 1 the busiest."""
    import numpy as np  # long since loaded by the models, and not for the first paint to wait for

    hits = np.array(counts, np.float32)
    span = float(hits.max() - hits.min())
    return np.zeros_like(hits) if span == 0.0 else ((hits - hits.min()) / span).astype(np.float32)


class DensityController(QObject):
    """Decodes the plane a row at a time, whenever the corners change and nobody touches the pad."""

    def __init__(
        self, document: Document, jobs: Jobs, pad: LatentPad, door: StudioDoor, is_held: Callable[[], bool]
    ) -> None:
        """Watch the corners of a document."""
        super().__init__(pad)
        self._document, self._jobs, self._pad, self._door, self._is_held = document, jobs, pad, door, is_held
        self._counts: list[list[int]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self._decode_row)
        document.changed.connect(self._on_changed)
        door.opened.connect(self.restart)

    def restart(self) -> None:
        """Forget the picture and begin anew."""
        self._jobs.cancel(KIND)
        self._counts = []
        self._pad.set_density(None)
        self._timer.start()

    def _on_changed(self, before: Project, after: Project) -> None:
        if before.corners != after.corners:
            self.restart()

    def _decode_row(self) -> None:
        studio, project = self._door.studio, self._document.project
        if studio is None or len(project.corners) != len(CORNER_POINTS):
            return
        if self._is_held():
            self._timer.start()
            return
        request = morph_request(project, row_points(len(self._counts)))

        def count(task: Task) -> list[int]:
            return [len(pattern.notes) for pattern in studio.morph(request, task.should_stop)]

        self._jobs.submit(KIND, count, lambda counts: self._take(project.corners, counts), self._skip, PRIORITY)

    def _take(self, corners: tuple[Corner, ...], counts: list[int]) -> None:
        if corners != self._document.project.corners:
            return
        self._counts.append(counts)
        if len(self._counts) == SIDE:
            self._pad.set_density(picture(self._counts))
        else:
            self._timer.start(0)

    def _skip(self, _sentence: str) -> None:
        """Leave the plane plain: a picture that cannot be drawn is no problem of the user's."""
