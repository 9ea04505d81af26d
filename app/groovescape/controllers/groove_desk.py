"""All that works for the groove panel, wired to one another: list, audition, amounts, files, menus."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from groovescape.controllers.amounts import AmountsController
from groovescape.controllers.audition import AuditionController
from groovescape.controllers.door import StudioDoor
from groovescape.controllers.groove_list import GrooveListController
from groovescape.document import Document
from groovescape.jobs import Jobs
from groovescape.settings import SettingsFile
from groovescape_widgets.groove_panel import GroovePanel

if TYPE_CHECKING:
    from groovescape.controllers.groove_files import GrooveFilesController
    from groovescape.controllers.groove_menu import GrooveMenuController


class GrooveDesk(QObject):
    """The controllers of the groove panel. What any of them says is said here."""

    said = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        document: Document,
        jobs: Jobs,
        panel: GroovePanel,
        door: StudioDoor,
        settings: SettingsFile,
        folder: Path,
    ) -> None:
        """Connect a panel; folder is where the user's own grooves are kept."""
        super().__init__(panel)
        self._document, self._jobs, self._panel, self._door = document, jobs, panel, door
        self._settings, self._folder = settings, folder
        self.rows = GrooveListController(document, jobs, panel, door, settings)
        self.audition = AuditionController(document, jobs, panel, door)
        self.amounts = AmountsController(document, jobs, panel, door, settings)
        self._tell_of(self.audition, self.amounts)
        self.rows.failed.connect(self.failed)
        panel.file_dropped.connect(lambda path: self.files.take_file(Path(path)))
        panel.menu_wanted.connect(lambda preset, place: self.menu.show_row_menu(preset, place))
        panel.more_wanted.connect(lambda place: self.menu.show_menu(place))
        panel.rename_wanted.connect(lambda preset: self.menu.ask_rename(preset))
        panel.remove_wanted.connect(lambda preset: self.menu.ask_remove(preset))
        panel.drag_wanted.connect(lambda preset: self.menu.drag(preset))

    @cached_property
    def files(self) -> "GrooveFilesController":
        """The user's own grooves; made when they are first asked for, as the first paint does without."""
        from groovescape.controllers.groove_files import GrooveFilesController

        files = GrooveFilesController(self._document, self._jobs, self._door, self._settings, self._panel)
        files.rows_changed.connect(self.rows.show)
        files.taken.connect(lambda _groove: self._panel.search.clear())  # it might hide what is new
        files.taken.connect(self.audition.try_out)
        self._tell_of(files)
        return files

    @cached_property
    def menu(self) -> "GrooveMenuController":
        """Menus and dialogs; made when they are first asked for."""
        from groovescape.controllers.groove_menu import GrooveMenuController

        menu = GrooveMenuController(
            self._document, self._panel, self.rows, self.files, self.audition, self._settings, self._folder
        )
        menu.failed.connect(self.failed)
        return menu

    def _tell_of(self, *parts: "AuditionController | AmountsController | GrooveFilesController") -> None:
        for part in parts:
            part.said.connect(self.said)
            part.failed.connect(self.failed)

    def settle(self) -> None:
        """End what is under way as it stands."""
        self.audition.settle()

    def star(self) -> None:
        """Make the groove that is heard a favourite, or none any more."""
        preset = self._panel.choice
        row = self._panel.row_of(preset)
        if preset is not None and row is not None and row.is_performance:
            self.rows.toggle_star(preset)
        else:
            self.said.emit("Only a groove of the list can be starred: choose one first.")

    def take(self) -> None:
        """Take the groove of the pattern, keep it and try it."""
        self.files.take_pattern()

    def ask_import(self) -> None:
        """Let the user choose a file and take its groove."""
        self.menu.ask_import()

    def ask_save(self) -> None:
        """Let the user choose a place and save the groove there that is heard."""
        self.menu.ask_save(self._panel.choice)

    def show_role(self) -> None:
        """Show what belongs to the part on the stage."""
        self.rows.show_role()
        self.audition.show()
