"""How a drum grid looks: the still lanes and hits, and upon them the cursor, the bubble and the playhead."""

from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from groovescape_models.music.drumkit import Drum
from groovescape_models.music.timing import STEP, Meter, Quarters
from groovescape_widgets.color import faded, mix
from groovescape_widgets.drum_hits import GridHit
from groovescape_widgets.grid_geometry import GridGeometry
from groovescape_widgets.locks import LockPlace, Locks
from groovescape_widgets.painting import draw_text, draw_voice, hairline
from groovescape_widgets.ruler import (
    HEADER_PX,
    LOCK_PX,
    draw_lock,
    draw_lock_hover,
    draw_locked_area,
    draw_ruler,
    draw_time_lines,
)
from groovescape_widgets.theme import Colors, font, voice
from groovescape_widgets.tokens import SPACE_XS, STROKE, STROKE_BOLD, FontSize
from groovescape_widgets.voices import LANE_ORDER, OTHER_VOICE

STALE_OPACITY: Final = 0.5
GLOW_SHARE: Final = 0.55
GLYPH_PX: Final = 5.0
NAME_LEFT: Final = 22


@dataclass(frozen=True, slots=True)
class GridPicture:
    """What lies over the still layer."""

    playhead: Quarters | None = None
    hovered: tuple[int, int] | None = None
    cursor: tuple[int, int] | None = None
    bubble: GridHit | None = None
    sounding: tuple[GridHit, ...] = ()
    locks: Locks = Locks()
    hovered_lock: LockPlace | None = None

    def with_(self, **changes: Any) -> "GridPicture":  # noqa: ANN401
        """Return the picture with other fields."""
        return replace(self, **changes)


def names_width() -> int:
    """Return the width of the column of names."""
    metrics = QFontMetrics(font(FontSize.SMALL))
    names = [voice(drum).name for drum in LANE_ORDER] + [OTHER_VOICE.name]
    return NAME_LEFT + max(metrics.horizontalAdvance(name) for name in names) + LOCK_PX + 2 * SPACE_XS


def draw_lanes(painter: QPainter, where: GridGeometry, tokens: Colors, meter: Meter, locks: Locks) -> None:
    """Draw names, lanes, lines and what is locked."""
    for lane, drum in enumerate(where.lanes):
        box = where.lane_box(lane)
        painter.fillRect(box, mix(tokens.panel, tokens.raised, 0.55))
        _draw_name(painter, QRectF(0, box.top(), where.names_width, box.height()), drum, tokens)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    draw_time_lines(painter, where.axis, tokens, meter, where.height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    draw_ruler(painter, where.axis, tokens, meter)
    _draw_locks(painter, where, tokens, meter, locks)


def _draw_name(painter: QPainter, box: QRectF, drum: Drum | None, tokens: Colors) -> None:
    look = voice(drum)
    draw_voice(painter, look, QPointF(GLYPH_PX + 3, box.center().y()), GLYPH_PX, tokens.panel)
    painter.setFont(font(FontSize.SMALL))
    painter.setPen(tokens.text if drum is not None else tokens.quiet)
    draw_text(painter, box.adjusted(NAME_LEFT, 0, 0, 0), look.name)


def _draw_locks(painter: QPainter, where: GridGeometry, tokens: Colors, meter: Meter, locks: Locks) -> None:
    for lane, drum in enumerate(where.lanes):
        is_locked = drum is not None and int(drum) in locks.lanes
        draw_lock(painter, where.lane_lock_box(lane), tokens, is_locked=is_locked)
        if is_locked:
            draw_locked_area(painter, where.lane_box(lane), tokens)
    for bar in where.axis.bars(meter):
        draw_lock(painter, where.axis.lock_box(bar, meter), tokens, is_locked=bar in locks.bars)
        if bar in locks.bars:
            left, right = where.axis.bar_edges(bar, meter)
            draw_locked_area(painter, QRectF(left, HEADER_PX, right - left, where.height - HEADER_PX), tokens)


def _lock_box(where: GridGeometry, meter: Meter, place: LockPlace) -> QRectF:
    if place.bar is not None:
        return where.axis.lock_box(place.bar, meter)
    lane = next((lane for lane, drum in enumerate(where.lanes) if drum == place.drum), None)
    return QRectF() if lane is None else where.lane_lock_box(lane)


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


def draw_over(painter: QPainter, where: GridGeometry, tokens: Colors, picture: GridPicture, meter: Meter) -> None:
    """Draw what moves."""
    if picture.hovered_lock is not None:
        draw_lock_hover(painter, _lock_box(where, meter, picture.hovered_lock), tokens)
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
