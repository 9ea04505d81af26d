"""Three things to take hold of and carry to another program."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from groovescape_widgets.icons import Icon, draw_icon
from groovescape_widgets.labels import ElidedLabel
from groovescape_widgets.painting import draw_text
from groovescape_widgets.theme import colors, font
from groovescape_widgets.tokens import RADIUS, SPACE_M, SPACE_S, SPACE_XS, STROKE, FontSize

HANDLE_HEIGHT: Final = 52
GRIP_LEFT: Final = 10
ICON_LEFT: Final = 28
WORDS_LEFT: Final = 56


@dataclass(frozen=True, slots=True)
class HandleKind:
    """What is dragged, and where it may be dropped."""

    kind: str
    title: str
    target: str
    icon: Icon
    tooltip: str


HANDLES: Final = (
    HandleKind("clip", "Clip", "onto an LMMS track", Icon.CLIP, "Drag onto a track of LMMS, at the bar you want."),
    HandleKind(
        "new_track", "New track", "empty song area", Icon.TRACK, "Drag to the empty part of LMMS's song editor."
    ),
    HandleKind("midi", "MIDI file", "any other program", Icon.FILE, "Drag to any program or folder that takes files."),
)


class DragHandle(QWidget):
    """A chip with grip dots. dragged() comes once a press moves further than the system's drag distance."""

    dragged = Signal()

    def __init__(self, look: HandleKind) -> None:
        """Show what is dragged."""
        super().__init__()
        self.look = look
        self._pressed_at: QPointF | None = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(look.tooltip)
        self.setAccessibleName(f"Drag {look.title}")
        self.setAccessibleDescription(look.tooltip)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for both lines."""
        title = QFontMetrics(font(bold=True)).horizontalAdvance(self.look.title)
        target = QFontMetrics(font(FontSize.SMALL)).horizontalAdvance(self.look.target)
        return QSize(WORDS_LEFT + max(title, target) + SPACE_M, HANDLE_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Room for the title."""
        title = QFontMetrics(font(bold=True)).horizontalAdvance(self.look.title)
        return QSize(WORDS_LEFT + title + SPACE_M, HANDLE_HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.position()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Ask for the drag once the hand means it."""
        if self._pressed_at is None:
            return
        if (event.position() - self._pressed_at).manhattanLength() >= QApplication.startDragDistance():
            self._let_go()
            self.dragged.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go without a drag."""
        self._let_go()

    def _let_go(self) -> None:
        self._pressed_at = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip: grip dots, icon, what it is and where it goes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = colors(self.palette())
        lively = self.isEnabled() and (self.underMouse() or self._pressed_at is not None)
        painter.setPen(QPen(tokens.accent if lively else tokens.line, STROKE))
        painter.setBrush(tokens.line if self._pressed_at is not None else tokens.raised)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        self._draw_grip(painter)
        ink = tokens.text if self.isEnabled() else tokens.quiet
        draw_icon(painter, self.look.icon, QRectF(ICON_LEFT, (self.height() - 20) / 2, 20, 20), ink)
        half, width = self.height() / 2, self.width() - WORDS_LEFT - SPACE_S
        painter.setPen(ink)
        painter.setFont(font(bold=True))
        draw_text(painter, QRectF(WORDS_LEFT, 6, width, half - 6), self.look.title)
        painter.setPen(tokens.quiet)
        painter.setFont(font(FontSize.SMALL))
        draw_text(painter, QRectF(WORDS_LEFT, half, width, half - 7), self.look.target)

    def _draw_grip(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors(self.palette()).quiet)
        for column in range(2):
            for row in range(4):
                top = self.height() / 2 + (row - 1.5) * 6
                painter.drawEllipse(QPointF(GRIP_LEFT + column * 5, top), 1.3, 1.3)


class DragHandles(QWidget):
    """The three handles in a row, and a line that says more."""

    drag_started = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show the handles."""
        super().__init__(parent)
        self.pressed: DragHandle | None = None
        self.handles = {look.kind: DragHandle(look) for look in HANDLES}
        self.hint = ElidedLabel(size=FontSize.SMALL, quiet=True)
        self.hint.hide()
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        for handle in self.handles.values():
            row.addWidget(handle)
            handle.dragged.connect(lambda handle=handle: self._start(handle))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_XS)
        layout.addLayout(row)
        layout.addWidget(self.hint)

    def set_hint(self, text: str) -> None:
        """Say more under the handles, such as which LMMS was found; an empty text takes no room."""
        self.hint.set_text(text)
        self.hint.setVisible(bool(text))

    def _start(self, handle: DragHandle) -> None:
        self.pressed = handle
        self.drag_started.emit(handle.look.kind)
