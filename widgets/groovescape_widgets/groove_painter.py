"""How the groove view looks: a lane a drum, milliseconds across, velocity as height, before hollow, after filled."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from groovescape_widgets.color import faded, mix
from groovescape_widgets.groove_hits import HitShift, Lane, lane_voice
from groovescape_widgets.painting import draw_text, draw_voice, hairline
from groovescape_widgets.shapes import shape_path
from groovescape_widgets.theme import Colors, font
from groovescape_widgets.tokens import SPACE_S, SPACE_XS, STROKE, STROKE_BOLD, FontSize
from groovescape_widgets.voices import Voice

AXIS_PX: Final = 20
NAME_LEFT: Final = 18
FEW_TICKS_BELOW_PX: Final = 240
MARK_PX: Final = 4.5
LEAST_MARK_PX: Final = 2.2
TOLD_PX: Final = 8.0


@dataclass(frozen=True, slots=True)
class GrooveGeometry:
    """Layout of the view: names at the left, the axis below, a lane for each drum that plays."""

    width: float
    height: float
    lanes: tuple[Lane, ...]
    range_ms: float
    names_width: float

    @property
    def field(self) -> QRectF:
        """The part that holds the marks."""
        left = self.names_width
        return QRectF(left, 0, max(1.0, self.width - left), max(1.0, self.height - AXIS_PX))

    def x_of(self, offset_ms: float) -> float:
        """Return where an offset is drawn; those beyond the axis are at its end."""
        reach = self.field.width() / 2 - 2 * MARK_PX
        return self.field.center().x() + max(-1.0, min(1.0, offset_ms / self.range_ms)) * reach

    def lane_box(self, lane: int) -> QRectF:
        """Return the box of a lane."""
        height = self.field.height() / max(1, len(self.lanes))
        return QRectF(self.field.left(), lane * height, self.field.width(), height - 1)

    def lane_scale(self, lane: Lane) -> "LaneScale":
        """Return how offsets and velocities are drawn in a lane."""
        box = self.lane_box(self.lanes.index(lane)).adjusted(0, MARK_PX + 1, 0, -MARK_PX - 1)
        return LaneScale(self.x_of(0.0), self.x_of(self.range_ms) - self.x_of(0.0), self.range_ms, box)

    def place(self, lane: Lane, offset_ms: float, velocity: int) -> QPointF:
        """Return where a hit's mark is drawn."""
        return self.lane_scale(lane).place(offset_ms, velocity)


@dataclass(frozen=True, slots=True)
class LaneScale:
    """A lane: zero in the middle, reach pixels to either end of the axis; across is when, up is how hard."""

    middle: float
    reach: float
    range_ms: float
    box: QRectF

    def place(self, offset_ms: float, velocity: int) -> QPointF:
        """Return where a mark is drawn."""
        share = max(-1.0, min(1.0, offset_ms / self.range_ms))
        return QPointF(self.middle + share * self.reach, self.box.bottom() - self.box.height() * velocity / 127.0)


def names_width(lanes: Sequence[Lane]) -> int:
    """Return the width of the column of names."""
    metrics = QFontMetrics(font(FontSize.SMALL))
    return NAME_LEFT + max((metrics.horizontalAdvance(lane_voice(lane).name) for lane in lanes), default=0) + SPACE_S


def mark_radius(velocity: int) -> float:
    """Return the size of a hit's mark: the louder the larger."""
    return LEAST_MARK_PX + (MARK_PX - LEAST_MARK_PX) * velocity / 127.0


def draw_ground(painter: QPainter, where: GrooveGeometry, tokens: Colors) -> None:
    """Draw names, lanes and the axis."""
    painter.setFont(font(FontSize.SMALL))
    for number, lane in enumerate(where.lanes):
        box = where.lane_box(number)
        painter.fillRect(box, mix(tokens.panel, tokens.raised, 0.55))
        draw_name(painter, QRectF(0, box.top(), where.names_width, box.height()), lane, tokens)
    for tick in (-1.0, -0.5, 0.0, 0.5, 1.0):
        _draw_tick(painter, where, tokens, tick)


