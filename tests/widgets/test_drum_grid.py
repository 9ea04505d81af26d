from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollBar

from groovescape_models.music.drumkit import Drum
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import Meter
from groovescape_widgets.drum_grid import DrumGrid
from groovescape_widgets.voices import LANE_ORDER

LEFT = Qt.MouseButton.LeftButton
SNARE_LANE = LANE_ORDER.index(Drum.SNARE)


class PaintWatcher(QObject):
    """Notes the width of what is painted."""

    def __init__(self, widths: list[int]) -> None:
        super().__init__()
        self.widths = widths

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.widths.extend(rect.width() for rect in event.region())
        return False


class Diary:
    """What a grid asked for, in order."""

    def __init__(self, grid: DrumGrid) -> None:
        self.lines: list[tuple[object, ...]] = []
        grid.hit_toggled.connect(lambda step, drum: self.lines.append(("toggle", step, Drum(drum))))
        grid.velocity_changing.connect(lambda index, velocity: self.lines.append(("changing", index, velocity)))
        grid.velocity_committed.connect(lambda index, velocity: self.lines.append(("committed", index, velocity)))
        grid.lane_lock_toggled.connect(lambda drum: self.lines.append(("lane lock", Drum(drum))))
        grid.bar_lock_toggled.connect(lambda bar: self.lines.append(("bar lock", bar)))


@pytest.fixture
def grid(shown: Callable[..., DrumGrid], beat: Pattern) -> DrumGrid:
    widget = shown(DrumGrid(), 720, 340)
    widget.set_pattern(beat, beat.notes)
    return widget


@pytest.fixture
def diary(grid: DrumGrid) -> Diary:
    return Diary(grid)


def cell(grid: DrumGrid, step: int, lane: int) -> QPoint:
    return grid.geometry_now().cell_box(step, lane).center().toPoint()


