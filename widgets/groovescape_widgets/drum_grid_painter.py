"""How a drum grid looks: the still lanes and hits, and upon them the cursor, the bubble and the playhead."""

from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from groovescape_models.music.drumkit import Drum
from groovescape_models.music.timing import STEP, Meter, Quarters
from groovescape_widgets.color import faded, mix
from groovescape_widgets.drum_hits import GridHit, beat_length
from groovescape_widgets.grid_geometry import HEADER_PX, GridGeometry
from groovescape_widgets.painting import draw_text, draw_voice, hairline
from groovescape_widgets.theme import Colors, font, voice
from groovescape_widgets.tokens import SPACE_S, SPACE_XS, STROKE, STROKE_BOLD, FontSize
from groovescape_widgets.voices import LANE_ORDER, OTHER_VOICE

STALE_OPACITY: Final = 0.5
GLOW_SHARE: Final = 0.55
GLYPH_PX: Final = 5.0
NAME_LEFT: Final = 22
FINEST_LINE_PX: Final = 6.0


@dataclass(frozen=True, slots=True)
class GridPicture:
    """What lies over the still layer."""

    playhead: Quarters | None = None
    hovered: tuple[int, int] | None = None
    cursor: tuple[int, int] | None = None
    bubble: GridHit | None = None
    sounding: tuple[GridHit, ...] = ()

    def with_(self, **changes: Any) -> "GridPicture":  # noqa: ANN401
        """Return the picture with other fields."""
        return replace(self, **changes)


def names_width() -> int:
    """Return the width of the column of names."""
    metrics = QFontMetrics(font(FontSize.SMALL))
    names = [voice(drum).name for drum in LANE_ORDER] + [OTHER_VOICE.name]
    return NAME_LEFT + max(metrics.horizontalAdvance(name) for name in names) + SPACE_S


def draw_lanes(painter: QPainter, where: GridGeometry, tokens: Colors, meter: Meter) -> None:
    """Draw names, lanes and lines."""
    for lane, drum in enumerate(where.lanes):
        box = where.lane_box(lane)
        painter.fillRect(box, mix(tokens.panel, tokens.raised, 0.55))
        _draw_name(painter, QRectF(0, box.top(), where.names_width, box.height()), drum, tokens)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    _draw_lines(painter, where, tokens, meter)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    _draw_ruler(painter, where, tokens, meter)


def _draw_name(painter: QPainter, box: QRectF, drum: Drum | None, tokens: Colors) -> None:
    look = voice(drum)
    draw_voice(painter, look, QPointF(GLYPH_PX + 3, box.center().y()), GLYPH_PX, tokens.panel)
    painter.setFont(font(FontSize.SMALL))
    painter.setPen(tokens.text if drum is not None else tokens.quiet)
    draw_text(painter, box.adjusted(NAME_LEFT, 0, -SPACE_XS, 0), look.name)


def _draw_lines(painter: QPainter, where: GridGeometry, tokens: Colors, meter: Meter) -> None:
    beat, bar = beat_length(meter), meter.bar_length
    finest = STEP if where.step_width >= FINEST_LINE_PX else beat
    for index in range(int(where.view.first / finest), int(where.view.end / finest) + 2):
        time = index * finest
        if where.view.first - 1e-9 <= time <= where.view.end + 1e-9:
            _draw_line(painter, where, time, _line_color(time, beat, bar, tokens))


def _is_multiple(time: Quarters, unit: Quarters) -> bool:
    return abs(time / unit - round(time / unit)) < 1e-6


def _line_color(time: Quarters, beat: Quarters, bar: Quarters, tokens: Colors) -> QColor:
    if _is_multiple(time, bar):
        return mix(tokens.panel, tokens.quiet, 0.75)
    return mix(tokens.panel, tokens.quiet, 0.38) if _is_multiple(time, beat) else tokens.panel


def _draw_line(painter: QPainter, where: GridGeometry, time: Quarters, color: QColor) -> None:
    x = min(where.x_of(time), where.width - 1)
    painter.setPen(QPen(color, STROKE))
    painter.drawLine(QPointF(hairline(x), HEADER_PX), QPointF(hairline(x), where.height - 1))


