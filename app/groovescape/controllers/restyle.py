"""The slider towards a style: the pattern that the gesture began with, moved that far, keeping what it can."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from groovescape.controllers.door import StudioDoor
from groovescape.controllers.shaping import Shaping
from groovescape.document import Document
from groovescape.feeling import feels_for
from groovescape.jobs import Jobs, Task
from groovescape.part_commands import Reshape
from groovescape.style_names import style_title
from groovescape.surroundings import setting_of
from groovescape_models.engines.engine import RestyleRequest
from groovescape_models.music.project import Project
from groovescape_widgets.slider import ValueSlider

if TYPE_CHECKING:
    from groovescape_models.engines.studio import Studio

KIND: Final = "restyle"
WHOLE: Final = 100.0


def restyled(style: str, strength: float, studio: "Studio", project: Project, task: Task) -> Reshape:
    """Return the pattern moved towards a style, with the feel of its groove."""
    request = RestyleRequest(project.pattern, style, strength, setting_of(project))
    pattern = studio.restyle(request, task.should_stop)
    feels = feels_for(studio, pattern, project.groove, project, task.should_stop)
    return Reshape(pattern, feels.feel, f"Move towards {style_title(style)}", feels.other)


class RestyleController(QObject):
    """Turns movements of the strength into previews and one commit; then it stands at 0 for the new pattern."""

    failed = Signal(str)

    def __init__(self, document: Document, jobs: Jobs, strength: ValueSlider, door: StudioDoor) -> None:
        """Connect the slider to a document."""
        super().__init__(strength)
        self._document, self._strength, self._door = document, strength, door
        self.shaping = Shaping(document, jobs, door, KIND, self)
        self.shaping.failed.connect(self.failed)
        self.shaping.settled.connect(lambda: strength.set_value(0.0))
        strength.changing.connect(self._move)
        strength.committed.connect(self._on_committed)
        document.changed.connect(lambda _before, _after: self._show())
        self._show()

    def _move(self, percent: float) -> None:
        style = self._document.project.style
        if style is not None:
            self.shaping.move(partial(restyled, style, percent / WHOLE))

    def _on_committed(self, percent: float) -> None:
        if percent == 0.0:
            self.shaping.roll_back()
        else:
            self._move(percent)
            self.shaping.finish()

    def _show(self) -> None:
        project, studio = self._document.project, self._door.studio
        known = project.style is not None and studio is not None and studio.has_region(project.style, project.role)
        if known != self._strength.isEnabled():
            self._strength.setEnabled(known)
