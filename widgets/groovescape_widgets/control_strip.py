"""Sliders of musical controls in a row: each says what it moves, as a share of all patterns known."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from groovescape_widgets.slider import SliderRange, ValueSlider
from groovescape_widgets.tokens import SPACE_M

PERCENTILES: Final = SliderRange(0.0, 100.0, 50.0, 5.0)


@dataclass(frozen=True, slots=True)
class Control:
    """One slider: its name for signals, its title, and what its tooltip tells."""

    name: str
    title: str
    tip: str


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
        self.sliders: dict[str, ValueSlider] = {}
        self._controls: tuple[Control, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE_M)

    def set_controls(self, controls: Sequence[Control]) -> None:
        """Offer other sliders, left to right; the same ones stay as they are."""
        if tuple(controls) == self._controls:
            return
        self._controls = tuple(controls)
        for slider in self.sliders.values():
            self._row.removeWidget(slider)
            slider.deleteLater()
        self.sliders = {control.name: self._slider(control) for control in controls}
        for slider in self.sliders.values():
            self._row.addWidget(slider, 1)

    def _slider(self, control: Control) -> ValueSlider:
        slider = ValueSlider(control.title, PERCENTILES)
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
