"""The pad's corners: the styles that it starts with, and MIDI files dropped on it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from groovescape.commands import SetCorner, StartOver
from groovescape.controllers.door import StudioDoor
from groovescape.controllers.pad import CORNER_POINTS, decode_point
from groovescape.document import Document
from groovescape.jobs import Jobs, Task
from groovescape.problems import LOADING
from groovescape.style_names import style_title
from groovescape_models.music.project import Corner, Project
from groovescape_widgets.latent_pad import LatentPad

if TYPE_CHECKING:
    from groovescape_models.engines.studio import Studio

KIND: Final = "corner"
CORNER_KINDS: Final = tuple(f"{KIND}{index}" for index in range(len(CORNER_POINTS)))
"""A kind of work for each corner, so that one file does not take the place of another."""


def first_corners(studio: "Studio") -> tuple[Corner, ...]:
    """Return the styles that stand in the corners at first."""
    names = studio.styles()[: len(CORNER_POINTS)]
    return tuple(style_corner(studio, name) for name in names)


def first_project(studio: "Studio", project: Project, task: Task) -> Project:
    """Return a project with the first corners and the pattern that its pad point gives between them."""
    cornered = replace(project, corners=first_corners(studio))
    return decode_point(studio, cornered, cornered.pad, task).apply(cornered)


def style_corner(studio: "Studio", name: str) -> Corner:
    """Return a corner that holds the pattern of a style."""
    return Corner(style_title(name), studio.style_pattern(name))


def file_corner(path: Path) -> Corner:
    """Return a corner that holds the first two bars of a MIDI file's drums; MidiError if there are none."""
    # Imported on the worker: the first paint waits for neither the MIDI reader nor the runtime.
    from groovescape_models.engines.morph import two_bars
    from groovescape_models.music.midi_patterns import drum_pattern
    from groovescape_models.music.midi_read import read_midi

    return Corner(path.stem, two_bars(drum_pattern(read_midi(path), any_channel=True)))


def with_corner(studio: "Studio", project: Project, index: int, make: Callable[[], Corner], task: Task) -> SetCorner:
    """Return the command that puts a corner in, and with it the pattern that the pad's point then gives."""
    corner = make()
    corners = (*project.corners[:index], corner, *project.corners[index + 1 :])
    move = decode_point(studio, replace(project, corners=corners), project.pad, task)
    return SetCorner(index, corner, move.pattern, move.feel)


class CornerController(QObject):
    """Fills the corners when the studio opens, and when a file is dropped on one."""

    said = Signal(str)
    failed = Signal(str)
    filled = Signal()
    asked_for_file = Signal(int)
    """The user wants to choose a MIDI file for a corner."""

    def __init__(self, document: Document, jobs: Jobs, pad: LatentPad, door: StudioDoor) -> None:
        """Connect a pad's corners to a document."""
        super().__init__(pad)
        self._document, self._jobs, self._door = document, jobs, door
        self._pad = pad
        pad.corner_dropped.connect(self.set_file)
        pad.corner_clicked.connect(self._on_clicked)

    def fill(self) -> None:
        """Put the first corners into a project that has none."""
        studio, project = self._door.studio, self._document.committed
        if studio is None or project.corners:
            return
        self._jobs.submit(KIND, partial(first_project, studio, project), self._on_filled, self.failed.emit)

    def begin_anew(self) -> None:
        """Go back to the first corners, the middle of the pad, no groove and the default tempo: one undo step."""
        studio = self._door.studio
        if studio is None:
            self.said.emit(LOADING)
            return
        work = partial(first_project, studio, Project(seed=self._document.committed.seed))
        self._jobs.submit(KIND, work, lambda project: self._document.apply(StartOver(project)), self.failed.emit)

    def _on_filled(self, project: Project) -> None:
        committed = self._document.committed
        if committed.corners:
            return
        if committed.pattern.notes or self._document.previewing:
            self._document.complete(lambda made: made if made.corners else replace(made, corners=project.corners))
        else:
            self._document.reset(project)
        self.filled.emit()

    def set_file(self, index: int, path: str) -> None:
        """Put a MIDI file into a corner."""
        self._set(index, lambda _studio: file_corner(Path(path)))

    def set_style(self, index: int, name: str) -> None:
        """Put a style into a corner."""
        self._set(index, lambda studio: style_corner(studio, name))

    def menu(self, index: int) -> QMenu | None:
        """Return the menu of what a corner can hold, None while the studio is closed."""
        studio = self._door.studio
        if studio is None:
            return None
        menu = QMenu(self._pad)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in studio.styles():
            menu.addAction(style_title(name), partial(self.set_style, index, name))
        menu.addSeparator()
        menu.addAction("MIDI file…", lambda: self.asked_for_file.emit(index))
        return menu

    def _on_clicked(self, index: int) -> None:
        menu = self.menu(index)
        if menu is not None:
            menu.popup(QCursor.pos())

    def _set(self, index: int, make: Callable[["Studio"], Corner]) -> None:
        studio, project = self._door.studio, self._document.project
        if studio is None or len(project.corners) != len(CORNER_POINTS):
            self.said.emit(LOADING)
            return
        work = partial(with_corner, studio, project, index, partial(make, studio))
        done = partial(self._on_made, project, make)
        self._jobs.submit(CORNER_KINDS[index], work, done, self.failed.emit)

    def _on_made(self, asked: Project, make: Callable[["Studio"], Corner], command: SetCorner) -> None:
        now = self._document.project
        if (now.corners, now.pad) != (asked.corners, asked.pad):
            self._set(command.index, make)  # another corner or the point has changed meanwhile
            return
        self._document.apply(command)
        self.said.emit(f"{command.corner.name} is in the corner; drag towards it.")
