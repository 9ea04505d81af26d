"""How much of a groove: three sliders, and folded away behind them all that is asked for less often."""

from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from groovescape_models.music.feel import EVEN_LANES, GrooveAmount
from groovescape_widgets.fold import FoldButton
from groovescape_widgets.lane_amounts import LaneAmounts
from groovescape_widgets.line_slider import LineSlider
from groovescape_widgets.slider import SliderRange
from groovescape_widgets.tokens import SPACE_S, SPACE_XS
from groovescape_widgets.word_button import WordButton

BASIC: Final = {
    "intensity": ("Intensity", 150.0, 100.0, "How much of the drummer: 0 % is your pattern, 150 % more than he does."),
    "timing": ("Timing", 150.0, 100.0, "How far hits go early or late."),
    "velocity": ("Velocity", 150.0, 100.0, "How far hits get louder or softer."),
}
FURTHER: Final = {
    "quantise": ("Quantise", 100.0, 0.0, "First takes so much of your own distance from the grid away."),
    "swing": ("Swing", 100.0, 0.0, "How far off-beats are late: 100 % is a triplet."),
    "spread": ("Spread", 150.0, 35.0, "How unevenly the drummer plays: each hit by itself."),
    "respect": ("Accents", 100.0, 100.0, "How much your own accents are kept: 0 % takes the groove's velocities."),
}
"""Field of GrooveAmount: name, highest and usual value in per cent, and what it does."""
SIXTEENTHS: Final = "1/16"
EIGHTHS: Final = "1/8"
ASIDE_PX: Final = 40
"""Width of the small buttons beside the sliders that have one."""


class GrooveAmounts(QWidget):
    """Everything of a GrooveAmount.

    changing(GrooveAmount) comes with every movement, committed(GrooveAmount) once at its end; take_wanted when another
    draw of the spread is asked for, unfolded(bool) when a hand opens or closes the section. Setters emit nothing.
    """

    changing = Signal(object)
    committed = Signal(object)
    take_wanted = Signal()
    unfolded = Signal(bool)

    def __init__(self) -> None:
        """Start with the usual amounts, folded."""
        super().__init__()
        self.sliders = {name: _slider(*facts) for name, facts in (BASIC | FURTHER).items()}
        self.eighths = WordButton(SIXTEENTHS, "Swing of sixteenths or of eighths", checkable=True)
        self.take = WordButton("Anew", "Another take: draws the spread anew (Ctrl+T)")
        self.lanes = LaneAmounts()
        self.fold = FoldButton("More", "Quantise, swing, spread, your accents, and amounts by drum")
        self.more = QWidget()
        self._amount = GrooveAmount()
        self._arrange()
        self._connect()
        self.set_unfolded(False)
        self._show()

    @property
    def amount(self) -> GrooveAmount:
        """What is shown."""
        return self._amount

    def set_amount(self, amount: GrooveAmount) -> None:
        """Show an amount."""
        self._amount = amount
        self._show()

    def set_unfolded(self, unfolded: bool) -> None:
        """Show what is asked for less often, or fold it away."""
        self.fold.setChecked(unfolded)
        self.more.setVisible(unfolded)
        self.updateGeometry()

    def set_for_drums(self, is_drums: bool) -> None:
        """Show amounts by drum where there are drums."""
        self.lanes.setVisible(is_drums)

    def set_usable(self, usable: bool) -> None:
        """Let sliders move: there is a groove to have more or less of."""
        for part in (*self.sliders.values(), self.lanes, self.eighths, self.take):
            part.setEnabled(usable)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_XS)
        column = max(slider.name_width() for slider in self.sliders.values())
        _line_up(layout, [(self.sliders[name], None) for name in BASIC], column)
        layout.addWidget(self.fold)
        layout.addWidget(self.more)
        inner = QVBoxLayout(self.more)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(SPACE_XS)
        beside = {"swing": self.eighths, "spread": self.take}
        _line_up(inner, [(self.sliders[name], beside.get(name)) for name in FURTHER], column, ASIDE_PX)
        inner.addWidget(self.lanes)

    def _connect(self) -> None:
        for name, slider in self.sliders.items():
            slider.changing.connect(lambda percent, name=name: self._move(name, percent))
            slider.committed.connect(lambda _percent: self.committed.emit(self._amount))
        self.lanes.changing.connect(lambda lanes: self._change(replace(self._amount, lanes=lanes)))
        self.lanes.committed.connect(lambda _lanes: self.committed.emit(self._amount))
        self.eighths.clicked.connect(self._on_eighths)
        self.take.clicked.connect(self.take_wanted)
        self.fold.clicked.connect(self._on_fold)

    def _move(self, name: str, percent: float) -> None:
        changes: dict[str, Any] = {name: percent / 100}
        self._change(replace(self._amount, **changes))

    def _change(self, amount: GrooveAmount) -> None:
        self._amount = amount
        self._tell_folded()
        self.changing.emit(amount)

    def _on_eighths(self, eighths: bool) -> None:
        self._change(replace(self._amount, swing_eighths=eighths))
        self._show()
        self.committed.emit(self._amount)

    def _on_fold(self, unfolded: bool) -> None:
        self.set_unfolded(unfolded)
        self.unfolded.emit(unfolded)

    def _show(self) -> None:
        for name, slider in self.sliders.items():
            slider.set_value(getattr(self._amount, name) * 100)
        self.lanes.set_amounts(self._amount.lanes)
        self.eighths.setChecked(self._amount.swing_eighths)
        self.eighths.setText(EIGHTHS if self._amount.swing_eighths else SIXTEENTHS)
        self._tell_folded()

    def _tell_folded(self) -> None:
        """Say on the fold what within is not as usual."""
        told = [
            f"{title.lower()} {getattr(self._amount, name) * 100:.0f} %"
            for name, (title, _most, usual, _tip) in FURTHER.items()
            if round(getattr(self._amount, name) * 100) != usual
        ]
        told += ["by drum"] if self._amount.lanes != EVEN_LANES else []
        self.fold.set_summary(", ".join(told))


def _slider(title: str, most: float, usual: float, tip: str) -> LineSlider:
    return LineSlider(title, SliderRange(0.0, most, usual, 5.0), tip)


def _line_up(
    layout: QVBoxLayout, rows: list[tuple[LineSlider, QWidget | None]], column: int, aside_px: int = 0
) -> None:
    """Put sliders under one another with their tracks in one column, and room beside them for small buttons."""
    for slider, aside in rows:
        slider.set_column(column)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addWidget(slider, 1)
        if aside is not None:
            aside.setFixedWidth(aside_px)
            row.addWidget(aside)
        elif aside_px:
            row.addSpacing(aside_px + SPACE_S)
        layout.addLayout(row)
