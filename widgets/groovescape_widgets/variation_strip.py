"""Variations of a pattern as thumbnails: listen, keep, drag out."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from groovescape_models.music.pattern import Pattern

STRIP_HEIGHT = 88


class VariationStrip(QWidget):
    """Thumbnails, a button that asks for others, and a dial for how similar they are to the pattern (0..1).

    auditioned(index) asks to hear one and stopped() to hear the pattern again; kept(index) puts one in the pattern's
    place; drag_wanted(index, source widget) carries one out. The setters emit nothing.
    """

    asked = Signal()
    similarity_changed = Signal(float)
    auditioned = Signal(int)
    kept = Signal(int)
    drag_wanted = Signal(int, QWidget)
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setFixedHeight(STRIP_HEIGHT)

    def set_variations(self, patterns: Sequence[Pattern]) -> None:
        """Show other variations."""

    def set_busy(self, busy: bool) -> None:
        """Show that variations are being made."""

    def set_current(self, index: int | None) -> None:
        """Show which variation sounds, None for none."""

    def set_similarity(self, similarity: float) -> None:
        """Show how similar variations are asked to be, 0..1."""

    def sizeHint(self) -> QSize:
        """Room for eight thumbnails."""
        return QSize(640, STRIP_HEIGHT)
