"""Three things to take hold of and carry to another program."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from groovescape_widgets.icons import Icon, draw_icon
from groovescape_widgets.labels import ElidedLabel
from groovescape_widgets.painting import draw_text
from groovescape_widgets.theme import colors, font
from groovescape_widgets.tokens import RADIUS, SPACE_S, SPACE_XS, STROKE, FontSize

HANDLE_HEIGHT: Final = 56
LEAST_HANDLE: Final = 100
HINT_HEIGHT: Final = 22
GRIP_LEFT: Final = 10
ICON_LEFT: Final = 28


NARROW: Final = 150
"""Below this width a handle has no icon and its words take two lines."""
TITLE_LINE: Final = 18
SMALL_LINE: Final = 15


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

    def __init__(self, look: HandleKind, parent: QWidget | None = None) -> None:
        """Show what is dragged."""
        super().__init__(parent)
        self.look = look
        self._pressed_at: QPointF | None = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(look.tooltip)
        self.setAccessibleName(f"Drag {look.title}")
        self.setAccessibleDescription(look.tooltip)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

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
        self._draw_words(painter)

    def _draw_words(self, painter: QPainter) -> None:
        tokens = colors(self.palette())
        ink = tokens.text if self.isEnabled() else tokens.quiet
        narrow = self.width() < NARROW
        left = GRIP_LEFT + 13 if narrow else ICON_LEFT + 28
        if not narrow:
            draw_icon(painter, self.look.icon, QRectF(ICON_LEFT, (self.height() - 18) / 2, 18, 18), ink)
        box = QRectF(left, 0, self.width() - left - 2, self.height())
        lines = 3 if narrow else 2
        top = (self.height() - TITLE_LINE - (lines - 1) * SMALL_LINE) / 2
        painter.setPen(ink)
        painter.setFont(font(bold=True))
        draw_text(painter, QRectF(left, top, box.width(), TITLE_LINE), self.look.title)
        painter.setPen(tokens.quiet)
        painter.setFont(font(FontSize.SMALL))
        below = QRectF(left, top + TITLE_LINE, box.width(), (lines - 1) * SMALL_LINE)
        if narrow:
            painter.drawText(below, int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap), self.look.target)
        else:
            draw_text(painter, below, self.look.target)

    def _draw_grip(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors(self.palette()).quiet)
        for column in range(2):
            for row in range(4):
                top = self.height() / 2 + (row - 1.5) * 6
                painter.drawEllipse(QPointF(GRIP_LEFT + column * 5, top), 1.3, 1.3)


class DragHandles(QWidget):
    """The three handles side by side, and a line below that says more where there is room for it."""

    drag_started = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show the handles."""
        super().__init__(parent)
        self.pressed: DragHandle | None = None
        self.handles = {look.kind: DragHandle(look, self) for look in HANDLES}
        self.hint = ElidedLabel(size=FontSize.SMALL, quiet=True)
        self.hint.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        for handle in self.handles.values():
            handle.dragged.connect(lambda handle=handle: self._start(handle))

    def set_hint(self, text: str) -> None:
        """Say more, such as which LMMS was found."""
        self.hint.set_text(text)
        self.updateGeometry()
        self._arrange()

    def sizeHint(self) -> QSize:
        """Room for the handles and the hint."""
        return QSize(480, HANDLE_HEIGHT + (HINT_HEIGHT if self.hint.text else 0))

    def minimumSizeHint(self) -> QSize:
        """Room for the handles."""
        return QSize(3 * LEAST_HANDLE + 2 * SPACE_S, HANDLE_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out."""
        self._arrange()

    def _arrange(self) -> None:
        each = self.width() + SPACE_S
        for index, handle in enumerate(self.handles.values()):
            left, right = each * index // 3, each * (index + 1) // 3 - SPACE_S
            handle.setGeometry(left, 0, right - left, HANDLE_HEIGHT)
        self.hint.setGeometry(0, HANDLE_HEIGHT + SPACE_XS, self.width(), HINT_HEIGHT - SPACE_XS)
        self.hint.setVisible(bool(self.hint.text) and self.height() >= HANDLE_HEIGHT + HINT_HEIGHT)

    def _start(self, handle: DragHandle) -> None:
        self.pressed = handle
        self.drag_started.emit(handle.look.kind)
