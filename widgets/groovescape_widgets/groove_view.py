"""The groove visualiser: how far each hit is off the grid and how hard it is, before and after, in three pictures."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import STEPS_PER_QUARTER, Meter, Quarters
from groovescape_widgets.focus import let_follow
from groovescape_widgets.groove_hits import HitShift, hit_shifts, summary
from groovescape_widgets.hit_chart import OffsetsChart, StepsChart
from groovescape_widgets.labels import ElidedLabel
from groovescape_widgets.ruler import TimeAxis
from groovescape_widgets.segments import Choosable, Segments
from groovescape_widgets.tokens import SPACE_XS, FontSize
from groovescape_widgets.word_button import WordButton

if TYPE_CHECKING:
    from groovescape_widgets.automation import Automation
    from groovescape_widgets.groove_distribution import Reference
    from groovescape_widgets.groove_histogram import GrooveHistogram

PAGES: Final = (
    Choosable("steps", "Steps", "Each hit under its step: before hollow, after filled, velocity as height"),
    Choosable("offsets", "Offsets", "Milliseconds across: how far off the grid the hits of each drum are"),
    Choosable("histogram", "Histogram", "How offsets and velocities are spread, beside the groove's own"),
)
WAYS: Final = (
    Choosable("written", "A", "Hear the pattern as it is written (B; hold the key for a moment of it)"),
    Choosable("groove", "B", "Hear it with the groove (B)"),
)
AUTOMATE_TIP: Final = "Draw how the groove changes over the bars (Ctrl+Shift+A)"
LOW_PX: Final = 190
"""A view that is lower than this has room for the curve or for the chart, not for both."""
LEAST: Final = QSize(200, 100)
AS_WRITTEN: Final = "A: you hear the pattern as it is written. B, or a click, brings the groove back."


class GrooveView(QWidget):
    """A chart with a summary under it, and, unfolded, the curves of the groove.

    pages, ways and automate are switches for the window to place.

    page_chosen(key) comes when a hand chooses a picture, as_written_chosen(bool) when it chooses what to hear,
    automate_chosen(bool) when it unfolds the curves; compare_pressed and compare_released when it holds a chart.
    """

    page_chosen = Signal(str)
    as_written_chosen = Signal(bool)
    automate_chosen = Signal(bool)
    compare_pressed = Signal()
    compare_released = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty, with the steps."""
        super().__init__(parent)
        self.pages = Segments("Picture of the feel", PAGES, small=True)
        self.ways = Segments("What is heard: as written, or with the groove", WAYS, small=True)
        self.automate = WordButton("Automate", AUTOMATE_TIP, checkable=True)
        self.steps, self.offsets = StepsChart(), OffsetsChart()
        self.summary = ElidedLabel(size=FontSize.SMALL, quiet=True)
        self._shifts: tuple[HitShift, ...] = ()
        self._meter = Meter()
        self._histogram: GrooveHistogram | None = None
        self._reference: Reference | None = None
        self._stack = QStackedWidget()
        self._arrange()
        self._connect()

    def set_hits(
        self,
        base: Pattern,
        before: Sequence[Note],
        after: Sequence[Note],
        tempo_bpm: float,
        steps_per_quarter: int = STEPS_PER_QUARTER,
    ) -> None:
        """Show the notes of a pattern before and after a groove, both in the order of base.notes."""
        self._shifts = hit_shifts(base, before, after, tempo_bpm, steps_per_quarter)
        for chart in (self.steps, self.offsets):
            chart.set_shifts(self._shifts, base.meter)
        if self._histogram is not None and self._stack.currentWidget() is self._histogram:
            self._histogram.set_shifts(self._shifts)
        self._meter = base.meter
        if self._has_curves:
            self.automation.set_meter(base.meter)
        self._say("")

    def set_reference(self, reference: "Reference | None") -> None:
        """Compare the histograms with a groove's own distribution; None for none."""
        self._reference = reference
        if self._histogram is not None:
            self._histogram.set_reference(reference)

    def set_page(self, key: str) -> None:
        """Show "steps", "offsets" or "histogram"; ValueError for another."""
        self.pages.set_key(key)
        if key == "histogram":
            self._stack.setCurrentWidget(self._histogram_page())
        else:
            self._stack.setCurrentWidget(self.steps if key == "steps" else self.offsets)

    def set_as_written(self, as_written: bool) -> None:
        """Mark that the pattern is heard as it is written, or that it is no more."""
        self.ways.set_key("written" if as_written else "groove")
        for chart in (self.steps, self.offsets):
            chart.set_as_written(as_written)
        self._say("")

    def set_automate(self, automate: bool) -> None:
        """Unfold the curves, or fold them away; emits nothing."""
        self.automate.setChecked(automate)

    def minimumSizeHint(self) -> QSize:
        """Room for one of chart and curve."""
        return LEAST

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the chart give way to the curve where there is no room for both."""
        self._share()
        super().resizeEvent(event)

    @cached_property
    def automation(self) -> "Automation":
        """The curves; the first paint does not wait for them."""
        from groovescape_widgets.automation import Automation

        panel = Automation()
        panel.hide()
        panel.set_meter(self._meter)
        panel.set_axis(self.steps.axis)
        self._column.addWidget(panel, 1)
        let_follow(self.offsets, panel)
        return panel

    @property
    def _has_curves(self) -> bool:
        return "automation" in vars(self)

    def _unfold(self, automate: bool) -> None:
        self.automation.setVisible(automate)
        self._share()

    def _share(self) -> None:
        has_chart = not self.automate.isChecked() or self.height() >= LOW_PX
        for part in (self._stack, self.summary):
            part.setVisible(has_chart)
        self.pages.set_muted(not has_chart)

    def set_comparable(self, comparable: bool) -> None:
        """Offer to compare, where there is a groove to compare with."""
        self.ways.setEnabled(comparable)

    def _histogram_page(self) -> "GrooveHistogram":
        """Return the page, made when it is first opened: the plotting library takes a third of a second to load."""
        if self._histogram is None:
            from groovescape_widgets.groove_histogram import GrooveHistogram

            self._histogram = GrooveHistogram()
            self._histogram.set_reference(self._reference)
            self._histogram.told.connect(self._say)
            self._stack.addWidget(self._histogram)
        self._histogram.set_shifts(self._shifts)
        return self._histogram

    def set_axis(self, axis: TimeAxis) -> None:
        """Draw times where the pattern does."""
        self.steps.set_axis(axis)
        if self._has_curves:
            self.automation.set_axis(axis)

    def set_playhead(self, time: Quarters | None) -> None:
        """Show where the loop is playing."""
        self.steps.set_playhead(time)
        if self._has_curves:
            self.automation.set_playhead(time)

    def _say(self, told: str) -> None:
        """Show a hit's numbers, or what is heard while comparing, or the summary of all."""
        as_written = self.ways.key == "written"
        self.summary.set_text(told or (AS_WRITTEN if as_written else summary(self._shifts)))

    def _arrange(self) -> None:
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_XS)
        for chart in (self.steps, self.offsets):
            self._stack.addWidget(chart)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.summary)
        self.ways.set_key("groove")

    def _connect(self) -> None:
        self.pages.chosen.connect(self._on_page)
        self.ways.chosen.connect(lambda key: self.as_written_chosen.emit(key == "written"))
        self.automate.toggled.connect(self._unfold)
        self.automate.clicked.connect(self.automate_chosen)
        for chart in (self.steps, self.offsets):
            chart.told.connect(self._say)
            chart.compare_pressed.connect(self.compare_pressed)
            chart.compare_released.connect(self.compare_released)

    def _on_page(self, key: str) -> None:
        self.set_page(key)
        self.page_chosen.emit(key)
        if self._stack.isHidden():  # the curve has its place
            self.automate.click()
