"""How a drawn curve looks: a field on the pattern's time axis, the line with its points, the names of its ends."""

from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF

from groovescape_models.music.curve import Curve
from groovescape_models.music.timing import Meter, Quarters
from groovescape_widgets.color import faded, mix
from groovescape_widgets.curve_edit import INTENSITY, CurveScale
from groovescape_widgets.drum_hits import beat_length
from groovescape_widgets.painting import draw_text, hairline
from groovescape_widgets.ruler import TimeAxis, draw_time_lines
from groovescape_widgets.theme import Colors, font
from groovescape_widgets.tokens import SPACE_S, SPACE_XS, STROKE, STROKE_BOLD, FontSize

POINT_PX: Final = 4.0
INSET_PX: Final = 6
"""Room over and under the curve, so that points at its ends are whole."""
NEAR_PX: Final = 8.0
LEVEL_DASH: Final = (4.0, 4.0)
UNDRAWN: Final = "Click, or draw across the bars"


@dataclass(frozen=True, slots=True)
class CurveGeometry:
    """Layout of a lane: names at the left of the axis, the field of the curve under the pattern's steps."""

    height: float
    axis: TimeAxis
    scale: CurveScale

    @property
    def field(self) -> QRectF:
        """The part that the curve is drawn in."""
        return QRectF(self.axis.left, 0, self.axis.right - self.axis.left, self.height)

    def y_of(self, value: float) -> float:
        """Return the height of a value."""
        share = (value - self.scale.low) / (self.scale.high - self.scale.low)
        return self.height - INSET_PX - share * (self.height - 2 * INSET_PX)

    def value_at(self, y: float) -> float:
        """Return the value at a height, the nearest in the range beyond it."""
        share = (self.height - INSET_PX - y) / max(1.0, self.height - 2 * INSET_PX)
        return self.scale.clamp(self.scale.low + share * (self.scale.high - self.scale.low))

    def place(self, time: Quarters, value: float) -> QPointF:
        """Return where a point is."""
        return QPointF(self.axis.x_of(time), self.y_of(value))

    def point_at(self, position: QPointF, curve: Curve) -> int | None:
        """Return the number of the curve's point nearest to a position, within a few pixels."""
        far = [((self.place(*point) - position).manhattanLength(), number) for number, point in enumerate(curve.points)]
        distance, number = min(far, default=(NEAR_PX + 1, -1))
        return number if distance <= NEAR_PX else None


@dataclass(frozen=True, slots=True)
class CurvePicture:
    """What is seen of a lane besides its size: ends and level_name name its highest and lowest value, and its level.

    held is the number of the point in the hand or under the pointer, cursor the time where the keyboard is. Where it is
    not open, hint stands in the place of the curve.
    """

    curve: Curve = Curve()
    scale: CurveScale = INTENSITY
    ends: tuple[str, str] = ("150 %", "0 %")
    level_name: str = ""
    meter: Meter = Meter()
    hint: str = ""
    is_open: bool = True
    held: int | None = None
    cursor: Quarters | None = None
    playhead: Quarters | None = None

    def with_(self, **changes: Any) -> "CurvePicture":  # noqa: ANN401
        """Return the picture with other fields."""
        return replace(self, **changes)


def point_words(time: Quarters, value: float, meter: Meter) -> str:
    """Return a point in words: 'bar 2, beat 3.5: 85 %'."""
    bar, rest = divmod(time + 1e-9, meter.bar_length)
    return f"bar {bar + 1:.0f}, beat {rest / beat_length(meter) + 1:.4g}: {value * 100:.0f} %"


