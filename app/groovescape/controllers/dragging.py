"""The drag handles: the pattern as it is played, out to LMMS or to any program."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from groovescape.controllers.sound import Sound
from groovescape.controllers.views import Views
from groovescape.document import Document
from groovescape.jobs import Jobs, Task
from groovescape.settings import SettingsFile
from groovescape_models.errors import GroovescapeError
from groovescape_models.music.pattern import Pattern, Role
from groovescape_widgets.drag_handles import DragHandles

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from groovescape.export.lmms_version import LmmsFound, LmmsVersion

KIND: Final = "lmms"
TARGETS: Final = {
    "clip": "Dropped: the clip, for an LMMS track.",
    "new_track": "Dropped: a new LMMS track with its instrument.",
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

    def drag_pattern(self, pattern: Pattern, source: QWidget) -> None:
        """Carry a pattern that is not in the project to wherever it is dropped."""
        from groovescape.export.drag import build_free_mime, session_folder

        program, tempo_bpm = self._program_of(pattern.role), self._document.project.tempo_bpm
        try:
            mime = build_free_mime(pattern, tempo_bpm, self.version, session_folder(), program)
            if self._start(source, mime, pattern):
                self.said.emit("Dropped: the variation.")
        except GroovescapeError as error:
            self.failed.emit(str(error))

    def _drag(self, name: str) -> bool:
        return self._start(self._handles.pressed or self._handles, self.mime(name), self._views.played)

    def mime(self, name: str) -> "QMimeData":
        """Return what a handle carries: the part on the stage, or all that are heard; MidiError if it cannot."""
        from groovescape.export.drag import DragKind, build_mime, build_trio_mime, session_folder

        kind, sound, tempo_bpm = DragKind(name), self._sound, self._document.project.tempo_bpm
        pattern, parts = self._views.played, self._views.heard
        if len(parts) > 1 and kind is not DragKind.CLIP:
            programs = {part.role: self._program_of(part.role) for part in parts}
            return build_trio_mime(kind, parts, tempo_bpm, session_folder(), programs)
        program = self._program_of(pattern.role)
        return build_mime(kind, pattern, tempo_bpm, self.version, sound.soundfont, session_folder(), program)

    def _program_of(self, role: Role) -> int:
        return self._sound.program if role is Role.DRUMS else self._sound.program_of(role)

    def _start(self, source: QWidget, mime: "QMimeData", pattern: Pattern) -> bool:
        from groovescape.export.drag import start_drag
        from groovescape.export.drag_picture import clip_picture

        colours = source.palette()
        picture = clip_picture(pattern, source.devicePixelRatioF(), colours.base().color(), colours.text().color())
        return start_drag(source, mime, picture)