def draw_name(painter: QPainter, box: QRectF, lane: Lane, tokens: Colors) -> None:
    """Draw shape and name of a lane at the left of a box."""
    look = lane_voice(lane)
    draw_voice(painter, look, QPointF(8, box.center().y()), 4.0, tokens.panel)
    painter.setPen(tokens.text)
    draw_text(painter, box.adjusted(NAME_LEFT, 0, 0, 0), look.name)


def _draw_tick(painter: QPainter, where: GrooveGeometry, tokens: Colors, tick: float) -> None:
    x = hairline(where.x_of(tick * where.range_ms))
    painter.setPen(QPen(faded(tokens.quiet, 0.9 if tick == 0 else 0.3), STROKE))
    painter.drawLine(QPointF(x, 0), QPointF(x, where.field.bottom()))
    narrow = where.field.width() < FEW_TICKS_BELOW_PX
    if narrow and abs(tick) == 0.5:
        return
    align = Qt.AlignmentFlag.AlignHCenter
    if abs(tick) == 1.0:
        align = Qt.AlignmentFlag.AlignLeft if tick < 0 else Qt.AlignmentFlag.AlignRight
    left = min(max(where.field.left(), x - 40), where.width - 80)
    painter.setPen(tokens.quiet)
    draw_text(
        painter, QRectF(left, where.field.bottom() + SPACE_XS, 80, AXIS_PX - SPACE_XS), tick_text(where, tick), align
    )


def tick_text(where: GrooveGeometry, tick: float) -> str:
    """Return the words under a tick at -1..1 of the axis."""
    number = f"{abs(tick) * where.range_ms:.0f}"
    if tick == 0:
        return "0" if where.field.width() < FEW_TICKS_BELOW_PX else "0 ms"
    if abs(tick) == 1.0:
        return f"{number} early" if tick < 0 else f"{number} late"
    return number


def draw_shifts(
    painter: QPainter, where: GrooveGeometry, tokens: Colors, shifts: Sequence[HitShift], *, as_written: bool = False
) -> None:
    """Draw all hits: first the hollow ones and the way, then the filled ones: what is heard."""
    for lane in where.lanes:
        hits = [shift for shift in shifts if shift.lane == lane]
        _draw_lane(painter, where.lane_scale(lane), tokens, lane_voice(lane), hits, as_written=as_written)


def _draw_lane(
    painter: QPainter, scale: LaneScale, tokens: Colors, look: Voice, shifts: Sequence[HitShift], *, as_written: bool
) -> None:
    color = look.mark(tokens.panel)
    marks = [
        [(scale.place(shift.before_ms, shift.before_velocity), mark_radius(shift.before_velocity)) for shift in shifts],
        [(scale.place(shift.after_ms, shift.after_velocity), mark_radius(shift.after_velocity)) for shift in shifts],
    ]
    painter.setPen(QPen(faded(color, 0.3), STROKE))
    painter.drawLines([QLineF(before[0], after[0]) for before, after in zip(*marks, strict=True)])
    hollow, filled = marks[::-1] if as_written else marks
    painter.setPen(QPen(faded(color, 0.6), STROKE))
    painter.setBrush(tokens.panel)
    for place, radius in hollow:
        painter.drawPath(shape_path(look.shape, place, radius))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(faded(color, 0.9))
    for place, radius in filled:
        painter.drawPath(shape_path(look.shape, place, radius))


def draw_told(painter: QPainter, where: GrooveGeometry, tokens: Colors, shift: HitShift) -> None:
    """Ring the hit that is told about."""
    painter.setPen(QPen(tokens.accent, STROKE_BOLD))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(where.place(shift.lane, shift.after_ms, shift.after_velocity), TOLD_PX, TOLD_PX)
