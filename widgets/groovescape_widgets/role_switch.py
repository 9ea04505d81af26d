"""Which part is made: drums, melody, bass, or the three together."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from groovescape_widgets.segments import Choosable, Segments

ROLES: Final = (
    Choosable("drums", "Drums", "Drum patterns (Alt+1)"),
    Choosable("melody", "Melody", "Melodies (Alt+2)"),
    Choosable("bass", "Bass", "Bass lines (Alt+3)"),
    Choosable("trio", "Trio", "Melody, bass and drums together (Alt+4)"),
)


class RoleSwitch(Segments):
    """Drums, melody, bass, trio. role_chosen(key) comes when a hand chooses another; set_role emits nothing."""

    role_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with drums."""
        super().__init__("Part", ROLES)
        if parent is not None:
            self.setParent(parent)
        self.chosen.connect(self.role_chosen)

    @property
    def role(self) -> str:
        """The part that is shown."""
        return self.key

    def set_role(self, role: str) -> None:
        """Show a part; ValueError if there is no such."""
        self.set_key(role)
