"""The only place that wires engines, document, player and window."""

import os
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from groovescape.actions import ChoiceRow, build_menus, fill_choices
from groovescape.commands import StartOver
from groovescape.controllers.busy import BusySign
from groovescape.controllers.corners import CORNER_KINDS, CornerController
from groovescape.controllers.density import DensityController
from groovescape.controllers.door import OpenStudio, StudioDoor, shipped_studio
from groovescape.controllers.dragging import DragController
from groovescape.controllers.files import FilesController
from groovescape.controllers.groove import GrooveController
from groovescape.controllers.pad import PadController
from groovescape.controllers.pattern import GenerateController, PatternController
from groovescape.controllers.sound import Sound
from groovescape.controllers.status import StatusController
from groovescape.controllers.transport import TransportController
from groovescape.controllers.views import Views
from groovescape.document import Document
from groovescape.folders import config_folder, state_folder
from groovescape.jobs import Jobs
from groovescape.look import Look
from groovescape.menu_rows import menu_rows
from groovescape.problems import LOADING, WELCOME, models_problem, sound_problem, unsaved_work
from groovescape.recovery import Recovery
from groovescape.settings import SettingsFile
from groovescape.style_names import style_title
from groovescape.window import ANY_STYLE, MainWindow
from groovescape_models.errors import GroovescapeError
from groovescape_models.music.project import Project

SOUNDFONTS = "SoundFonts (*.sf2 *.sf3);;All files (*)"
SETTINGS_NAME = "settings.json"
RECOVERY_NAME = "recovery"
SEEDS = 100_000

PAD_WORK = frozenset({"pad", "corner", *CORNER_KINDS})
"""Kinds of jobs that the pad's point waits for; the pad itself shows it after a tenth of a second."""
PATTERN_WORK = PAD_WORK | {"generate", "open"}
"""Kinds of jobs that a new pattern comes from."""


