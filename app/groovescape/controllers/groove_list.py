"""The rows of the groove list: read on a worker, starred, and remembered between starts."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from groovescape.controllers.door import StudioDoor
from groovescape.controllers.groove_facts import FOLLOW_ROW, HUMANIZE_ROW, added_humanizer_rows, groove_rows
from groovescape.document import Document
from groovescape.jobs import Jobs, Task
from groovescape.settings import SettingsFile
from groovescape_models.music.pattern import Role
from groovescape_widgets.groove_panel import GroovePanel, PresetRow

if TYPE_CHECKING:
    from groovescape_models.engines.studio import Studio

KIND: Final = "grooves"
Rows = tuple[PresetRow, ...]


class GrooveListController(QObject):
    """Fills the list and keeps stars and switches in the settings."""

    failed = Signal(str)

    def __init__(
        self, document: Document, jobs: Jobs, panel: GroovePanel, door: StudioDoor, settings: SettingsFile
    ) -> None:
        """Connect a panel; its rows come once the studio is open."""
        super().__init__(panel)
        self._document, self._jobs, self._panel, self._settings = document, jobs, panel, settings
        self._humanizers: Rows = ()
        self._grooves: Rows = ()
        panel.set_favourites(settings.value.favourite_grooves)
        panel.set_hears_hover(settings.value.hear_on_hover)
        panel.star_toggled.connect(self.toggle_star)
        panel.hover_toggled.connect(lambda hears: settings.update(hear_on_hover=hears))
        door.opened.connect(self.read)

    def read(self, studio: "Studio") -> None:
        """Read the grooves on a worker, and say which of the user's files is no sound one."""
        library = studio.groove_library

        def work(_task: Task) -> tuple[Rows, Rows, tuple[str, ...]]:
            return added_humanizer_rows(studio), groove_rows(library), library.problems

        self._jobs.submit(KIND, work, lambda read: self._on_read(*read))

    def _on_read(self, humanizers: Rows, grooves: Rows, problems: tuple[str, ...]) -> None:
        self._humanizers = humanizers
        self.show(grooves)
        if problems:
            others = f" The same goes for {len(problems) - 1} more of your grooves." if len(problems) > 1 else ""
            self.failed.emit(problems[0] + others)

    def show(self, grooves: Rows) -> None:
        """Show performances, behind what is none."""
        self._grooves = grooves
        self.show_role()

    def show_role(self) -> None:
        """Offer lines to follow the drums, and drums whatever else humanises them."""
        if self._grooves:
            is_drums = self._document.project.role is Role.DRUMS
            first = (HUMANIZE_ROW, *self._humanizers) if is_drums else (HUMANIZE_ROW, FOLLOW_ROW)
            self._panel.set_presets((*first, *self._grooves))

    def toggle_star(self, preset: str) -> None:
        """Make a groove a favourite, or none any more."""
        kept = tuple(each for each in self._settings.value.favourite_grooves if each != preset)
        starred = kept if len(kept) < len(self._settings.value.favourite_grooves) else (*kept, preset)
        self._settings.update(favourite_grooves=starred)
        self._panel.set_favourites(starred)
