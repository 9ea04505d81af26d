"""The groove panel: find a groove, try it, apply it or go back, say how much of it."""

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from groovescape_models.music.feel import GrooveAmount
from groovescape_widgets.color import mix
from groovescape_widgets.groove_amounts import GrooveAmounts
from groovescape_widgets.groove_rows import MIX, PresetRow
from groovescape_widgets.groove_search import GrooveSearch
from groovescape_widgets.icon_button import IconButton
from groovescape_widgets.icons import Icon
from groovescape_widgets.midi_drop import GROOVE_SUFFIXES, dropped_file
from groovescape_widgets.painting import draw_text
from groovescape_widgets.preset_delegate import ROW_PX
from groovescape_widgets.preset_list import PresetList
from groovescape_widgets.preview_bar import PreviewBar
from groovescape_widgets.theme import colors, font
from groovescape_widgets.tokens import RADIUS, SPACE_S, STROKE_BOLD

__all__ = ["GroovePanel", "PresetRow"]

GONE: Final = "A groove that is not here"
MIX_TITLE: Final = "A mix of four"
DROP_WORDS: Final = "Drop to take its groove"


class GroovePanel(QWidget):
    """Search, list, what is heard, and how much of it.

    The project has the groove `applied`; the one `heard` differs while it is tried. tried(id or None) comes when a
    hand or a key goes to a row, hovered(id or None) and hover_left() when the pointer rests there; apply_wanted and
    revert_wanted end it. amount_changing(GrooveAmount) comes with every movement and amount_committed once at its end.
    file_dropped(path) asks for the groove of a file, menu_wanted(id, place) for what can be done with a row, and
    more_wanted(place), of a button that stands wherever the window puts it, for what can be done with grooves. The
    setters emit nothing.
    """

    tried = Signal(object)
    hovered = Signal(object)
    hover_left = Signal()
    apply_wanted = Signal()
    revert_wanted = Signal()
    star_toggled = Signal(object)
    rename_wanted = Signal(object)
    remove_wanted = Signal(object)
    drag_wanted = Signal(object)
    menu_wanted = Signal(object, QPoint)
    more_wanted = Signal(QPoint)
    file_dropped = Signal(str)
    hover_toggled = Signal(bool)
    amount_changing = Signal(object)
    amount_committed = Signal(object)
    take_wanted = Signal()
    unfolded = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with no presets and the whole of a groove."""
        super().__init__(parent)
        self.search = GrooveSearch()
        self.presets = PresetList()
        self.bar = PreviewBar()
        self.amounts = GrooveAmounts()
        self.more_button = IconButton(Icon.MORE, "Take, import, save and show grooves")
        self._room = _Room(self.amounts)
        self._veil = _Veil(self)
        self._applied: str | None = None
        self._heard: str | None = None
        self._arrange()
        self._connect()
        self.setAcceptDrops(True)
        self.show_state(None, None)

    def set_presets(self, rows: Sequence[PresetRow]) -> None:
        """Replace the presets; what is applied and heard stays."""
        selection = self.presets.selectionModel()
        blocked = selection.blockSignals(True)
        self.presets.rows.set_rows(rows)
        selection.blockSignals(blocked)
        self.search.set_styles(self.presets.rows.styles(), has_own=self.presets.rows.has_own())
        self._narrow()

    def set_favourites(self, favourites: Collection[str]) -> None:
        """Star these grooves and no others."""
        self.presets.rows.set_favourites(favourites)
        self._narrow()

    @property
    def choice(self) -> str | None:
        """The id of the groove that is heard."""
        return self._heard

    def set_choice(self, preset: str | None) -> None:
        """Show a groove as the one that the project has."""
        self.show_state(preset, preset)

    def show_state(self, applied: str | None, heard: str | None) -> None:
        """Show which groove the project has, and which one is heard; one that the search hides stays chosen."""
        self._applied, self._heard = applied, heard
        self.presets.show_state(applied, heard)
        self.bar.show_groove(self.title_of(heard), is_preview=applied != heard)
        self.amounts.set_usable(heard is not None)

    def set_current(self, preset: str | None) -> None:
        """Put the keyboard's place in the list on a groove."""
        self.presets.set_current(preset)

    def row_of(self, preset: str | None) -> PresetRow | None:
        """Return the row of a groove, None if there is none."""
        rows = self.presets.rows
        return rows.preset(rows.index(rows.row_of(preset))) if rows.knows(preset) else None

    def title_of(self, preset: str | None) -> str:
        """Return what a groove is called."""
        row = self.row_of(preset)
        return MIX_TITLE if preset == MIX else GONE if row is None else row.name

    @property
    def amount(self) -> GrooveAmount:
        """What the sliders show."""
        return self.amounts.amount

    def set_amount(self, amount: GrooveAmount) -> None:
        """Show how much of the groove is applied."""
        self.amounts.set_amount(amount)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S)
        layout.addWidget(self.search)
        layout.addWidget(self.presets, 1)
        layout.addWidget(self.bar)
        layout.addWidget(self._room)
        self.presets.setMinimumHeight(2 * ROW_PX)

    def _connect(self) -> None:
        presets, amounts = self.presets, self.amounts
        self.search.wanted_changed.connect(lambda _wanted: self._narrow())
        self.search.field.leave_down.connect(presets.setFocus)
        self.search.hover_toggled.connect(self._on_hover_toggled)
        self.more_button.clicked.connect(self._on_more)
        for come, go in (
            (presets.tried, self.tried),
            (presets.hovered, self.hovered),
            (presets.left, self.hover_left),
            (presets.apply_wanted, self.apply_wanted),
            (presets.revert_wanted, self.revert_wanted),
            (presets.star_toggled, self.star_toggled),
            (presets.rename_wanted, self.rename_wanted),
            (presets.remove_wanted, self.remove_wanted),
            (presets.drag_wanted, self.drag_wanted),
            (presets.menu_wanted, self.menu_wanted),
            (self.bar.apply_wanted, self.apply_wanted),
            (self.bar.revert_wanted, self.revert_wanted),
            (amounts.changing, self.amount_changing),
            (amounts.committed, self.amount_committed),
            (amounts.take_wanted, self.take_wanted),
            (amounts.unfolded, self.unfolded),
        ):
            come.connect(go)

    def _on_more(self) -> None:
        button = self.more_button
        self.more_wanted.emit(button.mapToGlobal(button.rect().bottomLeft()))

    def _on_hover_toggled(self, hears: bool) -> None:
        self.presets.set_hears_hover(hears)
        self.hover_toggled.emit(hears)

    def set_hears_hover(self, hears: bool) -> None:
        """Show and do whether the pointer alone auditions."""
        self.search.hover.setChecked(hears)
        self.presets.set_hears_hover(hears)

    def _narrow(self) -> None:
        selection = self.presets.selectionModel()
        blocked = selection.blockSignals(True)
        self.presets.shown.narrow(self.search.wanted)
        selection.blockSignals(blocked)
        self.set_current(self._heard)
        self.show_state(self._applied, self._heard)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """While a groove is tried: Enter applies it and Escape goes back, wherever in the panel the keyboard is."""
        if self.bar.is_preview and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.apply_wanted.emit()
        elif self.bar.is_preview and event.key() == Qt.Key.Key_Escape:
            self.revert_wanted.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that have a groove, from anywhere but from ourselves, and say so."""
        if event.source() is None and dropped_file(event.mimeData(), GROOVE_SUFFIXES) is not None:
            event.acceptProposedAction()
            self._veil.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The file goes elsewhere."""
        self._veil.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the groove of a file."""
        self._veil.hide()
        path = dropped_file(event.mimeData(), GROOVE_SUFFIXES)
        if path is not None:
            event.acceptProposedAction()
            self.file_dropped.emit(path)

    def sizeHint(self) -> QSize:
        """Room for some rows."""
        return QSize(264, 480)


class _Room(QScrollArea):
    """The sliders at their whole height where there is room for them, scrolled where there is not."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        content.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another height when the sliders need one."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """As high as the sliders."""
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As high as the first three."""
        return QSize(self._content.minimumSizeHint().width(), 96)


class _Veil(QWidget):
    """Covers the panel while a file is held over it."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self._panel = panel
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        """Show over all of the panel."""
        self.setGeometry(self._panel.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what a drop will do."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = colors(self.palette())
        painter.setPen(QPen(tokens.accent, STROKE_BOLD))
        painter.setBrush(mix(tokens.panel, tokens.accent, 0.12))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.setFont(font(bold=True))
        painter.setPen(tokens.text)
        draw_text(painter, QRectF(self.rect()), DROP_WORDS, Qt.AlignmentFlag.AlignHCenter)
