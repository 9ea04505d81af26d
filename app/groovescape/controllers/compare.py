"""A and B: the pattern as it is written and with its groove, one against the other while it plays. No undo step."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QObject, Qt, Signal

from groovescape.controllers.views import Views
from groovescape.document import Document
from groovescape_models.music.project import Project
from groovescape_widgets.groove_view import GrooveView

if TYPE_CHECKING:
    from groovescape.window import MainWindow

HOLD_MS: Final = 350
"""A key or a button that is held longer goes back to the groove when it is let go."""
NO_GROOVE: Final = "There is no groove to compare with yet: choose one from the list at the right."


class CompareController(QObject):
    """Lets the pattern be heard as it is written while a groove plays it; what is exported never changes by it."""

    said = Signal(str)

    def __init__(self, document: Document, views: Views, window: "MainWindow") -> None:
        """Connect the switch, the charts and the key of a window."""
        super().__init__(window)
        self._document, self._views, self._window = document, views, window
        self._held = QElapsedTimer()
        view: GrooveView = window.feel
        view.as_written_chosen.connect(self.set_as_written)
        view.compare_pressed.connect(self.press)
        view.compare_released.connect(self.release)
        window.key_released.connect(self._on_key)
        document.changed.connect(self._on_changed)
        view.set_comparable(False)

    def press(self) -> None:
        """Change to the other way; held for a while, it changes back at release."""
        if self._document.project.feel is None:
            self.said.emit(NO_GROOVE)
            return
        self.set_as_written(not self._views.as_written)
        self._held.start()

    def release(self) -> None:
        """Go back to the groove if the hand has held on to what is written."""
        if self._held.isValid() and self._held.elapsed() >= HOLD_MS:
            self.set_as_written(False)
        self._held.invalidate()

    def set_as_written(self, as_written: bool) -> None:
        """Let the pattern be heard as it is written, or with its groove again."""
        self._views.set_as_written(as_written)
        self._window.feel.set_as_written(as_written)

    def _on_key(self, key: int) -> None:
        if key == Qt.Key.Key_B:
            self.release()

    def _on_changed(self, before: Project, after: Project) -> None:
        """Let a groove be heard that is just being changed; without one there is nothing to compare."""
        self._window.feel.set_comparable(after.feel is not None)
        if self._views.as_written and (after.feel is None or before.groove != after.groove):
            self.set_as_written(False)
