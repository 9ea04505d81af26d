"""The strip of variations: made on a worker, listened to in the place of the pattern, kept, or carried out."""

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from groovescape.commands import ReplacePattern
from groovescape.controllers.door import StudioDoor
from groovescape.controllers.dragging import DragController
from groovescape.controllers.sound import Sound
from groovescape.document import Document
from groovescape.feeling import Feels, feels_for
from groovescape.jobs import Jobs, Task
from groovescape.problems import LOADING
from groovescape.surroundings import setting_of
from groovescape_models.engines.engine import VaryRequest
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.project import Part, Project
from groovescape_widgets.variation_strip import VariationStrip

if TYPE_CHECKING:
    from groovescape_models.engines.studio import Studio

KIND: Final = "vary"
COUNT: Final = 8
TITLE: Final = "Keep a variation"
FIRST_SIMILARITY: Final = 0.6


@dataclass(frozen=True, slots=True)
class Variation:
    """A pattern and its feels under the project's groove."""

    pattern: Pattern
    feels: Feels

    def played(self, project: Project) -> Pattern:
        """Return it as it would be played in a project."""
        return replace(project, pattern=self.pattern, feel=self.feels.feel, other_feel=self.feels.other).played


def varied(similarity: float, seed: int, studio: "Studio", project: Project, task: Task) -> tuple[Variation, ...]:
    """Return variations of the pattern on the stage, each with its feel."""
    request = VaryRequest(project.pattern, similarity, COUNT, seed, setting_of(project))
    made = []
    for index, pattern in enumerate(studio.vary(request, task.should_stop)):
        feels = feels_for(studio, pattern, project.groove, project, task.should_stop)
        made.append(Variation(pattern, feels))
        task.report((index + 1) / COUNT)
    return tuple(made)


class VariationsController(QObject):
    """Keeps the strip: what is in it is no part of the project until it is kept."""

    said = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        document: Document,
        jobs: Jobs,
        strip: VariationStrip,
        door: StudioDoor,
        sound: Sound,
        drag: DragController,
    ) -> None:
        """Connect a strip to a document."""
        super().__init__(strip)
        self._document, self._jobs, self._strip = document, jobs, strip
        self._door, self._sound, self._drag = door, sound, drag
        self.variations: tuple[Variation, ...] = ()
        self._similarity, self._round = FIRST_SIMILARITY, 0
        strip.set_similarity(FIRST_SIMILARITY)
        strip.asked.connect(self.ask)
        strip.similarity_changed.connect(self._on_similarity)
        strip.auditioned.connect(self._on_auditioned)
        strip.stopped.connect(self.end_audition)
        strip.kept.connect(self.keep)
        strip.drag_wanted.connect(self._on_drag)
        jobs.busy_changed.connect(self._on_busy)

    def ask(self) -> None:
        """Make other variations of the pattern on the stage."""
        self._round += 1
        self._make()

    def forget(self) -> None:
        """Empty the strip: another part is on the stage."""
        self._jobs.cancel(KIND)
        self.end_audition()
        self.variations = ()
        self._strip.set_variations(())

    def end_audition(self) -> None:
        """Let the pattern be heard again."""
        self._sound.end_trial()
        self._strip.set_current(None)

    def keep(self, index: int) -> None:
        """Put a variation in the pattern's place: one undo step."""
        variation = self.variations[index]
        self.end_audition()
        feels = variation.feels
        command = ReplacePattern(variation.pattern, feels.feel, title=TITLE, other_feel=feels.other)
        self._document.apply(command)
        self.said.emit(f"Variation {index + 1} is the pattern now; undo brings the other back.")

    def _make(self) -> None:
        studio, project = self._door.studio, self._document.project
        if studio is None:
            self.said.emit(LOADING)
        elif not project.pattern.notes:
            self.said.emit("There is nothing to vary yet: Ctrl+G makes a pattern.")
        else:
            work = partial(varied, self._similarity, project.seed + self._round, studio, project)
            self._jobs.submit(KIND, work, partial(self._take, project.role), self.failed.emit)

    def _take(self, role: Role, variations: tuple[Variation, ...]) -> None:
        if role is self._document.project.role:
            self.end_audition()
            self.variations = variations
            self._strip.set_variations([variation.pattern for variation in variations])

    def _on_similarity(self, similarity: float) -> None:
        self._similarity = similarity
        if self.variations:
            self._make()

    def _on_auditioned(self, index: int) -> None:
        project = self._document.project
        own = self.variations[index].played(project)
        others = project.resting if project.ensemble else ()
        self._sound.try_out((Part(own), *others))
        self._strip.set_current(index)

    def _on_drag(self, index: int, source: QWidget) -> None:
        self._drag.drag_pattern(self.variations[index].played(self._document.project), source)

    def _on_busy(self, kind: str, busy: bool) -> None:
        if kind == KIND:
            self._strip.set_busy(busy)
