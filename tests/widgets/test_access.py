"""What readers, keyboards and long words need of every widget."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from groovescape_models.music.pattern import Pattern
from groovescape_widgets.choice import Choice
from groovescape_widgets.drag_handles import DragHandles
from groovescape_widgets.drum_grid import DrumGrid
from groovescape_widgets.groove_panel import GroovePanel, PresetRow
from groovescape_widgets.icon_button import IconButton
from groovescape_widgets.icons import Icon
from groovescape_widgets.labels import ElidedLabel
from groovescape_widgets.latent_pad import LatentPad
from groovescape_widgets.panel import Panel
from groovescape_widgets.status_line import StatusLine
from groovescape_widgets.theme import Scheme, apply_theme
from groovescape_widgets.transport_bar import TransportBar

GERMAN = "Anschlagsdynamikbearbeitung im Schlagzeugmuster"


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
        self.groove.view.set_hits(beat, beat.notes, beat.notes, 120.0)
        self.handles.set_hint(GERMAN)
        self.status.show_problem(f"{GERMAN} und {GERMAN}.", "Erneut versuchen")
        self.status.set_progress(0.5)
        columns = QHBoxLayout()
        for title, part in (("Pad", self.pad), (GERMAN, self.grid), ("Groove", self.groove), (GERMAN, self.handles)):
            columns.addWidget(Panel(title, part))
        layout = QVBoxLayout(self)
        layout.addWidget(self.transport)
        layout.addLayout(columns)
        layout.addWidget(self.status)


@pytest.fixture
def everything(shown: Callable[..., Everything], beat: Pattern) -> Everything:
    return shown(Everything(beat), 1340, 700)


def ours(window: QWidget) -> Iterator[QWidget]:
    for widget in window.findChildren(QWidget):
        inside = isinstance(widget, QLineEdit) and widget.focusProxy() is not None
        if widget.isVisible() and not inside and not widget.objectName().startswith("qt_"):
            yield widget


def test_whatever_takes_the_focus_has_a_name(everything: Everything) -> None:
    for widget in ours(everything):
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
    wanted = {everything.pad, everything.grid, everything.groove.search, everything.groove.presets}
    assert wanted <= seen
    assert {everything.transport.loop, everything.transport.tempo, everything.transport.volume} <= seen
    assert {everything.status.action, everything.status.cancel} <= seen


def test_a_word_that_is_cut_is_told_by_a_tooltip(everything: Everything) -> None:
    for label in everything.findChildren(ElidedLabel):
        if label.isVisible() and label.sizeHint().width() > label.width():
            assert label.toolTip() == label.text
    for choice in everything.findChildren(Choice):
        assert choice.currentText() in choice.toolTip()


def test_nothing_lies_outside_its_parent(everything: Everything) -> None:
    for widget in ours(everything):
        parent = widget.parentWidget()
        if parent is not None and not widget.isWindow():
            assert parent.rect().contains(widget.geometry()), (widget, widget.geometry(), parent.rect())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_of_it_changes_its_dress_while_open(everything: Everything, dark: QApplication, scheme: Scheme) -> None:
    apply_theme(dark, scheme)
    ground = everything.grab().toImage().pixelColor(2, 2)
    assert (ground.lightnessF() > 0.5) == (scheme == "light")
