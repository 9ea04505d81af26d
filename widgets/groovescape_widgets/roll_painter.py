"""How a piano roll looks: rows, keys and notes that keep still, and upon them what moves."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from groovescape_models.music.chords import Chord
from groovescape_models.music.key import SEMITONES, Key
from groovescape_models.music.timing import Meter, Quarters
from groovescape_widgets.color import faded, luminance, mix
from groovescape_widgets.locks import Locks
from groovescape_widgets.painting import draw_text
from groovescape_widgets.roll_geometry import KEYS_PX, RollGeometry
from groovescape_widgets.roll_notes import RollNote, pitch_name
from groovescape_widgets.ruler import HEADER_PX, chord_signs, draw_lock, draw_locked_area, draw_ruler, draw_time_lines
from groovescape_widgets.theme import Colors, font
from groovescape_widgets.tokens import RADIUS, SPACE_XS, STROKE, FontSize

BLACK_KEYS: Final = frozenset({1, 3, 6, 8, 10})
BLACK_SHARE: Final = 0.4
LABEL_PX: Final = 13.0
LEAST_ROUND_PX: Final = 4.0
"""Below this size nobody sees round corners or heads, and they cost time where there are thousands."""
EMPTY: Final = "No notes yet: click to draw one."
STALE_OPACITY: Final = 0.5


@dataclass(frozen=True, slots=True)
class RollGround:
    """What lies under the notes."""

    meter: Meter
    key: Key | None = None
    chords: tuple[Chord | None, ...] = ()
    locks: Locks = Locks()

    def with_(self, **changes: Any) -> "RollGround":  # noqa: ANN401
        """Return the ground with other fields."""
        return replace(self, **changes)


def draw_ground(painter: QPainter, where: RollGeometry, tokens: Colors, ground: RollGround) -> None:
    """Draw rows, keys, lines, ruler and what is locked."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.save()
    painter.setClipRect(QRectF(0, HEADER_PX, where.width, where.field.height()))
    for pitch in where.pitches.pitches:
        _draw_row(painter, where, tokens, ground.key, pitch)
    _draw_chord_tones(painter, where, tokens, ground)
    for pitch in where.pitches.pitches:
        _draw_key(painter, where, tokens, pitch)
    painter.restore()
    painter.fillRect(where.velocities, mix(tokens.panel, tokens.raised, 0.55))
    _draw_lines(painter, where, tokens, ground.meter)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    _draw_labels(painter, where, tokens, ground.key)
    draw_ruler(
        painter, where.axis, tokens, ground.meter, chord_signs(ground.chords, where.axis.bars(ground.meter).stop)
    )
    _draw_locks(painter, where, tokens, ground)


def row_colors(tokens: Colors) -> tuple[QColor, QColor]:
    """Return the ground of rows in the key and of the others, darker in either scheme."""
    if luminance(tokens.panel) < 0.18:
        return mix(tokens.panel, tokens.raised, 0.75), mix(tokens.panel, tokens.ground, 0.8)
    return tokens.panel, mix(tokens.raised, tokens.line, 0.25)


def key_colors(tokens: Colors) -> tuple[QColor, QColor]:
    """Return the colours of white and of black keys."""
    if luminance(tokens.panel) < 0.18:
        return mix(tokens.panel, tokens.text, 0.16), tokens.ground
    return tokens.panel, mix(tokens.panel, tokens.text, 0.72)


def _draw_row(painter: QPainter, where: RollGeometry, tokens: Colors, key: Key | None, pitch: int) -> None:
    row = where.row_box(pitch)
    lit, dim = row_colors(tokens)
    is_in = pitch % SEMITONES not in BLACK_KEYS if key is None else key.holds(pitch)
    painter.fillRect(row, lit if is_in else dim)
    if key is not None and pitch % SEMITONES == key.tonic:
        painter.fillRect(row, faded(tokens.text, 0.06))
    is_octave = pitch % SEMITONES == (0 if key is None else key.tonic)
    painter.setPen(QPen(mix(tokens.panel, tokens.quiet, 0.38 if is_octave else 0.10), STROKE))
    painter.drawLine(QPointF(row.left(), row.bottom() - 1), QPointF(row.right(), row.bottom() - 1))


