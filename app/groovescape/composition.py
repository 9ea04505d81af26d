"""The only place that wires engines, document, player and window."""

import os
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from groovescape.actions import ChoiceRow, build_menus, fill_choices
from groovescape.commands import StartOver
from groovescape.controllers.aims import AimsController
from groovescape.controllers.busy import PAD_WORK, PATTERN_WORK, BusySign
from groovescape.controllers.compare import CompareController
from groovescape.controllers.controls import ControlsController
from groovescape.controllers.corners import CornerController
from groovescape.controllers.density import DensityController
from groovescape.controllers.door import OpenStudio, StudioDoor, shipped_studio
from groovescape.controllers.dragging import DragController
from groovescape.controllers.drummer import DrummerController
from groovescape.controllers.extend import CHOICES, ExtendController, bars_words
from groovescape.controllers.feel import FeelController
from groovescape.controllers.files import FilesController
from groovescape.controllers.generate import GenerateController
from groovescape.controllers.groove import GrooveController
from groovescape.controllers.groove_desk import GrooveDesk
from groovescape.controllers.locks import LockController
from groovescape.controllers.map import MapController
from groovescape.controllers.models import ModelsController
from groovescape.controllers.pad import PadController
from groovescape.controllers.pattern import PatternController
from groovescape.controllers.restyle import RestyleController
from groovescape.controllers.role import RoleController
from groovescape.controllers.sound import Sound
from groovescape.controllers.status import StatusController
from groovescape.controllers.tapping import TapController
from groovescape.controllers.transport import TransportController
from groovescape.controllers.variations import VariationsController
from groovescape.controllers.views import Views
from groovescape.document import Document
from groovescape.folders import config_folder, data_folder, state_folder
from groovescape.jobs import Jobs
from groovescape.look import Look
from groovescape.menu_rows import menu_rows
from groovescape.problems import LOADING, WELCOME, models_problem, sound_problem, unsaved_work
from groovescape.recovery import Recovery
from groovescape.settings import SettingsFile
from groovescape.stage import Stage
from groovescape.window import ANY_STYLE, BARS, MainWindow
from groovescape_models.errors import GroovescapeError
from groovescape_models.music.pattern import Role
from groovescape_models.music.project import Project

if TYPE_CHECKING:
    from groovescape.controllers.automation import AutomationController
    from groovescape.controllers.groove_pad import GroovePadController
    from groovescape_models.engines.studio import Studio

SOUNDFONTS = "SoundFonts (*.sf2 *.sf3);;All files (*)"
SETTINGS_NAME = "settings.json"
RECOVERY_NAME = "recovery"
SEEDS = 10_000