class Program:
    """One window and everything behind it. Nothing heavy is loaded before start()."""

    def __init__(
        self, application: QApplication, settings: SettingsFile, state: Path, open_studio: OpenStudio, seed: int
    ) -> None:
        """Build and wire all parts; the window is not shown yet."""
        self.settings = settings
        self.look = Look(application, settings)
        self.window = window = MainWindow()
        self.document = document = Document(Project(seed=seed), window)
        self.jobs = jobs = Jobs(window)
        self.door = door = StudioDoor(jobs, open_studio, window)
        self.sound = Sound(jobs, settings, window)
        self.status = StatusController(window.status, jobs)
        self.views = Views(document, window.grid, window.groove.view)
        self.transport = TransportController(document, window.transport, window.grid, self.sound, settings, self.views)
        self.pad = PadController(document, jobs, window.pad, door, self.status.show_problem)
        self.corners = CornerController(document, jobs, window.pad, door)
        self.density = DensityController(document, jobs, window.pad, door, lambda: self.pad.held)
        self.groove = GrooveController(document, jobs, window.groove, door, self.status.show_problem)
        self.pattern = PatternController(document, window.grid, self.sound.audition)
        self.generate = GenerateController(document, jobs, door, window)
        self.files = FilesController(document, jobs, door, settings, window)
        self.drag = DragController(document, self.views, window.handles, jobs, settings, self.sound)
        self.recovery = Recovery(document, jobs, state / RECOVERY_NAME, window)
        BusySign(jobs, PAD_WORK, window.pad.set_busy, 0, window)
        BusySign(jobs, PATTERN_WORK, window.grid.set_stale, 0, window)
        self.rows = menu_rows(self)
        self.actions = build_menus(window.menuBar(), self.rows, window)
        self._left: Path | None = None
        self._closed = False
        self._connect()
        self.views.show_all()
        self._show_history()

    def start(self) -> None:
        """Load what is heavy on workers and offer what an earlier run left behind."""
        self.window.show_icon()
        self.status.show(LOADING)
        self.recovery.start()
        self._left = self.recovery.left_behind()
        if self._left is not None:
            self.status.show_problem(unsaved_work())
        self.door.open()
        self.sound.open()
        self.drag.detect()

    def close(self) -> None:
        """Let go of everything; unsaved work is kept for the next start. A second time does nothing."""
        if self._closed:
            return
        self._closed = True
        self.transport.save_volume()
        self.settings.update(geometry=self.window.save_place())
        self.pad.settle()
        self.jobs.close()
        self.sound.close()
        self.recovery.finish()

    def new(self) -> None:
        """Begin anew with the first corners; what was there can be had back by undo."""
        self.pad.settle()
        self.corners.begin_anew()

    def undo(self) -> None:
        """Take the last edit back."""
        self.pad.settle()
        self.document.undo()

    def redo(self) -> None:
        """Bring the last undone edit back."""
        self.pad.settle()
        self.document.redo()

    def restore(self) -> None:
        """Bring back what an earlier run left behind."""
        if self._left is None:
            return
        try:
            project, self._left = self.recovery.take(self._left), None
        except GroovescapeError as error:
            self.status.show_problem(str(error))
            return
        corners = project.corners or self.document.committed.corners
        self.document.apply(StartOver(replace(project, corners=corners), "Restore"))
        self.status.show("Your last pattern is back.")

    def choose_style(self, style: str) -> None:
        """Choose the style of new patterns, "" for any; menu and field show the same."""
        self.generate.set_style(style or None)
        self.window.style_choice.setCurrentText(style_title(style) if style else ANY_STYLE)
        self.actions[f"style:{style}"].setChecked(True)

    def ask_corner(self, index: int) -> None:
        """Let the user choose a MIDI file for a corner."""
        path = self.files.ask_path()
        if path is not None:
            self.corners.set_file(index, str(path))

    def ask_soundfont(self) -> None:
        """Let the user choose a SoundFont."""
        name, _ = QFileDialog.getOpenFileName(self.window, "Choose a SoundFont", "", SOUNDFONTS)
        if name:
            self.sound.choose_soundfont(Path(name))

    def show_shortcuts(self) -> None:
        """Show all keys."""
        from groovescape import about

        about.show_shortcuts(self.window, self.rows)

    def show_about(self) -> None:
        """Show what this is."""
        from groovescape import about

        about.show_about(self.window)

    def _connect(self) -> None:
        window, status = self.window, self.status
        window.first_painted.connect(self.start)
        window.closing.connect(self.close)
        window.midi_dropped.connect(lambda path: self.files.open(Path(path)))
        window.new_button.clicked.connect(self.generate.generate)
        window.style_choice.activated.connect(self._on_style_index)
        window.undo_button.clicked.connect(self.undo)
        window.redo_button.clicked.connect(self.redo)
        window.theme_button.clicked.connect(self.look.toggle)
        self.look.changed.connect(self._show_theme)
        self.document.history_changed.connect(self._show_history)
        self.document.dirty_changed.connect(window.setWindowModified)
        self.door.opened.connect(self._on_studio)
        self.door.failed.connect(lambda sentence: status.show_problem(models_problem(sentence)))
        self.corners.asked_for_file.connect(self.ask_corner)
        self.corners.filled.connect(lambda: status.show(WELCOME))
        self.sound.problem_found.connect(self._on_sound_problem)
        self.sound.recovered.connect(self._on_sound)
        status.cancelled.connect(self.groove.show_choice)
        for part in (self.corners, self.generate, self.files, self.drag):
            part.said.connect(status.show)
            part.failed.connect(status.show_problem)
        status.add_action("restore", self.restore)
        status.add_action("retry_sound", self.sound.retry)
        status.add_action("choose_soundfont", self.ask_soundfont)
        status.add_action("load_models", self.door.open)

    def _on_studio(self) -> None:
        studio = self.door.studio
        if studio is None:
            return
        choices = (("", ANY_STYLE), *((name, style_title(name)) for name in studio.styles()))
        for name, title in choices[1:]:
            self.window.style_choice.addItem(title, name)
        row = next(row for row in self.rows if isinstance(row, ChoiceRow) and row.id == "style")
        submenu = self.window.findChild(QMenu, row.id)
        if isinstance(submenu, QMenu):
            self.actions |= fill_choices(submenu, row, choices)
        self.corners.fill()

    def _on_style_index(self, index: int) -> None:
        self.choose_style(self.window.style_choice.itemData(index) or "")

    def _on_sound_problem(self, sentence: str) -> None:
        self.status.show_problem(sound_problem(sentence))

    def _on_sound(self) -> None:
        self.status.solved("retry_sound")
        self.status.solved("choose_soundfont")

    def _show_history(self) -> None:
        history = self.document.history
        shown = (("undo", "Undo", history.undo_title), ("redo", "Redo", history.redo_title))
        for (name, word, title), button in zip(shown, (self.window.undo_button, self.window.redo_button), strict=True):
            text = f"{word} {title}" if title else word
            self.actions[name].setText(f"&{text}")
            self.actions[name].setEnabled(title is not None)
            button.setEnabled(title is not None)
            button.setToolTip(f"{text} ({self.actions[name].shortcut().toString()})")

    def _show_theme(self) -> None:
        self.actions[f"theme:{self.settings.value.theme}"].setChecked(True)


def build_window(
    application: QApplication,
    config: Path | None = None,
    state: Path | None = None,
    open_studio: OpenStudio = shipped_studio,
    seed: int | None = None,
) -> Program:
    """Return a program whose window is built and not shown; config and state are folders, the user's by default.

    seed is what the seeds of new patterns count on from; one is drawn where it is not given, so that no two days bring
    the same patterns. Showing the window starts the loading after its first paint. Needs no screen:
    QT_QPA_PLATFORM=offscreen will do.
    """
    settings = SettingsFile((config or config_folder()) / SETTINGS_NAME)
    first_seed = int.from_bytes(os.urandom(4), "big") % SEEDS if seed is None else seed
    program = Program(application, settings, state or state_folder(), open_studio, first_seed)
    program.window.restore_place(settings.value.geometry)
    return program
