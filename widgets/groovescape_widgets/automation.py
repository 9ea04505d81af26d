"""Groove over time: which of two curves is drawn, what the groove morphs to, and the lane to draw in."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from groovescape_models.music.curve import Curve
from groovescape_models.music.timing import Meter, Quarters
from groovescape_widgets.curve_edit import INTENSITY, MORPH
from groovescape_widgets.curve_lane import CurveLane
from groovescape_widgets.labels import ElidedLabel
from groovescape_widgets.ruler import TimeAxis
from groovescape_widgets.segments import Choosable, Segments
from groovescape_widgets.tokens import SPACE_S, SPACE_XS, FontSize
from groovescape_widgets.word_button import WordButton

KINDS: Final = (
    Choosable("intensity", "Intensity", "How much of the groove is heard over the bars, 0 to 150 %"),
    Choosable("morph", "Morph", "How the groove goes over into another one over the bars"),
)
CHOOSE: Final = "Choose second groove…"
NO_GROOVE: Final = "Choose a groove from the list at the right, then draw how it changes."
NO_OTHER: Final = "Choose the second groove above: the curve leads from the first to it."
LONGEST_NAME: Final = 28


class Automation(QWidget):
    """Two curves of which one is shown.

    changing(kind, Curve) comes with every movement of a hand, committed(kind, Curve) once at its end, kind being
    "intensity" or "morph"; other_wanted asks for a second groove; looked(TimeView) for another stretch of the pattern.
    """

    changing = Signal(str, object)
    committed = Signal(str, object)
    other_wanted = Signal()
    looked = Signal(object)

    def __init__(self) -> None:
        """Start with no groove and nothing drawn."""
        super().__init__()
        self.kinds = Segments("Curve that is drawn", KINDS, small=True)
        self.other = WordButton(CHOOSE, "The groove at the upper end of the morph curve")
        self.reset = WordButton("Reset", "Take the whole curve away: level again")
        self.told = ElidedLabel("", size=FontSize.SMALL, quiet=True)
        self.lane = CurveLane()
        self._curves = {"intensity": Curve(), "morph": Curve()}
        self._names: tuple[str | None, str | None] = (None, None)
        self._arrange()
        self._connect()
        self._show()

    def set_curves(self, intensity: Curve, morph: Curve) -> None:
        """Show what is drawn."""
        self._curves = {"intensity": intensity, "morph": morph}
        self.lane.set_curve(self._curves[self.kinds.key])
        self._enable()

    def set_grooves(self, first: str | None, other: str | None) -> None:
        """Name the groove that plays and the one that it morphs to; None for none."""
        self._names = (first, other)
        self._show()

    def set_meter(self, meter: Meter) -> None:
        """Snap to the beats of a meter."""
        self.lane.set_meter(meter)

    def set_axis(self, axis: TimeAxis) -> None:
        """Draw times where the pattern does."""
        self.lane.set_axis(axis)

    def set_playhead(self, time: Quarters | None) -> None:
        """Show where the loop is playing."""
        self.lane.set_playhead(time)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        for part, share in ((self.kinds, 0), (self.other, 0), (self.told, 1), (self.reset, 0)):
            row.addWidget(part, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_XS)
        column.addLayout(row)
        column.addWidget(self.lane, 1)

    def _connect(self) -> None:
        self.kinds.chosen.connect(lambda _key: self._show())
        self.other.clicked.connect(self.other_wanted)
        self.reset.clicked.connect(lambda: self.committed.emit(self.kinds.key, Curve()))
        self.lane.changing.connect(lambda curve: self.changing.emit(self.kinds.key, curve))
        self.lane.committed.connect(lambda curve: self.committed.emit(self.kinds.key, curve))
        self.lane.told.connect(self.told.set_text)
        self.lane.looked.connect(self.looked)

    def _show(self) -> None:
        """Show the chosen curve with the names of its ends, or what is missing for it."""
        first, other = self._names
        self.told.set_text("")
        if self.kinds.key == "intensity":
            self.lane.set_kind("Intensity over the bars", INTENSITY, ("150 %", "0 %"), "100 %")
            self.lane.set_open("" if first else NO_GROOVE)
        else:
            self.lane.set_kind("Morph over the bars", MORPH, (other or "", first or ""))
            self.lane.set_open(NO_GROOVE if not first else "" if other else NO_OTHER)
        self.lane.set_curve(self._curves[self.kinds.key])
        self.other.setVisible(self.kinds.key == "morph")
        self.other.setText(CHOOSE if other is None else f"To {_short(other)}")
        self.other.setAccessibleName(self.other.text())
        self.other.updateGeometry()
        self._enable()

    def _enable(self) -> None:
        self.other.setEnabled(self._names[0] is not None)
        self.reset.setEnabled(bool(self._curves[self.kinds.key]) and self._names[0] is not None)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
