"""The ruler over a pattern: bars and beats by number, chords, and a padlock for each bar."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen, QWheelEvent

from groovescape_models.music.chords import Chord
from groovescape_models.music.timing import STEP, Meter, Quarters
from groovescape_widgets.color import faded, mix
from groovescape_widgets.drum_hits import beat_length
from groovescape_widgets.icons import Icon, draw_icon
from groovescape_widgets.painting import draw_text, hairline
from groovescape_widgets.theme import Colors, font
from groovescape_widgets.time_view import TimeView
from groovescape_widgets.tokens import SPACE_XS, STROKE, FontSize

HEADER_PX: Final = 20
LOCK_PX: Final = 12
LEAST_BAR_PX: Final = 44
"""A narrower bar has no room for a padlock that may be clicked."""
BEATS_FROM_PX: Final = 40
FINEST_LINE_PX: Final = 6.0
HATCH_STEP_PX: Final = 8
ZOOM: Final = 0.8
"""How much less is in sight after a notch of the wheel."""


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Where times are drawn: a view spread from a left to a right edge in logical pixels."""

    left: float
    right: float
    view: TimeView

    @property
    def step_width(self) -> float:
        """Width of a sixteenth."""
        return (self.right - self.left) * STEP / self.view.span

    def x_of(self, time: Quarters) -> float:
        """Return where a time is drawn, beyond the edges if it is out of sight."""
        return self.left + (time - self.view.first) / self.view.span * (self.right - self.left)

    def time_at(self, x: float) -> Quarters:
        """Return the time drawn at a place."""
        return self.view.first + (x - self.left) / (self.right - self.left) * self.view.span

    def wheeled(self, event: QWheelEvent) -> TimeView:
        """Return what is in sight after a turn of the wheel: a zoom around the pointer, with Shift a scroll."""
        down, across = event.angleDelta().y() / 120.0, event.angleDelta().x() / 120.0
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            down, across = 0.0, across + down
        if across:
            return self.view.scrolled_to(self.view.first - across * self.view.span / 8)
        return self.view.zoomed(self.time_at(event.position().x()), ZOOM**down) if down else self.view

    def shows(self, time: Quarters) -> bool:
        """Tell whether a time is in sight, the edges included."""
        return self.view.first - 1e-9 <= time <= self.view.end + 1e-9

    def bars(self, meter: Meter) -> range:
        """Return the bars in sight, from 0."""
        last = min(self.view.end, self.view.total) - 1e-9
        return range(int(self.view.first / meter.bar_length), int(last / meter.bar_length) + 1)

    def bar_edges(self, bar: int, meter: Meter) -> tuple[float, float]:
        """Return where the part of a bar that is in sight begins and ends."""
        end = min((bar + 1) * meter.bar_length, self.view.total)
        return max(self.left, self.x_of(bar * meter.bar_length)), min(self.right, self.x_of(end))

    def lock_box(self, bar: int, meter: Meter) -> QRectF:
        """Return the box of a bar's padlock, at the right end of the bar; empty where there is no room."""
        left, right = self.bar_edges(bar, meter)
        if right - left < LEAST_BAR_PX:
            return QRectF()
        return QRectF(right - LOCK_PX - 2 * SPACE_XS, 0, LOCK_PX + 2 * SPACE_XS, HEADER_PX)

    def bar_of_lock_at(self, position: QPointF, meter: Meter) -> int | None:
        """Return the bar whose padlock is at a position."""
        return next((bar for bar in self.bars(meter) if self.lock_box(bar, meter).contains(position)), None)


def draw_time_lines(
    painter: QPainter, axis: TimeAxis, tokens: Colors, meter: Meter, bottom: float, top: float = HEADER_PX
) -> None:
    """Draw bars, beats and, where there is room, sixteenths from a top, that under the header, down to a bottom."""
    beat, bar = beat_length(meter), meter.bar_length
    finest = STEP if axis.step_width >= FINEST_LINE_PX else beat
    for index in range(int(axis.view.first / finest), int(axis.view.end / finest) + 2):
        time = index * finest
        if axis.shows(time):
            x = hairline(min(axis.x_of(time), axis.right - 1))
            painter.setPen(QPen(_line_color(time, beat, bar, tokens), STROKE))
            painter.drawLine(QPointF(x, top), QPointF(x, bottom - 1))


def _is_multiple(time: Quarters, unit: Quarters) -> bool:
    return abs(time / unit - round(time / unit)) < 1e-6


