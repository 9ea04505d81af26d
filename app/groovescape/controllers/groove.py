"""Which groove plays each part: chosen at once, and kept true to whatever its feel depends on."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from groovescape.controllers.door import StudioDoor
from groovescape.document import Document
from groovescape.feeling import Feels, feel_for, known_feels, what_is_felt
from groovescape.groove_commands import ChooseGroove, UseFeel
from groovescape.jobs import Jobs, Task
from groovescape_models.errors import UnknownNameError
from groovescape_models.music.feel import Feel
from groovescape_models.music.groove_choice import GrooveChoice
from groovescape_models.music.pattern import Role
from groovescape_models.music.project import Project

if TYPE_CHECKING:
    from groovescape_models.engines.studio import Studio

KIND: Final = "feel"
GONE: Final = "The groove was removed: notes keep the feel that it gave them, new ones are played as they are written."


def chosen_feel(studio: "Studio", preset: str | None, project: Project, task: Task) -> Feel | None:
    """Return how a groove plays the part on the stage as its other settings are, whatever plays it now."""
    choice = replace(project.groove, preset=preset, pad=None)
    return feel_for(studio, project.pattern, preset, replace(project, groove=choice), task.should_stop)


def all_feels(studio: "Studio", choice: GrooveChoice, project: Project, task: Task) -> Feels | None:
    """Return how a choice plays the part on the stage; None if a groove of it was removed."""
    try:
        return known_feels(studio, project.pattern, choice, replace(project, groove=choice), task.should_stop)
    except UnknownNameError:
        return None


class GrooveController(QObject):
    """Chooses grooves, and computes feels anew where what they depend on has changed."""

    failed = Signal(str)

    def __init__(self, document: Document, jobs: Jobs, door: StudioDoor, parent: QObject) -> None:
        """Watch a document."""
        super().__init__(parent)
        self._document, self._jobs, self._door = document, jobs, door
        self._felt: dict[Role, tuple[object, ...]] = {}
        self._missed: set[GrooveChoice] = set()
        self._note()
        document.history_changed.connect(self.refresh_if_due)

    def choose(self, preset: str | None) -> None:
        """Play the pattern with a groove, or as it is: one undo step. A groove that is only tried is dropped."""
        if self._document.previews(ChooseGroove):
            self._document.rollback()
        studio, project = self._door.studio, self._document.project
        self._jobs.cancel(KIND)
        if preset is None:
            self._document.apply(ChooseGroove(None, None))
        elif studio is not None:
            work = partial(chosen_feel, studio, preset, project)
            self._jobs.submit(KIND, work, partial(self._on_chosen, preset, project), self.failed.emit)

    def _on_chosen(self, preset: str, asked: Project, feel: Feel | None) -> None:
        if self._document.project.pattern == asked.pattern:
            self._document.apply(ChooseGroove(preset, feel))
        else:
            self.choose(preset)

    def refresh_if_due(self) -> None:
        """Feel anew whatever a feel depends on: an answer that was asked for before may be for another groove.

        The studio remembers what it has answered, so that this costs nothing where the feel is right already. Parts
        that rest are felt anew too: a bass that follows the drums does so while the drums are edited.
        """
        before = dict(self._felt)
        self._note()
        stage = self._document.committed
        for role, felt in self._felt.items():
            if felt != before.get(role):
                self._refresh(stage.staged(role), KIND if role is stage.role else f"{KIND}_{role.value}")

    def refresh_all(self) -> None:
        """Feel every part anew, as another comes to the stage: what was under way when one left it was dropped."""
        self._felt.clear()
        self.refresh_if_due()

    def _note(self) -> None:
        project = self._document.committed
        self._felt = {part.role: what_is_felt(project.staged(part.role)) for part in project.parts}

    def _refresh(self, project: Project, kind: str) -> None:
        """Compute the feels of the part on a stage anew; until they come its notes keep those that they had."""
        studio, choice = self._door.studio, project.groove
        if studio is not None and choice.plays:
            work = partial(all_feels, studio, choice, project)
            self._jobs.submit(kind, work, partial(self._on_refreshed, project), self.failed.emit)

    def _on_refreshed(self, asked: Project, feels: Feels | None) -> None:
        if feels is None:
            self._miss(asked.groove)
            return
        feel, has = feels.feel or Feel.of(asked.pattern), self._document.committed.part_of(asked.role)
        if (has.feel, has.other_feel) != (feel, feels.other):
            self._document.amend(UseFeel(asked.pattern, asked.groove, feel, feels.other))

    def _miss(self, choice: GrooveChoice) -> None:
        """Say, once, that a choice has lost a groove: its notes keep the feel that they have."""
        if choice not in self._missed:
            self._missed.add(choice)
            self.failed.emit(GONE)
