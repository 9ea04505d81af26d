"""Trying grooves: the pattern is heard with one, as a preview, until that is applied or taken back."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from groovescape.controllers.door import StudioDoor
from groovescape.controllers.groove import chosen_feel
from groovescape.document import Document
from groovescape.groove_commands import ChooseGroove
from groovescape.jobs import Jobs
from groovescape.problems import LOADING
from groovescape_models.music.feel import Feel
from groovescape_models.music.groove_choice import GrooveChoice
from groovescape_models.music.project import Project
from groovescape_widgets.groove_panel import GroovePanel
from groovescape_widgets.groove_rows import MIX

TRY: Final = "try_groove"
HOVER: Final = "hover_groove"


def shown_id(choice: GrooveChoice) -> str | None:
    """Return what the list calls that which plays: the id of a groove, MIX, or None for no groove."""
    return choice.preset if choice.pad is None else MIX


class AuditionController(QObject):
    """A row that is clicked or gone to is tried until Enter or Escape; one under the pointer is heard for a moment.

    What is tried is a preview: an edit that goes on from it applies it, and says so. What is heard for a moment goes
    by itself, and no edit keeps it.
    """

    said = Signal(str)
    failed = Signal(str)
    trying_changed = Signal()
    """A groove is tried, or none any more."""

    def __init__(self, document: Document, jobs: Jobs, panel: GroovePanel, door: StudioDoor) -> None:
        """Connect a panel to a document."""
        super().__init__(panel)
        self._document, self._jobs, self._panel, self._door = document, jobs, panel, door
        self._over: str | None = None
        self._is_over = False
        self._applies_next = False
        self._was_trying = False
        self._tried: str | None = None
        panel.tried.connect(self.try_out)
        panel.hovered.connect(self.hover)
        panel.hover_left.connect(self.leave)
        panel.apply_wanted.connect(self.apply)
        panel.revert_wanted.connect(self.revert)
        document.changed.connect(self._on_changed)
        document.history_changed.connect(self._on_history)

    @property
    def is_trying(self) -> bool:
        """Whether a groove is tried that is not applied yet."""
        return self._document.previews(ChooseGroove)

    def try_out(self, preset: str | None) -> None:
        """Let the pattern be heard with a groove, until it is applied or taken back.

        What the pointer made heard goes on until that answer has come, so that nothing is heard in between.
        """
        self._is_over = False
        self._jobs.cancel(HOVER)
        self._jobs.cancel(TRY)
        self._applies_next = False
        project = self._document.project
        if preset == shown_id(self._document.committed.groove):
            self._take_back()
        elif preset is None:
            self._show_tried(preset, project, None)
        elif self._door.studio is None:
            self.said.emit(LOADING)
            self._take_back()
        else:
            work = partial(chosen_feel, self._door.studio, preset, project)
            self._jobs.submit(TRY, work, partial(self._show_tried, preset, project), self._fail)

    def apply(self) -> None:
        """Keep what is tried: one undo step. What is still being computed is kept when it comes."""
        if self._jobs.is_busy(TRY):
            self._applies_next = True
        elif self.is_trying:
            self._tried = None
            self._document.commit(ChooseGroove)
            self.said.emit(f"{self._title()} plays the pattern now; undo brings the other back.")

    def revert(self) -> None:
        """Go back to the groove that the project has."""
        self._applies_next = False
        self._jobs.cancel(TRY)
        self._drop_hover()
        self._take_back()

    def hover(self, preset: str | None) -> None:
        """Let the pattern be heard with a groove while the pointer rests on it."""
        document, project = self._document, self._document.project
        self._over, self._is_over = preset, True
        self._jobs.cancel(HOVER)
        if preset == shown_id(project.groove):
            document.end_glance()
            return
        if preset is None:
            self._show_hovered(preset, project, None)
        elif self._door.studio is not None:
            work = partial(chosen_feel, self._door.studio, preset, project)
            self._jobs.submit(HOVER, work, partial(self._show_hovered, preset, project), self._fail)

    def leave(self) -> None:
        """The pointer goes: what was heard before it came is heard again."""
        self._drop_hover()

    def settle(self) -> None:
        """End what is under way as it stands: what is tried is applied."""
        self._applies_next = False
        self._jobs.cancel(TRY)
        self._drop_hover()
        self._document.commit(ChooseGroove)

    def show(self) -> None:
        """Show which groove the project has, and which one is heard."""
        applied, heard = shown_id(self._document.committed.groove), shown_id(self._document.shown.groove)
        self._panel.show_state(applied, heard)
        if self.is_trying != self._was_trying:
            self._was_trying = self.is_trying
            self.trying_changed.emit()
        current = self._panel.presets.current
        is_elsewhere = current is None or current.id != heard
        if is_elsewhere and not self._document.glancing and not self._jobs.is_busy(TRY):
            self._panel.set_current(heard)

    def _show_tried(self, preset: str | None, asked: Project, feel: Feel | None) -> None:
        if self._document.project.pattern != asked.pattern:
            self.try_out(preset)
            return
        self._tried = preset
        self._document.preview(ChooseGroove(preset, feel))
        self.show()
        if self._applies_next and not self._jobs.is_busy(TRY):
            self._applies_next = False
            self.apply()

    def _show_hovered(self, preset: str | None, asked: Project, feel: Feel | None) -> None:
        document, rests = self._document, self._is_over and self._over == preset
        is_busy = document.previewing and not self.is_trying
        if rests and not is_busy and document.committed.pattern == asked.pattern:
            document.glance(ChooseGroove(preset, feel))

    def _drop_hover(self) -> None:
        self._is_over = False
        self._jobs.cancel(HOVER)
        self._document.end_glance()

    def _take_back(self) -> None:
        self._document.end_glance()
        if self.is_trying:
            self._document.rollback()
        self.show()

    def _on_changed(self, before: Project, after: Project) -> None:
        if shown_id(before.groove) != shown_id(after.groove) or before.role is not after.role:
            self.show()

    def _on_history(self) -> None:
        """Say that an edit went on from what was tried, and so applied it."""
        self.show()
        if self._tried is not None and not self.is_trying:
            if shown_id(self._document.committed.groove) == self._tried:
                self.said.emit(f"{self._title()} is applied, as you went on from it; undo takes it back.")
            self._tried = None

    def _title(self) -> str:
        return self._panel.title_of(shown_id(self._document.committed.groove))

    def _fail(self, sentence: str) -> None:
        self._applies_next = False
        self._document.end_glance()
        self.show()
        self.failed.emit(sentence)
