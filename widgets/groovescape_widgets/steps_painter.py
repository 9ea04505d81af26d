"""How a groove looks step by step: a lane a drum on the pattern's own time axis, before hollow, after filled.

A few milliseconds are less than a pixel on that axis, so offsets are drawn larger than time: range_ms reaches half-way
to the nearest other hit of a lane.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from groovescape_models.music.timing import STEP, Meter, Quarters
from groovescape_widgets.color import faded, mix
from groovescape_widgets.groove_hits import HitShift, Lane, lane_voice, lanes_played, signed_text
from groovescape_widgets.painting import draw_text, draw_voice, hairline
from groovescape_widgets.ruler import TimeAxis, draw_time_lines
from groovescape_widgets.theme import Colors, font
from groovescape_widgets.tokens import SPACE_XS, STROKE, STROKE_BOLD, FontSize

NAME_LEFT: Final = 18
GLYPH_PX: Final = 4.0
LANE_GAP_PX: Final = 1
NUMBER_PX: Final = 13
"""Height of the line of numbers over a lane's hits."""
NUMBERS_FROM_PX: Final = 32
LEAST_BAR_PX: Final = 3.0
WIDEST_BAR_PX: Final = 10.0
WIDEST_REACH_PX: Final = 20.0


@dataclass(frozen=True, slots=True)
class StepsGeometry:
    """Layout of the view: names at the left of the axis, a lane for each drum that plays.

    range_ms is drawn reach pixels off a hit's grid line.
    """

    height: float
    axis: TimeAxis
    lanes: tuple[Lane, ...]
    range_ms: float
    reach: float

    @property
    def bar_width(self) -> float:
        """Width of a hit."""
        return min(WIDEST_BAR_PX, max(LEAST_BAR_PX, self.reach * 0.6))

    @property
    def margin(self) -> float:
        """Room at the left of the axis for what comes early on the first step."""
        return self.reach + self.bar_width

    @property
    def has_numbers(self) -> bool:
        """Whether a lane is high enough for the numbers of its hits."""
        return self.height / max(1, len(self.lanes)) >= NUMBERS_FROM_PX

    def lane_box(self, number: int) -> QRectF:
        """Return the box of a lane, its gap left out; tops fall on whole pixels."""
        height = self.height / max(1, len(self.lanes))
        top, bottom = round(number * height), round((number + 1) * height)
        left = self.axis.left - self.margin
        return QRectF(left, top, self.axis.right - left, bottom - top - LANE_GAP_PX)

    def x_of(self, line: Quarters, offset_ms: float) -> float:
        """Return the middle of a hit that is so far off its grid line; one farther than range_ms is at its end."""
        return self.axis.x_of(line) + max(-1.0, min(1.0, offset_ms / self.range_ms)) * self.reach

    def scale(self, lane: Lane) -> "StepScale":
        """Return how the hits of a lane are drawn."""
        box = self.lane_box(self.lanes.index(lane)).adjusted(0, NUMBER_PX if self.has_numbers else 2, 0, -1)
        return StepScale(box, self.axis, self.range_ms, self.reach, self.bar_width)

    def bar(self, shift: HitShift, *, after: bool) -> QRectF:
        """Return the box of a hit before or after the groove."""
        return self.scale(shift.lane).bar(shift, after=after)

    def both_bars(self, shift: HitShift) -> QRectF:
        """Return the box around a hit before and after the groove."""
        return self.bar(shift, after=True).united(self.bar(shift, after=False))


@dataclass(frozen=True, slots=True)
class StepScale:
    """A lane's box on the time axis, and how large offsets are drawn in it."""

    box: QRectF
    axis: TimeAxis
    range_ms: float
    reach: float
    bar_width: float

    def bar(self, shift: HitShift, *, after: bool) -> QRectF:
        """Return the box of a hit before or after the groove: its middle is when, its height how hard."""
        offset, velocity = shift.before_ms, shift.before_velocity
        if after:
            offset, velocity = shift.after_ms, shift.after_velocity
        share = max(-1.0, min(1.0, offset / self.range_ms))
        height = max(LEAST_BAR_PX, self.box.height() * velocity / 127.0)
        left = self.axis.x_of(shift.line) + share * self.reach - self.bar_width / 2
        return QRectF(left, self.box.bottom() - height, self.bar_width, height)


def steps_geometry(height: float, axis: TimeAxis, shifts: Sequence[HitShift], range_ms: float) -> StepsGeometry:
    """Return the layout for hits: offsets are drawn as large as their nearest neighbours leave room for."""
    lanes: dict[Lane, set[Quarters]] = {}
    for shift in shifts:
        lanes.setdefault(shift.lane, set()).add(shift.line)
    gaps = [after - at for lines in lanes.values() for at, after in _neighbours(lines)]
    room = axis.step_width / STEP * min(gaps, default=1.0) / 2
    return StepsGeometry(height, axis, lanes_played(shifts), range_ms, max(1.0, min(WIDEST_REACH_PX, room * 0.75)))


