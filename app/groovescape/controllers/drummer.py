"""The drummer who plays what is missing: drums to the rhythm on the stage, and hats beside what is there."""

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from groovescape.commands import ReplacePattern
from groovescape.controllers.door import StudioDoor
from groovescape.document import Document
from groovescape.feeling import feels_for
from groovescape.jobs import Jobs, Task
from groovescape.problems import LOADING
from groovescape.surroundings import next_seed, setting_of
from groovescape_models.engines.engine import AddLanesRequest, Setting, TapRequest
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.project import Project

if TYPE_CHECKING:
    from groovescape_models.engines.studio import Studio

KIND: Final = "drummer"
DRUMS_TITLE: Final = "Drums from this rhythm"
HATS_TITLE: Final = "Add closed hats"
CHANGED: Final = "The pattern has changed meanwhile: ask again."
NO_RHYTHM: Final = "There is no rhythm to play drums to yet: click some steps, or open a MIDI file with taps."
LOCKED: Final = "Something is locked, and new drums would not keep it: unlock it first (Ctrl+U)."
NO_DRUMS: Final = "Hats go with drums: choose the drums first (Alt+1)."
HATS_LOCKED: Final = "The closed hats are locked: unlock their lane to have some added."
NO_ROOM: Final = "There is no room for more closed hats."


@dataclass(frozen=True, slots=True)
class Played:
    """The command that puts in what the drummer played, and the rhythm that he heard."""

    command: ReplacePattern
    rhythm: Pattern


def drums_from(rhythm: Pattern, studio: "Studio", project: Project, task: Task) -> Played:
    """Return new drums that strike on every note of a rhythm, with the feel of the drums' groove."""
    drums = project.staged(Role.DRUMS)
    seeded = replace(drums, seed=next_seed(drums.seed))
    style = drums.style if drums.style in studio.drummer_styles() else None
    setting = Setting(project.tempo_bpm, rhythm.meter)
    (pattern,) = studio.tap_to_drums(TapRequest(rhythm, style, seed=seeded.seed, setting=setting), task.should_stop)
    return Played(_put_in(DRUMS_TITLE, pattern, studio, seeded, task), rhythm)


def hats_added(studio: "Studio", project: Project, task: Task) -> Played:
    """Return the drums on the stage with closed hats added where no bar is locked."""
    seeded = replace(project, seed=next_seed(project.seed))
    request = AddLanesRequest(
        project.pattern,
        frozenset({int(Drum.CLOSED_HAT)}),
        project.locks.bars,
        seed=seeded.seed,
        setting=setting_of(project),
    )
    (pattern,) = studio.add_lanes(request, task.should_stop)
    return Played(_put_in(HATS_TITLE, pattern, studio, seeded, task), project.pattern)


def _put_in(title: str, pattern: Pattern, studio: "Studio", seeded: Project, task: Task) -> ReplacePattern:
    feels = feels_for(studio, pattern, seeded.groove, seeded, task.should_stop)
    return ReplacePattern(pattern, feels.feel, seed=seeded.seed, title=title, other_feel=feels.other)


class DrummerController(QObject):
    """Asks the drummer, and puts what he plays in: one undo step each."""

    said = Signal(str)
    failed = Signal(str)
    drums_made = Signal()
    """There are new drums, made while a line is on the stage alone: nobody hears them there."""

    def __init__(self, document: Document, jobs: Jobs, door: StudioDoor, parent: QObject) -> None:
        """Work on a document."""
        super().__init__(parent)
        self._document, self._jobs, self._door = document, jobs, door
        self._last: Played | None = None

    def play_drums(self) -> None:
        """Put in drums to the rhythm on the stage; asked once more, other drums to the same rhythm."""
        self.play_to(self._rhythm(self._document.project))

    def play_to(self, rhythm: Pattern) -> None:
        """Put in drums to a rhythm."""
        studio, project = self._door.studio, self._document.project
        if studio is None:
            self.said.emit(LOADING)
        elif not rhythm.notes:
            self.said.emit(NO_RHYTHM)
        elif project.part_of(Role.DRUMS).locks:
            self.said.emit(LOCKED)
        else:
            work = partial(drums_from, rhythm, studio, project)
            self._jobs.submit(KIND, work, partial(self._take_drums, project), self.failed.emit)

    def add_hats(self) -> None:
        """Put closed hats in beside what the drums on the stage play."""
        studio, project = self._door.studio, self._document.project
        if studio is None:
            self.said.emit(LOADING)
        elif project.role is not Role.DRUMS:
            self.said.emit(NO_DRUMS)
        elif Drum.CLOSED_HAT in project.locks.lanes:
            self.said.emit(HATS_LOCKED)
        else:
            work = partial(hats_added, studio, project)
            self._jobs.submit(KIND, work, partial(self._take_hats, project), self.failed.emit)

    def _rhythm(self, project: Project) -> Pattern:
        """Return what is on the stage, or the rhythm that it was made from."""
        last = self._last
        return last.rhythm if last is not None and last.command.pattern == project.pattern else project.pattern

    def _take_drums(self, asked: Project, played: Played) -> None:
        if self._document.project.pattern != asked.pattern:
            self.said.emit(CHANGED)
            return
        self._last = played
        self._document.apply(played.command)
        if asked.role is not Role.DRUMS and not asked.ensemble:
            self.drums_made.emit()
        self.said.emit("Drums to your rhythm; ask once more for others, undo brings the rhythm back.")

    def _take_hats(self, asked: Project, played: Played) -> None:
        if (self._document.project.pattern, self._document.project.locks) != (asked.pattern, asked.locks):
            self.said.emit(CHANGED)
            return
        added = len(played.command.pattern.notes) - len(asked.pattern.notes)
        if added:
            self._document.apply(played.command)
        self.said.emit(f"{added} closed hats added; nothing else has changed." if added else NO_ROOM)
