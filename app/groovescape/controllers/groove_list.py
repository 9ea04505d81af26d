"""The rows of the groove list: read on a worker, starred, and remembered between starts."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from groovescape.controllers.door import StudioDoor
from groovescape.controllers.groove_facts import FOLLOW_ROW, HUMANIZE_ROW, added_humanizer_rows, groove_rows
from groovescape.document import Document
from groovescape.feeling import humanizer_of
from groovescape.jobs import Jobs
from groovescape.settings import SettingsFile
from groovescape_models.music.pattern import Role
from groovescape_widgets.groove_panel import GroovePanel, PresetRow

if TYPE_CHECKING:
    from groovescape_models.engines.studio import Studio

KIND: Final = "grooves"


class GrooveListController(QObject):
    """Fills the list and keeps stars and switches in the settings."""

    def __init__(
        self, document: Document, jobs: Jobs, panel: GroovePanel, door: StudioDoor, settings: SettingsFile
    ) -> None:
        """Connect a panel; its rows come once the studio is open."""
        super().__init__(panel)
        self._document, self._jobs, self._panel, self._settings = document, jobs, panel, settings
        self._rows: tuple[PresetRow, ...] = ()
        panel.set_favourites(settings.value.favourite_grooves)
        panel.set_hears_hover(settings.value.hear_on_hover)
        panel.star_toggled.connect(self.toggle_star)
        panel.hover_toggled.connect(lambda hears: settings.update(hear_on_hover=hears))
        door.opened.connect(self.read)

    def read(self, studio: "Studio") -> None:
        """Read the grooves on a worker."""
        self._jobs.submit(KIND, lambda _task: _rows(studio), self.show)

    def show(self, rows: tuple[PresetRow, ...]) -> None:
        """Show performances, behind what is none."""
        self._rows = rows
        self.show_role()

    def show_role(self) -> None:
        """Offer lines to follow the drums."""
        if self._rows:
            if self._document.project.role is Role.DRUMS:
                self._panel.set_presets((HUMANIZE_ROW, *self._rows))
            else:
                of_lines = (row for row in self._rows if row.id is None or humanizer_of(row.id) is None)
                self._panel.set_presets((HUMANIZE_ROW, FOLLOW_ROW, *of_lines))

    def toggle_star(self, preset: str) -> None:
        """Make a groove a favourite, or none any more."""
        kept = tuple(each for each in self._settings.value.favourite_grooves if each != preset)
        starred = kept if len(kept) < len(self._settings.value.favourite_grooves) else (*kept, preset)
        self._settings.update(favourite_grooves=starred)
        self._panel.set_favourites(starred)


def _rows(studio: "Studio") -> tuple[PresetRow, ...]:
    return (*added_humanizer_rows(studio), *groove_rows(studio.groove_library))
