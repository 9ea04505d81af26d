"""What readers, keyboards and long words need of every widget."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from groovescape_models.latent.map import MapDot
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_widgets.choice import Choice
from groovescape_widgets.control_strip import Control, ControlStrip
from groovescape_widgets.drag_handles import DragHandles
from groovescape_widgets.drum_grid import DrumGrid
from groovescape_widgets.groove_panel import GroovePanel, PresetRow
from groovescape_widgets.groove_view import GrooveView
from groovescape_widgets.harmony_field import HarmonyField
from groovescape_widgets.icon_button import IconButton
from groovescape_widgets.icons import Icon
from groovescape_widgets.labels import ElidedLabel
from groovescape_widgets.latent_pad import LatentPad
from groovescape_widgets.panel import Panel
from groovescape_widgets.piano_roll import PianoRoll
from groovescape_widgets.role_switch import RoleSwitch
from groovescape_widgets.seed_field import SeedField
from groovescape_widgets.status_line import StatusLine
from groovescape_widgets.theme import Scheme, apply_theme
from groovescape_widgets.transport_bar import TransportBar
from groovescape_widgets.trio_view import TrioView
from groovescape_widgets.variation_strip import VariationStrip

GERMAN = "Anschlagsdynamikbearbeitung im Schlagzeugmuster"


class Making(QWidget):
    """The widgets of the pattern side in one window, with words longer than their places."""

    def __init__(self, beat: Pattern) -> None:
        super().__init__()
        tune = Pattern((Note(0.0, 1.0, 60, 90), Note(1.0, 0.5, 64, 90)), role=Role.MELODY)
        self.roles, self.seed, self.harmony = RoleSwitch(), SeedField(), HarmonyField()
        self.controls, self.variations = ControlStrip(), VariationStrip()
        self.roll, self.trio, self.pad = PianoRoll(), TrioView(), LatentPad()
        self.controls.set_controls([Control(f"{number}", GERMAN, GERMAN) for number in range(5)])
        self.variations.set_variations([beat, tune] * 4)
        self.harmony.set_harmony("A minor", GERMAN, True)
        self.harmony.set_problem(GERMAN * 4)
        self.roll.set_pattern(tune, tune.notes)
        self.trio.set_trio(tune, tune, beat)
        self.pad.set_map([MapDot(0.5, 0.5, GERMAN, GERMAN)])
        self.pad.set_mode("map")
        pad = Panel(GERMAN, self.pad)
        pad.header.addWidget(self.pad.modes)
        layout = QGridLayout(self)
        layout.addWidget(pad, 0, 0, 6, 1)
        for row, widget in enumerate((self.roles, self.seed, self.harmony, self.controls, self.roll, self.trio)):
            layout.addWidget(widget, row, 1)
        layout.addWidget(self.variations, 6, 0, 1, 2)


class Everything(QWidget):
    """All widgets in one window, with words longer than their places."""

    def __init__(self, beat: Pattern) -> None:
        super().__init__()
        self.transport, self.status = TransportBar(), StatusLine()
        self.pad, self.grid, self.groove, self.handles = LatentPad(), DrumGrid(), GroovePanel(), DragHandles()
        self.transport.add_right(IconButton(Icon.UNDO, "Undo", text="Rückgängig"))
        self.transport.set_kits([GERMAN])
        self.pad.set_corner_names([GERMAN] * 4)
        self.grid.set_pattern(beat, beat.notes)
        self.groove.set_presets([PresetRow("a", GERMAN, GERMAN)])
        self.feel = GrooveView()
        self.feel.set_hits(beat, beat.notes, beat.notes, 120.0)
        self.handles.set_hint(GERMAN)
        self.status.show_problem(f"{GERMAN} und {GERMAN}.", "Erneut versuchen")
        self.status.set_progress(0.5)
        columns = QHBoxLayout()
        for title, part in (
            ("Pad", self.pad),
            (GERMAN, self.grid),
            ("Groove", self.groove),
            ("Feel", self.feel),
            (GERMAN, self.handles),
        ):
            columns.addWidget(Panel(title, part))
        layout = QVBoxLayout(self)
        layout.addWidget(self.transport)
        layout.addLayout(columns)
        layout.addWidget(self.status)


@pytest.fixture
def everything(shown: Callable[..., Everything], beat: Pattern) -> Everything:
    return shown(Everything(beat), 1340, 700)


@pytest.fixture
def making(shown: Callable[..., Making], beat: Pattern) -> Making:
    return shown(Making(beat), 1000, 760)


@pytest.fixture(params=["everything", "making"])
def window(request: pytest.FixtureRequest) -> QWidget:
    widget = request.getfixturevalue(request.param)
    assert isinstance(widget, QWidget)
    return widget


def ours(window: QWidget) -> Iterator[QWidget]:
    for widget in window.findChildren(QWidget):
        inside = isinstance(widget, QLineEdit) and widget.focusProxy() is not None
        if widget.isVisible() and not inside and not widget.objectName().startswith("qt_"):
            yield widget


def test_whatever_takes_the_focus_has_a_name(window: QWidget) -> None:
    for widget in ours(window):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled():
            words = widget.accessibleName() or (widget.text() if isinstance(widget, QPushButton) else "")
            assert words, widget


def test_tab_visits_every_part(everything: Everything) -> None:
    everything.activateWindow()
    everything.transport.play.setFocus()
    seen = set()
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.add(QApplication.focusWidget())
    wanted = {everything.pad, everything.grid, everything.groove.search.field, everything.groove.presets}
    assert wanted <= seen
    assert {everything.transport.loop, everything.transport.tempo, everything.transport.volume} <= seen
    assert {everything.status.action, everything.status.cancel} <= seen


def test_tab_visits_every_part_of_the_pattern_side(making: Making) -> None:
    making.activateWindow()
    making.pad.setFocus()
    seen = set()
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.add(QApplication.focusWidget())
    assert {making.roll, making.pad, making.variations.ask, making.harmony.chords, making.harmony.strict} <= seen
    assert {making.roles.parts["drums"], making.pad.modes.parts["map"], making.seed.throw} <= seen
    assert set(making.controls.sliders.values()) | set(making.trio.parts.values()) <= seen


def test_a_word_that_is_cut_is_told_by_a_tooltip(window: QWidget) -> None:
    for label in window.findChildren(ElidedLabel):
        if label.isVisible() and label.sizeHint().width() > label.width():
            assert label.toolTip() == label.text
    for choice in window.findChildren(Choice):
        assert choice.currentText() in choice.toolTip()


def test_nothing_lies_outside_its_parent(window: QWidget) -> None:
    for widget in ours(window):
        parent = widget.parentWidget()
        if parent is not None and not widget.isWindow():
            assert parent.rect().contains(widget.geometry()), (widget, widget.geometry(), parent.rect())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_of_it_changes_its_dress_while_open(window: QWidget, dark: QApplication, scheme: Scheme) -> None:
    apply_theme(dark, scheme)
    ground = window.grab().toImage().pixelColor(2, 2)
    assert (ground.lightnessF() > 0.5) == (scheme == "light")
