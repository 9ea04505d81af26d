from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from groovescape_models.music.curve import Curve
from groovescape_models.music.timing import Meter
from groovescape_widgets.curve_edit import INTENSITY
from groovescape_widgets.curve_lane import CurveLane
from groovescape_widgets.ruler import TimeAxis
from groovescape_widgets.time_view import TimeView

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NO_KEYS, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Heard:
    """What a lane has emitted."""

    def __init__(self, lane: CurveLane) -> None:
        self.changing: list[Curve] = []
        self.committed: list[Curve] = []
        self.told: list[str] = []
        lane.changing.connect(self.changing.append)
        lane.committed.connect(self.committed.append)
        lane.told.connect(self.told.append)


@pytest.fixture
def lane(shown: Callable[..., CurveLane]) -> CurveLane:
    widget = shown(CurveLane(), 500, 92)
    widget.set_axis(TimeAxis(100.0, 500.0, TimeView(0.0, 8.0, 8.0)))
    widget.set_kind("Intensity", INTENSITY, ("150 %", "0 %"), "100 %")
    return widget


@pytest.fixture
def heard(lane: CurveLane) -> Heard:
    return Heard(lane)


def at(lane: CurveLane, time: float, value: float) -> QPoint:
    return lane.geometry_now().place(time, value).toPoint()


def times(curve: Curve) -> list[float]:
    return [time for time, _ in curve.points]


def test_a_click_sets_a_point_on_the_nearest_beat_in_one_step(lane: CurveLane, heard: Heard) -> None:
    QTest.mouseClick(lane, LEFT, NO_KEYS, at(lane, 2.2, 0.5))
    assert times(lane.curve) == [2.0]
    assert lane.curve.points[0][1] == pytest.approx(0.5, abs=0.02)
    assert heard.committed == [lane.curve]


def test_ctrl_sets_it_between_the_beats(lane: CurveLane) -> None:
    QTest.mouseClick(lane, LEFT, CTRL, at(lane, 2.25, 0.5))
    assert times(lane.curve) == [2.25]


def test_a_stroke_across_draws_a_point_a_beat_heard_as_it_is_drawn(lane: CurveLane, heard: Heard) -> None:
    QTest.mousePress(lane, LEFT, NO_KEYS, at(lane, 0.0, 0.2))
    for beat in range(1, 5):
        QTest.mouseMove(lane, at(lane, beat, 0.2 + beat * 0.2))
    assert lane.is_held
    assert not heard.committed
    QTest.mouseRelease(lane, LEFT, NO_KEYS, at(lane, 4.0, 1.0))
    assert times(lane.curve) == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert len(heard.changing) == 5
    assert heard.committed == [lane.curve]


def test_a_point_that_is_taken_moves_and_keeps_between_its_neighbours(lane: CurveLane, heard: Heard) -> None:
    lane.set_curve(Curve(((0.0, 1.0), (2.0, 0.5), (4.0, 1.0))))
    QTest.mousePress(lane, LEFT, NO_KEYS, at(lane, 2.0, 0.5))
    QTest.mouseMove(lane, at(lane, 3.0, 1.2))
    QTest.mouseMove(lane, at(lane, 7.0, 1.2))
    QTest.mouseRelease(lane, LEFT, NO_KEYS, at(lane, 7.0, 1.2))
    assert len(lane.curve.points) == 3
    assert 3.9 < lane.curve.points[1][0] < 4.0
    assert heard.committed == [lane.curve]


@pytest.mark.parametrize("by", ["right", "double"])
def test_a_point_is_taken_away_by_the_right_button_or_a_double_click(lane: CurveLane, heard: Heard, by: str) -> None:
    lane.set_curve(Curve(((0.0, 1.0), (2.0, 0.5))))
    if by == "right":
        QTest.mouseClick(lane, RIGHT, NO_KEYS, at(lane, 2.0, 0.5))
    else:
        QTest.mouseDClick(lane, LEFT, NO_KEYS, at(lane, 2.0, 0.5))
    assert times(lane.curve) == [0.0]
    assert heard.committed == [lane.curve]


def test_a_click_that_changes_nothing_is_no_step(lane: CurveLane, heard: Heard) -> None:
    lane.set_curve(Curve(((2.0, 0.5),)))
    QTest.mouseClick(lane, LEFT, NO_KEYS, at(lane, 2.0, 0.5))
    assert heard.committed == []


