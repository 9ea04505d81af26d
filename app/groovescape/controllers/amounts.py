"""How much of the groove: sliders preview and commit once, without any inference; another take draws anew."""

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from groovescape.controllers.door import StudioDoor
from groovescape.controllers.groove import GONE, all_feels
from groovescape.document import Document
from groovescape.feeling import Feels
from groovescape.groove_commands import SetAmount, TakeAgain
from groovescape.jobs import Jobs
from groovescape.settings import SettingsFile
from groovescape_models.music.feel import GrooveAmount
from groovescape_models.music.pattern import Role
from groovescape_models.music.project import Project
from groovescape_widgets.groove_panel import GroovePanel

KIND: Final = "take"
NOTHING_PLAYS: Final = "There is no groove to play another take of yet: choose one first."


class AmountsController(QObject):
    """Turns sliders into one undo step a gesture."""

    said = Signal(str)
    failed = Signal(str)

    def __init__(
        self, document: Document, jobs: Jobs, panel: GroovePanel, door: StudioDoor, settings: SettingsFile
    ) -> None:
        """Connect a panel to a document."""
        super().__init__(panel)
        self._document, self._jobs, self._panel, self._door = document, jobs, panel, door
        panel.amounts.set_unfolded(settings.value.more_of_groove)
        panel.unfolded.connect(lambda unfolded: settings.update(more_of_groove=unfolded))
        panel.amount_changing.connect(self._preview)
        panel.amount_committed.connect(self._commit)
        panel.take_wanted.connect(self.take_again)
        document.changed.connect(self._on_changed)

    def take_again(self) -> None:
        """Draw anew how unevenly the drummer plays: one undo step."""
        studio = self._door.studio
        self._document.commit()
        project = self._document.committed
        if studio is None or not project.groove.plays:
            self.said.emit(NOTHING_PLAYS)
            return
        choice = replace(project.groove, take=project.groove.take + 1)
        work = partial(all_feels, studio, choice, project)
        self._jobs.submit(KIND, work, partial(self._on_taken, project, choice.take), self.failed.emit)

    def _on_taken(self, asked: Project, take: int, feels: Feels | None) -> None:
        now = self._document.project
        if feels is None:
            self.failed.emit(GONE)
            return
        if now.pattern == asked.pattern and now.groove == asked.groove:
            self._document.apply(TakeAgain(take, feels.feel, feels.other))
            quiet = asked.groove.amount.spread == 0.0
            hint = "Spread is at 0 %, so it sounds the same." if quiet else "undo brings the one before back."
            self.said.emit(f"Take {take + 1}; {hint}")

    def _preview(self, amount: GrooveAmount) -> None:
        self._document.preview(SetAmount(amount))

    def _commit(self, amount: GrooveAmount) -> None:
        self._document.preview(SetAmount(amount))
        self._document.commit()

    def _on_changed(self, before: Project, after: Project) -> None:
        if before.groove.amount != after.groove.amount:
            self._panel.set_amount(after.groove.amount)
        if before.role is not after.role:
            self._panel.amounts.set_for_drums(after.role is Role.DRUMS)
