"""The main window: where everything stands. What it does is wired in composition.py."""

from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from groovescape_models.music.pattern import Role
from groovescape_widgets.choice import Choice
from groovescape_widgets.control_strip import ControlStrip
from groovescape_widgets.drag_handles import DragHandles
from groovescape_widgets.drum_grid import DrumGrid
from groovescape_widgets.focus import let_follow
from groovescape_widgets.groove_panel import GroovePanel
from groovescape_widgets.groove_view import GrooveView
from groovescape_widgets.icon_button import IconButton
from groovescape_widgets.icons import Icon
from groovescape_widgets.latent_pad import LatentPad
from groovescape_widgets.midi_drop import GROOVE_SUFFIXES, dropped_file, dropped_midi
from groovescape_widgets.panel import Panel, SquarePanel
from groovescape_widgets.role_switch import RoleSwitch
from groovescape_widgets.seed_field import SeedField
from groovescape_widgets.slider import SliderRange, ValueSlider
from groovescape_widgets.status_line import StatusLine
from groovescape_widgets.theme import font
from groovescape_widgets.tokens import SPACE_M, SPACE_S, FontSize
from groovescape_widgets.transport_bar import TransportBar
from groovescape_widgets.variation_strip import VariationStrip

if TYPE_CHECKING:
    from groovescape_widgets.harmony_field import HarmonyField
    from groovescape_widgets.piano_roll import PianoRoll
    from groovescape_widgets.trio_view import TrioView

DEFAULT_SIZE: Final = QSize(1280, 800)
LEAST_SIZE: Final = QSize(1100, 700)
"""What everything fits into; on a smaller screen the window is larger than that."""
FRAME: Final = QSize(16, 48)
"""Room for what a window manager puts around a window."""
WIDTHS: Final = (505, 470, 265)
"""Shares of the three columns: the pad's square fills its column's height at any usual size."""
TITLE: Final = "Groovescape"
ANY_STYLE: Final = "Any style"
BARS: Final = (1, 2, 4, 8, 16)
"""Lengths of new patterns that are offered."""
STRENGTH: Final = SliderRange(0.0, 100.0, 0.0, 5.0)
SMALL_BUTTON: Final = 20
BARS_WIDTH: Final = 96
LEAST_PAD: Final = QSize(288, 344)
"""The pad gives way first when the window is small: the plane keeps 288 px."""


