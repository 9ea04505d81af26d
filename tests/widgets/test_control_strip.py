from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from groovescape_widgets.control_strip import Control, ControlStrip

LEFT = Qt.MouseButton.LeftButton
CONTROLS = (
    Control("density", "Density", "How many notes there are."),
    Control("syncopation", "Syncopation", "How much is off the beat."),
    Control("complexity", "Complexity", "How many rhythms there are."),
    Control("swing", "Swing feel", "How late the off-beats are."),
    Control("accent", "Accent", "How unequal the velocities are."),
)


class Diary:
    """What a strip asked for, in order."""

    def __init__(self, strip: ControlStrip) -> None:
        self.lines: list[tuple[object, ...]] = []
        strip.changing.connect(lambda name, value: self.lines.append(("changing", name, round(value, 2))))
        strip.committed.connect(lambda name, value: self.lines.append(("committed", name, round(value, 2))))
        strip.reset.connect(lambda name: self.lines.append(("reset", name)))


@pytest.fixture
def strip(shown: Callable[..., ControlStrip]) -> ControlStrip:
    widget = ControlStrip()
    widget.set_controls(CONTROLS)
    return shown(widget, 560, 40)


@pytest.fixture
def diary(strip: ControlStrip) -> Diary:
    return Diary(strip)


def test_a_drag_is_any_number_of_changes_and_one_commit(strip: ControlStrip, diary: Diary) -> None:
    slider = strip.sliders["syncopation"]
    middle = QPoint(slider.width() // 2, slider.height() - 10)
    QTest.mousePress(slider, LEFT, pos=middle)
    QTest.mouseMove(slider, middle + QPoint(20, 0))
    QTest.mouseMove(slider, middle + QPoint(30, 0))
    QTest.mouseRelease(slider, LEFT, pos=middle + QPoint(30, 0))
    assert [line[:2] for line in diary.lines] == [("changing", "syncopation")] * 2 + [("committed", "syncopation")]
    assert diary.lines[-1][2] == diary.lines[-2][2]


def test_a_double_click_and_delete_ask_for_the_patterns_own_value(strip: ControlStrip, diary: Diary) -> None:
    strip.set_values({"density": 0.9})
    slider = strip.sliders["density"]
    QTest.mouseDClick(slider, LEFT, pos=QPoint(4, 4))
    QTest.keyClick(slider, Qt.Key.Key_Delete)
    assert diary.lines == [("reset", "density"), ("reset", "density")]
    assert slider.value == 90


def test_values_are_percentiles_and_unknown_names_are_passed_over(strip: ControlStrip, diary: Diary) -> None:
    strip.set_values({"density": 0.42, "register": 0.9})
    assert strip.sliders["density"].value == 42
    assert strip.sliders["density"].accessibleDescription() == "42 %"
    assert "How many notes there are." in strip.sliders["density"].toolTip()
    assert diary.lines == []


def test_only_enabled_names_can_be_moved(strip: ControlStrip, diary: Diary) -> None:
    strip.set_enabled_names(["density"])
    QTest.keyClick(strip.sliders["swing"], Qt.Key.Key_Right)
    QTest.keyClick(strip.sliders["density"], Qt.Key.Key_Right)
    assert diary.lines == [("changing", "density", 0.55), ("committed", "density", 0.55)]


def test_the_same_controls_again_keep_their_values_and_others_replace_them(strip: ControlStrip) -> None:
    strip.set_values({"density": 0.1})
    strip.set_controls(CONTROLS)
    assert strip.sliders["density"].value == 10
    strip.set_controls([Control("register", "Register", "How high it lies.")])
    assert list(strip.sliders) == ["register"]


def test_five_fit_into_560_pixels_by_leaving_the_sign_out(strip: ControlStrip) -> None:
    assert strip.minimumSizeHint().width() <= 560
    assert {slider.number_words() for slider in strip.sliders.values()} == {"50"}
    strip.resize(900, 40)
    assert {slider.number_words() for slider in strip.sliders.values()} == {"50 %"}
