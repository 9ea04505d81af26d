"""The sliders: each moves the pattern that the gesture began with, and tells where the pattern stands after it."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from groovescape.controllers.door import StudioDoor
from groovescape.controllers.shaping import Shaping
from groovescape.document import Document
from groovescape.feeling import feels_for
from groovescape.jobs import Jobs, Task
from groovescape.part_commands import Reshape
from groovescape.slider_names import control_of
from groovescape.surroundings import setting_of
from groovescape_models.engines.engine import ControlRequest
from groovescape_models.music.project import Project
from groovescape_widgets.control_strip import ControlStrip

if TYPE_CHECKING:
    from groovescape_models.engines.studio import Studio

KIND: Final = "controls"
VALUES: Final = "values"
NOTHING_TO_SHAPE: Final = "There are no notes to shape yet: draw some, or press Ctrl+G for a new pattern."
REST_MS: Final = 60
"""How long a pattern must have stood before the sliders are set to it."""


def controlled(name: str, value: float, studio: "Studio", project: Project, task: Task) -> Reshape:
    """Return what a slider makes of the pattern, with the feel of its groove."""
    request = ControlRequest(project.pattern, ((name, value),), setting_of(project))
    pattern = studio.control(request, task.should_stop)
    feels = feels_for(studio, pattern, project.groove, project, task.should_stop)
    return Reshape(pattern, feels.feel, f"Change the {control_of(name).title.lower()}", feels.other)


class ControlsController(QObject):
    """Turns movements of sliders into previews and one commit."""

    failed = Signal(str)

    def __init__(self, document: Document, jobs: Jobs, strip: ControlStrip, door: StudioDoor) -> None:
        """Connect sliders to a document."""
        super().__init__(strip)
        self._document, self._jobs, self._strip, self._door = document, jobs, strip, door
        self.shaping = Shaping(document, jobs, door, KIND, self)
        self.shaping.failed.connect(self.failed)
        self.shaping.settled.connect(self._measure_soon)
        self._values: dict[str, float] = {}
        self._soon = QTimer(self, interval=REST_MS, singleShot=True)
        self._soon.timeout.connect(self._measure)
        strip.changing.connect(self._move)
        strip.committed.connect(self._on_committed)
        strip.reset.connect(self._on_reset)
        document.changed.connect(self._on_changed)
        door.opened.connect(self.show_role)

    def show_role(self) -> None:
        """Offer the sliders of the role on the stage."""
        studio = self._door.studio
        if studio is not None:
            names = studio.sliders(self._document.project.role)
            self._strip.set_controls([control_of(name) for name in names])
            self._measure_soon()

    def _move(self, name: str, value: float) -> None:
        if self._document.project.pattern.notes:
            self.shaping.move(partial(controlled, name, value))

    def _on_committed(self, name: str, value: float) -> None:
        if not self._document.project.pattern.notes:
            self._strip.set_values({name: self._values.get(name, 0.5)})
            self.failed.emit(NOTHING_TO_SHAPE)
            return
        self._move(name, value)
        self.shaping.finish()

    def _on_reset(self, name: str) -> None:
        """Give the pattern back that the gesture began with, and the slider its value."""
        self.shaping.roll_back()
        self._strip.set_values({name: self._values.get(name, 0.5)})

    def _on_changed(self, before: Project, after: Project) -> None:
        if before.pattern != after.pattern and not self.shaping.is_open:
            self._measure_soon()

    def _measure_soon(self) -> None:
        self._soon.start()

    def _measure(self) -> None:
        studio, pattern = self._door.studio, self._document.project.pattern
        if studio is not None and pattern.notes and not self.shaping.is_open:
            self._jobs.submit(VALUES, lambda _task: studio.slider_values(pattern), self._show, self._skip)

    def _show(self, values: dict[str, float]) -> None:
        self._values = dict(values)
        if not self.shaping.is_open:
            self._strip.set_values(values)

    def _skip(self, _sentence: str) -> None:
        """Leave the sliders where they are: a pattern that cannot be measured can still be moved."""
