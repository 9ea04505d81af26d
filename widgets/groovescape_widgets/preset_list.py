"""The list of grooves: rows of a title and a quiet detail, with a search above them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from groovescape_widgets.color import faded
from groovescape_widgets.painting import draw_text
from groovescape_widgets.theme import Colors, colors, font
from groovescape_widgets.tokens import RADIUS, SPACE_S, STROKE, FontSize

ROW_PX: Final = 42
AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class PresetRow:
    """One groove in the list; id None stands for playing the pattern as it is."""

    id: str | None
    title: str
    detail: str = ""


NO_GROOVE: Final = PresetRow(None, "No groove", "as played")


class PresetModel(QAbstractListModel):
    """Rows of grooves, the first one being none."""

    def __init__(self) -> None:
        """Start with no groove only."""
        super().__init__()
        self._rows: tuple[PresetRow, ...] = (NO_GROOVE,)

    def set_rows(self, rows: Sequence[PresetRow]) -> None:
        """Replace all rows but the first."""
        self.beginResetModel()
        self._rows = (NO_GROOVE, *rows)
        self.endResetModel()

    def row_of(self, preset: str | None) -> int:
        """Return the row of a groove, the first where it is not known."""
        return next((number for number, row in enumerate(self._rows) if row.id == preset), 0)

    def preset(self, index: AnyIndex) -> PresetRow:
        """Return the groove of an index."""
        return self._rows[index.row()]

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """Return the number of rows; rows have no children."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Return the words of a row: all of them for readers, the title to show."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.title}\n{row.detail}" if row.detail else row.title
        return None


class PresetFilter(QSortFilterProxyModel):
    """The rows that hold every word searched for; no groove always stays."""

    def __init__(self, source: PresetModel) -> None:
        """Show all."""
        super().__init__()
        self._source = source
        self._words: tuple[str, ...] = ()
        self.setSourceModel(source)

    def search(self, text: str) -> None:
        """Keep rows whose title or detail has all the words of a text, in any order and case."""
        self._words = tuple(text.casefold().split())
        self.invalidate()

    @property
    def is_fruitless(self) -> bool:
        """Whether a search is on that no groove answers."""
        return bool(self._words) and self.rowCount() <= 1

    def filterAcceptsRow(self, source_row: int, source_parent: AnyIndex) -> bool:  # noqa: N802 (Qt calls it)
        """Tell whether a row is shown."""
        row = self._source.preset(self._source.index(source_row))
        text = f"{row.title} {row.detail}".casefold()
        return row.id is None or all(word in text for word in self._words)

    def preset(self, index: AnyIndex) -> PresetRow:
        """Return the groove of a row as it is shown."""
        return self._source.preset(self.mapToSource(index))


class PresetDelegate(QStyledItemDelegate):
    """Draws a row on two lines: the title, and quietly its detail."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Rows are all of one height."""
        return QSize(120, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one row."""
        model = index.model()
        if not isinstance(model, PresetFilter):
            return
        row, tokens = model.preset(index), colors(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_row_ground(painter, option, tokens)
        box = QRectF(option.rect).adjusted(SPACE_S + 2, 4, -SPACE_S, -4)
        upper = QRectF(box.left(), box.top(), box.width(), box.height() / 2)
        painter.setPen(tokens.text)
        painter.setFont(font(bold=bool(option.state & QStyle.StateFlag.State_Selected)))
        draw_text(painter, upper, row.title)
        painter.setPen(tokens.quiet)
        painter.setFont(font(FontSize.SMALL))
        draw_text(painter, upper.translated(0, upper.height()), row.detail)
        painter.restore()


def _draw_row_ground(painter: QPainter, option: QStyleOptionViewItem, tokens: Colors) -> None:
    box, state = QRectF(option.rect).adjusted(0.5, 1.5, -0.5, -1.5), option.state
    chosen = bool(state & QStyle.StateFlag.State_Selected)
    painter.setPen(Qt.PenStyle.NoPen)
    if chosen and state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(tokens.accent, STROKE))
    if chosen or state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(faded(tokens.accent, 0.22) if chosen else tokens.raised)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
    if chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.accent)
        painter.drawRoundedRect(QRectF(box.left(), box.top() + 7, 3, box.height() - 14), 1.5, 1.5)


class PresetList(QListView):
    """The list with its model, filter and looks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with no groove only."""
        super().__init__(parent)
        self.rows = PresetModel()
        self.shown = PresetFilter(self.rows)
        self.setModel(self.shown)
        self.setItemDelegate(PresetDelegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setAccessibleName("Grooves")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows; where a search finds none, say so."""
        super().paintEvent(event)
        if not self.shown.is_fruitless:
            return
        painter = QPainter(self.viewport())
        painter.setPen(colors(self.palette()).quiet)
        painter.setFont(font())
        box = self.viewport().rect().adjusted(SPACE_S + 2, ROW_PX + SPACE_S, -SPACE_S, 0)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap), "No groove has these words.")
