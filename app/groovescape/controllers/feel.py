"""The pictures of the feel: which one is shown, and its steps under those of the pattern."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from groovescape.settings import SettingsFile

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    from groovescape.window import MainWindow
    from groovescape_widgets.ruler import TimeAxis
    from groovescape_widgets.time_view import TimeView


class TimeEditor(Protocol):
    """An editor of patterns whose time axis others follow."""

    @property
    def axis_changed(self) -> "SignalInstance":
        """Times are drawn elsewhere."""

    @property
    def axis(self) -> "TimeAxis":
        """Where times are drawn."""

    def look(self, view: "TimeView") -> None:
        """Show another stretch of time."""


class FeelController(QObject):
    """Remembers the chosen picture, and keeps its steps under the pattern's."""

    def __init__(self, settings: SettingsFile, window: "MainWindow") -> None:
        """Show the picture that was shown last."""
        super().__init__(window.feel)
        self._settings, self._window = settings, window
        self._editors: list[TimeEditor] = []
        window.feel.page_chosen.connect(lambda page: settings.update(feel_page=page))
        window.feel.steps.looked.connect(self._on_looked)
        window.feel.set_page(settings.value.feel_page if settings.value.feel_page != "histogram" else "steps")
        self.follow(window.grid)

    def show_late(self) -> None:
        """Show the histogram if it was shown last: it is too much for the first paint to wait for."""
        if self._settings.value.feel_page == "histogram":
            self._window.feel.set_page("histogram")

    def follow(self, editor: TimeEditor) -> None:
        """Follow an editor's axis while it is the one that is shown."""
        self._editors.append(editor)
        editor.axis_changed.connect(self.show_axis)

    def show_axis(self) -> None:
        """Draw times where the editor on the stage does."""
        editor = self._shown()
        if editor is not None:
            self._window.feel.set_axis(editor.axis)

    def _shown(self) -> TimeEditor | None:
        current = self._window.editors.currentWidget()
        return next((editor for editor in self._editors if editor is current), None)

    def _on_looked(self, view: "TimeView") -> None:
        editor = self._shown()
        if editor is not None:
            editor.look(view)
