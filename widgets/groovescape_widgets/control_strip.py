"""Sliders of musical controls in a row: each says what it moves, as a share of all patterns known."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from groovescape_widgets.slider import SliderRange, ValueSlider
from groovescape_widgets.theme import font
from groovescape_widgets.tokens import SPACE_S, SPACE_XS, FontSize

LEAST_WIDTH: Final = 72
PERCENTILES: Final = SliderRange(0.0, 100.0, 50.0, 5.0)


@dataclass(frozen=True, slots=True)
class Control:
    """One slider: its name for signals, its title, and what its tooltip tells."""

    name: str
    title: str
    tip: str


class ControlSlider(ValueSlider):
    """A slider in small type; a double click or Delete asks for the pattern's own value, which it does not know."""

    reset = Signal()

    def __init__(self, control: Control) -> None:
        """Show a control in the middle."""
        self._control = control
        super().__init__(control.title, PERCENTILES)
        self.setFont(font(FontSize.SMALL))
        self._is_short = False

    @property
    def is_tight(self) -> bool:
        """Whether name and number with its sign find no room beside each other."""
        metrics = QFontMetrics(self.font())
        words = metrics.horizontalAdvance(self._control.title) + metrics.horizontalAdvance(PERCENTILES.text(100.0))
        return words + SPACE_XS + SPACE_S > self.width()

    def set_short(self, short: bool) -> None:
        """Leave the sign of per cent out, for the name to find room."""
        if short != self._is_short:
            self._is_short = short
            self.update()

    def number_words(self) -> str:
        """Return the number as it is drawn."""
        return f"{self.value:.0f}" if self._is_short else super().number_words()

    def hint(self) -> str:
        """Return what the tooltip says under the number: the control's own words, a sentence a line."""
        return self._control.tip.replace(". ", ".\n") + "\nCtrl: fine. Delete: as the pattern was."

    def go_home(self) -> None:
        """Ask for the pattern's own value."""
        self.reset.emit()

    def minimumSizeHint(self) -> QSize:
        """The least that shows number and track."""
        return QSize(LEAST_WIDTH, self.sizeHint().height())

    def _value_width(self) -> int:
        """Leave the name as much room as there is."""
        return QFontMetrics(self.font()).horizontalAdvance(self.number_words()) + SPACE_XS

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask with Delete, too."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.go_home()
        else:
            super().keyPressEvent(event)


class ControlStrip(QWidget):
    """Named sliders of percentiles, 0..1.

    changing(name, value) comes with every movement of a hand, committed(name, value) once when it lets go, and
    reset(name) with a double click: the pattern's own value is asked back. The setters emit nothing.
    """

    changing = Signal(str, float)
    committed = Signal(str, float)
    reset = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without sliders."""
        super().__init__(parent)
        self.sliders: dict[str, ControlSlider] = {}
        self._controls: tuple[Control, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE_S)

    def set_controls(self, controls: Sequence[Control]) -> None:
        """Offer other sliders, left to right; the same ones stay as they are."""
        if tuple(controls) == self._controls:
            return
        self._controls = tuple(controls)
        for slider in self.sliders.values():
            self._row.removeWidget(slider)
            slider.hide()
            slider.deleteLater()
        self.sliders = {control.name: self._slider(control) for control in controls}
        for slider in self.sliders.values():
            self._row.addWidget(slider, 1)
        self._shorten()

    def _slider(self, control: Control) -> ControlSlider:
        slider = ControlSlider(control)
        slider.reset.connect(lambda: self.reset.emit(control.name))
        slider.changing.connect(lambda percent: self.changing.emit(control.name, percent / 100))
        slider.committed.connect(lambda percent: self.committed.emit(control.name, percent / 100))
        return slider

    def set_values(self, values: Mapping[str, float]) -> None:
        """Show values by name; names without a slider are passed over, and a slider held by a hand knows better."""
        for name, value in values.items():
            if name in self.sliders:
                self.sliders[name].set_value(value * 100)

    def set_enabled_names(self, names: Collection[str]) -> None:
        """Let these sliders be moved and no others."""
        for name, slider in self.sliders.items():
            slider.setEnabled(name in names)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave signs out where names need the room, in all sliders alike."""
        self._shorten()

    def _shorten(self) -> None:
        self._row.activate()
        short = any(slider.is_tight for slider in self.sliders.values())
        for slider in self.sliders.values():
            slider.set_short(short)
