"""The pattern view: hits and velocities edited by hand, and new patterns from the model."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from groovescape.commands import ReplacePattern, SetVelocity, ToggleHit
from groovescape.controllers.door import StudioDoor
from groovescape.document import Document
from groovescape.feeling import feel_for
from groovescape.jobs import Jobs, Task
from groovescape.problems import LOADING
from groovescape_models.engines.engine import GenerateRequest, Setting
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.pattern import Note
from groovescape_models.music.project import Project
from groovescape_widgets.drum_grid import DrumGrid

if TYPE_CHECKING:
    from groovescape_models.engines.studio import Studio

KIND: Final = "generate"


def new_pattern(studio: "Studio", project: Project, style: str | None, task: Task) -> ReplacePattern:
    """Return the command that puts in the pattern of the project's next seed, with the feel of its groove."""
    seeded = replace(project, seed=project.seed + 1)
    request = GenerateRequest(style=style, seed=seeded.seed, setting=Setting(seeded.tempo_bpm))
    (pattern,) = studio.generate(request, task.should_stop)
    feel = feel_for(studio, pattern, seeded.groove.preset, seeded, task.should_stop)
    return ReplacePattern(pattern, feel, seed=seeded.seed)


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


class GenerateController(QObject):
    """Asks the model for new patterns, in a style or in any."""

    said = Signal(str)
    failed = Signal(str)

    def __init__(self, document: Document, jobs: Jobs, door: StudioDoor, parent: QObject) -> None:
        """Connect the model to a document."""
        super().__init__(parent)
        self._document, self._jobs, self._door = document, jobs, door
        self.style: str | None = None

    def set_style(self, style: str | None) -> None:
        """Choose the style of the next patterns, None for any."""
        self.style = style

    def generate(self) -> None:
        """Put a new pattern in, a seed on."""
        studio, project, style = self._door.studio, self._document.project, self.style
        if studio is None:
            self.said.emit(LOADING)
            return
        self._jobs.submit(KIND, lambda task: new_pattern(studio, project, style, task), self._take, self.failed.emit)

    def _take(self, command: ReplacePattern) -> None:
        self._document.apply(command)
        self.said.emit(f"New pattern: {command.pattern.name or command.seed}. Ctrl+G makes the next one.")
