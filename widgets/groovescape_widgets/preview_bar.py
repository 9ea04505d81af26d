"""Which groove is heard; while it is only tried, that is said, with the way on and the way back."""

from typing import Final

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from groovescape_widgets.color import faded
from groovescape_widgets.labels import ElidedLabel
from groovescape_widgets.theme import colors
from groovescape_widgets.tokens import RADIUS, SPACE_S, SPACE_XS, STROKE, FontSize
from groovescape_widgets.word_button import WordButton

HEIGHT: Final = 28


class PreviewBar(QWidget):
    """One line of a fixed height, so that nothing moves when a preview begins."""

    apply_wanted = Signal()
    revert_wanted = Signal()

    def __init__(self) -> None:
        """Start with no groove, applied."""
        super().__init__()
        self.words = ElidedLabel("", size=FontSize.SMALL)
        self.apply_button = WordButton("Apply", "Keep this groove: one undo step (Enter, or double click)", strong=True)
        self.revert_button = WordButton("Revert", "Back to the groove before (Escape)")
        self._is_preview = False
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_S, 0, SPACE_XS, 0)
        row.setSpacing(SPACE_XS)
        row.addWidget(self.words, 1)
        for button, wish in ((self.apply_button, self.apply_wanted), (self.revert_button, self.revert_wanted)):
            row.addWidget(button)
            button.clicked.connect(wish)
        self.show_groove("No groove", is_preview=False)

    @property
    def is_preview(self) -> bool:
        """Whether the groove shown is only tried."""
        return self._is_preview

    def show_groove(self, title: str, *, is_preview: bool) -> None:
        """Name the groove that is heard."""
        self._is_preview = is_preview
        self.words.set_text(f"Trying {title}" if is_preview else title)
        for button in (self.apply_button, self.revert_button):
            button.setVisible(is_preview)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a frame in the accent while something is tried, a quiet line else."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = colors(self.palette())
        painter.setPen(QPen(tokens.accent if self._is_preview else tokens.line, STROKE))
        painter.setBrush(faded(tokens.accent, 0.14) if self._is_preview else tokens.panel)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
