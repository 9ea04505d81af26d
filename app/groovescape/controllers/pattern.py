"""The drum grid: hits and velocities edited by hand."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from groovescape.commands import SetVelocity, ToggleHit
from groovescape.document import Document
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.pattern import Note
from groovescape_widgets.drum_grid import DrumGrid


class PatternController(QObject):
    """Turns edits of the grid into commands."""

    def __init__(
        self,
        document: Document,
        grid: DrumGrid,
        audition: Callable[[Note], None],
    ) -> None:
        """Connect a grid to a document; audition sounds a new hit. The groove panel follows what changes."""
        super().__init__(grid)
        self._document, self._audition = document, audition
        grid.hit_toggled.connect(self._on_toggled)
        grid.velocity_changing.connect(self._on_velocity_changing)
        grid.velocity_committed.connect(self._on_velocity_committed)

    def _on_toggled(self, step: int, drum: int) -> None:
        before = set(self._document.project.pattern.notes)
        self._document.apply(ToggleHit(step, Drum(drum)))
        for note in set(self._document.project.pattern.notes) - before:
            self._audition(note)

    def _on_velocity_changing(self, index: int, velocity: int) -> None:
        self._document.preview(SetVelocity(index, velocity))

    def _on_velocity_committed(self, index: int, velocity: int) -> None:
        self._document.preview(SetVelocity(index, velocity))
        self._document.commit()