def _draw_chord_tones(painter: QPainter, where: RollGeometry, tokens: Colors, ground: RollGround) -> None:
    """Light the rows of each bar's chord a little."""
    for bar in where.axis.bars(ground.meter) if ground.chords else ():
        chord = ground.chords[bar % len(ground.chords)]
        left, right = where.axis.bar_edges(bar, ground.meter)
        for pitch in where.pitches.pitches:
            if chord is not None and pitch % SEMITONES in chord.pitch_classes:
                row = where.row_box(pitch)
                painter.fillRect(QRectF(left, row.top(), right - left, row.height() - 1), faded(tokens.accent, 0.09))


def _draw_key(painter: QPainter, where: RollGeometry, tokens: Colors, pitch: int) -> None:
    box, (white, black) = where.key_box(pitch), key_colors(tokens)
    painter.fillRect(box, white)
    if pitch % SEMITONES in BLACK_KEYS:
        painter.fillRect(QRectF(0, box.top(), KEYS_PX * BLACK_SHARE, box.height() - 1), black)
    if pitch % SEMITONES in (0, 5):
        painter.fillRect(QRectF(0, box.bottom() - 1, KEYS_PX, STROKE), mix(tokens.line, tokens.ground, 0.5))


def _draw_lines(painter: QPainter, where: RollGeometry, tokens: Colors, meter: Meter) -> None:
    draw_time_lines(painter, where.axis, tokens, meter, where.height)
    gap = QRectF(0, where.field.bottom(), where.width, where.velocities.top() - where.field.bottom())
    painter.fillRect(gap, tokens.panel)
    painter.fillRect(QRectF(KEYS_PX - STROKE, HEADER_PX, STROKE, where.height - HEADER_PX), tokens.line)


def labelled(where: RollGeometry, key: Key | None) -> tuple[int, ...]:
    """Return the pitches whose keys have room for a name: all rows where they are high, else each C and the tonic."""
    in_sight = [pitch for pitch in where.pitches.pitches if where.field.contains(where.row_box(pitch).center())]
    if where.row_height >= LABEL_PX + 1:
        return tuple(in_sight)
    tonic = 0 if key is None else key.tonic
    tonics = [pitch for pitch in in_sight if pitch % SEMITONES == tonic]
    apart = LABEL_PX / where.row_height
    far = [
        pitch
        for pitch in in_sight
        if pitch % SEMITONES == 0 and tonic != 0 and all(abs(pitch - other) >= apart for other in tonics)
    ]
    return tuple(sorted((*tonics, *far)))


def _draw_labels(painter: QPainter, where: RollGeometry, tokens: Colors, key: Key | None) -> None:
    for pitch in labelled(where, key):
        box, is_tonic = where.key_box(pitch), key is not None and pitch % SEMITONES == key.tonic
        text = QRectF(0, box.center().y() - LABEL_PX / 2, KEYS_PX - SPACE_XS - 1, LABEL_PX)
        painter.setFont(font(FontSize.SMALL, bold=is_tonic))
        painter.setPen(tokens.text)
        draw_text(painter, text, pitch_name(pitch), Qt.AlignmentFlag.AlignRight)
        if is_tonic:
            painter.fillRect(QRectF(KEYS_PX - 3, box.top(), 3, box.height() - 1), tokens.accent)


def _draw_locks(painter: QPainter, where: RollGeometry, tokens: Colors, ground: RollGround) -> None:
    for bar in where.axis.bars(ground.meter):
        is_locked = bar in ground.locks.bars
        draw_lock(painter, where.axis.lock_box(bar, ground.meter), tokens, is_locked=is_locked)
        if is_locked:
            left, right = where.axis.bar_edges(bar, ground.meter)
            for part in (where.field, where.velocities):
                draw_locked_area(painter, QRectF(left, part.top(), right - left, part.height()), tokens)


