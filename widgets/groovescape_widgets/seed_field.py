"""The seed: seen, typed, or thrown."""

from typing import Final

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpinBox, QWidget

from groovescape_widgets.icon_button import IconButton
from groovescape_widgets.icons import Icon
from groovescape_widgets.tokens import CONTROL_HEIGHT, SPACE_XS

LARGEST_SEED: Final = 2**31 - 1


class SeedBox(QSpinBox):
    """A whole number from 0; Space is left to the window, which plays and stops with it."""

    def __init__(self) -> None:
        """Start at 0."""
        super().__init__()
        self.setRange(0, LARGEST_SEED)
        self.setPrefix("Seed ")
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedHeight(CONTROL_HEIGHT)
        self.setMinimumWidth(80)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Seed")
        self.setToolTip("Seed: the same number and settings make the same pattern again. Type one, or use the arrows.")

    def event(self, event: QEvent) -> bool:
        """Leave Space to the window."""
        is_space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if is_space and event.type() == QEvent.Type.ShortcutOverride:
            event.ignore()
            return False
        return super().event(event)


class SeedField(QWidget):
    """A number and a dice. seed_chosen(number) comes when one is typed or stepped to; set_seed emits nothing."""

    seed_chosen = Signal(int)
    dice = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start at seed 0."""
        super().__init__(parent)
        self.box = SeedBox()
        self.throw = IconButton(Icon.DICE, "Throw another seed")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_XS)
        row.addWidget(self.box, 1)
        row.addWidget(self.throw)
        self.box.valueChanged.connect(self.seed_chosen)
        self.throw.clicked.connect(lambda: self.dice.emit())

    @property
    def seed(self) -> int:
        """The seed shown."""
        return self.box.value()

    def set_seed(self, seed: int) -> None:
        """Show a seed, 0 or more."""
        with QSignalBlocker(self.box):
            self.box.setValue(seed)
