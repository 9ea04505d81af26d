"""The pad's corners: the styles that it starts with, and MIDI files dropped on it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu

from groovescape.commands import SetCorner, StartOver
from groovescape.controllers.door import StudioDoor
from groovescape.controllers.pad import CORNER_POINTS, decode_point
from groovescape.document import Document
from groovescape.history import History
from groovescape.jobs import Jobs, Task
from groovescape.problems import LOADING
from groovescape.style_names import style_title
from groovescape.surroundings import setting_of
from groovescape_models.engines.engine import GenerateRequest
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.project import ENSEMBLE, Corner, PadMode, Part, Project
from groovescape_widgets.latent_pad import LatentPad

if TYPE_CHECKING:
    from groovescape_models.engines.studio import Studio

KIND: Final = "corner"
CORNER_BARS: Final = 2
MakeCorner = Callable[["Studio", Project, Task], Corner]
CORNER_KINDS: Final = tuple(f"{KIND}{index}" for index in range(len(CORNER_POINTS)))
"""A kind of work for each corner, so that one file does not take the place of another."""
FIRST_KINDS: Final = {Role.DRUMS: KIND, Role.MELODY: "first_melody", Role.BASS: "first_bass"}
"""A kind of work for the first part of each role."""


def first_corners(studio: "Studio", project: Project, task: Task) -> tuple[Corner, ...]:
    """Return what stands in the corners of the part on the stage at first: its first four styles."""
    count = len(CORNER_POINTS)
    if project.role is Role.DRUMS:
        return tuple(style_corner(studio, project, name, task) for name in studio.styles()[:count])
    names = (*studio.styles(project.role)[:count], *(None,) * count)[:count]
    return tuple(line_corner(studio, project, name, seed, task) for seed, name in enumerate(names))


def first_project(studio: "Studio", project: Project, task: Task) -> Project:
    """Return a project with the first corners on its stage and the pattern that its pad point gives between them."""
    cornered = replace(project, corners=first_corners(studio, project, task))
    return decode_point(studio, cornered, cornered.pad, task).apply(cornered)


def line_corner(studio: "Studio", project: Project, style: str | None, seed: int, task: Task) -> Corner:
    """Return a corner that holds a new line, in a style or in any."""
    request = GenerateRequest(project.role, CORNER_BARS, style, seed=seed, setting=setting_of(project))
    (pattern,) = studio.generate(request, task.should_stop)
    return Corner(style_title(style) if style else f"Line {seed + 1}", pattern)


def style_corner(studio: "Studio", project: Project, name: str, task: Task) -> Corner:
    """Return a corner that holds the pattern of a style."""
    if project.role is Role.DRUMS:
        return Corner(style_title(name), studio.style_pattern(name))
    return line_corner(studio, project, name, project.seed, task)


def file_corner(path: Path, role: Role) -> Corner:
    """Return a corner that holds the first two bars of a MIDI file's drums, or of its line; MidiError if it has none.

    The line of a role is the one that is named so or plays its programs, else the highest (melody) or lowest (bass).
    """
    # Imported on the worker: the first paint waits for neither the MIDI reader nor the runtime.
    from groovescape_models.engines.morph import two_bars
    from groovescape_models.music.midi_parts import part_pattern
    from groovescape_models.music.midi_read import read_midi

    return Corner(path.stem, two_bars(part_pattern(read_midi(path), role)))


def with_corner(studio: "Studio", project: Project, index: int, make: MakeCorner, task: Task) -> SetCorner:
    """Return the command that puts a corner in, and with it the pattern that the pad's point then gives."""
    corner = make(studio, project, task)
    corners = (*project.corners[:index], corner, *project.corners[index + 1 :])
    move = decode_point(studio, replace(project, corners=corners), project.pad, task)
    return SetCorner(index, corner, move.pattern, move.feel, other_feel=move.other_feel)