def draw_notes(
    painter: QPainter,
    where: RollGeometry,
    tokens: Colors,
    notes: Sequence[RollNote],
    color: QColor,
    selected: Collection[int],
) -> None:
    """Draw the notes in sight with their velocities; moved ones leave a ghost where they are written."""
    in_sight = [note for note in notes if note.end > where.view.first and note.start < where.view.end]
    painter.save()
    painter.setClipRect(where.field)
    rows = where.pitches.pitches
    for note in in_sight:
        if note.pitch in rows:
            draw_note(painter, where, tokens, note, color, is_selected=note.index in selected)
    painter.setClipRect(where.velocities)
    for note in in_sight:
        draw_velocity(painter, where, tokens, note, color, is_selected=note.index in selected)
    painter.restore()


def draw_note(
    painter: QPainter, where: RollGeometry, tokens: Colors, note: RollNote, color: QColor, *, is_selected: bool
) -> None:
    """Draw one note, its name in it where there is room."""
    box = where.note_box(note)
    if note.is_moved:
        painter.setPen(QPen(faded(color, 0.55), STROKE))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(where.written_box(note).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    fill = note_fill(tokens.panel.rgba(), color.rgba(), tokens.text.rgba(), note.velocity, is_selected)
    if not is_selected and min(box.width(), box.height()) < LEAST_ROUND_PX:
        painter.fillRect(box, fill)
        return
    painter.setBrush(fill)
    painter.setPen(QPen(tokens.text, 1.5) if is_selected else Qt.PenStyle.NoPen)
    inset = 0.75 if is_selected else 0.0
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 2, 2)
    _draw_name(painter, box, note.pitch, fill)


@lru_cache(maxsize=1024)
def note_fill(panel: int, color: int, text: int, velocity: int, is_selected: bool) -> QColor:
    """Return the tone of a note: the louder the fuller, brighter if it is chosen; colours are rgba numbers."""
    tone = mix(QColor.fromRgba(panel), QColor.fromRgba(color), 0.62 + 0.38 * velocity / 127.0)
    return mix(tone, QColor.fromRgba(text), 0.30) if is_selected else tone


def name_color(fill: QColor) -> QColor:
    """Return the colour in which a name is read upon a note."""
    return QColor("black") if luminance(fill) > 0.18 else QColor("white")


def _draw_name(painter: QPainter, box: QRectF, pitch: int, fill: QColor) -> None:
    if box.height() < LABEL_PX:
        return
    painter.setFont(font(FontSize.SMALL))
    name = pitch_name(pitch)
    if QFontMetrics(painter.font()).horizontalAdvance(name) + 2 * SPACE_XS <= box.width():
        painter.setPen(name_color(fill))
        draw_text(painter, box.adjusted(SPACE_XS, 0, 0, 0), name)


def draw_velocity(
    painter: QPainter, where: RollGeometry, tokens: Colors, note: RollNote, color: QColor, *, is_selected: bool
) -> None:
    """Draw one velocity as a stem with a head."""
    x, y, bottom = where.axis.x_of(note.start), where.velocity_y(note.velocity), where.velocities.bottom()
    shade = mix(color, tokens.text, 0.5) if is_selected else color
    painter.fillRect(QRectF(x, y, 2, bottom - y), shade)
    if where.axis.step_width < LEAST_ROUND_PX:
        return
    painter.setPen(QPen(tokens.text, 1.5) if is_selected else Qt.PenStyle.NoPen)
    painter.setBrush(shade)
    painter.drawRoundedRect(QRectF(x, y - 3, 7, 6), 2, 2)


def draw_empty(painter: QPainter, where: RollGeometry, tokens: Colors) -> None:
    """Say what an empty roll is for."""
    painter.setFont(font())
    room = QRectF(0, 0, min(where.field.width() - 16, QFontMetrics(font()).horizontalAdvance(EMPTY) + 24), 32)
    room.moveCenter(where.field.center())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.panel)
    painter.drawRoundedRect(room, RADIUS, RADIUS)
    painter.setPen(tokens.quiet)
    draw_text(painter, room, EMPTY, Qt.AlignmentFlag.AlignHCenter)


def time_text(time: Quarters) -> str:
    """Return a length in words for readers and tooltips: '2 steps', '1.5 steps'."""
    steps = round(time * 4, 2)
    return f"{steps:g} step{'' if steps == 1 else 's'}"
