"""Key and chords: what lines are made in."""

from typing import Final

from PySide6.QtCore import QSignalBlocker, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from groovescape_models.music.key import NOTE_NAMES, SCALES, read_key
from groovescape_widgets.choice import Choice
from groovescape_widgets.labels import ElidedLabel
from groovescape_widgets.tokens import CONTROL_HEIGHT, SPACE_S, SPACE_XS, FontSize

ANY_KEY: Final = "Any key"
PROGRESSIONS: Final = (
    "C | Am | F | G",
    "C | G | Am | F",
    "C | F | G | C",
    "Am | F | C | G",
    "Am | Dm | E7 | Am",
    "Dm7 | G7 | Cmaj7 | Cmaj7",
    "C7 | C7 | F7 | C7",
)


class HarmonyField(QWidget):
    """A tonic, a scale, chords of the bars and whether notes stay in the key.

    harmony_chosen(key_text, chords_text, strict) comes when one of them is chosen or typed; an empty text asks for
    nothing. The setters emit nothing.
    """

    harmony_chosen = Signal(str, str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with any key and no chords."""
        super().__init__(parent)
        self.tonic, self.scale = Choice("Tonic"), Choice("Scale")
        self.chords = QLineEdit()
        self.strict = QCheckBox("Stay in key")
        self.problem = ElidedLabel(size=FontSize.SMALL)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.tonic.set_names((ANY_KEY, *NOTE_NAMES))
        self.scale.set_names(tuple(SCALES))
        self.chords.setPlaceholderText("Chords, such as C | Am | F | G7")
        self.chords.setAccessibleName("Chords, one a bar")
        self.chords.setFixedHeight(CONTROL_HEIGHT)
        completer = QCompleter(QStringListModel(list(PROGRESSIONS), self), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.chords.setCompleter(completer)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        for widget in (self.tonic, self.scale, self.chords, self.strict):
            row.addWidget(widget, 1 if widget is self.chords else 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_XS)
        column.addLayout(row)
        column.addWidget(self.problem)
        self.set_problem(None)

    def _connect(self) -> None:
        self.tonic.activated.connect(self._tell)
        self.scale.activated.connect(self._tell)
        self.chords.editingFinished.connect(self._tell)
        self.strict.clicked.connect(self._tell)
        self._told = self.harmony

    @property
    def harmony(self) -> tuple[str, str, bool]:
        """Key and chords as text, each empty where nothing is asked for, and whether notes stay in the key."""
        has_key = self.tonic.currentIndex() > 0
        key = f"{self.tonic.currentText()} {self.scale.currentText()}" if has_key else ""
        return key, self.chords.text().strip(), self.strict.isChecked()

    def set_harmony(self, key_text: str, chords_text: str, strict: bool) -> None:
        """Show key, chords and strictness; UnknownNameError if the key is none."""
        if key_text:
            key = read_key(key_text)
            self.tonic.set_index(1 + key.tonic)
            self.scale.set_index(tuple(SCALES).index(key.scale))
        else:
            self.tonic.set_index(0)
        with QSignalBlocker(self.chords), QSignalBlocker(self.strict):
            self.chords.setText(chords_text)
            self.strict.setChecked(strict)
        self._told = self.harmony

    def set_problem(self, problem: str | None) -> None:
        """Show a sentence that says what is wrong with the chords or the key, None if nothing is."""
        self.problem.set_text(problem or "")
        self.problem.set_alert(problem is not None)
        self.problem.setVisible(problem is not None)

    def _tell(self) -> None:
        if self.harmony != self._told:
            self._told = self.harmony
            self.harmony_chosen.emit(*self.harmony)