def _line_color(time: Quarters, beat: Quarters, bar: Quarters, tokens: Colors) -> QColor:
    if _is_multiple(time, bar):
        return mix(tokens.panel, tokens.quiet, 0.75)
    return mix(tokens.panel, tokens.quiet, 0.38) if _is_multiple(time, beat) else tokens.panel


def chord_signs(chords: tuple[Chord | None, ...], bars: int) -> tuple[str, ...]:
    """Return the name of each bar's chord, the chords being repeated over the bars; nothing where there are none."""
    if not chords:
        return ()
    return tuple("" if chord is None else str(chord) for chord in (chords[bar % len(chords)] for bar in range(bars)))


def draw_ruler(painter: QPainter, axis: TimeAxis, tokens: Colors, meter: Meter, signs: tuple[str, ...] = ()) -> None:
    """Number bars and beats; signs are the names of the bars' chords, which take the beats' place."""
    painter.setFont(font(FontSize.SMALL))
    for bar in axis.bars(meter):
        left, right = axis.bar_edges(bar, meter)
        painter.setPen(tokens.text)
        number = f"{bar + 1}"
        room = right - left - 3 - (LOCK_PX + 2 * SPACE_XS if right - left >= LEAST_BAR_PX else 0)
        draw_text(painter, QRectF(left + 3, 0, min(40, right - left - 3), HEADER_PX), number)
        words = QFontMetrics(painter.font()).horizontalAdvance(number) + 10
        if bar < len(signs) and signs[bar]:
            _draw_sign(painter, QRectF(left + words, 0, room - words, HEADER_PX), signs[bar], tokens)
    if not signs and axis.step_width * beat_length(meter) / STEP >= BEATS_FROM_PX:
        _draw_beats(painter, axis, tokens, meter)


def _draw_sign(painter: QPainter, box: QRectF, sign: str, tokens: Colors) -> None:
    painter.save()
    painter.setFont(font(FontSize.SMALL, bold=True))
    painter.setPen(tokens.text)
    if box.width() > 8:
        draw_text(painter, box, sign)
    painter.restore()


def _draw_beats(painter: QPainter, axis: TimeAxis, tokens: Colors, meter: Meter) -> None:
    beat, bar = beat_length(meter), meter.bar_length
    painter.setPen(tokens.quiet)
    for index in range(int(axis.view.first / beat), int(axis.view.end / beat) + 1):
        time = index * beat
        number, rest = divmod(time + 1e-9, bar)
        if rest < 1e-6 or not axis.view.first - 1e-9 <= time < axis.view.end - 1e-9:
            continue
        text = f"{number + 1:.0f}.{rest / beat + 1:.0f}"
        room = QRectF(axis.x_of(time) + 3, 0, QFontMetrics(painter.font()).horizontalAdvance(text) + 1, HEADER_PX)
        if not room.intersects(axis.lock_box(int(number), meter)):
            draw_text(painter, room, text)


def draw_lock(painter: QPainter, box: QRectF, tokens: Colors, *, is_locked: bool) -> None:
    """Draw a padlock in the middle of a box: closed where it is locked, open and faint elsewhere."""
    if box.isEmpty():
        return
    color = tokens.text if is_locked else mix(tokens.panel, tokens.quiet, 0.6)
    place = QRectF(box.center().x() - LOCK_PX / 2, box.center().y() - LOCK_PX / 2, LOCK_PX, LOCK_PX)
    draw_icon(painter, Icon.LOCKED if is_locked else Icon.UNLOCKED, place, color)


def draw_lock_hover(painter: QPainter, box: QRectF, tokens: Colors) -> None:
    """Show that the padlock of a box is under the pointer."""
    painter.setPen(QPen(tokens.quiet, STROKE))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    side = LOCK_PX + 5
    painter.drawRoundedRect(QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side), 3, 3)


def draw_locked_area(painter: QPainter, area: QRectF, tokens: Colors) -> None:
    """Hatch what is locked: it reads without colour, and leaves the notes under it to be seen."""
    painter.save()
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    painter.fillRect(area, faded(tokens.panel, 0.35))
    painter.setBrush(QBrush())
    painter.setPen(QPen(faded(tokens.text, 0.22), STROKE))
    first = int((area.left() - area.height()) // HATCH_STEP_PX) * HATCH_STEP_PX
    for x in range(first, int(area.right()) + HATCH_STEP_PX, HATCH_STEP_PX):
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()))
    painter.restore()
