"""The latent pad: a plane between four patterns, with a point to drag, a trail, and a picture of the densities."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QStyle, QToolTip, QWidget

from groovescape_widgets.focus import is_by_keyboard
from groovescape_widgets.midi_drop import dropped_midi
from groovescape_widgets.pad_geometry import CORNERS, LEAST_PLANE, NAMES_HEIGHT, PadGeometry
from groovescape_widgets.pad_map import PadMap, draw_legend, legend_places
from groovescape_widgets.pad_painter import PadPicture, density_picture, draw_pad, draw_plane
from groovescape_widgets.pad_words import CORNERS as PATTERNS
from groovescape_widgets.pad_words import GROOVES, MODES, corner_words, place_words
from groovescape_widgets.painting import Layer, blit
from groovescape_widgets.segments import Segments
from groovescape_widgets.theme import colors
from groovescape_widgets.trail import Trail

if TYPE_CHECKING:
    from groovescape_models.latent.map import MapDot
    from groovescape_widgets.density import FloatArray

STEP: Final = 0.05
FINE_STEP: Final = 0.01
TRAIL_TICK_MS: Final = 33
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class LatentPad(QWidget):
    """A point on a plane, (0, 0) at the top left.

    It is between four patterns or four grooves, numbered as in CORNERS, or on a map of dots. modes is the switch
    between the three, for the window to place; mode_chosen comes when a hand turns it.
    A gesture (a drag, a held arrow key) is gesture_started, any number of point_moved, gesture_finished.
    """

    point_moved = Signal(float, float)
    gesture_started = Signal()
    gesture_finished = Signal()
    corner_dropped = Signal(int, str)
    corner_clicked = Signal(int)
    mode_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start in the middle, without names or densities."""
        super().__init__(parent)
        self._picture = PadPicture()
        self._density: FloatArray | None = None
        self._densities: QImage | None = None
        self._plane = Layer()
        self._map = PadMap()
        self._names: dict[str, tuple[str, ...]] = {PATTERNS: ("",) * 4, GROOVES: ("",) * 4}
        self._trail = Trail()
        self.modes = Segments("What the pad shows", MODES, small=True)
        self.modes.chosen.connect(self._turn)
        self._clock = QElapsedTimer()
        self._clock.start()
        self._gesture_from: tuple[float, float] | None = None
        self._ringed = False
        self._fade = QTimer(self, interval=TRAIL_TICK_MS)
        self._fade.timeout.connect(self._fade_trail)
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Latent pad")
        self._describe()

    @property
    def point(self) -> tuple[float, float]:
        """The point, each in 0..1."""
        return self._picture.point

    def set_point(self, x: float, y: float) -> None:
        """Put the point somewhere without a signal; ignored while a hand holds it, which knows better."""
        if self._gesture_from is None and (x, y) != self.point:
            self._trail.clear()
            self._place(x, y)

    def set_corner_names(self, names: Sequence[str]) -> None:
        """Name the four patterns in the corners; those without a name are empty."""
        self._name(PATTERNS, names)

    def set_groove_names(self, names: Sequence[str]) -> None:
        """Name the four grooves in the corners."""
        self._name(GROOVES, names)

    def set_groove_hint(self, hint: str) -> None:
        """Say on the plane between grooves what to do; "" for nothing."""
        self._change(hint=hint)

    def _name(self, mode: str, names: Sequence[str]) -> None:
        self._names[mode] = (*names, "", "", "", "")[:4]
        self._change(names=self._names.get(self.mode, self._names[PATTERNS]))
        self._describe()

    def set_density(self, density: "FloatArray | None") -> None:
        """Show how dense patterns are over the plane: float32 (n, n) in 0..1, row 0 at the top; None for unknown.

        Raises ValueError if the shape is not square.
        """
        if density is not None and (density.ndim != 2 or density.shape[0] != density.shape[1]):
            raise ValueError(f"density must have shape (n, n), got {density.shape}")
        self._density = density
        self._drop_plane()
        self.update()

    def set_busy(self, busy: bool) -> None:
        """Show that the pattern of the point is still being computed."""
        self._change(busy=busy)

    @property
    def mode(self) -> str:
        """What the pad shows: "corners", "map" or "grooves"."""
        return self._picture.mode

    def set_mode(self, mode: str) -> None:
        """Show the plane between four patterns or grooves, or the map of a model; emits nothing."""
        self.modes.set_key(mode)
        if mode != self.mode:
            names = self._names.get(mode, self._names[PATTERNS])
            self._change(mode=mode, names=names, dot=None, style=None, hovered=None)
            self._trail.clear()
            self._drop_plane()
            self._describe()

    def _turn(self, mode: str) -> None:
        self.set_mode(mode)
        self.mode_chosen.emit(mode)

    def set_map(self, dots: "Sequence[MapDot]") -> None:
        """Show patterns known as dots of the map."""
        self._map = PadMap(tuple(dots))
        self._change(dot=None, style=None)
        self._drop_plane()
        self._describe()
        self.update()

    def geometry_now(self) -> PadGeometry:
        """Return where things are at the present size."""
        return PadGeometry(self.width(), self.height(), has_corners=not self._picture.is_map)

    def hasHeightForWidth(self) -> bool:
        """The plane is square."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for a plane as wide as the pad, and its names."""
        return width + NAMES_HEIGHT

    def sizeHint(self) -> QSize:
        """A plane of 360 px and its names."""
        return QSize(360, self.heightForWidth(360))

    def minimumSizeHint(self) -> QSize:
        """The least plane and its names."""
        return QSize(LEAST_PLANE, self.heightForWidth(LEAST_PLANE))

    def _drop_plane(self) -> None:
        self._densities = None
        self._plane.drop()

    def _change(self, **changes: object) -> None:
        picture = self._picture.with_(**changes)
        if picture != self._picture:
            self._picture = picture
            self.update()

    def _place(self, x: float, y: float) -> None:
        self._change(point=(x, y))
        self._describe()

    def _describe(self) -> None:
        self.setAccessibleDescription(place_words(self._picture, self._map))

    def _start(self) -> None:
        self._gesture_from = self.point
        self.gesture_started.emit()

    def _move(self, x: float, y: float) -> None:
        if (x, y) == self.point:
            return
        self._place(x, y)
        if self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self) > 0:
            self._trail.add(x, y, self._clock.elapsed())
            self._fade.start()
        self.point_moved.emit(x, y)

    def _finish(self) -> None:
        if self._gesture_from is not None:
            self._gesture_from = None
            self.update()
            self.gesture_finished.emit()

    def _fade_trail(self) -> None:
        self._trail.forget(self._clock.elapsed())
        if not self._trail.points:
            self._fade.stop()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the point to the pointer, or to a corner by its name."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        chip = self.geometry_now().chip_at(event.position())
        if chip is None and not self.geometry_now().plane.contains(event.position()):
            return
        self._start()
        self._move(*(self.geometry_now().point(event.position()) if chip is None else CORNERS[chip]))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the point; a press on a name stays in its corner until the pointer leaves the name."""
        chip = self.geometry_now().chip_at(event.position())
        self._change(hovered=chip)
        if self._picture.is_map:
            self._point_at(event.position(), held=self._gesture_from is not None)
        if self._gesture_from is not None and event.buttons() & Qt.MouseButton.LeftButton and chip is None:
            self._move(*self.geometry_now().point(event.position()))

    def _point_at(self, at: QPointF, *, held: bool) -> None:
        """Name the dot under the pointer, and hush all styles but the one pointed at in the legend."""
        where, before = self.geometry_now(), self._picture.style
        places = () if held else legend_places(where, self._map.styles)
        style = next((name for name, box in places if box.contains(at)), None)
        self._change(dot=None if held else self._map.dot_at(where, at), style=style)
        if style != before:
            self._plane.drop()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the gesture."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._finish()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for another pattern in the corner."""
        corner = self.geometry_now().corner_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and corner is not None:
            self.corner_clicked.emit(corner)
        else:
            self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for another pattern in the corner."""
        corner = self.geometry_now().corner_at(QPointF(event.pos()))
        if corner is not None:
            self.corner_clicked.emit(corner)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by arrows; 1 to 4 ask for another pattern or groove in a corner; Escape takes a gesture back."""
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape and self._gesture_from is not None:
            self._move(*self._gesture_from)
            self._finish()
        elif Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_4 and not self._picture.is_map:
            self.corner_clicked.emit(event.key() - Qt.Key.Key_1)
        elif arrow is None:
            super().keyPressEvent(event)
        else:
            if self._gesture_from is None:
                self._start()
            step = FINE_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
            x, y = (min(1.0, max(0.0, at + way * step)) for at, way in zip(self.point, arrow, strict=True))
            self._move(x, y)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End the gesture of a held arrow."""
        if Qt.Key(event.key()) in _ARROWS and not event.isAutoRepeat():
            self._finish()
        else:
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a ring to those who came by keyboard."""
        self._ringed = is_by_keyboard(event.reason())
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A hand that loses the window has let go."""
        self._finish()
        super().focusOutEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take MIDI files only."""
        if not self._picture.is_map and dropped_midi(event.mimeData()) is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show which corner a file would go to."""
        self._change(target=self._corner_below(event.position()))
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show no corner any more."""
        self._change(target=None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which file was dropped on which corner."""
        path = dropped_midi(event.mimeData())
        self._change(target=None)
        if path is not None:
            event.acceptProposedAction()
            self.corner_dropped.emit(self._corner_below(event.position()), path)

    def _corner_below(self, position: QPointF) -> int:
        chip = self.geometry_now().chip_at(position)
        return self.geometry_now().nearest(position) if chip is None else chip

    def leaveEvent(self, event: QEvent) -> None:
        """No name is under the pointer."""
        if self._picture.style is not None:
            self._plane.drop()
        self._change(hovered=None, dot=None, style=None)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the plane anew in another palette."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._drop_plane()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tell by tooltip what a corner holds and takes."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            corner = self.geometry_now().corner_at(QPointF(event.pos()))
            if corner is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), corner_words(self._picture, corner), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the plane, then draw the names, the trail and the point."""
        painter = QPainter(self)
        tokens, where = colors(self.palette()), self.geometry_now()
        if self._densities is None and self._density is not None:
            self._densities = density_picture(self._density, tokens)
        plan, style = self._map if self._picture.is_map else None, self._picture.style
        densities = self._densities if self.mode == PATTERNS else None
        plane = self._plane.pixmap(self, lambda p: draw_plane(p, where, tokens, densities, plan, style))
        blit(painter, plane, event.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if plan is not None:
            near = plan.nearest(*self.point)
            draw_legend(painter, where, tokens, plan, None if near is None else near.style, style)
        draw_pad(
            painter,
            where,
            tokens,
            self._picture,
            self._trail.segments(self._clock.elapsed()),
            self._ringed and self.hasFocus(),
        )
