"""The pad's modes: four patterns, the map of all that the role's model knows, or four grooves."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from groovescape.controllers.door import StudioDoor
from groovescape.document import Document
from groovescape.jobs import Jobs
from groovescape.part_commands import ShowPad
from groovescape.style_names import style_title
from groovescape_models.music.pattern import Role
from groovescape_models.music.project import PadMode, Project
from groovescape_widgets.latent_pad import LatentPad

if TYPE_CHECKING:
    from groovescape_models.latent.map import LatentMap

KIND: Final = "map"


class MapController(QObject):
    """Shows the mode that is chosen, and fetches the map of a role when it is first looked at."""

    leaving = Signal()
    """The mode is about to change: a gesture on the pad ends."""
    failed = Signal(str)

    def __init__(self, document: Document, jobs: Jobs, pad: LatentPad, door: StudioDoor) -> None:
        """Connect a pad to a document."""
        super().__init__(pad)
        self._document, self._jobs, self._pad, self._door = document, jobs, pad, door
        self._map_of: Role | None = None
        pad.mode_chosen.connect(self.choose)
        document.changed.connect(self._on_changed)
        door.opened.connect(self._show)

    def choose(self, mode: str) -> None:
        """Show the corners, the map or the grooves. It is no undo step."""
        self.leaving.emit()
        self._document.amend(ShowPad(PadMode(mode)))

    def _on_changed(self, before: Project, after: Project) -> None:
        if (before.pad_mode, before.role) != (after.pad_mode, after.role):
            self._show()

    def _show(self) -> None:
        project, studio = self._document.project, self._door.studio
        self._pad.set_mode(project.pad_mode.value)
        if project.pad_mode is not PadMode.MAP or studio is None or project.role is self._map_of:
            return
        role = project.role
        self._map_of = None
        self._pad.set_map(())
        self._jobs.submit(KIND, lambda _task: studio.latent_map(role), self._take, self.failed.emit)

    def _take(self, latent_map: "LatentMap") -> None:
        if latent_map.role is self._document.project.role:
            self._map_of = latent_map.role
            self._pad.set_map([replace(dot, style=style_title(dot.style)) for dot in latent_map.dots])
