from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from groovescape_widgets.icons import Icon
from groovescape_widgets.slider import SliderRange, ValueSlider

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def slider(shown: Callable[..., ValueSlider]) -> ValueSlider:
    return shown(ValueSlider("Timing", SliderRange(0.0, 150.0, 100.0, 5.0)), 164, 40)


@pytest.fixture
def said(slider: ValueSlider) -> list[tuple[str, float]]:
    lines: list[tuple[str, float]] = []
    slider.changing.connect(lambda value: lines.append(("changing", value)))
    slider.committed.connect(lambda value: lines.append(("committed", value)))
    return lines


def wheel(slider: ValueSlider, notches: int, modifiers: Qt.KeyboardModifier) -> None:
    at = QPointF(50, 20)
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    angle = QPoint(0, notches * 120)
    QApplication.sendEvent(slider, QWheelEvent(at, at, QPoint(), angle, buttons, modifiers, phase, False))


def drag(slider: ValueSlider, start: int, end: int, modifiers: Qt.KeyboardModifier) -> None:
    y = slider.height() - 10
    QTest.mousePress(slider, LEFT, modifiers, QPoint(start, y))
    at = QPointF(end, y)
    move = QMouseEvent(QEvent.Type.MouseMove, at, slider.mapToGlobal(at), LEFT, LEFT, modifiers)
    QApplication.sendEvent(slider, move)
    QTest.mouseRelease(slider, LEFT, modifiers, QPoint(end, y))


def test_it_starts_at_its_default(slider: ValueSlider) -> None:
    assert slider.value == 100.0
    assert slider.accessibleName() == "Timing"
    assert slider.accessibleDescription() == "100 %"


def test_a_press_on_the_track_brings_the_knob(slider: ValueSlider, said: list[tuple[str, float]]) -> None:
    drag(slider, 7, 7, NONE)
    assert said == [("changing", 0.0), ("committed", 0.0)]


def test_a_drag_to_the_end_is_the_highest_value(slider: ValueSlider, said: list[tuple[str, float]]) -> None:
    drag(slider, 7, 400, NONE)
    assert said == [("changing", 0.0), ("changing", 150.0), ("committed", 150.0)]


def test_control_moves_a_tenth_as_far(slider: ValueSlider) -> None:
    drag(slider, 107, 137, CTRL)
    assert slider.value == pytest.approx(103.0)


def test_a_press_that_moves_nothing_commits_nothing(slider: ValueSlider, said: list[tuple[str, float]]) -> None:
    drag(slider, 107, 107, NONE)
    assert said == []


def test_a_double_click_brings_the_default_back(slider: ValueSlider, said: list[tuple[str, float]]) -> None:
    slider.set_value(30.0)
    QTest.mouseDClick(slider, LEFT, pos=QPoint(60, 10))
    assert slider.value == 100.0
    assert said[-1] == ("committed", 100.0)


def test_the_wheel_steps_and_is_fine_with_control(slider: ValueSlider) -> None:
    wheel(slider, 2, NONE)
    assert slider.value == 110.0
    wheel(slider, -1, CTRL)
    assert slider.value == 109.0


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (Qt.Key.Key_Right, 105.0),
        (Qt.Key.Key_Up, 105.0),
        (Qt.Key.Key_Left, 95.0),
        (Qt.Key.Key_Home, 0.0),
        (Qt.Key.Key_End, 150.0),
    ],
)
def test_keys_step_and_jump(slider: ValueSlider, said: list[tuple[str, float]], key: Qt.Key, value: float) -> None:
    QTest.keyClick(slider, key)
    assert said == [("changing", value), ("committed", value)]


def test_escape_takes_a_drag_back(slider: ValueSlider, said: list[tuple[str, float]]) -> None:
    QTest.mousePress(slider, LEFT, pos=QPoint(7, 30))
    QTest.keyClick(slider, Qt.Key.Key_Escape)
    QTest.mouseRelease(slider, LEFT, pos=QPoint(7, 30))
    assert said == [("changing", 0.0), ("changing", 100.0)]


def test_space_is_left_to_the_window(slider: ValueSlider) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, NONE, " ")
    QApplication.sendEvent(slider, event)
    assert not event.isAccepted()


def test_set_value_is_silent_clamped_and_waits_for_a_hand(slider: ValueSlider, said: list[tuple[str, float]]) -> None:
    slider.set_value(500.0)
    assert slider.value == 150.0
    assert said == []
    QTest.mousePress(slider, LEFT, pos=QPoint(7, 30))
    slider.set_value(75.0)
    assert slider.value == 0.0
    QTest.mouseRelease(slider, LEFT, pos=QPoint(7, 30))


def test_an_icon_makes_it_one_line(shown: Callable[..., ValueSlider]) -> None:
    slider = shown(ValueSlider("Volume", icon=Icon.VOLUME), 160, 24)
    assert slider.sizeHint().height() == 24
    assert slider.toolTip().startswith("Volume: 100 %")
    assert not slider.grab().isNull()