def test_escape_gives_the_curve_back_that_the_gesture_began_with(lane: CurveLane, heard: Heard) -> None:
    before = Curve(((2.0, 0.5),))
    lane.set_curve(before)
    QTest.mousePress(lane, LEFT, NO_KEYS, at(lane, 5.0, 1.0))
    QTest.keyClick(lane, Qt.Key.Key_Escape)
    assert lane.curve == before
    assert heard.committed == [before]
    assert not lane.is_held


def test_a_hand_knows_better_than_a_setter(lane: CurveLane) -> None:
    QTest.mousePress(lane, LEFT, NO_KEYS, at(lane, 5.0, 1.0))
    lane.set_curve(Curve())
    assert times(lane.curve) == [5.0]
    QTest.mouseRelease(lane, LEFT, NO_KEYS, at(lane, 5.0, 1.0))
    lane.set_curve(Curve())
    assert not lane.curve


def test_keys_do_all_that_a_mouse_does(lane: CurveLane, heard: Heard) -> None:
    lane.setFocus()
    QTest.keyClick(lane, Qt.Key.Key_Right)
    QTest.keyClick(lane, Qt.Key.Key_Down)
    assert lane.curve.points == ((1.0, 0.95),)
    QTest.keyClick(lane, Qt.Key.Key_Up, SHIFT)
    assert lane.curve.points == ((1.0, 0.96),)
    QTest.keyClick(lane, Qt.Key.Key_Right, SHIFT)
    assert lane.curve.points == ((2.0, 0.96),)
    QTest.keyClick(lane, Qt.Key.Key_Right, CTRL)
    QTest.keyClick(lane, Qt.Key.Key_Return)
    assert times(lane.curve) == [2.0, 2.0625]
    QTest.keyClick(lane, Qt.Key.Key_Delete)
    assert times(lane.curve) == [2.0]
    assert len(heard.committed) == 5


def test_a_held_key_is_one_step(lane: CurveLane, heard: Heard) -> None:
    lane.setFocus()
    for _ in range(3):
        QTest.keyPress(lane, Qt.Key.Key_Up)
    assert not heard.committed
    QTest.keyRelease(lane, Qt.Key.Key_Up)
    assert heard.committed == [Curve(((0.0, 1.15),))]


def test_beats_are_those_of_the_meter(lane: CurveLane) -> None:
    lane.set_meter(Meter(6, 8))
    QTest.mouseClick(lane, LEFT, NO_KEYS, at(lane, 1.3, 0.5))
    assert times(lane.curve) == [1.5]


def test_a_hand_is_told_its_place_and_number(lane: CurveLane, heard: Heard) -> None:
    QTest.mouseClick(lane, LEFT, NO_KEYS, at(lane, 5.0, 0.5))
    assert heard.told[-1].startswith("bar 2, beat 2: ")
    assert heard.told[-1].endswith(" %")
    QTest.mouseMove(lane, at(lane, 1.0, 1.4))
    assert heard.told[-1] == ""


def test_what_is_missing_is_said_in_the_place_of_the_curve(lane: CurveLane) -> None:
    still = lane.grab().toImage()
    lane.set_open("Choose a groove first.")
    assert lane.grab().toImage() != still
    assert lane.toolTip() == lane.accessibleDescription() == "Choose a groove first."
    assert not lane.isEnabled()
    lane.set_open("")
    assert lane.isEnabled()
    assert "Nothing drawn: level at 100 %" in lane.accessibleDescription()


def test_the_wheel_asks_the_pattern_to_show_another_stretch(lane: CurveLane) -> None:
    looked: list[TimeView] = []
    lane.looked.connect(looked.append)
    place = QPointF(at(lane, 4.0, 1.0))
    turn = QWheelEvent(
        place, place, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, NO_KEYS, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(lane, turn)
    assert looked[-1].span == pytest.approx(6.4)


def test_the_picture_shows_curve_cursor_and_playhead(lane: CurveLane) -> None:
    lane.clearFocus()
    pictures = [lane.grab().toImage()]
    lane.set_curve(Curve(((0.0, 0.2), (4.0, 1.4))))
    pictures.append(lane.grab().toImage())
    lane.set_playhead(2.0)
    pictures.append(lane.grab().toImage())
    lane.setFocus(Qt.FocusReason.TabFocusReason)
    pictures.append(lane.grab().toImage())
    assert all(before != after for before, after in zip(pictures, pictures[1:], strict=False))