def turn_wheel(grid: DrumGrid, at: QPoint, notches: int, modifiers: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(grid.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(grid, event)


def test_a_click_in_an_empty_cell_asks_for_a_hit(grid: DrumGrid, diary: Diary) -> None:
    QTest.mouseClick(grid, LEFT, pos=cell(grid, 12, LANE_ORDER.index(Drum.KICK)))
    QTest.mouseClick(grid, LEFT, pos=cell(grid, 31, LANE_ORDER.index(Drum.CRASH)))
    assert diary.lines == [("toggle", 12, Drum.KICK), ("toggle", 31, Drum.CRASH)]


def test_a_click_on_a_hit_asks_for_its_removal(grid: DrumGrid, diary: Diary) -> None:
    QTest.mouseClick(grid, LEFT, pos=cell(grid, 4, SNARE_LANE))
    assert diary.lines == [("toggle", 4, Drum.SNARE)]


def test_a_hit_is_taken_where_it_is_played(grid: DrumGrid, diary: Diary, beat: Pattern) -> None:
    played = [replace(note, start=note.start + 0.12) for note in beat.notes]
    grid.set_pattern(beat, played)
    box = grid.geometry_now().hit_box(SNARE_LANE, 1.12, 100)
    QTest.mouseClick(grid, LEFT, pos=QPoint(int(box.right()) - 1, int(box.center().y())))
    assert diary.lines == [("toggle", 4, Drum.SNARE)]


def test_dragging_a_hit_up_changes_its_velocity_and_commits_once(grid: DrumGrid, diary: Diary) -> None:
    at = cell(grid, 4, SNARE_LANE)
    QTest.mousePress(grid, LEFT, pos=at)
    QTest.mouseMove(grid, at - QPoint(0, 10))
    QTest.mouseMove(grid, at - QPoint(0, 15))
    QTest.mouseRelease(grid, LEFT, pos=at - QPoint(0, 15))
    assert diary.lines == [("changing", 1, 110), ("changing", 1, 115), ("committed", 1, 115)]


def test_a_velocity_stays_in_midis_range(grid: DrumGrid, diary: Diary) -> None:
    at = cell(grid, 4, SNARE_LANE)
    QTest.mousePress(grid, LEFT, pos=at)
    QTest.mouseMove(grid, at - QPoint(0, 300))
    QTest.mouseMove(grid, at + QPoint(0, 600))
    QTest.mouseRelease(grid, LEFT, pos=at)
    velocities = [line[2] for line in diary.lines]
    assert max(velocities) == 127
    assert min(velocities) == 1


def test_control_makes_a_velocity_drag_fine(grid: DrumGrid, diary: Diary) -> None:
    at = cell(grid, 4, SNARE_LANE)
    QTest.mousePress(grid, LEFT, Qt.KeyboardModifier.ControlModifier, at)
    for rise in (0, 20):
        position = QPointF(at - QPoint(0, rise))
        move = QEvent.Type.MouseMove
        event = QMouseEvent(move, position, grid.mapToGlobal(position), LEFT, LEFT, Qt.KeyboardModifier.ControlModifier)
        QApplication.sendEvent(grid, event)
    QTest.mouseRelease(grid, LEFT, Qt.KeyboardModifier.ControlModifier, at)
    assert diary.lines[-1] == ("committed", 1, 105)


def test_a_tremble_is_a_click(grid: DrumGrid, diary: Diary) -> None:
    at = cell(grid, 4, SNARE_LANE)
    QTest.mousePress(grid, LEFT, pos=at)
    QTest.mouseMove(grid, at + QPoint(1, 2))
    QTest.mouseRelease(grid, LEFT, pos=at + QPoint(1, 2))
    assert diary.lines == [("toggle", 4, Drum.SNARE)]


def test_a_held_hit_is_drawn_as_the_hand_has_it_before_any_answer(grid: DrumGrid) -> None:
    at = cell(grid, 20, SNARE_LANE)
    before = grid.grab().toImage()
    QTest.mousePress(grid, LEFT, pos=at)
    QTest.mouseMove(grid, at - QPoint(0, 60))
    top = grid.geometry_now().hit_box(SNARE_LANE, 5.0, 95)
    spot = QPoint(int(top.center().x()), int(top.top()) + 2)
    assert grid.grab().toImage().pixel(spot) != before.pixel(spot)
    QTest.mouseRelease(grid, LEFT, pos=at)


def test_a_hit_that_goes_away_is_let_go(grid: DrumGrid, diary: Diary) -> None:
    at = cell(grid, 4, SNARE_LANE)
    QTest.mousePress(grid, LEFT, pos=at)
    QTest.mouseMove(grid, at - QPoint(0, 10))
    grid.set_pattern(Pattern(), ())
    QTest.mouseRelease(grid, LEFT, pos=at)
    assert diary.lines == [("changing", 1, 110)]


def test_an_answer_during_a_drag_keeps_the_hand(grid: DrumGrid, diary: Diary, beat: Pattern) -> None:
    at = cell(grid, 4, SNARE_LANE)
    QTest.mousePress(grid, LEFT, pos=at)
    QTest.mouseMove(grid, at - QPoint(0, 10))
    louder = [replace(note, velocity=110) if index == 1 else note for index, note in enumerate(beat.notes)]
    grid.set_pattern(beat.with_notes(louder), louder)
    QTest.mouseMove(grid, at - QPoint(0, 12))
    QTest.mouseRelease(grid, LEFT, pos=at)
    assert diary.lines == [("changing", 1, 110), ("changing", 1, 112), ("committed", 1, 112)]


def test_escape_gives_the_velocity_back(grid: DrumGrid, diary: Diary) -> None:
    at = cell(grid, 4, SNARE_LANE)
    QTest.mousePress(grid, LEFT, pos=at)
    QTest.mouseMove(grid, at - QPoint(0, 20))
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    QTest.mouseRelease(grid, LEFT, pos=at)
    assert diary.lines == [("changing", 1, 120), ("committed", 1, 100)]


def test_other_pitches_are_shown_and_left_alone(grid: DrumGrid, diary: Diary) -> None:
    lanes = grid.geometry_now().lanes
    assert lanes[-1] is None
    for step in (24, 3):
        QTest.mouseClick(grid, LEFT, pos=cell(grid, step, len(lanes) - 1))
    assert diary.lines == []


def test_the_names_are_no_cells(grid: DrumGrid, diary: Diary) -> None:
    QTest.mouseClick(grid, LEFT, pos=QPoint(20, 100))
    QTest.mouseClick(grid, LEFT, pos=QPoint(300, 5))
    assert diary.lines == []


def test_enter_toggles_where_the_arrows_went(grid: DrumGrid, diary: Diary) -> None:
    grid.clearFocus()
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    for key in [Qt.Key.Key_Right] * 3 + [Qt.Key.Key_Down] * 2 + [Qt.Key.Key_Return]:
        QTest.keyClick(grid, key)
    assert diary.lines == [("toggle", 3, Drum.OPEN_HAT)]


def test_the_cursor_stays_in_the_grid(grid: DrumGrid, diary: Diary) -> None:
    grid.clearFocus()
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Enter):
        QTest.keyClick(grid, key)
    assert diary.lines == [("toggle", 0, Drum.CRASH)]


def test_the_cursor_starts_where_the_mouse_was(grid: DrumGrid, diary: Diary) -> None:
    QTest.mouseClick(grid, LEFT, pos=cell(grid, 12, LANE_ORDER.index(Drum.KICK)))
    QTest.keyClick(grid, Qt.Key.Key_Left)
    QTest.keyClick(grid, Qt.Key.Key_Left)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert diary.lines == [("toggle", 12, Drum.KICK), ("toggle", 11, Drum.KICK)]


def test_the_cursor_comes_along_when_the_pattern_shrinks(grid: DrumGrid, diary: Diary) -> None:
    QTest.mouseClick(grid, LEFT, pos=cell(grid, 30, 9))
    QTest.keyClick(grid, Qt.Key.Key_Left)
    grid.set_pattern(Pattern((), 4.0), ())
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert diary.lines == [("toggle", 15, Drum.KICK)]


def test_plus_and_minus_change_the_velocity_under_the_cursor(grid: DrumGrid, diary: Diary) -> None:
    grid.clearFocus()
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    for key in [Qt.Key.Key_Right] * 4 + [Qt.Key.Key_Down] * SNARE_LANE:
        QTest.keyClick(grid, key)
    QTest.keyClick(grid, Qt.Key.Key_Plus)
    QTest.keyClick(grid, Qt.Key.Key_Minus)
    assert diary.lines == [("committed", 1, 105), ("committed", 1, 95)]
    assert "Snare, bar 1, step 5: velocity 100" in grid.accessibleDescription()


def test_space_is_left_to_the_window(grid: DrumGrid) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ")
    QApplication.sendEvent(grid, event)
    assert not event.isAccepted()


def test_the_playhead_is_where_the_time_is(grid: DrumGrid) -> None:
    still = grid.grab().toImage()
    grid.set_playhead(3.0)
    x = int(grid.geometry_now().x_of(3.0))
    assert grid.grab().toImage().pixel(x, 200) != still.pixel(x, 200)
    grid.set_playhead(None)
    assert grid.grab().toImage() == still


def test_the_playhead_repaints_strips_only(grid: DrumGrid) -> None:
    painted: list[int] = []
    grid.set_playhead(1.0)
    QApplication.processEvents()
    watcher = PaintWatcher(painted)
    grid.installEventFilter(watcher)
    grid.set_playhead(1.1)
    QApplication.processEvents()
    grid.removeEventFilter(watcher)
    assert painted
    assert max(painted) < 40


def test_a_struck_hit_glows_for_a_moment(grid: DrumGrid) -> None:
    box = grid.geometry_now().hit_box(SNARE_LANE, 1.0, 100)
    spot = QPoint(int(box.left()) + 4, int(box.center().y()))
    still = QColor(grid.grab().toImage().pixel(spot))
    grid.set_playhead(1.15)
    glowing = QColor(grid.grab().toImage().pixel(spot))
    grid.set_playhead(1.5)
    assert glowing.lightnessF() > still.lightnessF() + 0.1
    assert QColor(grid.grab().toImage().pixel(spot)) == still


def test_stale_hits_are_dimmed(grid: DrumGrid) -> None:
    fresh = grid.grab().toImage()
    grid.set_stale(True)
    assert grid.grab().toImage() != fresh
    grid.set_stale(False)
    assert grid.grab().toImage() == fresh


def test_a_moved_hit_leaves_a_ghost_behind(grid: DrumGrid, beat: Pattern) -> None:
    played = [replace(note, start=note.start + 0.2) for note in beat.notes]
    grid.set_pattern(beat, played)
    box = grid.geometry_now().hit_box(SNARE_LANE, 1.0, 100)
    moved = grid.grab().toImage()
    grid.set_pattern(beat.with_notes(()), ())
    spot = QPoint(int(box.left()), int(box.center().y()))
    assert moved.pixel(spot) != grid.grab().toImage().pixel(spot)


def test_long_patterns_scroll_and_short_ones_do_not(grid: DrumGrid) -> None:
    bar = grid.findChild(QScrollBar)
    assert bar.isHidden()
    grid.set_pattern(Pattern((Note(40.0, 0.25, 38, 100),), 64.0), ())
    assert not bar.isHidden()
    bar.setValue(bar.maximum())
    assert grid.geometry_now().view.first == 32.0


def test_the_wheel_zooms_and_with_shift_scrolls(grid: DrumGrid) -> None:
    at = QPoint(400, 150)
    time = grid.geometry_now().time_at(400)
    turn_wheel(grid, at, 3, Qt.KeyboardModifier.NoModifier)
    view = grid.geometry_now().view
    assert view.span < 8.0
    assert grid.geometry_now().time_at(400) == pytest.approx(time)
    turn_wheel(grid, at, -1, Qt.KeyboardModifier.ShiftModifier)
    assert grid.geometry_now().view.first > view.first
    turn_wheel(grid, at, -10, Qt.KeyboardModifier.NoModifier)
    assert grid.geometry_now().view.is_whole


def test_an_edit_keeps_the_zoom(grid: DrumGrid, beat: Pattern) -> None:
    turn_wheel(grid, QPoint(400, 150), 3, Qt.KeyboardModifier.NoModifier)
    view = grid.geometry_now().view
    grid.set_pattern(beat.with_note(Note(2.0, 0.25, 36, 90)), ())
    assert grid.geometry_now().view == view


def test_a_zoomed_grid_turns_the_page_with_the_playhead(grid: DrumGrid) -> None:
    turn_wheel(grid, QPoint(90, 150), 5, Qt.KeyboardModifier.NoModifier)
    assert grid.geometry_now().view.end < 7.0
    grid.set_playhead(7.0)
    view = grid.geometry_now().view
    assert view.first <= 7.0 <= view.end


@pytest.mark.parametrize("meter", [Meter(3, 4), Meter(6, 8), Meter(7, 8)])
def test_other_meters_are_drawn(grid: DrumGrid, meter: Meter, diary: Diary) -> None:
    grid.set_pattern(Pattern((), 2 * meter.bar_length, meter), ())
    assert not grid.grab().isNull()
    QTest.mouseClick(grid, LEFT, pos=cell(grid, 9, SNARE_LANE))
    assert diary.lines == [("toggle", 9, Drum.SNARE)]


def test_a_hit_under_the_pointer_tells_its_numbers(grid: DrumGrid, beat: Pattern) -> None:
    grid.set_pattern(beat, [replace(note, velocity=77) for note in beat.notes])
    QTest.mouseMove(grid, cell(grid, 4, SNARE_LANE))
    assert grid.toolTip() == "Snare, bar 1, step 5: velocity 100, played 77"
    QTest.mouseMove(grid, cell(grid, 9, SNARE_LANE))
    assert grid.toolTip() == ""


def test_padlocks_ask_for_lanes_and_bars_to_be_locked(grid: DrumGrid, diary: Diary, beat: Pattern) -> None:
    where = grid.geometry_now()
    QTest.mouseClick(grid, LEFT, pos=where.lane_lock_box(SNARE_LANE).center().toPoint())
    QTest.mouseClick(grid, LEFT, pos=where.axis.lock_box(1, beat.meter).center().toPoint())
    assert diary.lines == [("lane lock", Drum.SNARE), ("bar lock", 1)]


def test_by_keyboard_the_lane_or_the_bar_of_the_cursor_is_locked(grid: DrumGrid, diary: Diary) -> None:
    for _ in range(1 + 16):  # the first one shows the cursor
        QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_L)
    QTest.keyClick(grid, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    assert diary.lines == [("lane lock", LANE_ORDER[0]), ("bar lock", 1)]


def test_what_is_locked_is_hatched_and_told(grid: DrumGrid) -> None:
    free = grid.grab().toImage()
    grid.set_locks(frozenset({int(Drum.CRASH)}), frozenset())
    held, lane = grid.grab().toImage(), grid.geometry_now().lane_box(0)
    field = range(int(lane.left()) + 4, int(lane.right()) - 4)
    assert any(free.pixelColor(x, 30) != held.pixelColor(x, 30) for x in field)
    below = int(grid.geometry_now().lane_box(1).center().y())
    assert all(free.pixelColor(x, below) == held.pixelColor(x, below) for x in field)
    QTest.keyClick(grid, Qt.Key.Key_Left)
    assert grid.accessibleDescription() == "Crash, step 1: no hit, locked"


def test_a_padlock_says_what_it_does(grid: DrumGrid, beat: Pattern) -> None:
    at = grid.geometry_now().axis.lock_box(0, beat.meter).center().toPoint()
    QTest.mouseMove(grid, at)
    assert grid.toolTip().startswith("Lock bar 1")
    grid.set_locks(frozenset(), frozenset({0}))
    QTest.mouseMove(grid, at + QPoint(1, 0))
    assert grid.toolTip().startswith("Free bar 1")
