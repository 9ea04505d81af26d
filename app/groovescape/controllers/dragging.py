"""The drag handles: the pattern as it is played, out to LMMS or to any program."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from groovescape.controllers.sound import Sound
from groovescape.controllers.views import Views
from groovescape.document import Document
from groovescape.jobs import Jobs, Task
from groovescape.settings import SettingsFile
from groovescape_models.errors import GroovescapeError
from groovescape_widgets.drag_handles import DragHandles

if TYPE_CHECKING:
    from groovescape.export.lmms_version import LmmsFound, LmmsVersion

KIND: Final = "lmms"
TARGETS: Final = {
    "clip": "Dropped: the clip, for an LMMS track.",
    "new_track": "Dropped: a new LMMS track with its kit.",
    "midi": "Dropped: the MIDI file.",
}


def find_chosen_lmms(choice: str) -> "LmmsFound":
    """Return the LMMS that clips are written for: a choice of the settings, or the one that is installed."""
    from groovescape.export.lmms_version import LmmsVersion, find_lmms

    return find_lmms({"1.2": LmmsVersion.V1_2, "1.3": LmmsVersion.MASTER}.get(choice))


class DragController(QObject):
    """Starts drags and knows which LMMS they are for."""

    said = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        document: Document,
        views: Views,
        handles: DragHandles,
        jobs: Jobs,
        settings: SettingsFile,
        sound: Sound,
    ) -> None:
        """Connect the handles."""
        super().__init__(handles)
        self._document, self._views, self._handles = document, views, handles
        self._jobs, self._settings, self._sound = jobs, settings, sound
        self._found: LmmsFound | None = None
        handles.drag_started.connect(self._on_started)

    def detect(self) -> None:
        """Find out on a worker which LMMS is installed, unless the user has set it."""
        choice = self._settings.value.lmms_version

        def find(_task: Task) -> "LmmsFound":
            return find_chosen_lmms(choice)

        self._jobs.submit(KIND, find, self._on_found)

    def set_version(self, choice: str) -> None:
        """Write clips for a version: "auto", "1.2" or "1.3"."""
        self._settings.update(lmms_version=choice)
        self.detect()

    @property
    def version(self) -> "LmmsVersion":
        """The version that clips are written for; until the installed one is known, the one most people have."""
        from groovescape.export.lmms_version import LmmsVersion

        return LmmsVersion.V1_2 if self._found is None else self._found.version

    def _on_found(self, found: "LmmsFound") -> None:
        self._found = found
        self._handles.set_hint(found.sentence)

    def _on_started(self, name: str) -> None:
        try:
            if self._drag(name):
                self.said.emit(TARGETS[name])
        except GroovescapeError as error:
            self.failed.emit(str(error))

    def _drag(self, name: str) -> bool:
        from groovescape.export.drag import DragKind, build_mime, session_folder, start_drag
        from groovescape.export.drag_picture import clip_picture

        pattern, sound = self._views.played, self._sound
        tempo_bpm = self._document.project.tempo_bpm
        mime = build_mime(
            DragKind(name), pattern, tempo_bpm, self.version, sound.soundfont, session_folder(), sound.program
        )
        source = self._handles.pressed or self._handles
        colours = source.palette()
        picture = clip_picture(pattern, source.devicePixelRatioF(), colours.base().color(), colours.text().color())
        return start_drag(source, mime, picture)
