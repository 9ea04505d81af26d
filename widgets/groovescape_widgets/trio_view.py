"""Three parts of one loop, one above the other."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from groovescape_models.music.chords import Chord
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.timing import Quarters
from groovescape_widgets.color import mix
from groovescape_widgets.focus import is_by_keyboard
from groovescape_widgets.mini import MiniGeometry, draw_mini, notes_words
from groovescape_widgets.painting import Layer, blit, draw_focus_ring, draw_text, draw_voice, hairline
from groovescape_widgets.ruler import HEADER_PX, TimeAxis, chord_signs, draw_ruler
from groovescape_widgets.theme import Colors, colors, font
from groovescape_widgets.time_view import TimeView
from groovescape_widgets.tokens import RADIUS, SPACE_M, SPACE_S, SPACE_XS, STROKE, STROKE_BOLD, FontSize
from groovescape_widgets.voices import part_voice

NAME_PX: Final = 88
PARTS: Final = (Role.MELODY, Role.BASS, Role.DRUMS)
LEAST_PART_PX: Final = 48


class TrioPart(QAbstractButton):
    """One part: its name at the left, its notes at the right. A click or Enter asks to see it large."""

    def __init__(self, role: Role) -> None:
        """Show an empty part."""
        super().__init__()
        self.role = role
        self._pattern = Pattern(role=role)
        self._playhead: Quarters | None = None
        self._picture = Layer()
        self._ringed = self._current = False
        name = part_voice(role).name
        self.setAccessibleName(name)
        self.setToolTip(f"{name}: click or Enter to edit it.")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_pattern(self, pattern: Pattern) -> None:
        """Show other notes."""
        self._pattern = pattern
        self._describe()

    def set_current(self, current: bool) -> None:
        """Show whether it is the part that is worked on."""
        if current != self._current:
            self._current = current
            self._describe()

    def _describe(self) -> None:
        worked_on = ", worked on now" if self._current else ""
        self.setAccessibleDescription(f"{notes_words(self._pattern)}{worked_on}")
        self._picture.drop()
        self.update()

    def geometry_now(self) -> MiniGeometry:
        """Return where the notes are at the present size."""
        box = QRectF(self.rect()).adjusted(NAME_PX, SPACE_S, -SPACE_S, -SPACE_S)
        return MiniGeometry(box, self._pattern.length)

    def set_playhead(self, time: Quarters | None) -> None:
        """Show where the loop is playing; repaints only what differs."""
        for place in (self._playhead, time):
            if place is not None:
                self.update(QRect(int(self.geometry_now().x_of(place)) - 2, 0, 5, self.height()))
        self._playhead = time

    def sizeHint(self) -> QSize:
        """Room for a part."""
        return QSize(640, 100)

    def minimumSizeHint(self) -> QSize:
        """The least that can be read."""
        return QSize(360, LEAST_PART_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask with Enter; go up and down with the arrows."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
        elif key == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a ring to those who came by keyboard."""
        self._ringed = is_by_keyboard(event.reason())
        super().focusInEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in another palette."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._picture.drop()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the part, then draw the playhead and what the pointer does."""
        painter = QPainter(self)
        tokens = colors(self.palette())
        blit(painter, self._picture.pixmap(self, lambda p: self._draw(p, tokens)), event.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._playhead is not None and self._playhead <= self._pattern.length:
            x = hairline(self.geometry_now().x_of(self._playhead))
            painter.setPen(QPen(tokens.text, STROKE_BOLD))
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        if self.underMouse():
            painter.setPen(QPen(tokens.accent, STROKE))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        if self._ringed and self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), tokens.accent)

    def _draw(self, painter: QPainter, tokens: Colors) -> None:
        ground, look = mix(tokens.panel, tokens.raised, 0.75), part_voice(self.role)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        if self._current:
            painter.setBrush(tokens.accent)
            painter.drawRoundedRect(QRectF(0, SPACE_S, 3, self.height() - 2 * SPACE_S), 1.5, 1.5)
        middle = self.height() / 2
        draw_voice(painter, look, QPointF(SPACE_M + 3, middle), 6.0, ground)
        painter.setFont(font(FontSize.BODY, bold=True))
        painter.setPen(tokens.text)
        draw_text(painter, QRectF(SPACE_M + 16, 0, NAME_PX - SPACE_M - 16 - SPACE_XS, self.height()), look.name)
        draw_mini(painter, self.geometry_now().box, self._pattern, tokens, ground)


class TrioView(QWidget):
    """Melody, bass and drums.

    part_chosen(role) comes when a part is clicked or chosen by Enter; axis_changed tells that
    times are drawn elsewhere.
    """

    part_chosen = Signal(str)
    axis_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._drums = Pattern()
        self._chords: tuple[Chord | None, ...] = ()
        self.parts = {role: TrioPart(role) for role in PARTS}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, HEADER_PX, 0, 0)
        column.setSpacing(SPACE_XS)
        for role, part in self.parts.items():
            column.addWidget(part, 1)
            part.clicked.connect(lambda _=False, role=role: self.part_chosen.emit(role.value))
        self.setAccessibleName("Trio")

    def set_trio(self, melody: Pattern, bass: Pattern, drums: Pattern) -> None:
        """Show three parts."""
        self._drums = drums
        for role, pattern in zip(PARTS, (melody, bass, drums), strict=True):
            self.parts[role].set_pattern(pattern)
        self.axis_changed.emit()
        self.update()

    def set_chords(self, chords: tuple[Chord | None, ...]) -> None:
        """Name the chord of each bar in the ruler; fewer chords than bars are repeated."""
        self._chords = chords
        self.update()

    def set_part(self, role: Role | None) -> None:
        """Show which part is worked on, None for none."""
        for other, part in self.parts.items():
            part.set_current(other is role)

    def set_playhead(self, time: Quarters | None) -> None:
        """Show where the loop is playing."""
        for part in self.parts.values():
            part.set_playhead(time)

    def sizeHint(self) -> QSize:
        """Room for three parts."""
        return QSize(640, 320)

    def minimumSizeHint(self) -> QSize:
        """The least that can be read."""
        return QSize(360, HEADER_PX + 3 * LEAST_PART_PX + 2 * SPACE_XS)

    @property
    def axis(self) -> TimeAxis:
        """Where the times of the loop are drawn."""
        return TimeAxis(NAME_PX, self.width() - SPACE_S, TimeView(0.0, self._drums.length, self._drums.length))

    def look(self, view: TimeView) -> None:
        """All of the loop is always in sight."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that times are drawn elsewhere."""
        self.axis_changed.emit()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ruler."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        signs = chord_signs(self._chords, self._drums.bars)
        draw_ruler(painter, self.axis, colors(self.palette()), self._drums.meter, signs)
