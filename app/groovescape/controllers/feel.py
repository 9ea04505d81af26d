"""The pictures of the feel: which one is shown, its steps under those of the pattern, what histograms compare with."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from groovescape.controllers.door import StudioDoor
from groovescape.controllers.groove_names import groove_title
from groovescape.document import Document
from groovescape.settings import SettingsFile
from groovescape_models.music.project import Project
from groovescape_widgets.groove_panel import MIX_TITLE

if TYPE_CHECKING:
    from groovescape.window import MainWindow
    from groovescape_models.engines.studio import Studio
    from groovescape_widgets.drum_grid import DrumGrid
    from groovescape_widgets.groove_distribution import Reference
    from groovescape_widgets.piano_roll import PianoRoll
    from groovescape_widgets.time_view import TimeView
    from groovescape_widgets.trio_view import TrioView

    TimeEditor = DrumGrid | PianoRoll | TrioView


def reference(studio: "Studio", project: Project) -> "Reference | None":
    """Return how the groove of a project is spread by itself; None for no groove, or one that is no performance."""
    from groovescape_widgets.groove_distribution import reference_of  # NumPy is not for the first paint to wait for

    choice, library = project.groove, studio.groove_library
    weights: dict[str, float] = {}
    if choice.pad is not None:
        for groove, weight in zip(choice.pad.corners, choice.pad.weights, strict=True):
            weights[groove] = weights.get(groove, 0.0) + weight
    elif choice.preset is not None:
        weights = {choice.preset: 1.0}
    known = [groove for groove in library.grooves() if groove.facts.id in weights]
    name = MIX_TITLE if choice.pad or choice.preset is None else groove_title(library, choice.preset)
    return reference_of(name, known, [weights[groove.facts.id] for groove in known], project.tempo_bpm)


class FeelController(QObject):
    """Remembers the chosen picture, and keeps its steps under the pattern's."""

    def __init__(self, document: Document, door: StudioDoor, settings: SettingsFile, window: "MainWindow") -> None:
        """Show the picture that was shown last."""
        super().__init__(window.feel)
        self._document, self._door, self._settings, self._window = document, door, settings, window
        self._editors: list[TimeEditor] = []
        window.feel.page_chosen.connect(self._on_page)
        document.changed.connect(self._on_changed)
        window.feel.steps.looked.connect(self._on_looked)
        window.feel.set_page(settings.value.feel_page if settings.value.feel_page != "histogram" else "steps")
        self.follow(window.grid)

    def show_late(self) -> None:
        """Show the histogram if it was shown last: it is too much for the first paint to wait for."""
        if self._settings.value.feel_page == "histogram":
            self._window.feel.set_page("histogram")
            self._show_reference()

    def follow(self, editor: "TimeEditor") -> None:
        """Follow an editor's axis while it is the one that is shown."""
        self._editors.append(editor)
        editor.axis_changed.connect(self.show_axis)

    def show_axis(self) -> None:
        """Draw times where the editor on the stage does."""
        editor = self._shown()
        if editor is not None:
            self._window.feel.set_axis(editor.axis)

    def _on_page(self, page: str) -> None:
        self._settings.update(feel_page=page)
        self._show_reference()

    def _on_changed(self, before: Project, after: Project) -> None:
        choices = ((each.groove.preset, each.groove.pad, each.tempo_bpm) for each in (before, after))
        if len(set(choices)) > 1:
            self._show_reference()

    def _show_reference(self) -> None:
        """Compare the histograms, while they are looked at, with the groove that plays."""
        studio, view = self._door.studio, self._window.feel
        if studio is not None and view.pages.key == "histogram":
            view.set_reference(reference(studio, self._document.shown))

    def _shown(self) -> "TimeEditor | None":
        current = self._window.editors.currentWidget()
        return next((editor for editor in self._editors if editor is current), None)

    def _on_looked(self, view: "TimeView") -> None:
        editor = self._shown()
        if editor is not None:
            editor.look(view)
