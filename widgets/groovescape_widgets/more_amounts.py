"""What is asked for less often of a groove: quantise first, swing, spread, whose accents, and amounts by drum."""

from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from groovescape_models.music.feel import GrooveAmount
from groovescape_widgets.lane_amounts import LaneAmounts
from groovescape_widgets.line_slider import FURTHER, amount_slider, line_up
from groovescape_widgets.tokens import SPACE_XS
from groovescape_widgets.word_button import WordButton

SIXTEENTHS: Final = "1/16"
EIGHTHS: Final = "1/8"
ASIDE_PX: Final = 40
"""Width of the small buttons beside the sliders that have one."""


class MoreAmounts(QWidget):
    """The further part of a GrooveAmount.

    changing(GrooveAmount) comes with every movement, committed(GrooveAmount) once at its end; take_wanted when another
    draw of the spread is asked for. set_amount emits nothing.
    """

    changing = Signal(object)
    committed = Signal(object)
    take_wanted = Signal()

    def __init__(self, column: int) -> None:
        """Begin the tracks at a column in pixels."""
        super().__init__()
        self._amount = GrooveAmount()
        self.sliders = {name: amount_slider(name) for name in FURTHER}
        self.eighths = WordButton(SIXTEENTHS, "Swing of sixteenths or of eighths", checkable=True)
        self.take = WordButton("Anew", "Another take: draws the spread anew (Ctrl+T)")
        self.lanes = LaneAmounts()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_XS)
        beside = {"swing": self.eighths, "spread": self.take}
        line_up(layout, [(slider, beside.get(name)) for name, slider in self.sliders.items()], column, ASIDE_PX)
        layout.addWidget(self.lanes)
        self._connect()

    def set_amount(self, amount: GrooveAmount) -> None:
        """Show an amount."""
        self._amount = amount
        for name, slider in self.sliders.items():
            slider.set_value(getattr(amount, name) * 100)
        self.lanes.set_amounts(amount.lanes)
        self.eighths.setChecked(amount.swing_eighths)
        self.eighths.setText(EIGHTHS if amount.swing_eighths else SIXTEENTHS)

    def _connect(self) -> None:
        for name, slider in self.sliders.items():
            slider.changing.connect(lambda percent, name=name: self._change(**{name: percent / 100}))
            slider.committed.connect(lambda _percent: self.committed.emit(self._amount))
        self.lanes.changing.connect(lambda lanes: self._change(lanes=lanes))
        self.lanes.committed.connect(lambda _lanes: self.committed.emit(self._amount))
        self.eighths.clicked.connect(self._on_eighths)
        self.take.clicked.connect(self.take_wanted)

    def _change(self, **changes: Any) -> None:  # noqa: ANN401 (fields of GrooveAmount)
        self._amount = replace(self._amount, **changes)
        self.changing.emit(self._amount)

    def _on_eighths(self, eighths: bool) -> None:
        self._change(swing_eighths=eighths)
        self.set_amount(self._amount)
        self.committed.emit(self._amount)
