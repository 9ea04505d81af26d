from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from groovescape_widgets.icon_button import IconButton
from groovescape_widgets.icons import Icon
from groovescape_widgets.transport_bar import TransportBar

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bar(shown: Callable[..., TransportBar]) -> TransportBar:
    return shown(TransportBar(), 900, 48)


@pytest.fixture
def said(bar: TransportBar) -> list[tuple[object, ...]]:
    lines: list[tuple[object, ...]] = []
    bar.play_toggled.connect(lambda: lines.append(("play",)))
    bar.tempo_committed.connect(lambda bpm: lines.append(("tempo", round(bpm, 2))))
    bar.volume_changed.connect(lambda volume: lines.append(("volume", round(volume, 2))))
    bar.kit_chosen.connect(lambda index: lines.append(("kit", index)))
    bar.loop_toggled.connect(lambda loop: lines.append(("loop", loop)))
    return lines


def wheel(bar: TransportBar, notches: int, modifiers: Qt.KeyboardModifier) -> None:
    at = QPointF(20, 10)
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    angle = QPoint(0, notches * 120)
    QApplication.sendEvent(bar.tempo, QWheelEvent(at, at, QPoint(), angle, buttons, modifiers, phase, False))


def test_play_asks_and_shows_only_what_it_is_told(bar: TransportBar, said: list[tuple[object, ...]]) -> None:
    QTest.mouseClick(bar.play, LEFT)
    assert said == [("play",)]
    assert not bar.play.isChecked()
    bar.set_playing(True)
    assert bar.play.isChecked()
    assert bar.play.accessibleName() == "Stop (Space)"
    QTest.mouseClick(bar.play, LEFT)
    assert bar.play.isChecked()


def test_loop_says_its_new_state(bar: TransportBar, said: list[tuple[object, ...]]) -> None:
    QTest.mouseClick(bar.loop, LEFT)
    QTest.mouseClick(bar.loop, LEFT)
    assert said == [("loop", False), ("loop", True)]


def test_a_typed_tempo_comes_whole(bar: TransportBar, said: list[tuple[object, ...]]) -> None:
    bar.tempo.setFocus()
    bar.tempo.selectAll()
    QTest.keyClicks(bar.tempo, "97.25")
    assert said == []
    QTest.keyClick(bar.tempo, Qt.Key.Key_Return)
    assert said == [("tempo", 97.25)]
    assert bar.tempo.text() == "97.25 bpm"


def test_the_tempo_steps_by_wheel_and_keys(bar: TransportBar, said: list[tuple[object, ...]]) -> None:
    wheel(bar, 1, NONE)
    wheel(bar, -1, CTRL)
    QTest.keyClick(bar.tempo, Qt.Key.Key_Up)
    QTest.keyClick(bar.tempo, Qt.Key.Key_Down, CTRL)
    assert said == [("tempo", 121.0), ("tempo", 120.9), ("tempo", 121.9), ("tempo", 121.8)]


def test_a_double_click_brings_120_back(bar: TransportBar, said: list[tuple[object, ...]]) -> None:
    bar.set_tempo(87.5)
    QTest.mouseDClick(bar.tempo.lineEdit(), LEFT)
    assert said == [("tempo", 120.0)]


def test_the_tempo_is_shown_as_text_that_fits(bar: TransportBar) -> None:
    bar.set_tempo(128.55)
    line = bar.tempo.lineEdit()
    assert bar.tempo.text() == "128.55 bpm"
    assert line.fontMetrics().horizontalAdvance("888.88 bpm") <= line.width()
    bar.set_tempo(90.0)
    assert bar.tempo.text() == "90.0 bpm"


def test_space_in_the_tempo_is_left_to_the_window(bar: TransportBar) -> None:
    pressed: list[str] = []
    shortcut = QShortcut(QKeySequence(Qt.Key.Key_Space), bar)
    shortcut.activated.connect(lambda: pressed.append("space"))
    bar.activateWindow()
    bar.tempo.setFocus()
    QTest.keyClick(bar.tempo, Qt.Key.Key_Space)
    assert pressed == ["space"]
    assert bar.tempo.value() == 120.0


def test_setters_say_nothing(bar: TransportBar, said: list[tuple[object, ...]]) -> None:
    bar.set_playing(True)
    bar.set_tempo(90.0)
    bar.set_volume(0.25)
    bar.set_kits(["Standard", "Jazz"])
    bar.set_kit(1)
    bar.set_loop(False)
    assert said == []
    assert bar.volume.value == 25.0
    assert bar.kit.currentText() == "Jazz"
    assert not bar.loop.isChecked()


def test_the_volume_is_a_share(bar: TransportBar, said: list[tuple[object, ...]]) -> None:
    bar.set_volume(0.5)
    QTest.keyClick(bar.volume, Qt.Key.Key_Right)
    assert said == [("volume", 0.55)]


def test_kits_are_chosen_by_their_place(bar: TransportBar, said: list[tuple[object, ...]]) -> None:
    assert not bar.kit.isEnabled()
    bar.set_kits(["Standard", "Jazz", "Power"])
    assert bar.kit.isEnabled()
    bar.kit.setFocus()
    QTest.keyClick(bar.kit, Qt.Key.Key_Down)
    assert said == [("kit", 1)]
    bar.set_kits([])
    assert not bar.kit.isEnabled()


def test_the_window_puts_its_own_controls_at_the_right(bar: TransportBar) -> None:
    button = IconButton(Icon.UNDO, "Undo")
    bar.add_right(button)
    QApplication.processEvents()
    assert button.geometry().right() > bar.kit.geometry().right()
    assert button.isVisible()


def test_a_button_shows_its_ring_to_keyboards_only(bar: TransportBar) -> None:
    bar.loop.clearFocus()
    plain = bar.loop.grab().toImage()
    bar.loop.setFocus(Qt.FocusReason.MouseFocusReason)
    assert bar.loop.grab().toImage() == plain
    bar.loop.clearFocus()
    bar.loop.setFocus(Qt.FocusReason.TabFocusReason)
    assert bar.loop.grab().toImage() != plain
    QApplication.sendEvent(bar.loop, QEvent(QEvent.Type.Leave))
