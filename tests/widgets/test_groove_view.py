from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from groovescape_models.music.drumkit import Drum
from groovescape_models.music.pattern import Note, Pattern
from groovescape_widgets.groove_hits import HitShift
from groovescape_widgets.groove_view import GrooveView
from groovescape_widgets.ruler import TimeAxis
from groovescape_widgets.time_view import TimeView


@pytest.fixture
def view(shown: Callable[..., GrooveView], beat: Pattern) -> GrooveView:
    widget = shown(GrooveView(), 420, 260)
    after = [replace(note, start=note.start + 0.04, velocity=note.velocity - 20) for note in beat.notes]
    widget.set_hits(beat, beat.notes, after, 120.0)
    return widget


def hit_shifts_of(view: GrooveView) -> list[HitShift]:
    return [shift for _, shift in view.steps.marks()]


def test_early_is_left_late_is_right_and_loud_is_high(view: GrooveView) -> None:
    where = view.offsets.geometry_now()
    early, late = where.place(Drum.SNARE, -10.0, 64), where.place(Drum.SNARE, 10.0, 64)
    middle = where.x_of(0.0)
    assert early.x() < middle < late.x()
    assert middle - early.x() == pytest.approx(late.x() - middle)
    assert where.place(Drum.SNARE, 0.0, 120).y() < where.place(Drum.SNARE, 0.0, 20).y()


def test_only_drums_that_play_have_a_lane(view: GrooveView) -> None:
    lanes = (Drum.CLOSED_HAT, Drum.SNARE, Drum.KICK, None)
    assert view.offsets.geometry_now().lanes == view.steps.geometry_now().lanes == lanes


def test_offsets_beyond_the_axis_stay_in_sight(view: GrooveView) -> None:
    where = view.offsets.geometry_now()
    assert where.field.contains(where.place(Drum.KICK, 5000.0, 127))
    assert where.field.contains(where.place(Drum.KICK, -5000.0, 1))


def test_the_summary_is_under_the_chart_and_told_to_readers(view: GrooveView) -> None:
    assert view.summary.text.startswith("mean 22 ms late, spread 4 ms, velocity 20–90")
    assert view.summary.text in view.steps.accessibleDescription()


def test_a_hit_that_is_pointed_at_gives_its_numbers_at_once(view: GrooveView) -> None:
    kick = view.steps.marks()[0][0].center().toPoint()
    QTest.mouseMove(view.steps, kick)
    assert view.summary.text == "Kick, bar 1, step 1: on the grid → 20 ms late, velocity 110 → 90"
    assert view.steps.toolTip().startswith("Kick, bar 1, step 1\non the grid → 20 ms late\nvelocity 110 → 90")
    QTest.mouseMove(view.steps, QPoint(2, view.steps.height() // 2))
    assert view.summary.text.startswith("mean")


def test_arrow_keys_go_from_hit_to_hit(view: GrooveView) -> None:
    view.steps.setFocus()
    told = []
    for _ in range(2):
        QTest.keyClick(view.steps, Qt.Key.Key_Right)
        told.append(view.summary.text)
    assert told[0].startswith("Kick, bar 1, step 1")
    assert told[1].startswith("Snare, bar 1, step 5")
    QTest.keyClick(view.steps, Qt.Key.Key_Left)
    assert "Kick" in view.steps.accessibleDescription()


def test_the_keyboard_brings_a_hit_into_sight(view: GrooveView, qtbot: QtBot) -> None:
    view.set_axis(TimeAxis(100.0, 420.0, TimeView(4.0, 4.0, 8.0)))
    view.steps.setFocus()
    with qtbot.waitSignal(view.steps.looked, timeout=1000) as looked:
        QTest.keyClick(view.steps, Qt.Key.Key_Right)
    assert looked.args[0].first == 0.0


def test_a_step_stands_where_the_axis_has_it_early_hits_left_of_it_and_louder_ones_higher(view: GrooveView) -> None:
    where, (kick, *_) = view.steps.geometry_now(), hit_shifts_of(view)
    assert where.x_of(kick.line, 0.0) == where.axis.x_of(0.0)
    assert where.x_of(1.0, -10.0) < where.axis.x_of(1.0) < where.x_of(1.0, 10.0)
    before, after = where.bar(kick, after=False), where.bar(kick, after=True)
    assert before.center().x() < after.center().x()
    assert before.height() > after.height()


def test_hits_of_neighbouring_steps_never_lie_on_each_other(shown: Callable[..., GrooveView]) -> None:
    view = shown(GrooveView(), 420, 200)
    roll = Pattern(tuple(Note(step * 0.25, 0.2, 42, 90) for step in range(32)))
    late = [replace(note, start=note.start + (0.2 if step % 2 else 0.0)) for step, note in enumerate(roll.notes)]
    view.set_hits(roll, roll.notes, late, 120.0)
    where, shifts = view.steps.geometry_now(), hit_shifts_of(view)
    boxes = [where.bar(shift, after=True) for shift in shifts]
    assert all(left.center().x() < right.center().x() for left, right in zip(boxes, boxes[1:], strict=False))


def test_what_is_heard_is_filled_and_said(view: GrooveView) -> None:
    grooved = view.steps.grab().toImage()
    view.set_as_written(True)
    assert view.steps.grab().toImage() != grooved
    assert view.ways.key == "written"
    assert view.summary.text.startswith("A: you hear the pattern as it is written.")
    view.set_as_written(False)
    assert view.steps.grab().toImage() == grooved


def test_a_press_on_a_chart_asks_to_compare(view: GrooveView, qtbot: QtBot) -> None:
    with qtbot.waitSignals([view.compare_pressed, view.compare_released], timeout=1000):
        QTest.mouseClick(view.steps, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(view.compare_pressed, timeout=1000):
        QTest.keyClick(view.steps, Qt.Key.Key_Return)


def test_a_page_is_chosen_by_hand_and_by_setter(view: GrooveView, qtbot: QtBot) -> None:
    assert view.steps.isVisible()
    with qtbot.waitSignal(view.page_chosen, timeout=1000) as chosen:
        view.pages.parts["offsets"].click()
    assert chosen.args == ["offsets"]
    assert view.offsets.isVisible()
    view.set_page("steps")
    assert view.steps.isVisible()


def test_the_page_that_the_curve_takes_the_place_of_is_not_lit_and_a_click_brings_it_back(
    shown: Callable[..., GrooveView],
) -> None:
    low = shown(GrooveView(), 420, 150)
    switch = shown(low.pages, 300, 20)
    lit = switch.grab().toImage()
    low.automate.click()
    assert not low.steps.isVisible()
    assert switch.grab().toImage() != lit
    low.pages.parts["steps"].click()
    assert low.steps.isVisible()
    assert not low.automate.isChecked()


def test_a_playhead_is_drawn_over_the_steps(view: GrooveView) -> None:
    still = view.steps.grab().toImage()
    view.set_playhead(3.0)
    assert view.steps.grab().toImage() != still
    view.set_playhead(None)
    assert view.steps.grab().toImage() == still


def test_a_groove_changes_the_picture(view: GrooveView, beat: Pattern) -> None:
    grooved = view.grab().toImage()
    view.set_hits(beat, beat.notes, beat.notes, 120.0)
    assert view.grab().toImage() != grooved


def test_without_hits_the_view_says_what_to_do(view: GrooveView) -> None:
    view.set_hits(Pattern(), (), (), 120.0)
    assert "No hits yet" in view.steps.accessibleDescription()
    assert not view.grab().isNull()