def draw_curve_lane(painter: QPainter, where: CurveGeometry, tokens: Colors, picture: CurvePicture) -> None:
    """Draw the whole lane."""
    painter.fillRect(where.field, mix(tokens.panel, tokens.raised, 0.55))
    if picture.is_open:
        _draw_lines(painter, where, tokens, picture)
        _draw_ends(painter, where, tokens, picture)
        _draw_curve(painter, where, tokens, picture)
    if not picture.is_open or not picture.curve:
        _draw_hint(painter, where, tokens, picture)
    if picture.playhead is not None and where.axis.shows(picture.playhead):
        x = hairline(where.axis.x_of(picture.playhead))
        painter.setPen(QPen(tokens.text, STROKE_BOLD))
        painter.drawLine(QPointF(x, 0), QPointF(x, where.height))


def _draw_hint(painter: QPainter, where: CurveGeometry, tokens: Colors, picture: CurvePicture) -> None:
    """Say what to do, where it does not lie on the level line."""
    is_high = picture.is_open and picture.scale.level > (picture.scale.low + picture.scale.high) / 2
    align = Qt.AlignmentFlag.AlignBottom if is_high else Qt.AlignmentFlag.AlignVCenter
    painter.setPen(tokens.quiet)
    painter.setFont(font(FontSize.SMALL))
    box = where.field.adjusted(SPACE_S, 0, -SPACE_S, -2)
    text = UNDRAWN if picture.is_open else picture.hint
    painter.drawText(box, int(align | Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap), text)


def _draw_lines(painter: QPainter, where: CurveGeometry, tokens: Colors, picture: CurvePicture) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    draw_time_lines(painter, where.axis, tokens, picture.meter, where.height, top=0)
    painter.setPen(QPen(faded(tokens.quiet, 0.5), STROKE))
    level = hairline(where.y_of(picture.scale.level))
    painter.drawLine(QPointF(where.field.left(), level), QPointF(where.field.right(), level))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def _draw_ends(painter: QPainter, where: CurveGeometry, tokens: Colors, picture: CurvePicture) -> None:
    painter.setFont(font(FontSize.SMALL))
    painter.setPen(tokens.quiet)
    line = QFontMetrics(painter.font()).height()
    width = where.axis.left - SPACE_XS
    draw_text(painter, QRectF(0, 0, width, line), picture.ends[0])
    draw_text(painter, QRectF(0, where.height - line, width, line), picture.ends[1])
    level = where.y_of(picture.scale.level) - line / 2
    if picture.level_name and line <= level <= where.height - 2 * line:
        draw_text(painter, QRectF(0, level, width, line), picture.level_name)


def _draw_curve(painter: QPainter, where: CurveGeometry, tokens: Colors, picture: CurvePicture) -> None:
    """Draw the curve, dashed where it is only the level of nothing drawn."""
    curve, view = picture.curve, where.axis.view
    inner = [where.place(*point) for point in curve.points if view.first < point[0] < view.end]
    ends = [where.place(time, curve.at(time, picture.scale.level)) for time in (view.first, view.end)]
    path = [ends[0], *inner, ends[1]]
    if curve:
        floor = [QPointF(where.field.right(), where.height), QPointF(where.field.left(), where.height)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded(tokens.accent, 0.16))
        painter.drawPolygon(QPolygonF([*path, *floor]))
    pen = QPen(tokens.accent, STROKE_BOLD)
    if not curve:
        pen.setDashPattern(LEVEL_DASH)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(path))
    if picture.cursor is not None and where.axis.shows(picture.cursor):
        x = hairline(where.axis.x_of(picture.cursor))
        painter.setPen(QPen(tokens.text, STROKE, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, 0), QPointF(x, where.height))
    _draw_points(painter, where, tokens, picture)


def _draw_points(painter: QPainter, where: CurveGeometry, tokens: Colors, picture: CurvePicture) -> None:
    for number, (time, value) in enumerate(picture.curve.points):
        if where.axis.shows(time):
            is_held = number == picture.held
            painter.setPen(QPen(tokens.text if is_held else tokens.accent, STROKE_BOLD))
            painter.setBrush(tokens.accent if is_held else tokens.panel)
            painter.drawEllipse(where.place(time, value), POINT_PX + is_held, POINT_PX + is_held)
