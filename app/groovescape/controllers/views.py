"""Views repaint what differs, and the pattern as it is played goes to whoever draws or sounds it."""

from PySide6.QtCore import QObject, Signal

from groovescape.document import Document
from groovescape_models.music.feel import apply_feel_in_order
from groovescape_models.music.pattern import Pattern
from groovescape_models.music.project import Project
from groovescape_widgets.drum_grid import DrumGrid
from groovescape_widgets.groove_view import GrooveView


class Views(QObject):
    """Keeps the grid and the groove view true to the document."""

    played_changed = Signal(object)
    """The pattern with its groove applied."""

    def __init__(self, document: Document, grid: DrumGrid, groove_view: GrooveView) -> None:
        """Show the document in a grid and in a groove view."""
        super().__init__(grid)
        self._document, self._grid, self._groove_view = document, grid, groove_view
        self.played: Pattern = document.project.played
        document.changed.connect(self._on_changed)

    def show_all(self) -> None:
        """Show the project as it stands."""
        self._show(self._document.project)

    def _on_changed(self, before: Project, after: Project) -> None:
        heard = (before.pattern, before.feel, before.groove.amount) != (after.pattern, after.feel, after.groove.amount)
        if heard or before.tempo_bpm != after.tempo_bpm:
            self._show(after)

    def _show(self, project: Project) -> None:
        written = heard = project.pattern.notes
        self.played = project.pattern
        if project.feel is not None:
            heard = apply_feel_in_order(project.pattern, project.feel, project.groove.amount)
            self.played = project.pattern.with_notes(heard)
        self._grid.set_pattern(project.pattern, heard)
        self._groove_view.set_hits(project.pattern, written, heard, project.tempo_bpm)
        self.played_changed.emit(self.played)
