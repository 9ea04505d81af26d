"""MIDI files in and out: the menu, and files dropped on the window."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from groovescape.commands import ReplacePattern
from groovescape.controllers.door import StudioDoor
from groovescape.controllers.sound import LINES, Sound
from groovescape.document import Document
from groovescape.feeling import Feels, feels_for
from groovescape.jobs import Jobs, Task
from groovescape.settings import SettingsFile
from groovescape_models.music.pattern import Role
from groovescape_models.music.project import Project
from groovescape_models.music.timing import MAX_TEMPO_BPM, MIN_TEMPO_BPM

if TYPE_CHECKING:
    from groovescape_models.engines.studio import Studio

OPEN: Final = "open"
SAVE: Final = "save"
FILTER: Final = "MIDI files (*.mid *.midi *.smf *.kar);;All files (*)"


def opened(studio: "Studio | None", project: Project, path: Path, task: Task) -> ReplacePattern:
    """Return the command that puts in what a MIDI file has for the role on the stage, at the file's tempo.

    Raises MidiError if it has nothing for it.
    """
    # Imported on the worker: the first paint does not wait for the MIDI reader.
    from groovescape_models.music.midi_parts import part_pattern
    from groovescape_models.music.midi_read import read_midi

    song = read_midi(path)
    tempo_bpm = min(MAX_TEMPO_BPM, max(MIN_TEMPO_BPM, song.tempo_bpm))
    pattern = part_pattern(song, project.role)
    pattern = pattern if pattern.name else replace(pattern, name=path.stem)
    timed = replace(project, tempo_bpm=tempo_bpm)
    feels = feels_for(studio, pattern, project.groove, timed, task.should_stop) if studio else Feels()
    title = f"Open {path.name}"
    return ReplacePattern(pattern, feels.feel, tempo_bpm=tempo_bpm, title=title, other_feel=feels.other)


def saved(project: Project, path: Path, programs: Mapping[Role, int]) -> Path:
    """Write the pattern as it is played, or all parts of a trio, and return the path; MidiError if it cannot be."""
    from groovescape.export.midi_out import write_parts

    write_parts(project.heard_parts, project.tempo_bpm, path, programs, project.pattern.name)
    return path


class FilesController(QObject):
    """Opens and saves MIDI files on a worker."""

    said = Signal(str)
    failed = Signal(str)

    def __init__(
        self, document: Document, jobs: Jobs, door: StudioDoor, settings: SettingsFile, sound: Sound, window: QWidget
    ) -> None:
        """Work for a window, which its dialogs belong to."""
        super().__init__(window)
        self._document, self._jobs, self._door = document, jobs, door
        self._settings, self._sound, self._window = settings, sound, window

    def ask_open(self) -> None:
        """Let the user choose a MIDI file and open it."""
        path = self.ask_path()
        if path is not None:
            self.open(path)

    def ask_path(self) -> Path | None:
        """Let the user choose a MIDI file."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open MIDI", str(self._folder()), FILTER)
        return Path(name) if name else None

    def ask_save(self) -> None:
        """Let the user choose a place and save the pattern there as MIDI."""
        from groovescape.export.midi_out import file_stem

        stem = file_stem(self._document.project.pattern.name)
        name, _ = QFileDialog.getSaveFileName(self._window, "Save MIDI", str(self._folder() / f"{stem}.mid"), FILTER)
        if name:
            path = Path(name)
            self.save(path if path.suffix else path.with_suffix(".mid"))

    def open(self, path: Path) -> None:
        """Open what a MIDI file has for the role on the stage."""
        studio, project = self._door.studio, self._document.project
        self._jobs.submit(OPEN, lambda task: opened(studio, project, path, task), self._take, self.failed.emit)
        self._settings.update(folder=str(path.parent))

    def save(self, path: Path) -> None:
        """Save the pattern as it is played; a groove that is tried is applied by that."""
        self._document.commit()
        project = self._document.project

        done = partial(self._on_saved, project)
        programs = {role: self._sound.program_of(role) for role in LINES}
        self._jobs.submit(SAVE, lambda _task: saved(project, path, programs), done, self.failed.emit)
        self._settings.update(folder=str(path.parent))

    def _take(self, command: ReplacePattern) -> None:
        self._document.apply(command)
        counts = _count(len(command.pattern.notes), "note"), _count(command.pattern.bars, "bar")
        self.said.emit(f"Opened {command.pattern.name or 'the file'}: {' in '.join(counts)}.")

    def _on_saved(self, project: Project, path: Path) -> None:
        if project == self._document.project:
            self._document.mark_saved()
        self.said.emit(f"Saved {path}.")

    def _folder(self) -> Path:
        folder = Path(self._settings.value.folder)
        if self._settings.value.folder and folder.is_dir():
            return folder
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
