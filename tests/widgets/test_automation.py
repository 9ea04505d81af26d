from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from groovescape_models.music.curve import Curve
from groovescape_models.music.pattern import Pattern
from groovescape_widgets.automation import Automation
from groovescape_widgets.groove_view import LOW_PX, GrooveView

HALF = Curve(((0.0, 0.5),))


@pytest.fixture
def panel(shown: Callable[..., Automation]) -> Automation:
    return shown(Automation(), 460, 100)


def test_without_a_groove_it_says_to_choose_one(panel: Automation) -> None:
    assert not panel.lane.isEnabled()
    assert "Choose a groove from the list" in panel.lane.accessibleDescription()
    panel.set_grooves("Funk 117", None)
    assert panel.lane.isEnabled()


def test_a_morph_wants_a_second_groove_and_names_both_ends(panel: Automation, qtbot: QtBot) -> None:
    panel.set_grooves("Funk 117", None)
    assert panel.other.isHidden()
    panel.kinds.parts["morph"].click()
    assert not panel.lane.isEnabled()
    with qtbot.waitSignal(panel.other_wanted, timeout=1000):
        panel.other.click()
    panel.set_grooves("Funk 117", "Jazz 215")
    assert panel.lane.isEnabled()
    assert panel.other.text() == "To Jazz 215"


def test_each_curve_keeps_its_own_points(panel: Automation) -> None:
    panel.set_grooves("Funk 117", "Jazz 215")
    panel.set_curves(HALF, Curve())
    assert panel.lane.curve == HALF
    panel.kinds.parts["morph"].click()
    assert not panel.lane.curve
    panel.kinds.parts["intensity"].click()
    assert panel.lane.curve == HALF


def test_a_stroke_says_which_curve_it_is_in(panel: Automation) -> None:
    kinds: list[str] = []
    panel.changing.connect(lambda kind, _curve: kinds.append(kind))
    panel.committed.connect(lambda kind, _curve: kinds.append(f"{kind} for good"))
    panel.set_grooves("Funk 117", "Jazz 215")
    panel.kinds.parts["morph"].click()
    QTest.mouseClick(panel.lane, Qt.MouseButton.LeftButton, pos=panel.lane.geometry_now().place(1.0, 0.5).toPoint())
    assert kinds == ["morph", "morph for good"]


def test_reset_takes_the_whole_curve_away(panel: Automation, qtbot: QtBot) -> None:
    panel.set_grooves("Funk 117", None)
    assert not panel.reset.isEnabled()
    panel.set_curves(HALF, Curve())
    with qtbot.waitSignal(panel.committed, timeout=1000) as heard:
        panel.reset.click()
    assert heard.args == ["intensity", Curve()]


def test_the_curves_are_folded_and_take_the_charts_place_in_a_low_window(
    shown: Callable[..., GrooveView], beat: Pattern, qtbot: QtBot
) -> None:
    view = shown(GrooveView(), 460, LOW_PX - 40)
    view.set_hits(beat, beat.notes, beat.notes, 120.0)
    assert not view.automation.isVisible()
    with qtbot.waitSignal(view.automate_chosen, timeout=1000) as heard:
        view.automate.click()
    assert heard.args == [True]
    assert [view.automation.isVisible(), view.steps.isVisible()] == [True, False]
    view.resize(460, LOW_PX + 40)
    assert [view.automation.isVisible(), view.steps.isVisible()] == [True, True]
    view.resize(460, LOW_PX - 40)
    view.pages.parts["offsets"].click()
    assert [view.automation.isVisible(), view.offsets.isVisible()] == [False, True]
