"""The document: Qt signals around the history of one project, and whether it has unsaved edits."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from groovescape.commands import Command
from groovescape.history import History
from groovescape.staging import with_edit_on_stage
from groovescape_models.music.project import Project


class Document(QObject):
    """The one place where the project changes. Views listen to changed(before, after) and repaint what differs."""

    changed = Signal(object, object)
    history_changed = Signal()
    dirty_changed = Signal(bool)

    def __init__(self, project: Project | None = None, parent: QObject | None = None) -> None:
        """Start with a project (an empty one by default) and nothing to undo."""
        super().__init__(parent)
        self._history = History(project or Project())
        self._saved = self._history.committed
        self._previewing: Command | None = None
        self._glance: Project | None = None
        self._dirty = False

    @property
    def project(self) -> Project:
        """The project with its preview: what is worked on."""
        return self._history.current

    @property
    def shown(self) -> Project:
        """The project as it is shown and played: as a glance has it, while there is one."""
        return self.project if self._glance is None else self._glance

    @property
    def committed(self) -> Project:
        """The project without its preview: what commands are applied to."""
        return self._history.committed

    @property
    def history(self) -> History:
        """Undo and redo as they stand."""
        return self._history

    @property
    def dirty(self) -> bool:
        """Whether the project differs from what it was at the last mark_saved or reset."""
        return self._dirty

    @property
    def previewing(self) -> bool:
        """Whether a gesture is open: previewed and not yet committed."""
        return self._previewing is not None

    @property
    def glancing(self) -> bool:
        """Whether something is shown for a moment only."""
        return self._glance is not None

    def previews(self, kind: type[object]) -> bool:
        """Return whether the open preview is one of a kind of command."""
        return isinstance(self._previewing, kind)

    def apply(self, command: Command) -> None:
        """Make one undo step; an open preview is committed first."""
        self.commit()
        self._edit(self._history.with_edit(command.apply(self.committed), command.title))

    def preview(self, command: Command) -> None:
        """Show what a command would do; a preview of another kind is committed first."""
        if self._previewing is not None and type(self._previewing) is not type(command):
            self.commit()
        self._previewing = command
        self._show(self._history.previewed(command.apply(self.committed)))

    def glance(self, command: Command) -> None:
        """Show what a command would do until end_glance or the next edit: nothing keeps it, nobody works on it."""
        self._show(self._history, command.apply(self.committed))

    def end_glance(self) -> None:
        """Show again what was shown before a glance: the open preview, or the project."""
        self._show(self._history)

    def commit(self, kind: type[object] = object) -> None:
        """Make the preview one undo step, if it is of a kind (of any by default); a glance ends."""
        self.end_glance()
        if self._previewing is not None and isinstance(self._previewing, kind):
            command, self._previewing = self._previewing, None
            self._edit(self._history.committed_preview(command.title))

    def rollback(self) -> None:
        """Drop the preview."""
        self._previewing = None
        self._show(self._history.rolled_back())

    def amend(self, command: Command) -> None:
        """Complete the last edit by a late part of it (its feel): no undo step of its own."""
        history = self._history.amended(command.apply(self.committed))
        if history.preview is not None:
            history = history.previewed(command.apply(history.preview))
        self._show(history, self._glance)

    def complete(self, change: Callable[[Project], Project]) -> None:
        """Add to every project of the history what was not there yet when it was made: no undo step, no edit."""
        self._saved = change(self._saved)
        self._show(self._history.everywhere(change), self._glance)

    def undo(self) -> None:
        """Take the last edit back, or the open preview."""
        self.commit()
        self._travel(self._history.undone())

    def redo(self) -> None:
        """Bring the last undone edit back."""
        self.commit()
        self._travel(self._history.redone())

    def reset(self, project: Project) -> None:
        """Begin anew with a project: nothing to undo, nothing unsaved."""
        self._previewing = None
        self._show(History(project))
        self.mark_saved()
        self.history_changed.emit()

    def mark_saved(self) -> None:
        """Say that the project as it is now is safe elsewhere."""
        self._saved = self.committed
        self._set_dirty(False)

    def _travel(self, history: History) -> None:
        """Go to another step, with the part on the stage that the edit was made in."""
        self._edit(history.amended(with_edit_on_stage(self.committed, history.committed)))

    def _edit(self, history: History) -> None:
        edited = history.committed != self.committed
        self._show(history)
        if edited:
            self._set_dirty(history.committed != self._saved)
        self.history_changed.emit()

    def _show(self, history: History, glance: Project | None = None) -> None:
        before, self._history, self._glance = self.shown, history, glance
        if before != self.shown:
            self.changed.emit(before, self.shown)

    def _set_dirty(self, dirty: bool) -> None:
        if dirty != self._dirty:
            self._dirty = dirty
            self.dirty_changed.emit(dirty)