class MainWindow(QMainWindow):
    """Transport and role, pad, pattern, groove, what is to be made, sliders, variations, drag handles, status line.

    It opens with drums: what shows lines (roll, trio, harmony) is made when it is first asked for.
    """

    first_painted = Signal()
    """The window has been on the screen once: time for what is heavy."""
    midi_dropped = Signal(str)
    closing = Signal()
    key_released = Signal(int)
    """A key that no part of the window has use for was let go."""

    def __init__(self) -> None:
        """Place the widgets."""
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle(f"[*]{TITLE}")
        self.setAcceptDrops(True)
        self.pad = LatentPad()
        self.grid = DrumGrid()
        self.editors = QStackedWidget()
        self.groove = GroovePanel()
        self.feel = GrooveView()
        self.transport = TransportBar()
        self.handles = DragHandles()
        self.status = StatusLine()
        self.role = RoleSwitch()
        self.style_choice = Choice("Style of new patterns")
        self.style_choice.addItem(ANY_STYLE)
        self.strength = ValueSlider("Towards style", STRENGTH)
        self.strength.setToolTip("Moves this pattern towards the style, keeping what it can of it.")
        self.bars = Choice("Bars of new patterns")
        self.bars.set_names([f"{count} bar{'s' if count > 1 else ''}" for count in BARS])
        self.seed = SeedField()
        self.controls = ControlStrip()
        self.variations = VariationStrip()
        self.new_button = IconButton(Icon.DICE, "New pattern (Ctrl+G)", text="New pattern")
        self.rest_button = IconButton(Icon.RENEW, "Make what is not locked anew (Ctrl+R)", text="Rest anew")
        self.continue_button = IconButton(
            Icon.CONTINUE, "Continue the pattern by some bars (Ctrl+E: 2 bars)", text="Continue"
        )
        self.undo_button = IconButton(Icon.UNDO, "Undo")
        self.redo_button = IconButton(Icon.REDO, "Redo")
        self.theme_button = IconButton(Icon.CONTRAST, "Dark or light")
        self.pad.setMinimumSize(LEAST_PAD)
        self.pad_panel, self.pattern_panel = SquarePanel("Pad", self.pad), Panel("Pattern", self.editors)
        self.feel_panel, self.groove_panel = Panel("Feel", self.feel), Panel("Groove", self.groove)
        self._painted = False
        self._name_widgets()
        self._arrange()
        self.resize(DEFAULT_SIZE.boundedTo(self.screen().availableSize() - FRAME).expandedTo(LEAST_SIZE))

    @cached_property
    def roll(self) -> "PianoRoll":
        """The editor of lines."""
        from groovescape_widgets.piano_roll import PianoRoll

        roll = PianoRoll()
        self._add_editor("roll", roll, self.grid)
        return roll

    @cached_property
    def trio(self) -> "TrioView":
        """The editor of the three together."""
        from groovescape_widgets.trio_view import TrioView

        trio = TrioView()
        self._add_editor("trio", trio, self.roll)
        return trio

    @cached_property
    def harmony(self) -> "HarmonyField":
        """Key and chords of new lines, between style and length."""
        from groovescape_widgets.harmony_field import HarmonyField

        field = HarmonyField()
        field.setObjectName("harmony")
        field.hide()
        self._make_row.insertWidget(self._make_row.indexOf(self.bars), field, 6)
        let_follow(self.strength, field)
        return field

    def _add_editor(self, name: str, editor: QWidget, after: QWidget) -> None:
        editor.setObjectName(name)
        self.editors.addWidget(editor)
        let_follow(after, editor)

    def show_icon(self) -> None:
        """Show the program's icon; not before the first paint, as it brings the SVG library."""
        from importlib.resources import files

        self.setWindowIcon(QIcon(str(files("groovescape_resources") / "icons" / "groovescape.svg")))

    def save_place(self) -> str:
        """Return size and place as text."""
        return self.saveGeometry().toBase64().toStdString()

    def restore_place(self, text: str) -> None:
        """Take size and place from a text of save_place; anything else is ignored."""
        self.restoreGeometry(QByteArray.fromBase64(text.encode("ascii", "ignore")))

    def _name_widgets(self) -> None:
        for name, part in vars(self).items():
            if isinstance(part, QWidget) and not name.startswith("_"):
                part.setObjectName(name)

    def _arrange(self) -> None:
        for control in (self.role, self.undo_button, self.redo_button, self.theme_button):
            self.transport.add_right(control)
        self.pad_panel.header.addWidget(self.pad.modes)
        self.groove.more_button.setFixedHeight(SMALL_BUTTON)
        self.groove_panel.header.addWidget(self.groove.more_button)
        for switch in (self.feel.pages, self.feel.ways, self.feel.automate):
            self.feel_panel.header.addWidget(switch)
        self.bars.setMaximumWidth(BARS_WIDTH)
        self.strength.setFont(font(FontSize.SMALL))
        columns = QSplitter()
        columns.setHandleWidth(SPACE_S)
        columns.setChildrenCollapsible(False)
        for part, width in zip((self.pad_panel, self._middle(), self.groove_panel), WIDTHS, strict=True):
            columns.addWidget(part)
            columns.setStretchFactor(columns.count() - 1, width)
        columns.setSizes(WIDTHS)
        self._make_row = _row(
            (self.style_choice, 2), (self.strength, 2), (self.bars, 0), (self.seed, 1), (self.new_button, 0)
        )
        inner = QVBoxLayout()
        inner.setContentsMargins(SPACE_M, 0, SPACE_M, 0)
        inner.setSpacing(SPACE_S)
        inner.addWidget(columns, 1)
        inner.addLayout(self._make_row)
        inner.addWidget(self.controls)
        inner.addLayout(_row((self.variations, 2), (self.handles, 1)))
        ground = QWidget()
        layout = QVBoxLayout(ground)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.transport)
        layout.addLayout(inner, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(ground)

    def show_part(self, role: str, title: str) -> None:
        """Show the editor of a role ("drums", "melody", "bass" or "trio") and what belongs to it.

        title names the part that pad, sliders and variations work on.
        """
        self.role.set_role(role)
        is_drums = role == "drums"
        self.editors.setCurrentWidget(self.grid if is_drums else self.trio if role == "trio" else self.roll)
        self.trio.set_part(Role(title))
        self.harmony.setVisible(not is_drums)
        self.pad_panel.title.set_text(f"Pad · {title}" if role == "trio" else "Pad")
        self.groove_panel.title.set_text(f"Groove · {title}" if role == "trio" else "Groove")
        self.pattern_panel.title.set_text("Trio" if role == "trio" else "Pattern")

    def give_feel_room(self, more: bool) -> None:
        """Let the feel be as high as the pattern, or lower."""
        for panel, share in ((self.pattern_panel, 1 if more else 3), (self.feel_panel, 1 if more else 2)):
            self._column.setStretchFactor(panel, share)

    def _middle(self) -> QWidget:
        column = QWidget()
        self._column = layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S)
        self.editors.addWidget(self.grid)
        for button in (self.rest_button, self.continue_button):
            button.setFixedHeight(SMALL_BUTTON)
            self.pattern_panel.header.addWidget(button)
        layout.addWidget(self.pattern_panel, 3)
        layout.addWidget(self.feel_panel, 2)
        return column

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell when the window was painted for the first time."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take music and grooves from anywhere but from ourselves."""
        if event.source() is None and dropped_file(event.mimeData(), GROOVE_SUFFIXES) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which file was dropped: one of MIDI is opened, of any other the groove is taken."""
        midi, path = dropped_midi(event.mimeData()), dropped_file(event.mimeData(), GROOVE_SUFFIXES)
        if path is not None:
            event.acceptProposedAction()
            told = self.groove.file_dropped if midi is None else self.midi_dropped
            told.emit(midi or path)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Tell which key was let go."""
        if not event.isAutoRepeat():
            self.key_released.emit(event.key())
        super().keyReleaseEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window goes."""
        self.closing.emit()
        super().closeEvent(event)


def _row(*parts: tuple[QWidget, int]) -> QHBoxLayout:
    """Return widgets side by side, each with its share of the room that is left."""
    row = QHBoxLayout()
    row.setSpacing(SPACE_S)
    for part, share in parts:
        row.addWidget(part, share)
    return row
