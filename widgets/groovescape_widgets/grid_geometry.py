"""Where lanes, cells and hits of a drum grid are, in logical pixels."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF

from groovescape_models.music.drumkit import Drum
from groovescape_models.music.timing import STEP, Meter, Quarters
from groovescape_widgets.drum_hits import GridHit
from groovescape_widgets.locks import LockPlace
from groovescape_widgets.ruler import HEADER_PX, LOCK_PX, TimeAxis
from groovescape_widgets.time_view import TimeView
from groovescape_widgets.tokens import SPACE_XS

LANE_GAP_PX: Final = 1
HIT_SHARE: Final = 0.72
"""Width of a hit as a share of its step."""
LEAST_HIT_PX: Final = 3.0


@dataclass(frozen=True, slots=True)
class GridGeometry:
    """Layout of a grid: names at the left, a header above, the lanes in between."""

    width: float
    height: float
    names_width: float
    lanes: tuple[Drum | None, ...]
    view: TimeView

    @property
    def field(self) -> QRectF:
        """The part that holds the steps."""
        return QRectF(self.names_width, HEADER_PX, self.width - self.names_width, self.height - HEADER_PX)

    @property
    def axis(self) -> TimeAxis:
        """Where times are drawn."""
        return TimeAxis(self.names_width, self.width, self.view)

    @property
    def lane_height(self) -> float:
        """Height of one lane with its gap."""
        return (self.height - HEADER_PX) / len(self.lanes)

    @property
    def step_width(self) -> float:
        """Width of a sixteenth."""
        return self.axis.step_width

    def x_of(self, time: Quarters) -> float:
        """Return where a time is drawn, outside the field if it is out of sight."""
        return self.axis.x_of(time)

    def time_at(self, x: float) -> Quarters:
        """Return the time drawn at a place."""
        return self.axis.time_at(x)

    def lane_box(self, lane: int) -> QRectF:
        """Return the box of a lane, its gap left out; tops fall on whole pixels."""
        top = round(HEADER_PX + lane * self.lane_height)
        bottom = round(HEADER_PX + (lane + 1) * self.lane_height)
        return QRectF(self.field.left(), top, self.field.width(), bottom - top - LANE_GAP_PX)

    def lane_lock_box(self, lane: int) -> QRectF:
        """Return the box of a lane's padlock, at the right of its name; empty for pitches outside all classes."""
        box, width = self.lane_box(lane), LOCK_PX + 2 * SPACE_XS
        return QRectF() if self.lanes[lane] is None else QRectF(box.left() - width, box.top(), width, box.height())

    def lock_at(self, position: QPointF, meter: Meter) -> LockPlace | None:
        """Return the padlock at a position."""
        bar = self.axis.bar_of_lock_at(position, meter)
        if bar is not None:
            return LockPlace(bar=bar)
        for lane, drum in enumerate(self.lanes):
            if drum is not None and self.lane_lock_box(lane).contains(position):
                return LockPlace(drum=int(drum))
        return None

    def cell_box(self, step: int, lane: int) -> QRectF:
        """Return the box of a cell."""
        box = self.lane_box(lane)
        return QRectF(self.x_of(step * STEP), box.top(), self.step_width, box.height())

    def hit_box(self, lane: int, start: Quarters, velocity: int) -> QRectF:
        """Return the box of a hit: its left edge is when, its height how hard."""
        top = round(HEADER_PX + lane * self.lane_height) + 2
        bottom = round(HEADER_PX + (lane + 1) * self.lane_height) - 1 - LANE_GAP_PX
        height = max(LEAST_HIT_PX, (bottom - top) * velocity / 127.0)
        width = max(LEAST_HIT_PX, self.step_width * HIT_SHARE)
        return QRectF(self.x_of(start), bottom - height, width, height)

    def cell_at(self, position: QPointF) -> tuple[int, int] | None:
        """Return (step, lane) at a position, None outside the steps of the pattern."""
        if not self.field.contains(position):
            return None
        time = self.time_at(position.x())
        lane = int((position.y() - HEADER_PX) / self.lane_height)
        return (int(time / STEP), min(lane, len(self.lanes) - 1)) if 0 <= time < self.view.total else None

    def hit_at(self, position: QPointF, hits: tuple[GridHit, ...]) -> GridHit | None:
        """Return the hit whose column is under a position, the last drawn first."""
        for hit in reversed(hits):
            lane = self.lanes.index(hit.drum)
            box = self.hit_box(lane, hit.start, 127)
            if box.contains(position):
                return hit
        return None
