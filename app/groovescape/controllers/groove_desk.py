"""All that works for the groove panel, wired to one another: list, audition, amounts, files, menus."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from groovescape.controllers.amounts import AmountsController
from groovescape.controllers.audition import AuditionController
from groovescape.controllers.door import StudioDoor
from groovescape.controllers.groove_files import GrooveFilesController
from groovescape.controllers.groove_list import GrooveListController
from groovescape.controllers.groove_menu import GrooveMenuController
from groovescape.document import Document
from groovescape.jobs import Jobs
from groovescape.settings import SettingsFile
from groovescape_widgets.groove_panel import GroovePanel


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
        self._panel = panel
        self.rows = GrooveListController(document, jobs, panel, door, settings)
        self.audition = AuditionController(document, jobs, panel, door)
        self.amounts = AmountsController(document, jobs, panel, door, settings)
        self.files = GrooveFilesController(document, jobs, door, settings, panel)
        self.menu = GrooveMenuController(document, panel, self.rows, self.files, self.audition, settings, folder)
        self._connect(panel)

    def _connect(self, panel: GroovePanel) -> None:
        panel.file_dropped.connect(lambda path: self.files.take_file(Path(path)))
        self.files.rows_changed.connect(self.rows.show)
        self.files.taken.connect(lambda _groove: panel.search.clear())  # it might hide what is new
        self.files.taken.connect(self.audition.try_out)
        for speaking in (self.audition, self.amounts, self.files):
            speaking.said.connect(self.said)
        for failing in (self.audition, self.amounts, self.files, self.menu):
            failing.failed.connect(self.failed)

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

    def show_role(self) -> None:
        """Show what belongs to the part on the stage."""
        self.rows.show_role()
        self.audition.show()
