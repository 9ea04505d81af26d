"""The drag handles: the pattern as it is played, out to LMMS or to any program."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from groovescape.controllers.sound import Sound
from groovescape.controllers.views import Views
from groovescape.document import Document
from groovescape.export.drag import DragKind, build_mime, session_folder, start_drag
from groovescape.export.drag_picture import clip_picture
from groovescape.export.lmms_version import LmmsFound, LmmsVersion, find_lmms
from groovescape.jobs import Jobs
from groovescape.settings import SettingsFile
from groovescape_models.errors import GroovescapeError
from groovescape_widgets.drag_handles import DragHandles

KIND: Final = "lmms"
CHOICES: Final[dict[str, LmmsVersion | None]] = {"auto": None, "1.2": LmmsVersion.V1_2, "1.3": LmmsVersion.MASTER}
TARGETS: Final = {
    DragKind.CLIP: "Dropped: the clip, for an LMMS track.",
    DragKind.NEW_TRACK: "Dropped: a new LMMS track with its kit.",
    DragKind.MIDI_FILE: "Dropped: the MIDI file.",
}


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
        self._version = LmmsVersion.V1_2
        handles.drag_started.connect(self._on_started)

    def detect(self) -> None:
        """Find out on a worker which LMMS is installed, unless the user has set it."""
        setting = CHOICES[self._settings.value.lmms_version]
        self._jobs.submit(KIND, lambda _task: find_lmms(setting), self._on_found)

    def set_version(self, choice: str) -> None:
        """Write clips for a version: one of CHOICES."""
        self._settings.update(lmms_version=choice)
        self.detect()

    def _on_found(self, found: LmmsFound) -> None:
        self._version = found.version
        self._handles.set_hint(found.sentence)

    def _on_started(self, name: str) -> None:
        kind = DragKind(name)
        pattern, tempo_bpm = self._views.played, self._document.project.tempo_bpm
        soundfont, program = self._sound.soundfont, self._sound.program
        try:
            mime = build_mime(kind, pattern, tempo_bpm, self._version, soundfont, session_folder(), program)
        except GroovescapeError as error:
            self.failed.emit(str(error))
            return
        source = self._handles.pressed or self._handles
        colours = source.palette()
        picture = clip_picture(pattern, source.devicePixelRatioF(), colours.base().color(), colours.text().color())
        if start_drag(source, mime, picture):
            self.said.emit(TARGETS[kind])