def _neighbours(lines: set[Quarters]) -> list[tuple[Quarters, Quarters]]:
    ordered = sorted(lines)
    return list(zip(ordered, ordered[1:], strict=False))


def draw_steps_ground(painter: QPainter, where: StepsGeometry, tokens: Colors, meter: Meter) -> None:
    """Draw names, lanes and the lines of the grid."""
    painter.setFont(font(FontSize.SMALL))
    for number, lane in enumerate(where.lanes):
        box = where.lane_box(number)
        painter.fillRect(box, mix(tokens.panel, tokens.raised, 0.55))
        _draw_name(painter, QRectF(0, box.top(), box.left(), box.height()), lane, tokens, where.axis.left)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    draw_time_lines(painter, where.axis, tokens, meter, where.height, top=0)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def _draw_name(painter: QPainter, box: QRectF, lane: Lane, tokens: Colors, edge: float) -> None:
    """Draw shape and name beside each other; in a narrow box, the shape under the name, which goes up to an edge."""
    look = lane_voice(lane)
    beside = box.width() - NAME_LEFT >= QFontMetrics(painter.font()).horizontalAdvance(look.name)
    middle = box.center().y()
    under = min(middle, box.top() + NUMBER_PX + 2 * GLYPH_PX)
    draw_voice(painter, look, QPointF(8, middle if beside else under), GLYPH_PX, tokens.panel)
    painter.setPen(tokens.text)
    words = box.adjusted(NAME_LEFT, 0, 0, 0) if beside else QRectF(0, box.top(), edge - SPACE_XS, NUMBER_PX)
    draw_text(painter, words, look.name)


def draw_step_hits(
    painter: QPainter, where: StepsGeometry, tokens: Colors, shifts: Sequence[HitShift], *, as_written: bool
) -> None:
    """Draw all hits in sight; what is heard is filled: the groove, or what is written."""
    painter.setClipRect(QRectF(where.axis.left - where.margin, 0, where.axis.right, where.height))
    view = where.axis.view
    seen = [shift for shift in shifts if view.first - STEP <= shift.line <= view.end]
    dash = Qt.PenStyle.DotLine if as_written else Qt.PenStyle.SolidLine
    for lane in where.lanes:
        scale, own = where.scale(lane), [shift for shift in seen if shift.lane == lane]
        color = lane_voice(lane).mark(tokens.panel)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded(color, 0.85))
        painter.drawRects([scale.bar(shift, after=not as_written) for shift in own])
        painter.setPen(QPen(mix(color, tokens.text, 0.55), STROKE, dash))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        hollow = [scale.bar(shift, after=as_written) for shift in own]
        painter.drawRects([box.adjusted(0.5, 0.5, -0.5, -0.5) for box in hollow])
    painter.setClipping(False)
    if where.has_numbers and any(round(shift.after_ms) for shift in seen):
        _draw_numbers(painter, where, tokens, seen)


def _draw_numbers(painter: QPainter, where: StepsGeometry, tokens: Colors, shifts: Sequence[HitShift]) -> None:
    """Write the offsets that there is room for, in milliseconds."""
    painter.setFont(font(FontSize.SMALL))
    painter.setPen(tokens.quiet)
    metrics = QFontMetrics(painter.font())
    taken = dict.fromkeys(where.lanes, 0.0)
    for shift in sorted(shifts, key=lambda shift: shift.line):
        text = signed_text(shift.after_ms)
        width = metrics.horizontalAdvance(text)
        left = where.axis.x_of(shift.line) - width / 2
        if left >= taken[shift.lane]:
            box = where.lane_box(where.lanes.index(shift.lane))
            painter.fillRect(QRectF(left - 1, box.top(), width + 2, NUMBER_PX), mix(tokens.panel, tokens.raised, 0.55))
            painter.drawText(QPointF(left, box.top() + metrics.ascent()), text)
            taken[shift.lane] = left + width + SPACE_XS


def draw_steps_over(
    painter: QPainter, where: StepsGeometry, tokens: Colors, told: HitShift | None, playhead: Quarters | None
) -> None:
    """Draw what moves: the hit that is told about, and the playhead."""
    if told is not None:
        painter.setPen(QPen(tokens.accent, STROKE_BOLD))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(where.both_bars(told).adjusted(-2, -2, 2, 1), 3, 3)
    if playhead is not None and where.axis.shows(playhead):
        x = hairline(where.axis.x_of(playhead))
        painter.setPen(QPen(tokens.text, STROKE_BOLD))
        painter.drawLine(QPointF(x, 0), QPointF(x, where.height))
