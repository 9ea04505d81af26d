"""What can be done with a groove: the menu of a row, the menu of the panel, and their dialogs."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QObject, QPoint, QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QMessageBox

from groovescape.controllers.audition import AuditionController
from groovescape.controllers.groove_files import GrooveFilesController
from groovescape.controllers.groove_list import GrooveListController
from groovescape.document import Document
from groovescape.settings import SettingsFile
from groovescape_models.errors import GroovescapeError
from groovescape_widgets.groove_panel import GroovePanel

OPEN_FILTER: Final = "Grooves and performances (*.groove *.mid *.midi *.smf *.h2pattern *.h2song);;All files (*)"
SUFFIX: Final = ".groove"
SAVE_FILTER: Final = "Grooves (*.groove);;All files (*)"
YES: Final = QMessageBox.StandardButton.Yes


class GrooveMenuController(QObject):
    """Menus and dialogs of the groove panel. Everything that they do may be done without them."""

    failed = Signal(str)

    def __init__(
        self,
        document: Document,
        panel: GroovePanel,
        rows: GrooveListController,
        files: GrooveFilesController,
        audition: AuditionController,
        settings: SettingsFile,
        folder: Path,
    ) -> None:
        """Work for a panel; folder is where the user's own grooves are kept."""
        super().__init__(panel)
        self._document, self._panel, self._rows = document, panel, rows
        self._files, self._audition, self._settings, self._folder = files, audition, settings, folder

    def row_menu(self, preset: str | None) -> QMenu:
        """Return what can be done with a row."""
        row, menu = self._panel.row_of(preset), self._menu()
        _add(menu, "Apply", partial(self._apply, preset))
        if preset is not None and row is not None and row.is_performance:
            starred = preset in self._settings.value.favourite_grooves
            _add(menu, "No favourite any more" if starred else "Favourite", partial(self._rows.toggle_star, preset))
            menu.addSeparator()
            _add(menu, "Save as…", partial(self.ask_save, preset))
        if preset is not None and row is not None and row.is_own:
            _add(menu, "Rename…", partial(self.ask_rename, preset))
            _add(menu, "Remove…", partial(self.ask_remove, preset))
        return menu

    def menu(self) -> QMenu:
        """Return what can be done with grooves."""
        menu, corners = self._menu(), self._document.project.corners
        _add(menu, "Take the groove of this pattern", self._files.take_pattern)
        from_corner = menu.addMenu("Take the groove of a corner")
        from_corner.setEnabled(bool(corners))
        for index, corner in enumerate(corners):
            _add(from_corner, corner.name, partial(self._files.take_corner, index))
        _add(menu, "Import a groove…", self.ask_import)
        menu.addSeparator()
        _add(menu, "Save the groove that is heard as…", partial(self.ask_save, self._panel.choice))
        _add(menu, "Show the folder of your grooves", self.show_folder)
        return menu

    def show_row_menu(self, preset: str | None, place: QPoint) -> None:
        """Offer what can be done with a row."""
        self.row_menu(preset).popup(place)

    def show_menu(self, place: QPoint) -> None:
        """Offer what can be done with grooves."""
        self.menu().popup(place)

    def ask_import(self) -> None:
        """Let the user choose a file and take its groove."""
        name, _ = QFileDialog.getOpenFileName(self._panel, "Import a groove", str(self._place()), OPEN_FILTER)
        if name:
            self._files.take_file(Path(name))

    def ask_save(self, preset: str | None) -> None:
        """Let the user choose a place and save a groove there."""
        row = self._panel.row_of(preset)
        stem = file_name(row.name if row is not None and row.is_performance else "My groove")
        name, _ = QFileDialog.getSaveFileName(self._panel, "Save the groove", str(self._place() / stem), SAVE_FILTER)
        if name:
            path = Path(name)
            self._files.save(preset, path if path.suffix.lower() == SUFFIX else path.with_name(f"{path.name}{SUFFIX}"))

    def ask_rename(self, preset: str) -> None:
        """Let the user write another name for one of his grooves."""
        row = self._panel.row_of(preset)
        if row is not None:
            name, agreed = QInputDialog.getText(self._panel, "Rename the groove", "Name:", text=row.title)
            if agreed:
                self._files.rename(preset, name)

    def ask_remove(self, preset: str) -> None:
        """Remove one of the user's grooves, if he means it."""
        row = self._panel.row_of(preset)
        question = f"Remove {row.title}? Its file is deleted." if row is not None else ""
        if row is not None and QMessageBox.question(self._panel, "Remove the groove", question) == YES:
            self._files.remove(preset, row.title)

    def show_folder(self) -> None:
        """Show where the user's own grooves are kept."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self.failed.emit(f"{self._folder} cannot be made ({error.strerror}).")
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))):
            self.failed.emit(f"Your grooves are in {self._folder}; no program here shows folders.")

    def drag(self, preset: str) -> None:
        """Carry a groove out as a file."""
        from groovescape.export.drag import start_drag

        try:
            path = self._files.write_for_drag(preset)
        except GroovescapeError as error:
            self.failed.emit(str(error))
            return
        if path is None:
            return
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        start_drag(self._panel.presets, mime, self._panel.presets.picture_of(preset))

    def _apply(self, preset: str | None) -> None:
        self._audition.try_out(preset)
        self._audition.apply()

    def _menu(self) -> QMenu:
        menu = QMenu(self._panel)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _place(self) -> Path:
        folder = Path(self._settings.value.folder)
        if self._settings.value.folder and folder.is_dir():
            return folder
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def file_name(name: str) -> str:
    """Return a name as that of a .groove file."""
    from groovescape_models.music.groove_names import id_of

    return f"{id_of(name)}{SUFFIX}"


def _add(menu: QMenu, text: str, run: Callable[[], object]) -> None:
    menu.addAction(text).triggered.connect(lambda _checked=False: run())
