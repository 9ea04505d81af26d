"""How much of a groove: three sliders, and folded away behind them all that is asked for less often."""

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from groovescape_models.music.feel import EVEN_LANES, GrooveAmount
from groovescape_widgets.focus import let_follow
from groovescape_widgets.fold import FoldButton
from groovescape_widgets.line_slider import BASIC, FURTHER, amount_slider, line_up, widest_name
from groovescape_widgets.tokens import SPACE_XS

if TYPE_CHECKING:
    from groovescape_widgets.more_amounts import MoreAmounts


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
        self.sliders = {name: amount_slider(name) for name in BASIC}
        self.fold = FoldButton("More", "Quantise, swing, spread, your accents, and amounts by drum")
        self._column = widest_name(self.sliders["intensity"])
        self._amount = GrooveAmount()
        self._is_usable, self._is_for_drums = True, True
        self._rows = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_XS)
        line_up(layout, [(slider, None) for slider in self.sliders.values()], self._column)
        layout.addWidget(self.fold)
        for name, slider in self.sliders.items():
            slider.changing.connect(lambda percent, name=name: self._move(name, percent))
            slider.committed.connect(lambda _percent: self.committed.emit(self._amount))
        self.fold.clicked.connect(self._on_fold)
        self._show()

    @cached_property
    def more(self) -> "MoreAmounts":
        """What is asked for less often: made when it is first unfolded."""
        from groovescape_widgets.more_amounts import MoreAmounts

        more = MoreAmounts(self._column)
        more.hide()
        self._rows.addWidget(more)
        more.changing.connect(self._change)
        more.committed.connect(self.committed)
        more.take_wanted.connect(self.take_wanted)
        more.set_amount(self._amount)
        more.lanes.setVisible(self._is_for_drums)
        more.setEnabled(self._is_usable)
        let_follow(self.fold, more)
        return more

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
        if unfolded or self._has_more:
            self.more.setVisible(unfolded)
        self.updateGeometry()

    def set_for_drums(self, is_drums: bool) -> None:
        """Show amounts by drum where there are drums."""
        self._is_for_drums = is_drums
        if self._has_more:
            self.more.lanes.setVisible(is_drums)

    def set_usable(self, usable: bool) -> None:
        """Let sliders move: there is a groove to have more or less of."""
        self._is_usable = usable
        for slider in self.sliders.values():
            slider.setEnabled(usable)
        if self._has_more:
            self.more.setEnabled(usable)

    @property
    def _has_more(self) -> bool:
        return "more" in vars(self)

    def _move(self, name: str, percent: float) -> None:
        changes: dict[str, Any] = {name: percent / 100}
        self._change(replace(self._amount, **changes))

    def _change(self, amount: GrooveAmount) -> None:
        self._amount = amount
        self._tell_folded()
        self.changing.emit(amount)

    def _on_fold(self, unfolded: bool) -> None:
        self.set_unfolded(unfolded)
        self.unfolded.emit(unfolded)

    def _show(self) -> None:
        for name, slider in self.sliders.items():
            slider.set_value(getattr(self._amount, name) * 100)
        if self._has_more:
            self.more.set_amount(self._amount)
        self._tell_folded()

    def _tell_folded(self) -> None:
        """Say on the fold what within is not as usual."""
        told = [
            f"{kind.title.lower()} {getattr(self._amount, name) * 100:.0f} %"
            for name, kind in FURTHER.items()
            if round(getattr(self._amount, name) * 100) != kind.usual
        ]
        told += ["by drum"] if self._amount.lanes != EVEN_LANES else []
        self.fold.set_summary(", ".join(told))
