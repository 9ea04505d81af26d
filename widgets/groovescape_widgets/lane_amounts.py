"""How much of a groove each drum takes: nine handles, each in the colour and shape of its drum."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from groovescape_models.music.drumkit import Drum
from groovescape_models.music.feel import EVEN_LANES
from groovescape_widgets.color import faded
from groovescape_widgets.focus import is_by_keyboard
from groovescape_widgets.painting import draw_focus_ring, draw_text, draw_voice
from groovescape_widgets.theme import Colors, colors, font
from groovescape_widgets.tokens import SPACE_S, STROKE, FontSize
from groovescape_widgets.voices import LANE_ORDER, voice

MOST: Final = 1.5
STEP: Final = 0.05
FINE_STEP: Final = 0.01
TITLE_PX: Final = 18
TRACK_PX: Final = 46
HANDLE_PX: Final = 5.0
HINT: Final = "Timing and velocity of this drum. Double click: 100 %. Ctrl: fine."
DRUMS: Final = tuple(reversed(LANE_ORDER))
"""Left to right: kick first, cymbals last."""


class LaneAmounts(QWidget):
    """Nine amounts in 0..1.5, by drum class.

    changing(amounts) comes with every movement of a hand, committed(amounts) once when it lets go; set_amounts emits
    nothing. Left and Right go from drum to drum, Up and Down move its handle, Delete brings 100 % back.
    """

    changing = Signal(object)
    committed = Signal(object)

    def __init__(self) -> None:
        """Start with all of the groove for every drum."""
        super().__init__()
        self._amounts: tuple[float, ...] = EVEN_LANES
        self._before: tuple[float, ...] | None = None
        self._at = 0
        self._over: int | None = None
        self._ringed = False
        self.setFont(font(FontSize.SMALL))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Amount by drum")
        self._describe()

    @property
    def amounts(self) -> tuple[float, ...]:
        """The amounts, by drum class 0..8."""
        return self._amounts

    def set_amounts(self, amounts: tuple[float, ...]) -> None:
        """Show amounts; ignored while a hand holds a handle."""
        if self._before is None:
            self._amounts = tuple(amounts)
            self._describe()
            self.update()

    def sizeHint(self) -> QSize:
        """A title line and the handles."""
        return QSize(9 * 24, TITLE_PX + TRACK_PX + 2)

    def minimumSizeHint(self) -> QSize:
        """Room for nine handles side by side."""
        return QSize(9 * 14, self.sizeHint().height())

    @property
    def _drum(self) -> Drum:
        return DRUMS[self._at]

    def words_of(self, place: int) -> str:
        """Return the name and the amount of the drum at a place from the left."""
        drum = DRUMS[place]
        return f"{voice(drum).name} {self._amounts[drum] * 100:.0f} %"

    def _describe(self) -> None:
        self.setAccessibleDescription(self.words_of(self._at))

    def place_of(self, place: int) -> QPointF:
        """Return where the handle of the drum at a place from the left is."""
        track = self._track(place)
        return QPointF(track.center().x(), track.bottom() - self._amounts[DRUMS[place]] / MOST * track.height())

    def _track(self, place: int) -> QRectF:
        width = self.width() / len(DRUMS)
        return QRectF(place * width, TITLE_PX + HANDLE_PX + 2, width, TRACK_PX - 2 * HANDLE_PX)

    def _place_at(self, x: float) -> int:
        return min(len(DRUMS) - 1, max(0, int(x / max(1.0, self.width()) * len(DRUMS))))

    def _set(self, value: float) -> None:
        amounts = list(self._amounts)
        amounts[self._drum] = round(min(MOST, max(0.0, value)), 2)
        if tuple(amounts) != self._amounts:
            self._amounts = tuple(amounts)
            self._describe()
            self.update()
            self.changing.emit(self._amounts)

    def _jump(self, value: float) -> None:
        before = self._amounts
        self._set(value)
        if self._amounts != before:
            self.committed.emit(self._amounts)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a handle to the pointer."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._at, self._before = self._place_at(event.position().x()), self._amounts
            self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer, or say over which drum it is."""
        if self._before is not None:
            self._follow(event)
        else:
            self._over = self._place_at(event.position().x())
            self.update()

    def _follow(self, event: QMouseEvent) -> None:
        track = self._track(self._at)
        value = (track.bottom() - event.position().y()) / track.height() * MOST
        grid = FINE_STEP if event.modifiers() & Qt.KeyboardModifier.ControlModifier else STEP
        self._set(round(value / grid) * grid)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Commit, once a gesture."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._let_go()

    def _let_go(self) -> None:
        before, self._before = self._before, None
        if before is not None and before != self._amounts:
            self.committed.emit(self._amounts)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Bring 100 % back."""
        self._at = self._place_at(event.position().x())
        self._jump(1.0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step with the wheel."""
        self._at = self._place_at(event.position().x())
        self._jump(self._amounts[self._drum] + event.angleDelta().y() / 120.0 * STEP)
        event.accept()

    def leaveEvent(self, event: object) -> None:
        """The pointer is over no drum."""
        self._over = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to a drum, move its handle."""
        key, value = event.key(), self._amounts[self._drum]
        step = FINE_STEP if event.modifiers() & Qt.KeyboardModifier.ControlModifier else STEP
        moves = {Qt.Key.Key_Up: value + step, Qt.Key.Key_Down: value - step, Qt.Key.Key_Home: 0.0}
        moves |= {Qt.Key.Key_End: MOST, Qt.Key.Key_Delete: 1.0, Qt.Key.Key_Backspace: 1.0}
        turns = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if key in moves:
            self._jump(moves[Qt.Key(key)])
        elif key in turns:
            self._at = (self._at + turns[Qt.Key(key)]) % len(DRUMS)
            self._describe()
            self.update()
        elif key == Qt.Key.Key_Escape and self._before is not None:
            self._set(self._before[self._drum])
            self._before = None
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a ring to those who came by keyboard."""
        self._ringed = is_by_keyboard(event.reason())
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A hand that loses the window has let go."""
        self._let_go()
        super().focusOutEvent(event)

    def event(self, event: object) -> bool:
        """Tell in a tooltip which drum is under the pointer."""
        if isinstance(event, QHelpEvent):
            words = self.words_of(self._place_at(event.pos().x()))
            QToolTip.showText(event.globalPos(), f"{words}\n{HINT}", self)
            return True
        return super().event(event)  # type: ignore[arg-type]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw title and handles."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = colors(self.palette())
        self._draw_title(painter, tokens)
        for place in range(len(DRUMS)):
            self._draw_lane(painter, place, tokens)
        if self._ringed and self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), tokens.accent, 4)

    def _draw_title(self, painter: QPainter, tokens: Colors) -> None:
        box = QRectF(3, 0, self.width() - 6, TITLE_PX)
        painter.setPen(tokens.quiet)
        draw_text(painter, box, "By drum")
        told = self._at if self._before is not None or self._ringed and self.hasFocus() else self._over
        if told is not None and self.isEnabled():
            painter.setPen(tokens.text)
            draw_text(painter, box, self.words_of(told), Qt.AlignmentFlag.AlignRight)

    def _draw_lane(self, painter: QPainter, place: int, tokens: Colors) -> None:
        track, handle = self._track(place), self.place_of(place)
        middle = round(track.center().x())
        if self.hasFocus() and self._ringed and place == self._at:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.raised)
            painter.drawRoundedRect(track.adjusted(2, -HANDLE_PX, -2, HANDLE_PX), 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.line)
        painter.drawRect(QRectF(middle - 1, track.top(), 2, track.height()))
        home = track.bottom() - track.height() / MOST
        painter.drawRect(QRectF(middle - SPACE_S / 2, home - STROKE / 2, SPACE_S, STROKE))
        if not self.isEnabled():
            painter.setBrush(tokens.quiet)
            painter.drawEllipse(QPointF(middle, handle.y()), HANDLE_PX - 1, HANDLE_PX - 1)
            return
        look = voice(DRUMS[place])
        painter.setBrush(faded(look.mark(tokens.panel), 0.55))
        painter.drawRect(QRectF(middle - 1, handle.y(), 2, track.bottom() - handle.y()))
        painter.setPen(QPen(tokens.panel, STROKE))
        painter.setBrush(tokens.panel)
        painter.drawEllipse(QPointF(middle, handle.y()), HANDLE_PX + 1, HANDLE_PX + 1)
        draw_voice(painter, look, QPointF(middle, handle.y()), HANDLE_PX, tokens.panel)
