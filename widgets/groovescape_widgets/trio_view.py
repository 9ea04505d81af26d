"""Three parts of one loop, one above the other."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from groovescape_models.music.pattern import Pattern
from groovescape_models.music.timing import Quarters


class TrioView(QWidget):
    """Melody, bass and drums. part_chosen(role) comes when a part is clicked or chosen by Enter."""

    part_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)

    def set_trio(self, melody: Pattern, bass: Pattern, drums: Pattern) -> None:
        """Show three parts."""

    def set_playhead(self, time: Quarters | None) -> None:
        """Show where the loop is playing."""

    def sizeHint(self) -> QSize:
        """Room for three parts."""
        return QSize(640, 320)
