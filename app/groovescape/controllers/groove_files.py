"""The user's own grooves: taken from files and patterns, renamed, removed, saved elsewhere, carried out."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QObject, Signal

from groovescape.controllers.door import StudioDoor
from groovescape.controllers.groove_facts import facts_line, groove_rows
from groovescape.document import Document
from groovescape.jobs import Jobs, Task
from groovescape.problems import LOADING
from groovescape.settings import SettingsFile
from groovescape_models.music.pattern import Pattern
from groovescape_widgets.groove_rows import PresetRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from groovescape_models.engines.groove_library import GrooveLibrary
    from groovescape_models.music.groove_template import GrooveTemplate

TAKE: Final = "take_groove"
SHARE: Final = "share_groove"
Rows = tuple[PresetRow, ...]
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Taken:
    """A groove that was kept, the facts to tell of it, and the rows of the list with it."""

    id: str
    name: str
    facts: str
    rows: Rows


def from_file(path: Path, _task: Task) -> "GrooveTemplate":
    """Return the groove of a MIDI, Hydrogen or .groove file; a GroovescapeError says why there is none."""
    from groovescape_models.music.groove_import import read_groove_from

    return read_groove_from(path)


def from_pattern(pattern: Pattern, tempo_bpm: float, name: str, _task: Task) -> "GrooveTemplate":
    """Return the groove of a pattern; GrooveError if it has no notes."""
    from groovescape_models.music.groove_extract import extract_groove

    return extract_groove(pattern, tempo_bpm, name=name)


def kept(library: "GrooveLibrary", take: "Callable[[Task], GrooveTemplate]", task: Task) -> Taken:
    """Take a groove, keep it among the user's own under a name that no other has, and return what to tell of it.

    One that is there already, by whatever name, is not kept a second time.
    """
    groove = take(task)
    for known in library.grooves():
        if replace(groove, facts=known.facts) == known:
            return Taken(known.facts.id, known.facts.name, facts_line(known.facts), groove_rows(library))
    names = {known.facts.name.casefold() for known in library.grooves()}
    facts = replace(groove.facts, name=free_name(groove.facts.name, names))
    saved = library.keep(replace(groove, facts=facts)).facts
    return Taken(saved.id, saved.name, facts_line(saved), groove_rows(library))


def free_name(name: str, taken: set[str]) -> str:
    """Return a name, with a number behind it if it is taken (in lower case)."""
    number, found = 1, name
    while found.casefold() in taken:
        number += 1
        found = f"{name} ({number})"
    return found


class GrooveFilesController(QObject):
    """Keeps grooves on workers; taken(id) says which one is new."""

    said = Signal(str)
    failed = Signal(str)
    rows_changed = Signal(object)
    taken = Signal(str)

    def __init__(
        self, document: Document, jobs: Jobs, door: StudioDoor, settings: SettingsFile, parent: QObject
    ) -> None:
        """Work for a document."""
        super().__init__(parent)
        self._document, self._jobs, self._door, self._settings = document, jobs, door, settings

    def take_file(self, path: Path) -> None:
        """Take the groove of a file, keep it and try it."""
        self._settings.update(folder=str(path.parent))
        self._take(partial(from_file, path))

    def take_pattern(self) -> None:
        """Take the groove of the pattern as it is heard, keep it and try it."""
        project = self._document.project
        self._take_pattern(project.played, project.pattern.name or "My groove")

    def take_corner(self, index: int) -> None:
        """Take the groove of a pattern in a corner of the pad, keep it and try it."""
        corners = self._document.project.corners
        if index < len(corners):
            self._take_pattern(corners[index].pattern, f"{corners[index].name} groove")

    def _take_pattern(self, pattern: Pattern, name: str) -> None:
        self._take(partial(from_pattern, pattern, self._document.project.tempo_bpm, name))

    def rename(self, groove_id: str, name: str) -> None:
        """Give one of the user's own grooves another name; its id stays."""

        def work(library: "GrooveLibrary", _task: Task) -> Rows:
            library.rename(groove_id, name)
            return groove_rows(library)

        self._submit(TAKE, work, partial(self._on_listed, f"The groove is called {name.strip()} now."))

    def remove(self, groove_id: str, title: str) -> None:
        """Delete one of the user's own grooves; patterns that it plays keep their feel."""

        def work(library: "GrooveLibrary", _task: Task) -> Rows:
            library.remove(groove_id)
            return groove_rows(library)

        said = f"{title} is removed; patterns keep the feel that it gave them."
        self._submit(TAKE, work, partial(self._on_listed, said))

    def save(self, groove_id: str | None, path: Path) -> None:
        """Write a groove to a file of the user's choice; what is no performance is taken from what is heard."""
        project = self._document.project
        self._settings.update(folder=str(path.parent))

        def work(library: "GrooveLibrary", task: Task) -> Path:
            from groovescape_models.music.groove_file import write_groove

            known = {groove.facts.id: groove for groove in library.grooves()}
            heard = partial(from_pattern, project.played, project.tempo_bpm, path.stem)
            write_groove(known[groove_id] if groove_id in known else heard(task), path)
            return path

        self._submit(SHARE, work, lambda saved: self.said.emit(f"Saved {saved}."))

    def write_for_drag(self, groove_id: str) -> Path | None:
        """Write a groove where dragged files lie, and return its path; GrooveError if that fails."""
        from groovescape.export.drag import session_folder
        from groovescape_models.music.groove_file import write_groove

        if self._door.studio is None:
            return None
        path = session_folder() / f"{groove_id}.groove"
        write_groove(self._door.studio.groove_library.named(groove_id), path)
        return path

    def _take(self, take: "Callable[[Task], GrooveTemplate]") -> None:
        self._submit(TAKE, lambda library, task: kept(library, take, task), self._on_taken)

    def _submit(
        self, kind: str, work: "Callable[[GrooveLibrary, Task], Answer]", done: "Callable[[Answer], None]"
    ) -> None:
        """Do work on the library, once there is one."""
        if self._door.studio is None:
            self.said.emit(LOADING)
        else:
            self._jobs.submit(kind, partial(work, self._door.studio.groove_library), done, self.failed.emit)

    def _on_taken(self, taken: Taken) -> None:
        self.rows_changed.emit(taken.rows)
        self.taken.emit(taken.id)
        self.said.emit(f"Took {taken.name} ({taken.facts}). It is tried now: Enter in the list applies it.")

    def _on_listed(self, sentence: str, rows: Rows) -> None:
        self.rows_changed.emit(rows)
        self.said.emit(sentence)
