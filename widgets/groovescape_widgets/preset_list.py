"""The list of grooves: hands and keys audition its rows, apply and drop them, and star them."""

from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from groovescape_widgets.groove_rows import PresetFilter, PresetModel, PresetRow
from groovescape_widgets.preset_delegate import ROW_PX, PresetDelegate, star_box
from groovescape_widgets.theme import colors, font
from groovescape_widgets.tokens import SPACE_S

HOVER_MS: Final = 250
"""How long the pointer rests on a row before it is heard."""
DRAG_PX: Final = 10
"""How far a pressed row is moved before it is carried away."""


class PresetList(QListView):
    """Rows of grooves. Ids are those of the rows, None for no groove.

    tried(id) comes when a hand or an arrow key goes to a row; hovered(id) when the pointer has rested on one, if
    hearing on hover is on, and left() when it goes. The rest are wishes of keys and hands about a row.
    """

    tried = Signal(object)
    hovered = Signal(object)
    left = Signal()
    apply_wanted = Signal()
    revert_wanted = Signal()
    star_toggled = Signal(object)
    rename_wanted = Signal(object)
    remove_wanted = Signal(object)
    menu_wanted = Signal(object, QPoint)
    drag_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with no groove only."""
        super().__init__(parent)
        self.rows = PresetModel(self)
        self.shown = PresetFilter(self.rows)
        self.look = PresetDelegate(self)
        self._hears_hover = False
        self._over: str | None = None
        self._is_over = False
        self._pressed_at: QPoint | None = None
        self._rest = QTimer(self, interval=HOVER_MS, singleShot=True)
        self._rest.timeout.connect(lambda: self.hovered.emit(self._over))
        self.setModel(self.shown)
        self.setItemDelegate(self.look)
        self._dress()
        self.entered.connect(self._on_entered)
        self.selectionModel().currentChanged.connect(self._on_current)

    def _dress(self) -> None:
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setAccessibleName("Grooves")
        self.setAccessibleDescription("Arrows try a groove, Enter applies it, Escape goes back, Ctrl+D stars it.")

    def set_hears_hover(self, hears: bool) -> None:
        """Say whether the pointer alone auditions."""
        self._hears_hover = hears
        if not hears:
            self._end_hover()

    def show_state(self, applied: str | None, heard: str | None) -> None:
        """Mark the groove that the project has and the one that is played."""
        self.look.applied, self.look.heard = applied, heard
        self.viewport().update()

    def set_current(self, preset: str | None) -> None:
        """Put the keyboard on a row without a signal; nowhere if the search hides it."""
        index = self.shown.mapFromSource(self.rows.index(self.rows.row_of(preset)))
        selection = self.selectionModel()
        blocked = selection.blockSignals(True)
        selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        selection.blockSignals(blocked)
        if index.isValid():
            self.scrollTo(index)
        self.viewport().update()

    @property
    def current(self) -> PresetRow | None:
        """The row that the keyboard is on."""
        index = self.currentIndex()
        return self.shown.preset(index) if index.isValid() else None

    def picture_of(self, preset: str | None) -> QPixmap:
        """Return how a row looks, to be carried away."""
        index = self.shown.mapFromSource(self.rows.index(self.rows.row_of(preset)))
        return self.viewport().grab(self.visualRect(index))

    def row_at(self, place: QPoint) -> PresetRow | None:
        """Return the row under a point of the viewport."""
        index = self.indexAt(place)
        return self.shown.preset(index) if index.isValid() else None

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._rest.stop()
            self.tried.emit(self.shown.preset(current).id)

    def _on_entered(self, index: QModelIndex) -> None:
        if self._hears_hover:
            self._over, self._is_over = self.shown.preset(index).id, True
            self._rest.start()

    def _end_hover(self) -> None:
        self._rest.stop()
        if self._is_over:
            self._is_over = False
            self.left.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard comes: Qt then goes to the first row if the search hides the chosen one, and that tries none."""
        selection = self.selectionModel()
        blocked = selection.blockSignals(True)
        super().focusInEvent(event)
        selection.blockSignals(blocked)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer goes, and what it made heard with it."""
        self._end_hover()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Star a row, or try it: even the one that the keyboard is on already."""
        place = event.position().toPoint()
        row, index = self.row_at(place), self.indexAt(place)
        if row is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        if row.is_performance and star_box(self.visualRect(index)).contains(event.position()):
            self.star_toggled.emit(row.id)
            return
        self._pressed_at = place
        again = index == self.currentIndex()
        super().mousePressEvent(event)
        if again:
            self._rest.stop()
            self.tried.emit(row.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry a row out once the pointer has gone far enough with it."""
        start, place = self._pressed_at, event.position().toPoint()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
        elif start is not None and (place - start).manhattanLength() >= DRAG_PX:
            self._pressed_at, row = None, self.row_at(start)
            if row is not None and row.is_performance:
                self.drag_wanted.emit(row.id)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The hand lets go."""
        self._pressed_at = None
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Apply what the first click tried; where that was taken back, or was on another row, try this one."""
        row = self.row_at(event.position().toPoint())
        if row is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        if self.current is not None and self.current.id == row.id:
            self.apply_wanted.emit()
        else:
            self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a row."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        row = self.current if by_key else self.row_at(self.viewport().mapFromGlobal(event.globalPos()))
        place = self.visualRect(self.currentIndex()).center() if by_key else None
        if row is not None:
            self.menu_wanted.emit(row.id, event.globalPos() if place is None else self.viewport().mapToGlobal(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Apply with Enter, go back with Escape; rename and remove the row of the keyboard."""
        row, key = self.current, event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.apply_wanted.emit()
        elif key == Qt.Key.Key_Escape:
            self.revert_wanted.emit()
        elif row is None or not self._wish(row, key):
            super().keyPressEvent(event)

    def _wish(self, row: PresetRow, key: int) -> bool:
        if row.is_own and key == Qt.Key.Key_F2:
            self.rename_wanted.emit(row.id)
        elif row.is_own and key == Qt.Key.Key_Delete:
            self.remove_wanted.emit(row.id)
        else:
            return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the row of the keyboard in sight."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows; where there are none, say why."""
        super().paintEvent(event)
        if self.shown.rowCount() > 1:
            return
        painter = QPainter(self.viewport())
        painter.setPen(colors(self.palette()).quiet)
        painter.setFont(font())
        box = self.viewport().rect().adjusted(SPACE_S + 2, ROW_PX + SPACE_S, -SPACE_S, 0)
        flags = int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
        painter.drawText(box, flags, self.why_empty())

    def why_empty(self) -> str:
        """Return a sentence on why there is no groove to see."""
        wanted = self.shown.wanted
        if self.rows.rowCount() <= 1:
            return "Grooves appear here once the models are loaded."
        if wanted.only_favourites and not wanted.words and not self.rows.favourites:
            return "No favourites yet: the star of a row, or Ctrl+D, makes one."
        return "No groove has these words." if wanted.words else "No groove is like that."
