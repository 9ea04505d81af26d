"""A pattern seen small: drums as lanes of marks, lines as a piano roll without keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from groovescape_models.music.drumkit import Drum, drum_of
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import STEP, Quarters
from groovescape_widgets.color import mix
from groovescape_widgets.painting import hairline
from groovescape_widgets.theme import Colors
from groovescape_widgets.tokens import STROKE
from groovescape_widgets.voices import LANE_ORDER, part_voice, voice

FEWEST_ROWS: Final = 12
"""A line of few pitches is drawn as if it had an octave: flat lines look flat."""
LEAST_PX: Final = 1.5
LEAST_NOTE_PX: Final = 3.0
WIDEST_HIT_PX: Final = 10.0
HIGHEST_HIT_PX: Final = 12.0


@dataclass(frozen=True, slots=True)
class MiniGeometry:
    """A box that holds a whole pattern."""

    box: QRectF
    length: Quarters

    def x_of(self, time: Quarters) -> float:
        """Return where a time is."""
        return self.box.left() + time / self.length * self.box.width()

    def row(self, index: float, rows: int) -> QRectF:
        """Return the box of one of so many rows, from the top."""
        height = self.box.height() / rows
        return QRectF(self.box.left(), self.box.top() + index * height, self.box.width(), height)


@dataclass(frozen=True, slots=True)
class MiniScale:
    """What the rows stand for: drums from the top, or so many semitones down from a top pitch."""

    lanes: tuple[Drum | None, ...]
    top: int
    rows: int


def scale_of(patterns: Sequence[Pattern]) -> MiniScale:
    """Return the scale on which patterns can be compared with each other by eye."""
    notes = [note for pattern in patterns for note in sounding(pattern)]
    return MiniScale(drums_played(notes), *pitch_rows(notes))


def sounding(pattern: Pattern) -> list[Note]:
    """Return the notes of a pattern that its loop plays."""
    return [note for note in pattern.notes if note.start < pattern.length]


def notes_words(pattern: Pattern) -> str:
    """Return how many notes a pattern has, in words."""
    return f"{len(pattern.notes)} note{'' if len(pattern.notes) == 1 else 's'}"


def draw_mini(
    painter: QPainter, box: QRectF, pattern: Pattern, tokens: Colors, ground: QColor, scale: MiniScale | None = None
) -> None:
    """Draw the notes of a pattern, and thin lines at its bars; on a scale of its own where none is given."""
    where, scale = MiniGeometry(box, pattern.length), scale or scale_of((pattern,))
    for bar in range(1, pattern.bars):
        x = hairline(where.x_of(bar * pattern.meter.bar_length))
        painter.setPen(QPen(mix(ground, tokens.quiet, 0.3), STROKE))
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
    painter.setPen(Qt.PenStyle.NoPen)
    if pattern.role is Role.DRUMS:
        _draw_hits(painter, where, sounding(pattern), ground, scale)
    else:
        _draw_line(painter, where, sounding(pattern), part_voice(pattern.role).mark(ground), ground, scale)


def drums_played(notes: list[Note]) -> tuple[Drum | None, ...]:
    """Return the drums of notes from top to bottom, None last for pitches that no class maps; kick and snare always."""
    played = {drum_of(note.pitch) for note in notes} | {Drum.KICK, Drum.SNARE, Drum.CLOSED_HAT}
    return tuple(drum for drum in (*LANE_ORDER, None) if drum in played)


def _draw_hits(painter: QPainter, where: MiniGeometry, notes: list[Note], ground: QColor, scale: MiniScale) -> None:
    step = where.box.width() / where.length * STEP
    width = min(WIDEST_HIT_PX, max(LEAST_PX, step * 0.8))
    for note in notes:
        drum = drum_of(note.pitch)
        row = where.row(scale.lanes.index(drum), len(scale.lanes))
        full = min(HIGHEST_HIT_PX, row.height() * 0.85)
        height = max(LEAST_PX, full * (0.35 + 0.65 * note.velocity / 127.0))
        painter.setBrush(voice(drum).mark(ground))
        mark = QRectF(where.x_of(note.start), row.center().y() - height / 2, width, height)
        painter.drawRoundedRect(mark, 1, 1)


def pitch_rows(notes: list[Note]) -> tuple[int, int]:
    """Return the highest pitch of the picture and its number of rows: an octave at least, the notes in the middle."""
    if not notes:
        return 72, FEWEST_ROWS
    low, high = min(note.pitch for note in notes), max(note.pitch for note in notes)
    rows = max(FEWEST_ROWS, high - low + 1)
    return high + (rows - (high - low + 1)) // 2, rows


def _draw_line(
    painter: QPainter, where: MiniGeometry, notes: list[Note], color: QColor, ground: QColor, scale: MiniScale
) -> None:
    for note in notes:
        row = where.row(scale.top - note.pitch, scale.rows)
        left, right = where.x_of(note.start), where.x_of(min(note.end, where.length))
        painter.setBrush(mix(ground, color, 0.6 + 0.4 * note.velocity / 127.0))
        height = min(HIGHEST_HIT_PX, max(LEAST_NOTE_PX, row.height() - 0.5))
        width = max(LEAST_PX, right - left - 1)
        painter.drawRoundedRect(QRectF(left, row.center().y() - height / 2, width, height), 1, 1)
