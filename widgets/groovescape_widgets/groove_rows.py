"""The rows of the groove list, and which of them a search leaves. A row is told by its id."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

AnyIndex = QModelIndex | QPersistentModelIndex
ANY: Final = ""
OWN: Final = "own"
"""What the choice of styles may be besides a style: any, or the user's own grooves."""
MIX: Final = "mix"
"""What plays while four grooves are mixed: none of the rows."""


@dataclass(frozen=True, slots=True)
class PresetRow:
    """One groove in the list; id None stands for playing the pattern as it is.

    character is what is particular of it in a few words; detail is what was measured, in one line; words are
    what else a search finds it by, and tip what else its tooltip tells. A row without a style is no
    performance (humanise, follow the drums): it is neither starred nor filtered by style.
    """

    id: str | None
    title: str
    detail: str = ""
    character: str = ""
    style: str = ""
    words: str = ""
    tip: str = ""
    is_own: bool = False

    @property
    def name(self) -> str:
        """Title and character."""
        return f"{self.title}, {self.character}" if self.character else self.title

    @property
    def is_performance(self) -> bool:
        """Whether the row stands for a groove that can be starred and shared."""
        return bool(self.style) or self.is_own


NO_GROOVE: Final = PresetRow(None, "No groove", "as played")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a search asks for: words, a style (ANY and OWN are none), favourites only."""

    words: tuple[str, ...] = ()
    style: str = ANY
    only_favourites: bool = False

    def takes(self, row: PresetRow, favourites: Collection[str]) -> bool:
        """Return whether a row is left; no groove always is."""
        if row.id is None:
            return True
        if self.only_favourites and row.id not in favourites:
            return False
        if self.style and not (row.is_own if self.style == OWN else row.style == self.style):
            return False
        told = f"{row.name} {row.detail} {row.style} {row.words}".casefold()
        spelled = f"{told} {told.replace('-', ' ')} {told.replace('-', '')}"
        return all(_is_in(word, spelled) for word in self.words)


def _is_in(word: str, told: str) -> bool:
    """Return whether a word, or the beginning of one, is in a text; a number must be whole, and none of a meter."""
    return bool(re.search(rf"(?<![\d/.]){word}(?![\d/.])", told)) if word.isdecimal() else word in told


class PresetModel(QAbstractListModel):
    """Rows of grooves, the first one being none."""

    def __init__(self, parent: QObject) -> None:
        """Start with no groove only; it goes with its parent, in whose thread alone models may go."""
        super().__init__(parent)
        self._rows: tuple[PresetRow, ...] = (NO_GROOVE,)
        self.favourites: frozenset[str] = frozenset()

    def set_rows(self, rows: Sequence[PresetRow]) -> None:
        """Replace all rows but the first."""
        self.beginResetModel()
        self._rows = (NO_GROOVE, *rows)
        self.endResetModel()

    def set_favourites(self, favourites: Collection[str]) -> None:
        """Star these grooves and no others."""
        self.favourites = frozenset(favourites)
        self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def row_of(self, preset: str | None) -> int:
        """Return the row of a groove, the first where it is not known."""
        return next((number for number, row in enumerate(self._rows) if row.id == preset), 0)

    def knows(self, preset: str | None) -> bool:
        """Return whether there is a row for a groove."""
        return any(row.id == preset for row in self._rows)

    def preset(self, index: AnyIndex) -> PresetRow:
        """Return the groove of an index."""
        return self._rows[index.row()]

    def styles(self) -> tuple[str, ...]:
        """Return the styles that there are, in the order of the alphabet."""
        return tuple(sorted({row.style for row in self._rows if row.style}))

    def has_own(self) -> bool:
        """Return whether any groove is the user's own."""
        return any(row.is_own for row in self._rows)

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """Return the number of rows; rows have no children."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Return the words of a row: all of them for readers, the title to show."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            marks = ("your own" if row.is_own else "", "favourite" if row.id in self.favourites else "")
            return "\n".join(filter(None, (row.name, row.detail, row.words, row.tip, ", ".join(filter(None, marks)))))
        return None


class PresetFilter(QSortFilterProxyModel):
    """The rows that a search leaves; no groove always stays."""

    def __init__(self, source: PresetModel) -> None:
        """Show all; it goes with the rows."""
        super().__init__(source)
        self._source = source
        self.wanted = Wanted()
        self.setSourceModel(source)

    def narrow(self, wanted: Wanted) -> None:
        """Leave what is wanted, words in any order and case."""
        self.wanted = wanted
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: AnyIndex) -> bool:  # noqa: N802 (Qt calls it)
        """Tell whether a row is shown."""
        return self.wanted.takes(self._source.preset(self._source.index(source_row)), self._source.favourites)

    def preset(self, index: AnyIndex) -> PresetRow:
        """Return the groove of a row as it is shown."""
        return self._source.preset(self.mapToSource(index))

    def is_favourite(self, row: PresetRow) -> bool:
        """Return whether a groove is starred."""
        return row.id in self._source.favourites
