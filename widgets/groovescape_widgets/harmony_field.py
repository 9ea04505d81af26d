"""Key and chords: what lines are made in."""

from typing import Final

from PySide6.QtCore import QSignalBlocker, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from groovescape_models.music.key import NOTE_NAMES, SCALES, Key, read_key
from groovescape_widgets.check_box import CheckBox
from groovescape_widgets.choice import Choice
from groovescape_widgets.chord_ideas import progressions
from groovescape_widgets.labels import ElidedLabel
from groovescape_widgets.tokens import CONTROL_HEIGHT, SPACE_S, SPACE_XS, FontSize

ANY_KEY: Final = "Any key"
TONIC_WIDTH: Final = 96
SCALE_WIDTH: Final = 144
LEAST_CHORDS: Final = 130
MOST_IDEAS: Final = 12
IDEAS_WIDTH: Final = 232
CHORDS_TIP: Final = "Chords, one a bar, parted by |. Down: a few progressions. Empty: any chords."
STRICT_TIP: Final = "Notes outside the key are moved into it."


def _ideas_list() -> QListView:
    """Return a list that is as wide as its progressions, in the look that the style sheet has for it."""
    ideas = QListView()
    ideas.setObjectName("ideas")
    ideas.setAccessibleName("Progressions")
    ideas.setMinimumWidth(IDEAS_WIDTH)
    ideas.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return ideas


class ChordField(QLineEdit):
    """A line of chords; Down offers progressions."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._ideas = QStringListModel(self)
        completer = QCompleter(self._ideas, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(MOST_IDEAS)
        completer.setPopup(_ideas_list())
        completer.activated.connect(lambda _: self.editingFinished.emit())
        self.setCompleter(completer)
        self.setPlaceholderText("C | Am | F | G7")
        self.setAccessibleName("Chords, one a bar")
        self.setToolTip(CHORDS_TIP)
        self.setFixedHeight(CONTROL_HEIGHT)
        self.setMinimumWidth(LEAST_CHORDS)

    def offer(self, key: Key | None) -> None:
        """Offer the progressions of a key."""
        self._ideas.setStringList(list(progressions(key)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Offer progressions with Down."""
        if event.key() == Qt.Key.Key_Down:
            self.completer().setCompletionPrefix("")
            self.completer().complete()
        else:
            super().keyPressEvent(event)

    def show_text(self, text: str) -> None:
        """Show a text from its beginning, without a signal."""
        with QSignalBlocker(self):
            if text != self.text().strip():
                self.setText(text)
                self.setCursorPosition(0)

    def set_wrong(self, wrong: bool) -> None:
        """Show that the text is not understood."""
        self.setProperty("wrong", wrong)
        self.style().unpolish(self)
        self.style().polish(self)


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
        self.chords = ChordField()
        self.strict = CheckBox("Stay in key", STRICT_TIP)
        self.problem = ElidedLabel(size=FontSize.SMALL)
        self._arrange()
        self.tonic.activated.connect(self._tell)
        self.scale.activated.connect(self._tell)
        self.chords.editingFinished.connect(self._tell)
        self.strict.clicked.connect(self._tell)
        self._settle()

    def _arrange(self) -> None:
        self.tonic.set_names((ANY_KEY, *NOTE_NAMES))
        self.scale.set_names(tuple(SCALES))
        self.tonic.setFixedWidth(TONIC_WIDTH)
        self.scale.setMaximumWidth(SCALE_WIDTH)
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

    @property
    def harmony(self) -> tuple[str, str, bool]:
        """Key and chords as text, each empty where nothing is asked for, and whether notes stay in the key."""
        key = f"{self.tonic.currentText()} {self.scale.currentText()}" if self.tonic.currentIndex() > 0 else ""
        return key, self.chords.text().strip(), self.strict.isChecked()

    def set_harmony(self, key_text: str, chords_text: str, strict: bool) -> None:
        """Show key, chords and strictness; UnknownNameError if the key is none."""
        if key_text:
            key = read_key(key_text)
            self.tonic.set_index(1 + key.tonic)
            self.scale.set_index(tuple(SCALES).index(key.scale))
        else:
            self.tonic.set_index(0)
        self.chords.show_text(chords_text)
        with QSignalBlocker(self.strict):
            self.strict.setChecked(strict)
        self._settle()

    def set_problem(self, problem: str | None) -> None:
        """Show a sentence that says what is wrong with the chords or the key, None if nothing is."""
        self.problem.set_text(problem or "")
        self.problem.set_alert(problem is not None)
        self.problem.setVisible(problem is not None)
        self.chords.set_wrong(problem is not None)
        self.chords.setToolTip(problem or CHORDS_TIP)

    def _settle(self) -> None:
        """Offer only what has a meaning with the key that is shown."""
        self._told = self.harmony
        key_text = self._told[0]
        self.scale.setEnabled(bool(key_text))
        self.strict.setEnabled(bool(key_text))
        self.chords.offer(read_key(key_text) if key_text else None)

    def _tell(self) -> None:
        if self.harmony != self._told:
            self._settle()
            self.harmony_chosen.emit(*self.harmony)