def draw_seed() -> int:
    """Return a seed that nobody foresees."""
    return int.from_bytes(os.urandom(4), "big") % SEEDS


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
        self.views = Views(document, window, window.feel)
        self.feel = FeelController(document, door, settings, window)
        self.compare = CompareController(document, self.views, window)
        self.transport = TransportController(document, window.transport, self.sound, settings, self.views)
        self.role = RoleController(document, window.role)
        self.groove = GrooveController(document, jobs, door, window)
        self.desk = GrooveDesk(document, jobs, window.groove, door, settings, data_folder() / "grooves")
        window.pad.gesture_started.connect(self.desk.settle)  # before the pad takes the project that it moves
        self.pad = PadController(document, jobs, window.pad, door, self.status.show_problem)
        self.corners = CornerController(document, jobs, window.pad, door)
        self.density = DensityController(document, jobs, window.pad, door, lambda: self.pad.held)
        self.pattern = PatternController(document, window.grid, self.sound.audition)
        self.map = MapController(document, jobs, window.pad, door)
        self.aims = AimsController(document, window.style_choice, window.bars, BARS, door, ANY_STYLE)
        self.generate = GenerateController(document, jobs, door, window.seed, draw_seed)
        self.controls = ControlsController(document, jobs, window.controls, door)
        self.restyle = RestyleController(document, jobs, window.strength, door)
        self.locks = LockController(document, jobs, window.grid, door)
        self.extend = ExtendController(document, jobs, door, window)
        self.drummer = DrummerController(document, jobs, door, window)
        self.tapping = TapController(document, self.sound.position, window)
        self.files = FilesController(document, jobs, door, settings, self.sound, window)
        self.models = ModelsController(jobs, data_folder(), window)
        self.drag = DragController(document, self.views, window.handles, jobs, settings, self.sound)
        self.variations = VariationsController(document, jobs, window.variations, door, self.sound, self.drag)
        self.recovery = Recovery(document, jobs, state / RECOVERY_NAME, window)
        BusySign(jobs, PAD_WORK, window.pad.set_busy, 0, window)
        BusySign(jobs, PATTERN_WORK, window.grid.set_stale, 0, window)
        self.stage = Stage(self)
        self.rows = menu_rows(self)
        self.actions = build_menus(window.menuBar(), self.rows, window)
        self._left: Path | None = None
        self._closed = False
        self._connect()
        self.views.show_all()
        self._show_history()

    @cached_property
    def automation(self) -> "AutomationController":
        """The curves of the groove, wired after the first paint."""
        from groovescape.controllers.automation import AutomationController

        return AutomationController(self.document, self.jobs, self.window, self.door, self.settings)

    @cached_property
    def groove_pad(self) -> "GroovePadController":
        """The pad between four grooves, wired after the first paint."""
        from groovescape.controllers.groove_pad import GroovePadController

        made = GroovePadController(self.document, self.jobs, self.window.pad, self.door)
        self.map.leaving.connect(made.settle)
        made.kept.connect(self.desk.rows.read)
        return made

    def _let_speak(self, made: "AutomationController | GroovePadController") -> None:
        made.said.connect(self.status.show)
        made.failed.connect(self.status.show_problem)

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
        self.stage.add_lines()
        for late in (self.automation, self.groove_pad):
            self._let_speak(late)

    def close(self) -> None:
        """Let go of everything; unsaved work is kept for the next start. A second time does nothing."""
        if self._closed:
            return
        self._closed = True
        self.transport.save_volume()
        self.settings.update(geometry=self.window.save_place())
        self.settle()
        self.jobs.close()
        self.sound.close()
        self.recovery.finish()

    def new(self) -> None:
        """Begin anew with the first corners; what was there can be had back by undo."""
        self.settle()
        self.corners.begin_anew()

    def undo(self) -> None:
        """Take the last edit back; a groove that is tried is the last there is."""
        if self.desk.audition.is_trying:
            self.desk.audition.revert()
            return
        self.settle()
        self.document.undo()

    def redo(self) -> None:
        """Bring the last undone edit back; a groove that is tried goes."""
        self.desk.audition.revert()
        self.settle()
        self.document.redo()

    def settle(self) -> None:
        """End every gesture as it stands."""
        self.tapping.forget()
        self.desk.settle()
        self.pad.settle()
        for late in {"automation", "groove_pad"} & vars(self).keys():
            getattr(self, late).settle()
        self.controls.shaping.settle()
        self.restyle.shaping.settle()

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
        window.rest_button.clicked.connect(self.locks.make_anew)
        window.continue_button.clicked.connect(self._offer_bars)
        self.tapping.said.connect(status.show)
        self.tapping.rhythm_tapped.connect(self.drummer.play_to)
        self.drummer.drums_made.connect(lambda: self.role.choose(Role.DRUMS.value))
        self.map.leaving.connect(self.pad.settle)
        self.aims.styles_changed.connect(partial(self._offer, "style"))
        self.aims.engines_changed.connect(partial(self._offer, "engine"))
        self.aims.said.connect(status.show)
        self.models.added.connect(self.door.reopen)
        window.undo_button.clicked.connect(self.undo)
        window.redo_button.clicked.connect(self.redo)
        window.theme_button.clicked.connect(self.look.toggle)
        self.look.changed.connect(self._show_theme)
        self.document.history_changed.connect(self._show_history)
        self.desk.audition.trying_changed.connect(self._show_history)
        self.document.dirty_changed.connect(window.setWindowModified)
        self.document.changed.connect(lambda _before, _after: self._show_aims())
        self.door.opened.connect(self._on_studio)
        self.door.failed.connect(lambda sentence: status.show_problem(models_problem(sentence)))
        self.corners.asked_for_file.connect(self.ask_corner)
        self.corners.filled.connect(lambda: status.show(WELCOME), Qt.ConnectionType.SingleShotConnection)
        self.sound.problem_found.connect(self._on_sound_problem)
        self.sound.recovered.connect(self._on_sound)
        status.cancelled.connect(self.desk.audition.show)
        self.groove.failed.connect(status.show_problem)
        speaking = (self.corners, self.generate, self.files, self.drag, self.variations, self.desk)
        self.compare.said.connect(status.show)
        for part in (*speaking, self.locks, self.extend, self.drummer, self.models):
            part.said.connect(status.show)
            part.failed.connect(status.show_problem)
        for silent in (self.map, self.controls, self.restyle):
            silent.failed.connect(status.show_problem)
        status.add_action("restore", self.restore)
        status.add_action("retry_sound", self.sound.retry)
        status.add_action("choose_soundfont", self.ask_soundfont)
        status.add_action("load_models", self.door.open)

    def _on_studio(self, studio: "Studio") -> None:
        for sentence in studio.library.styles().problems:
            self.status.show_problem(sentence)
        self.feel.show_late()
        self.corners.fill()

    def _offer(self, row_id: str, choices: tuple[tuple[str, str], ...]) -> None:
        """Offer the styles, or the models, of the stage in the menu too."""
        row = next(row for row in self.rows if isinstance(row, ChoiceRow) and row.id == row_id)
        submenu = self.window.findChild(QMenu, row.id)
        if isinstance(submenu, QMenu):
            for name in [name for name in self.actions if name.startswith(f"{row_id}:")]:
                del self.actions[name]  # the menu is about to delete it
            self.actions |= fill_choices(submenu, row, choices)
        self._show_aims()

    def _show_aims(self) -> None:
        project = self.document.project
        for name in (f"style:{project.style or ''}", f"engine:{project.engine}"):
            if name in self.actions:
                self.actions[name].setChecked(True)

    def _offer_bars(self) -> None:
        menu = QMenu(self.window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for bars in CHOICES:
            menu.addAction(f"By {bars_words(bars)}", partial(self.extend.extend, bars))
        menu.popup(self.window.continue_button.mapToGlobal(self.window.continue_button.rect().bottomLeft()))

    def _on_sound_problem(self, sentence: str) -> None:
        self.status.show_problem(sound_problem(sentence))

    def _on_sound(self) -> None:
        self.status.solved("retry_sound")
        self.status.solved("choose_soundfont")

    def _show_history(self) -> None:
        history = self.document.history
        last = "Try a groove" if self.desk.audition.is_trying else history.undo_title
        shown = (("undo", "Undo", last), ("redo", "Redo", history.redo_title))
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
    first_seed = draw_seed() if seed is None else seed
    program = Program(application, settings, state or state_folder(), open_studio, first_seed)
    program.window.restore_place(settings.value.geometry)
    return program
