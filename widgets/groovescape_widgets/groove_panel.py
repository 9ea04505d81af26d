"""The groove panel: choose a drummer's groove and say how much of it."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from groovescape_models.music.feel import GrooveAmount
from groovescape_widgets.preset_list import PresetList, PresetRow
from groovescape_widgets.slider import SliderRange, ValueSlider
from groovescape_widgets.tokens import CONTROL_HEIGHT, SPACE_S

__all__ = ["GroovePanel", "PresetRow"]

AMOUNT = SliderRange(0.0, 150.0, 100.0, 5.0)


class SearchField(QLineEdit):
    """A field over a list: Down goes to the list, Escape empties it."""

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
        else:
            super().keyPressEvent(event)


class GroovePanel(QWidget):
    """Presets and three sliders.

    groove_chosen(id or None) comes when a hand or a key chooses a row; amount_changing(GrooveAmount) with every
    movement of a slider and amount_committed once at its end. The setters emit nothing.
    """

    groove_chosen = Signal(object)
    amount_changing = Signal(object)
    amount_committed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with no presets and the whole of a groove."""
        super().__init__(parent)
        self.search = SearchField("Search grooves")
        self.presets = PresetList()
        self.intensity = ValueSlider("Intensity", AMOUNT)
        self.timing = ValueSlider("Timing", AMOUNT)
        self.velocity = ValueSlider("Velocity", AMOUNT)
        self._sliders = (self.intensity, self.timing, self.velocity)
        self._choice: str | None = None
        self._arrange()
        self._connect()
        self.set_choice(None)

    def set_presets(self, rows: Sequence[PresetRow]) -> None:
        """Replace the presets, keeping the choice where it is still there."""
        with QSignalBlocker(self.presets.selectionModel()):
            self.presets.rows.set_rows(rows)
        self.set_choice(self._choice)

    @property
    def choice(self) -> str | None:
        """The id of the chosen preset."""
        return self._choice

    def set_choice(self, preset: str | None) -> None:
        """Show which preset is played; one that the search hides stays chosen."""
        self._choice = preset
        rows = self.presets.rows
        index = self.presets.shown.mapFromSource(rows.index(rows.row_of(preset)))
        left = self.presets.currentIndex()
        with QSignalBlocker(self.presets.selectionModel()):
            self.presets.setCurrentIndex(index)
        for row in (left, index):
            self.presets.update(row)
        self._enable_sliders()

    @property
    def amount(self) -> GrooveAmount:
        """What the sliders show."""
        return GrooveAmount(self.intensity.value / 100, self.timing.value / 100, self.velocity.value / 100)

    def set_amount(self, amount: GrooveAmount) -> None:
        """Show how much of the groove is applied."""
        self.intensity.set_value(amount.intensity * 100)
        self.timing.set_value(amount.timing * 100)
        self.velocity.set_value(amount.velocity * 100)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S)
        layout.addWidget(self.search)
        layout.addWidget(self.presets, 3)
        for slider in self._sliders:
            layout.addWidget(slider)
        self.presets.setMinimumHeight(96)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._filter)
        self.search.leave_down.connect(self.presets.setFocus)
        self.presets.selectionModel().currentChanged.connect(self._choose)
        for slider in self._sliders:
            slider.changing.connect(lambda _: self.amount_changing.emit(self.amount))
            slider.committed.connect(lambda _: self.amount_committed.emit(self.amount))

    def _filter(self, text: str) -> None:
        with QSignalBlocker(self.presets.selectionModel()):
            self.presets.shown.search(text)
        self.set_choice(self._choice)

    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._choice = self.presets.shown.preset(current).id
            self._enable_sliders()
            self.groove_chosen.emit(self._choice)

    def _enable_sliders(self) -> None:
        for slider in self._sliders:
            slider.setEnabled(self._choice is not None)