def _draw_ruler(painter: QPainter, where: GridGeometry, tokens: Colors, meter: Meter) -> None:
    beat, bar = beat_length(meter), meter.bar_length
    painter.setFont(font(FontSize.SMALL))
    every = beat if where.step_width * beat / STEP >= 40 else bar
    for index in range(int(where.view.first / every), int(where.view.end / every) + 1):
        time = index * every
        if not where.view.first - 1e-9 <= time < where.view.end - 1e-9:
            continue
        number, rest = divmod(time + 1e-9, bar)
        on_bar = rest < 1e-6
        painter.setPen(tokens.text if on_bar else tokens.quiet)
        text = f"{number + 1:.0f}" if on_bar else f"{number + 1:.0f}.{rest / beat + 1:.0f}"
        draw_text(painter, QRectF(where.x_of(time) + 3, 0, 40, HEADER_PX), text)


def draw_hits(painter: QPainter, where: GridGeometry, tokens: Colors, hits: tuple[GridHit, ...], stale: bool) -> None:
    """Draw the hits in sight; moved ones leave a ghost at the place they are written."""
    painter.setClipRect(where.field)
    painter.setOpacity(STALE_OPACITY if stale else 1.0)
    for hit in hits:
        if where.view.first - 1.0 < hit.start < where.view.end + STEP:
            _draw_hit(painter, where, tokens, hit)
    painter.setOpacity(1.0)
    painter.setClipping(False)


def _draw_hit(painter: QPainter, where: GridGeometry, tokens: Colors, hit: GridHit) -> None:
    lane = where.lanes.index(hit.drum)
    color = voice(hit.drum).mark(tokens.panel)
    if hit.is_moved:
        ghost = where.hit_box(lane, hit.base_start, hit.base_velocity).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(faded(color, 0.55), STROKE))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(ghost, 2, 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(faded(color, 0.6 + 0.4 * hit.velocity / 127.0))
    painter.drawRoundedRect(where.hit_box(lane, hit.start, hit.velocity), 2, 2)


def draw_over(painter: QPainter, where: GridGeometry, tokens: Colors, picture: GridPicture) -> None:
    """Draw what moves."""
    if picture.hovered is not None:
        painter.fillRect(where.cell_box(*picture.hovered), faded(tokens.text, 0.10))
    for hit in picture.sounding:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mix(voice(hit.drum).mark(tokens.panel), tokens.text, GLOW_SHARE))
        painter.drawRoundedRect(where.hit_box(where.lanes.index(hit.drum), hit.start, hit.velocity), 2, 2)
    if picture.cursor is not None:
        painter.setPen(QPen(tokens.accent, STROKE_BOLD))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(where.cell_box(*picture.cursor).adjusted(1, 1, -1, -1), 3, 3)
    if picture.playhead is not None and where.view.first <= picture.playhead <= where.view.end:
        x = hairline(where.x_of(picture.playhead))
        painter.setPen(QPen(tokens.text, STROKE_BOLD))
        painter.drawLine(QPointF(x, HEADER_PX - 6), QPointF(x, where.height))
    if picture.bubble is not None:
        _draw_bubble(painter, where, tokens, picture.bubble)


def bubble_box(where: GridGeometry, hit: GridHit) -> QRectF:
    """Return the box of the number beside a hit: above it, or below where there is no room."""
    box = where.hit_box(where.lanes.index(hit.drum), hit.start, 127)
    left = min(max(where.field.left(), box.center().x() - 20), where.width - 41)
    top = box.top() - 24
    return QRectF(left, top if top >= 0 else box.bottom() + 4, 40, 22)


def _draw_bubble(painter: QPainter, where: GridGeometry, tokens: Colors, hit: GridHit) -> None:
    box = bubble_box(where, hit)
    painter.setPen(QPen(tokens.ground, STROKE))
    painter.setBrush(tokens.text)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(tokens.ground)
    painter.setFont(font(bold=True))
    draw_text(painter, box, str(hit.base_velocity), Qt.AlignmentFlag.AlignHCenter)
