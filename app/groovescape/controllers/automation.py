"""The curves of a groove: how much of it over the bars, and how it goes over into another."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu

from groovescape.commands import Command
from groovescape.controllers.door import StudioDoor
from groovescape.controllers.groove_names import fill_with_grooves, groove_title
from groovescape.document import Document
from groovescape.feeling import FOLLOW_DRUMS, HUMANIZE, feel_for
from groovescape.groove_commands import DrawIntensity, DrawMorph, MorphTo
from groovescape.jobs import Jobs, Task
from groovescape.problems import LOADING
from groovescape.settings import SettingsFile
from groovescape_models.music.curve import Curve
from groovescape_models.music.feel import Feel
from groovescape_models.music.pattern import Role
from groovescape_models.music.project import Project
from groovescape_widgets.groove_panel import MIX_TITLE

if TYPE_CHECKING:
    from groovescape.window import MainWindow
    from groovescape_models.engines.studio import Studio

KIND: Final = "morph"


def other_feel(studio: "Studio", other: str, project: Project, task: Task) -> Feel | None:
    """Return how a second groove plays the part on the stage."""
    return feel_for(studio, project.pattern, other, project, task.should_stop)


def drawn(kind: str, curve: Curve) -> Command:
    """Return the edit that draws one of the two curves."""
    return DrawIntensity(curve) if kind == "intensity" else DrawMorph(curve)


class AutomationController(QObject):
    """Turns strokes into commands: heard while they are drawn, one undo step at the end."""

    said = Signal(str)
    failed = Signal(str)

    def __init__(
        self, document: Document, jobs: Jobs, window: "MainWindow", door: StudioDoor, settings: SettingsFile
    ) -> None:
        """Connect the lane of a window; it is unfolded if it was last."""
        super().__init__(window.feel)
        self._document, self._jobs, self._door, self._window = document, jobs, door, window
        self._settings = settings
        view = window.feel
        self._panel = view.automation
        view.automate_chosen.connect(self.unfold)
        self._panel.changing.connect(lambda kind, curve: document.preview(drawn(kind, curve)))
        self._panel.committed.connect(self._on_committed)
        self._panel.other_wanted.connect(self._offer)
        self._panel.looked.connect(view.steps.looked)
        document.changed.connect(self._on_changed)
        door.opened.connect(self._show)
        self.unfold(settings.value.automate)
        self._show()

    def settle(self) -> None:
        """End a stroke as it stands."""
        self._panel.lane.let_go()
        for kind in (DrawIntensity, DrawMorph):
            self._document.commit(kind)

    def toggle(self) -> None:
        """Unfold the curves, or fold them away."""
        self.unfold(not self._settings.value.automate)

    def unfold(self, automate: bool) -> None:
        """Show the curves, or fold them away, and remember it."""
        self._window.feel.set_automate(automate)
        self._window.give_feel_room(automate)
        self._settings.update(automate=automate)

    def menu(self) -> QMenu | None:
        """Return the menu of second grooves, None while the studio is closed."""
        studio, project = self._door.studio, self._document.project
        if studio is None:
            return None
        menu = QMenu(self._panel)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("No second groove", lambda: self.morph_to(None)).setEnabled(project.groove.other is not None)
        menu.addSeparator()
        first = (HUMANIZE,) if project.role is Role.DRUMS else (HUMANIZE, FOLLOW_DRUMS)
        fill_with_grooves(menu, studio.groove_library, first, project.groove.other, self.morph_to)
        return menu

    def morph_to(self, other: str | None) -> None:
        """Lead the groove to another one, or to none."""
        studio, project = self._door.studio, self._document.project
        self._jobs.cancel(KIND)
        if other is None:
            self._document.apply(MorphTo(None, None))
        elif studio is not None:
            work = partial(other_feel, studio, other, project)
            self._jobs.submit(KIND, work, partial(self._on_felt, other, project), self.failed.emit)

    def _on_felt(self, other: str, asked: Project, feel: Feel | None) -> None:
        if self._document.project.pattern != asked.pattern:
            self.morph_to(other)
            return
        self._document.apply(MorphTo(other, feel))
        if not self._document.project.groove.morph_curve:
            self.said.emit("Draw the way to the second groove: up is more of it.")

    def _on_committed(self, kind: str, curve: Curve) -> None:
        self._document.preview(drawn(kind, curve))
        self._document.commit()

    def _offer(self) -> None:
        menu = self.menu()
        if menu is None:
            self.said.emit(LOADING)
        else:
            button = self._panel.other
            menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _on_changed(self, before: Project, after: Project) -> None:
        if before.groove != after.groove:
            self._show()

    def _show(self) -> None:
        groove, studio = self._document.project.groove, self._door.studio
        self._panel.set_curves(groove.intensity_curve, groove.morph_curve)
        if studio is None:
            self._panel.set_grooves(None, None)
            return
        names = (groove.preset, groove.other)
        first, other = (None if name is None else groove_title(studio.groove_library, name) for name in names)
        self._panel.set_grooves(MIX_TITLE if groove.pad else first, other)
