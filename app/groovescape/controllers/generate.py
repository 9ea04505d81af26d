"""New patterns and trios from the models: the next seed, a seed that was typed, or one that was thrown."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from groovescape.commands import Command, ReplacePattern
from groovescape.controllers.door import StudioDoor
from groovescape.controllers.locks import ALL_LOCKED, is_all_locked, rest_made_anew
from groovescape.document import Document
from groovescape.feeling import feels_for, trio_feels
from groovescape.jobs import Jobs, Task
from groovescape.part_commands import TakeTrio
from groovescape.problems import LOADING
from groovescape.surroundings import engine_of, next_seed, setting_of, trio_setting
from groovescape_models.engines.engine import GenerateRequest, TrioRequest
from groovescape_models.music.project import Project
from groovescape_widgets.seed_field import SeedField

if TYPE_CHECKING:
    from groovescape_models.engines.studio import Studio

KIND: Final = "generate"


def new_pattern(studio: "Studio", project: Project, seed: int, task: Task) -> ReplacePattern:
    """Return the command that puts in the pattern of a seed, around what is locked, with the feel of its groove."""
    if project.locks:
        return rest_made_anew(studio, project, seed, task)
    seeded = replace(project, seed=seed)
    setting = setting_of(seeded)
    engine = engine_of(project, studio.engines(project.role))
    style = project.style if project.style in engine.styles else None
    request = GenerateRequest(project.role, project.bars, style, seed=seed, setting=setting, engine=engine.id)
    (pattern,) = studio.generate(request, task.should_stop)
    feels = feels_for(studio, pattern, seeded.groove, seeded, task.should_stop)
    return ReplacePattern(pattern, feels.feel, seed=seed, other_feel=feels.other)


def new_trio(studio: "Studio", project: Project, seed: int, task: Task) -> TakeTrio:
    """Return the command that puts in the trio of a seed, each part with the feels of its groove."""
    engine = engine_of(project, studio.engines(None))
    style = project.style if project.style in engine.styles else None
    request = TrioRequest(project.bars, style, seed=seed, setting=trio_setting(project), engine=engine.id)
    (trio,) = studio.generate_trio(request, task.should_stop)
    return TakeTrio(trio, trio_feels(studio, trio, replace(project, seed=seed), task.should_stop), seed)


class GenerateController(QObject):
    """Asks the models for what the stage shows: one part, or three."""

    said = Signal(str)
    failed = Signal(str)

    def __init__(
        self, document: Document, jobs: Jobs, door: StudioDoor, field: SeedField, throw: Callable[[], int]
    ) -> None:
        """Connect a seed field and the models to a document; throw returns seeds that nobody foresees."""
        super().__init__(field)
        self._document, self._jobs, self._door, self._field = document, jobs, door, field
        field.set_seed(document.project.seed)
        field.seed_chosen.connect(self.make)
        field.dice.connect(lambda: self.make(throw()))
        document.changed.connect(self._on_changed)

    def generate(self) -> None:
        """Put a new pattern or trio in, a seed on."""
        self.make(next_seed(self._document.project.seed))

    def make(self, seed: int) -> None:
        """Put the pattern or trio of a seed in."""
        studio, project = self._door.studio, self._document.project
        if studio is None:
            self.said.emit(LOADING)
            self._show_seed()
            return
        if is_all_locked(project) and not project.ensemble:
            self.said.emit(ALL_LOCKED)
            self._show_seed()
            return
        make: Callable[[Task], Command] = partial(new_trio if project.ensemble else new_pattern, studio, project, seed)
        self._jobs.submit(KIND, make, self._take, self._fail)

    def _take(self, command: Command) -> None:
        self._document.apply(command)
        project = self._document.project
        name = project.seed if project.ensemble else project.pattern.name or project.seed
        self.said.emit(f"{command.title}: {name}. Ctrl+G makes the next one.")

    def _fail(self, sentence: str) -> None:
        self._show_seed()
        self.failed.emit(sentence)

    def _on_changed(self, before: Project, after: Project) -> None:
        if before.seed != after.seed:
            self._show_seed()

    def _show_seed(self) -> None:
        self._field.set_seed(self._document.project.seed)
