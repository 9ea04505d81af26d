"""Dark, light, or as the system: which of them is on, and changing it."""

from typing import Final, Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from groovescape.settings import SettingsFile
from groovescape_widgets.theme import apply_theme

Scheme = Literal["dark", "light"]
THEME_CHOICES: Final = (("system", "Follow the system"), ("dark", "Dark"), ("light", "Light"))


class Look(QObject):
    """Dresses the application as the settings say."""

    changed = Signal()

    def __init__(self, application: QApplication, settings: SettingsFile, parent: QObject | None = None) -> None:
        """Put the theme of the settings on."""
        super().__init__(parent)
        self._application, self._settings = application, settings
        self._on: Scheme | None = None
        application.styleHints().colorSchemeChanged.connect(self._put_on)
        self._put_on()

    @property
    def scheme(self) -> Scheme:
        """What the settings come to: without a word from the system, dark."""
        theme = self._settings.value.theme
        system = self._application.styleHints().colorScheme()
        is_light = system is Qt.ColorScheme.Light if theme == "system" else theme == "light"
        return "light" if is_light else "dark"

    def choose(self, theme: str) -> None:
        """Change the theme and remember it."""
        self._settings.update(theme=theme)
        self._put_on()
        self.changed.emit()

    def toggle(self) -> None:
        """Change from dark to light or back."""
        self.choose("light" if self.scheme == "dark" else "dark")

    def _put_on(self) -> None:
        if self.scheme != self._on:
            self._on = self.scheme
            apply_theme(self._application, self._on)
