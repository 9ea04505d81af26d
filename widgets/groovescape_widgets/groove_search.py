"""What is searched for in the grooves: words, a style, favourites; and whether the pointer alone auditions."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from groovescape_widgets.choice import Choice
from groovescape_widgets.groove_rows import ANY, OWN, Wanted
from groovescape_widgets.icon_button import IconButton
from groovescape_widgets.icons import Icon
from groovescape_widgets.tokens import CONTROL_HEIGHT, SPACE_S

ANY_STYLE: Final = "All styles"
OWN_GROOVES: Final = "Your own"


class SearchField(QLineEdit):
    """A field over a list: Down goes to the list, Escape empties it, Enter and another Escape are left to others."""

    leave_down = Signal()

    def __init__(self, hint: str) -> None:
        """Show a hint while empty."""
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        self.setFixedHeight(CONTROL_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave to the list or empty the field."""
        if event.key() == Qt.Key.Key_Down:
            self.leave_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


class GrooveSearch(QWidget):
    """A field, and under it a choice of styles, favourites and hearing on hover.

    wanted(Wanted) comes with every change of what is searched for; hover_toggled(bool) when the switch is pressed.
    """

    wanted_changed = Signal(object)
    hover_toggled = Signal(bool)

    def __init__(self) -> None:
        """Search for nothing."""
        super().__init__()
        self.field = SearchField("Search grooves")
        self.field.setToolTip(
            "Names, styles, drummers, tempo, or words as laid back, pushed, swung, straight, ghost notes"
        )
        self.styles = Choice("Style of the grooves shown")
        self.favourites = IconButton(Icon.STAR, "Favourites only", checkable=True)
        self.hover = IconButton(Icon.HOVER, "Hear on hover: rest the pointer on a groove", checkable=True)
        self._keys: tuple[str, ...] = ()
        self.set_styles((), has_own=False)
        self._arrange()
        self.field.textChanged.connect(lambda _text: self._tell())
        self.styles.currentIndexChanged.connect(lambda _index: self._tell())
        self.favourites.toggled.connect(lambda _on: self._tell())
        self.hover.clicked.connect(self.hover_toggled)

    @property
    def wanted(self) -> Wanted:
        """What is searched for."""
        style = self._keys[self.styles.currentIndex()] if self.styles.currentIndex() > 0 else ANY
        return Wanted(tuple(self.field.text().casefold().replace("-", " ").split()), style, self.favourites.isChecked())

    def set_styles(self, styles: Sequence[str], *, has_own: bool) -> None:
        """Offer styles, keeping the choice where it is still there."""
        chosen = self._keys[self.styles.currentIndex()] if self.styles.currentIndex() > 0 else ANY
        self._keys = (ANY, *((OWN,) if has_own else ()), *styles)
        names = {ANY: ANY_STYLE, OWN: OWN_GROOVES}
        self.styles.set_names([names.get(key, key) for key in self._keys])
        self.styles.set_index(self._keys.index(chosen) if chosen in self._keys else 0)

    def start(self) -> None:
        """Bring the keyboard to the field, with what stands there chosen."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def clear(self) -> None:
        """Search for nothing again."""
        self.field.clear()
        self.styles.setCurrentIndex(0)
        self.favourites.setChecked(False)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addWidget(self.styles, 1)
        row.addWidget(self.favourites)
        row.addWidget(self.hover)
        layout.addWidget(self.field)
        layout.addLayout(row)

    def _tell(self) -> None:
        self.wanted_changed.emit(self.wanted)
