from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from groovescape_models.music.drumkit import Drum
from groovescape_models.music.pattern import Pattern
from groovescape_widgets.groove_view import GrooveView


@pytest.fixture
def view(shown: Callable[..., GrooveView], beat: Pattern) -> GrooveView:
    widget = shown(GrooveView(), 420, 260)
    after = [replace(note, start=note.start + 0.04, velocity=note.velocity - 20) for note in beat.notes]
    widget.set_hits(beat, beat.notes, after, 120.0)
    return widget


def test_early_is_left_late_is_right_and_loud_is_high(view: GrooveView) -> None:
    where = view.chart.geometry_now()
    early, late = where.place(Drum.SNARE, -10.0, 64), where.place(Drum.SNARE, 10.0, 64)
    middle = where.x_of(0.0)
    assert early.x() < middle < late.x()
    assert middle - early.x() == pytest.approx(late.x() - middle)
    assert where.place(Drum.SNARE, 0.0, 120).y() < where.place(Drum.SNARE, 0.0, 20).y()


def test_only_drums_that_play_have_a_lane(view: GrooveView) -> None:
    assert view.chart.geometry_now().lanes == (Drum.CLOSED_HAT, Drum.SNARE, Drum.KICK, None)


def test_offsets_beyond_the_axis_stay_in_sight(view: GrooveView) -> None:
    where = view.chart.geometry_now()
    assert where.field.contains(where.place(Drum.KICK, 5000.0, 127))
    assert where.field.contains(where.place(Drum.KICK, -5000.0, 1))


def test_the_summary_is_under_the_chart_and_told_to_readers(view: GrooveView) -> None:
    assert view.summary.text.startswith("mean 22 ms late, spread 4 ms, velocity 20–90")
    assert view.chart.accessibleDescription() == view.summary.text


def test_the_tooltip_gives_a_hits_numbers(view: GrooveView, qtbot: QtBot) -> None:
    at = view.chart.geometry_now().place(Drum.KICK, 20.0, 90).toPoint()
    QApplication.sendEvent(view.chart, QHelpEvent(QEvent.Type.ToolTip, at, view.chart.mapToGlobal(at)))
    expected = "Kick, bar 1, step 1\non the grid → 20 ms late\nvelocity 110 → 90"
    qtbot.waitUntil(lambda: QToolTip.text() == expected)


def test_there_is_no_hit_where_none_is_drawn(view: GrooveView) -> None:
    assert view.chart.shift_at(QPoint(2, 2).toPointF()) is None


def test_a_groove_changes_the_picture(view: GrooveView, beat: Pattern) -> None:
    grooved = view.grab().toImage()
    view.set_hits(beat, beat.notes, beat.notes, 120.0)
    assert view.grab().toImage() != grooved


def test_without_hits_the_view_says_what_to_do(view: GrooveView) -> None:
    view.set_hits(Pattern(), (), (), 120.0)
    assert "No hits yet" in view.chart.accessibleDescription()
    assert not view.grab().isNull()
