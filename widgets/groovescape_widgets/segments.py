"""A segmented control: a few choices side by side of which one is on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from groovescape_widgets.focus import is_by_keyboard
from groovescape_widgets.painting import draw_focus_ring, draw_text
from groovescape_widgets.theme import Colors, colors, font
from groovescape_widgets.tokens import CONTROL_HEIGHT, RADIUS, SPACE_L, SPACE_XS, STROKE, FontSize

SMALL_HEIGHT: Final = 20
GLYPH_PX: Final = 5.0


@dataclass(frozen=True, slots=True)
class Choosable:
    """One choice: its key for signals, what it is called, and what its tooltip tells."""

    key: str
    title: str
    tip: str


class Segment(QAbstractButton):
    """One part of the control. As one of exclusive siblings it answers arrow keys like a radio button."""

    def __init__(self, look: Choosable, size: int) -> None:
        """Show a choice at a size of the type scale."""
        super().__init__()
        self.look = look
        self._ringed = False
        self._muted = False
        self.setText(look.title)
        self.setFont(font(size))
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setToolTip(look.tip)
        self.setAccessibleName(look.title)
        self.setAccessibleDescription(look.tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

    def set_muted(self, muted: bool) -> None:
        """Draw the choice that is on without its accent."""
        self._muted = muted
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the words, as if they were bold."""
        metrics = QFontMetrics(font(self.font().pixelSize(), bold=True))
        return QSize(metrics.horizontalAdvance(self.text()) + 2 * SPACE_L, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Room for the words, close together."""
        return QSize(self.sizeHint().width() - 2 * SPACE_L + 3 * SPACE_XS, self.sizeHint().height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a ring to those who came by keyboard."""
        self._ringed = is_by_keyboard(event.reason())
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, upon the accent where this is the choice."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = colors(self.palette())
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        if self.isChecked() or (self.underMouse() and self.isEnabled()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._ground(tokens))
            painter.drawRoundedRect(box, RADIUS - 2, RADIUS - 2)
        painter.setFont(font(self.font().pixelSize(), bold=self.isChecked()))
        painter.setPen(tokens.on_accent if self._is_lit else self._ink(tokens))
        draw_text(painter, QRectF(self.rect()), self.text(), Qt.AlignmentFlag.AlignHCenter)
        if self._ringed and self.hasFocus():
            draw_focus_ring(painter, box, tokens.text if self.isChecked() else tokens.accent, RADIUS - 3)

    def _ground(self, tokens: Colors) -> QColor:
        return tokens.accent if self._is_lit else tokens.line

    @property
    def _is_lit(self) -> bool:
        return self.isChecked() and self.isEnabled() and not self._muted

    def _ink(self, tokens: Colors) -> QColor:
        return tokens.text if self.isEnabled() else tokens.quiet


class Segments(QWidget):
    """Choices in one frame. chosen(key) comes when a hand or a key chooses another; set_key emits nothing."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[Choosable], *, small: bool = False) -> None:
        """Name the control; the first choice is on."""
        super().__init__()
        self._key = choices[0].key
        self._muted = False
        self.parts = {look.key: Segment(look, FontSize.SMALL if small else FontSize.BODY) for look in choices}
        self.setAccessibleName(name)
        self.setFixedHeight(SMALL_HEIGHT if small else CONTROL_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for key, part in self.parts.items():
            row.addWidget(part, 1)
            part.clicked.connect(lambda _=False, key=key: self._choose(key))
        self.set_key(self._key)

    @property
    def key(self) -> str:
        """The key of the choice that is on."""
        return self._key

    def set_key(self, key: str) -> None:
        """Show which choice is on; ValueError if there is no such."""
        if key not in self.parts:
            raise ValueError(f"the choice must be one of {', '.join(self.parts)}, got {key!r}")
        self._key = key
        self.parts[key].setChecked(True)
        self._rove()

    def set_muted(self, muted: bool) -> None:
        """Say that what is chosen is not to be seen now: its part loses the accent, and a click on it chooses it."""
        self._muted = muted
        for part in self.parts.values():
            part.set_muted(muted)

    def _choose(self, key: str) -> None:
        if key != self._key or self._muted:
            self._key = key
            self._rove()
            self.chosen.emit(key)

    def _rove(self) -> None:
        """Let Tab come to the choice that is on, and to no other."""
        for key, part in self.parts.items():
            part.setFocusPolicy(Qt.FocusPolicy.TabFocus if key == self._key else Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = colors(self.palette())
        painter.setPen(QPen(tokens.line, STROKE))
        painter.setBrush(tokens.raised)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