def with_first_part(made: Project, part: Part, *, whole: bool) -> Project:
    """Return a project of the history with a first part, whole or its corners alone, if it has none yet."""
    own = made.part_of(part.role)
    if own.corners:
        return made
    return made.with_part(part if whole and not own.pattern.notes else replace(own, corners=part.corners))


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
        pad.corner_dropped.connect(self._on_dropped)
        pad.corner_clicked.connect(self._on_clicked)

    def fill(self) -> None:
        """Make the parts that are shown and were never made: corners, and the pattern between them."""
        studio, project = self._door.studio, self._document.committed
        if studio is None:
            return
        for role in ENSEMBLE if project.ensemble else (project.role,):
            if not project.part_of(role).corners:
                work = partial(first_project, studio, project.staged(role))
                self._jobs.submit(FIRST_KINDS[role], work, self._on_filled, self.failed.emit)

    def begin_anew(self) -> None:
        """Go back to the first corners, the middle of the pad, no groove and the default tempo: one undo step."""
        studio, now = self._door.studio, self._document.committed
        if studio is None:
            self.said.emit(LOADING)
            return
        empty = Project(Pattern(role=now.role), seed=now.seed)
        work = partial(first_project, studio, empty)
        self._jobs.submit(KIND, work, self._on_begun, self.failed.emit)

    def _on_begun(self, project: Project) -> None:
        self._document.apply(StartOver(project))
        self.fill()

    def _on_filled(self, project: Project) -> None:
        role = project.role
        own = self._document.committed.part_of(role)
        if own.corners:
            return
        is_first = self._document.history == History(self._document.committed) and not own.pattern.notes
        if is_first and role is Role.DRUMS and not self._document.committed.resting:
            self._document.reset(project)
        else:
            whole = not own.pattern.notes and not self._document.previewing
            self._document.complete(lambda made: with_first_part(made, project.part, whole=whole))
        self.filled.emit()

    def set_file(self, index: int, path: str) -> None:
        """Put a MIDI file into a corner."""
        self._set(index, lambda _studio, project, _task: file_corner(Path(path), project.role))

    def set_style(self, index: int, name: str) -> None:
        """Put a style into a corner."""
        self._set(index, lambda studio, project, task: style_corner(studio, project, name, task))

    def menu(self, index: int) -> QMenu | None:
        """Return the menu of what a corner can hold, None while the studio is closed."""
        studio = self._door.studio
        if studio is None:
            return None
        menu = QMenu(self._pad)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in studio.styles(self._document.project.role):
            menu.addAction(style_title(name), partial(self.set_style, index, name))
        menu.addSeparator()
        menu.addAction("MIDI file…", lambda: self.asked_for_file.emit(index))
        return menu

    def _on_dropped(self, index: int, path: str) -> None:
        if self._document.project.pad_mode is not PadMode.GROOVES:
            self.set_file(index, path)

    def _on_clicked(self, index: int) -> None:
        menu = None if self._document.project.pad_mode is PadMode.GROOVES else self.menu(index)
        if menu is not None:
            corner = self._pad.geometry_now().chip(index).bottomLeft().toPoint()
            menu.popup(self._pad.mapToGlobal(corner))

    def _set(self, index: int, make: MakeCorner) -> None:
        studio, project = self._door.studio, self._document.project
        if studio is None or len(project.corners) != len(CORNER_POINTS):
            self.said.emit(LOADING)
            return
        work = partial(with_corner, studio, project, index, make)
        done = partial(self._on_made, project, make)
        self._jobs.submit(CORNER_KINDS[index], work, done, self.failed.emit)

    def _on_made(self, asked: Project, make: MakeCorner, command: SetCorner) -> None:
        now = self._document.project
        if now.role is not asked.role:
            return
        if (now.corners, now.pad) != (asked.corners, asked.pad):
            self._set(command.index, make)  # another corner or the point has changed meanwhile
            return
        self._document.apply(command)
        self.said.emit(f"{command.corner.name} is in the corner; drag towards it.")
