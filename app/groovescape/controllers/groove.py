"""The groove panel: choosing a drummer, how much of him, and keeping the feel true to an edited pattern."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from groovescape.controllers.door import StudioDoor
from groovescape.document import Document
from groovescape.feeling import HUMANIZE, feel_for
from groovescape.groove_commands import ChooseGroove, SetAmount, UseFeel
from groovescape.jobs import Jobs
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.pattern import Pattern
from groovescape_models.music.project import Project
from groovescape_widgets.groove_panel import GroovePanel, PresetRow

if TYPE_CHECKING:
    from groovescape_models.engines.studio import Studio
    from groovescape_models.music.groove_template import GrooveFacts

KIND: Final = "feel"


def preset_row(preset: "GrooveFacts") -> PresetRow:
    """Return a preset as the list shows it: its name, which has the tempo, and what its numbers say."""
    late = f"{abs(preset.feel_ms):.0f} ms {'late' if preset.feel_ms >= 0 else 'early'}"
    return PresetRow(preset.id, preset.name, f"swing {preset.swing_percent:.0f} % · {late}")


HUMANIZE_ROW: Final = PresetRow(HUMANIZE, "Humanise", "each pattern its own feel")


def _what_is_felt(project: Project) -> tuple[Pattern, str | None, float]:
    return project.pattern, project.groove.preset, project.tempo_bpm


class GrooveController(QObject):
    """Turns choices and sliders into commands, and feels into the document."""

    def __init__(
        self,
        document: Document,
        jobs: Jobs,
        panel: GroovePanel,
        door: StudioDoor,
        show_problem: Callable[[str], None],
    ) -> None:
        """Connect a panel to a document."""
        super().__init__(panel)
        self._document, self._jobs, self._panel, self._door = document, jobs, panel, door
        self._show_problem = show_problem
        panel.groove_chosen.connect(self.choose)
        panel.amount_changing.connect(self._on_amount_changing)
        panel.amount_committed.connect(self._on_amount_committed)
        document.changed.connect(self._on_changed)
        document.history_changed.connect(self.refresh_if_due)
        self._felt = _what_is_felt(document.committed)
        door.opened.connect(self._on_opened)

    def choose(self, preset: str | None) -> None:
        """Play the pattern with a preset, or as it is."""
        studio, project = self._door.studio, self._document.project
        self._jobs.cancel(KIND)
        if preset is None:
            self._document.apply(ChooseGroove(None, None))
        elif studio is not None:
            self._jobs.submit(
                KIND,
                lambda task: feel_for(studio, project.pattern, preset, project, task.should_stop),
                lambda feel: self._on_chosen(preset, project, feel),
                self._fail,
            )

    def refresh(self) -> None:
        """Compute the feel of an edited pattern anew; until it comes the notes keep the feel they had."""
        studio, project = self._door.studio, self._document.committed
        preset = project.groove.preset
        if studio is not None and preset is not None:
            self._jobs.submit(
                KIND,
                lambda task: feel_for(studio, project.pattern, preset, project, task.should_stop),
                lambda feel: self._on_refreshed(project, feel),
                self._fail,
            )

    def show_choice(self) -> None:
        """Show what the document says, after a choice that came to nothing."""
        self._panel.set_choice(self._document.project.groove.preset)

    def _on_chosen(self, preset: str, asked: Project, feel: Feel | None) -> None:
        if self._document.project.pattern == asked.pattern:
            self._document.apply(ChooseGroove(preset, feel))
        else:
            self.choose(preset)

    def _on_refreshed(self, asked: Project, feel: Feel | None) -> None:
        if feel is not None:
            self._document.amend(UseFeel(asked.pattern, asked.groove, feel))

    def _on_amount_changing(self, amount: GrooveAmount) -> None:
        self._document.preview(SetAmount(amount))

    def _on_amount_committed(self, amount: GrooveAmount) -> None:
        self._document.preview(SetAmount(amount))
        self._document.commit()

    def _on_changed(self, before: Project, after: Project) -> None:
        if before.groove.preset != after.groove.preset:
            self._panel.set_choice(after.groove.preset)
        if before.groove.amount != after.groove.amount:
            self._panel.set_amount(after.groove.amount)

    def refresh_if_due(self) -> None:
        """Feel anew whatever a feel depends on: an answer that was asked for before may be for another groove.

        The studio remembers what it has answered, so that this costs nothing where the feel is right already.
        """
        felt = _what_is_felt(self._document.committed)
        if felt != self._felt:
            self._felt = felt
            self.refresh()

    def _on_opened(self, studio: "Studio") -> None:
        self._panel.set_presets([HUMANIZE_ROW, *(preset_row(groove.facts) for groove in studio.grooves())])
        self.show_choice()

    def _fail(self, sentence: str) -> None:
        self.show_choice()
        self._show_problem(sentence)
