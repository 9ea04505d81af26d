"""A slider that says its number: wheel steps, Ctrl is fine, a double click brings the default back."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from groovescape_widgets.focus import is_by_keyboard
from groovescape_widgets.icons import Icon, draw_icon
from groovescape_widgets.painting import draw_focus_ring, draw_text
from groovescape_widgets.theme import Colors, colors
from groovescape_widgets.tokens import SPACE_S, SPACE_XS, STROKE

KNOB_PX = 6.0
FINE = 0.1
"""Share of a movement that counts while Ctrl is held."""


@dataclass(frozen=True, slots=True)
class SliderRange:
    """Values of a slider: low to high, where it rests by default, one step, and what follows the number shown."""

    low: float = 0.0
    high: float = 100.0
    default: float = 100.0
    step: float = 5.0
    suffix: str = " %"

    def clamp(self, value: float) -> float:
        """Return the nearest whole value in the range."""
        return float(round(min(self.high, max(self.low, value))))

    def share(self, value: float) -> float:
        """Return where a value lies on the track, 0..1."""
        return (value - self.low) / (self.high - self.low)

    def text(self, value: float) -> str:
        """Return the value as it is shown."""
        return f"{value:.0f}{self.suffix}"


class ValueSlider(QWidget):
    """A named value on a track.

    changing(value) comes with every movement of a hand, committed(value) once when it lets go; set_value emits nothing.
    """

    changing = Signal(float)
    committed = Signal(float)

    def __init__(self, name: str, values: SliderRange | None = None, *, icon: Icon | None = None) -> None:
        """Name the slider; with an icon it lies on one line and the name is told by its tooltip only."""
        super().__init__()
        self._range = values or SliderRange()
        self._name = name
        self._icon = icon
        self._value = self._range.default
        self._exact = self._value
        self._dragged_from: float | None = None
        self._last_x = 0.0
        self._ringed = False
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    @property
    def value(self) -> float:
        """The value shown."""
        return self._value

    @property
    def is_held(self) -> bool:
        """Whether a hand is moving the slider now."""
        return self._dragged_from is not None

    def set_value(self, value: float) -> None:
        """Show a value; ignored while a hand holds the slider, which knows better."""
        if not self.is_held:
            self._show(value)

    def _show(self, value: float) -> None:
        self._exact = min(self._range.high, max(self._range.low, value))
        self._value = self._range.clamp(value)
        self._describe()
        self.update()

    def _describe(self) -> None:
        self.setAccessibleDescription(self._range.text(self._value))
        self.setToolTip(f"{self._name}: {self._range.text(self._value)}\n{self.hint()}")

    def number_words(self) -> str:
        """Return the number as it is drawn."""
        return self._range.text(self._value)

    def hint(self) -> str:
        """Return what the tooltip says under the number."""
        return f"Double click: {self._range.text(self._range.default)}. Ctrl: fine."

    def go_home(self) -> None:
        """Bring the default back."""
        self._jump(self._range.default)

    def _move(self, value: float) -> None:
        before = self._value
        self._show(value)
        if self._value != before:
            self.changing.emit(self._value)

    def _jump(self, value: float) -> None:
        before = self._value
        self._move(value)
        if self._value != before:
            self.committed.emit(self._value)

    def sizeHint(self) -> QSize:
        """Two lines for a named slider, one for an icon."""
        line = QFontMetrics(self.font()).height()
        return QSize(128, 24 if self._icon else line + 22)

    def minimumSizeHint(self) -> QSize:
        """The least that shows number and track."""
        return QSize(96, self.sizeHint().height())

    def _value_width(self) -> int:
        widest = max((self._range.text(self._range.low), self._range.text(self._range.high)), key=len)
        return QFontMetrics(self.font()).horizontalAdvance(widest) + SPACE_XS

    def _track(self) -> QRectF:
        """Box of the line that the knob runs on."""
        if self._icon:
            left = 16 + SPACE_S + KNOB_PX
            return QRectF(left, self.height() / 2 - 1, self.width() - left - self._value_width() - SPACE_S - KNOB_PX, 2)
        return QRectF(KNOB_PX + 1, self.height() - KNOB_PX - 5, self.width() - 2 * KNOB_PX - 2, 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the knob where it is, or bring it to the pointer."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._dragged_from = self._value
        self._last_x = event.position().x()
        knob = self._track().left() + self._range.share(self._value) * self._track().width()
        if abs(self._last_x - knob) > KNOB_PX + 2 and not _is_fine(event.modifiers()):
            self._move(self._at(self._last_x))

    def _at(self, x: float) -> float:
        track = self._track()
        share = min(1.0, max(0.0, (x - track.left()) / track.width()))
        return self._range.low + share * (self._range.high - self._range.low)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer, a tenth as far while Ctrl is held."""
        if not self.is_held:
            return
        moved = event.position().x() - self._last_x
        self._last_x = event.position().x()
        span = (self._range.high - self._range.low) / max(1.0, self._track().width())
        self._move(self._exact + moved * span * (FINE if _is_fine(event.modifiers()) else 1.0))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Commit, once a gesture."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._let_go()

    def _let_go(self) -> None:
        before, self._dragged_from = self._dragged_from, None
        if before is not None and before != self._value:
            self.committed.emit(self._value)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Bring the default back."""
        self.go_home()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step with the wheel."""
        notches = event.angleDelta().y() / 120.0
        self._jump(self._value + notches * (1.0 if _is_fine(event.modifiers()) else self._range.step))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrows, jump with Home and End; Escape drops a drag."""
        step = 1.0 if _is_fine(event.modifiers()) else self._range.step
        key = event.key()
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Up):
            self._jump(self._value + step)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Down):
            self._jump(self._value - step)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._jump(self._range.low if key == Qt.Key.Key_Home else self._range.high)
        elif key == Qt.Key.Key_Escape and self._dragged_from is not None:
            self._move(self._dragged_from)
            self._dragged_from = None
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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw name, number, track and knob."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = colors(self.palette())
        self._draw_words(painter, tokens)
        self._draw_track(painter, tokens)
        if self._ringed and self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), tokens.accent, 4)

    def _draw_words(self, painter: QPainter, tokens: Colors) -> None:
        number = self.number_words()
        width = self._value_width()
        line = self.height() if self._icon else QFontMetrics(self.font()).height() + 6
        right = Qt.AlignmentFlag.AlignRight
        painter.setPen(tokens.text if self.isEnabled() else tokens.quiet)
        painter.drawText(
            QRectF(self.width() - width - 3, 0, width, line), int(right | Qt.AlignmentFlag.AlignVCenter), number
        )
        painter.setPen(tokens.quiet)
        if self._icon:
            draw_icon(painter, self._icon, QRectF(2, (self.height() - 16) / 2, 16, 16), tokens.quiet)
        else:
            draw_text(painter, QRectF(3, 0, self.width() - width - SPACE_S, line), self._name)

    def _draw_track(self, painter: QPainter, tokens: Colors) -> None:
        track = self._track()
        color = tokens.accent if self.isEnabled() else tokens.quiet
        knob = track.left() + self._range.share(self._value) * track.width()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.line)
        painter.drawRoundedRect(track, 1, 1)
        home = track.left() + self._range.share(self._range.default) * track.width()
        painter.drawRect(QRectF(home - STROKE / 2, track.top() - 4, STROKE, 10))
        painter.setBrush(color)
        painter.drawRoundedRect(QRectF(track.left(), track.top(), knob - track.left(), track.height()), 1, 1)
        painter.setPen(QPen(tokens.panel, STROKE))
        painter.drawEllipse(QPointF(knob, track.center().y()), KNOB_PX, KNOB_PX)


def _is_fine(modifiers: Qt.KeyboardModifier) -> bool:
    return bool(modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier))
