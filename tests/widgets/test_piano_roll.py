from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollBar

from groovescape_models.music.chords import read_progression
from groovescape_models.music.key import read_key
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import STEP, Meter
from groovescape_widgets.color import TEXT_CONTRAST, contrast
from groovescape_widgets.piano_roll import PianoRoll
from groovescape_widgets.roll_painter import key_colors, name_color, note_fill
from groovescape_widgets.tokens import DARK, LIGHT, Colors
from groovescape_widgets.voices import part_voice

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE, CONTROL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
SIGNALS = (
    "note_added",
    "notes_moving",
    "notes_moved",
    "note_resizing",
    "note_resized",
    "notes_deleted",
    "velocity_changing",
    "velocity_committed",
    "bar_lock_toggled",
)


class Diary:
    """What a roll asked for, in order; the sounds of keys apart."""

    def __init__(self, roll: PianoRoll) -> None:
        self.lines: list[tuple[object, ...]] = []
        self.pitches: list[int] = []
        for name in SIGNALS:
            getattr(roll, name).connect(lambda *values, name=name: self.lines.append((name, *values)))
        roll.pitch_pressed.connect(self.pitches.append)


@pytest.fixture
def tune() -> Pattern:
    """Two bars: C5, E5 and G5, and a long C4."""
    return Pattern(
        (Note(0.0, 0.5, 72, 100), Note(1.0, 0.5, 76, 80), Note(2.0, 1.0, 79, 60), Note(4.0, 2.0, 60, 90)),
        role=Role.MELODY,
    )


@pytest.fixture
def roll(shown: Callable[..., PianoRoll], tune: Pattern) -> PianoRoll:
    widget = shown(PianoRoll(), 720, 420)
    widget.set_pattern(tune, tune.notes)
    return widget


@pytest.fixture
def diary(roll: PianoRoll) -> Diary:
    return Diary(roll)


def place(roll: PianoRoll, time: float, pitch: int) -> QPoint:
    where = roll.geometry_now()
    return QPointF(where.axis.x_of(time), where.row_box(pitch).center().y()).toPoint()


def move(roll: PianoRoll, at: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    position = QPointF(at)
    event = QMouseEvent(QEvent.Type.MouseMove, position, roll.mapToGlobal(position), LEFT, LEFT, modifiers)
    QApplication.sendEvent(roll, event)


def drag(roll: PianoRoll, *places: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.mousePress(roll, LEFT, modifiers, places[0])
    for at in places[1:]:
        move(roll, at, modifiers)
    QTest.mouseRelease(roll, LEFT, modifiers, places[-1])


def turn_wheel(roll: PianoRoll, at: QPoint, notches: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(roll.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(roll, event)


def press(roll: PianoRoll, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    for key in keys:
        QTest.keyClick(roll, key, modifiers)


def test_a_click_on_an_empty_place_asks_for_a_note(roll: PianoRoll, diary: Diary) -> None:
    QTest.mouseClick(roll, LEFT, pos=place(roll, 3.6, 67))
    assert diary.lines == [("note_added", 3.5, 67, 0.5)]
    assert diary.pitches == []


def test_a_note_at_the_end_of_the_loop_is_cut_to_fit(roll: PianoRoll, diary: Diary) -> None:
    QTest.mouseClick(roll, LEFT, pos=place(roll, 7.9, 67))
    assert diary.lines == [("note_added", 7.75, 67, 0.25)]


def test_a_note_is_dragged_in_steps_and_semitones_and_put_down_once(roll: PianoRoll, diary: Diary) -> None:
    drag(roll, place(roll, 1.1, 76), place(roll, 1.6, 76), place(roll, 1.6, 74))
    assert diary.lines == [
        ("notes_moving", (1,), 0.5, 0),
        ("notes_moving", (1,), 0.5, -2),
        ("notes_moved", (1,), 0.5, -2),
    ]
    assert diary.pitches == [76, 74]


def test_control_moves_finely_in_time(roll: PianoRoll, diary: Diary) -> None:
    QTest.mousePress(roll, LEFT, NONE, place(roll, 1.1, 76))
    move(roll, place(roll, 1.1, 76) + QPoint(5, 0), CONTROL)
    QTest.mouseRelease(roll, LEFT, CONTROL, place(roll, 1.1, 76))
    name, indices, way, rise = diary.lines[-1]
    assert (name, indices, rise) == ("notes_moved", (1,), 0)
    assert isinstance(way, float)
    assert 0 < way < STEP


def test_chosen_notes_move_together_and_stay_in_the_loop(roll: PianoRoll, diary: Diary) -> None:
    press(roll, Qt.Key.Key_A, modifiers=CONTROL)
    drag(roll, place(roll, 4.5, 60), place(roll, 9.5, 60))
    assert diary.lines[-1] == ("notes_moved", (0, 1, 2, 3), 3.75, 0)
    press(roll, Qt.Key.Key_A, modifiers=CONTROL)
    drag(roll, place(roll, 4.5, 60), place(roll, 1.0, 60))
    assert diary.lines[-1][1:] == ((0, 1, 2, 3), 0.0, 0)


def test_while_a_gesture_lasts_the_notes_are_those_of_the_press(roll: PianoRoll, diary: Diary, tune: Pattern) -> None:
    """The program shows each movement at once; the order of the notes changes under the hand."""

    def answer(indices: tuple[int, ...], way: float, rise: int) -> None:
        moved = [
            replace(note, start=note.start + way, pitch=note.pitch + rise) if index in indices else note
            for index, note in enumerate(tune.notes)
        ]
        pattern = tune.with_notes(moved)
        roll.set_pattern(pattern, pattern.notes)

    roll.notes_moving.connect(answer)
    roll.notes_moved.connect(answer)
    drag(roll, place(roll, 0.1, 72), place(roll, 1.6, 72), place(roll, 5.1, 72))
    assert diary.lines[-1] == ("notes_moved", (0,), 5.0, 0)
    assert [(note.index, note.base_start) for note in roll.selected] == [(3, 5.0)]


def test_the_right_edge_makes_a_note_longer_and_the_next_ones_as_long(roll: PianoRoll, diary: Diary) -> None:
    box = roll.geometry_now().note_box(roll.notes[1])
    edge = QPoint(int(box.right()) - 2, int(box.center().y()))
    drag(roll, edge, edge + QPoint(round(roll.geometry_now().axis.step_width * 2), 0))
    assert diary.lines[-1] == ("note_resized", 1, 1.0)
    assert ("note_resizing", 1, 1.0) in diary.lines
    QTest.mouseClick(roll, LEFT, pos=place(roll, 5.1, 67))
    assert diary.lines[-1] == ("note_added", 5.0, 67, 1.0)


def test_a_note_grows_no_further_than_the_loop(roll: PianoRoll, diary: Diary) -> None:
    box = roll.geometry_now().note_box(roll.notes[3])
    edge = QPoint(int(box.right()) - 2, int(box.center().y()))
    drag(roll, edge, edge + QPoint(2000, 0))
    assert diary.lines[-1] == ("note_resized", 3, 4.0)


def test_a_box_chooses_and_delete_deletes(roll: PianoRoll, diary: Diary) -> None:
    drag(roll, place(roll, 0.8, 80), place(roll, 2.5, 75))
    assert [note.pitch for note in roll.selected] == [76, 79]
    assert diary.lines == []
    press(roll, Qt.Key.Key_Delete)
    assert diary.lines == [("notes_deleted", (1, 2))]


def test_shift_chooses_one_note_more(roll: PianoRoll) -> None:
    QTest.mouseClick(roll, LEFT, pos=place(roll, 0.1, 72))
    QTest.mouseClick(roll, LEFT, SHIFT, place(roll, 4.5, 60))
    assert {note.pitch for note in roll.selected} == {72, 60}


def test_the_right_button_takes_a_note_away(roll: PianoRoll, diary: Diary) -> None:
    QTest.mouseClick(roll, RIGHT, pos=place(roll, 2.5, 79))
    assert diary.lines == [("notes_deleted", (2,))]


def test_a_velocity_is_dragged_under_the_notes(roll: PianoRoll, diary: Diary) -> None:
    where = roll.geometry_now()
    at = QPoint(int(where.axis.x_of(1.0)) + 3, int(where.velocity_y(80)))
    drag(roll, at, at - QPoint(0, 8))
    assert diary.lines[-1][:2] == ("velocity_committed", 1)
    assert diary.lines[-1] == ("velocity_committed", *diary.lines[-2][1:])
    drag(roll, at, at - QPoint(0, 900))
    assert diary.lines[-1] == ("velocity_committed", 1, 127)


def test_escape_takes_a_drag_back(roll: PianoRoll, diary: Diary) -> None:
    QTest.mousePress(roll, LEFT, NONE, place(roll, 1.1, 76))
    move(roll, place(roll, 2.1, 76))
    press(roll, Qt.Key.Key_Escape)
    QTest.mouseRelease(roll, LEFT, NONE, place(roll, 2.1, 76))
    assert diary.lines == [("notes_moving", (1,), 1.0, 0), ("notes_moved", (1,), 0.0, 0)]


def test_keys_sound_as_the_hand_glides_over_them(roll: PianoRoll, diary: Diary) -> None:
    row = [QPoint(8, place(roll, 0, pitch).y()) for pitch in (72, 71, 69)]
    drag(roll, *row)
    assert diary.pitches == [72, 71, 69]
    assert diary.lines == []


def test_a_padlock_in_the_ruler_asks_for_a_lock(roll: PianoRoll, diary: Diary, tune: Pattern) -> None:
    box = roll.geometry_now().axis.lock_box(1, tune.meter)
    QTest.mouseClick(roll, LEFT, pos=box.center().toPoint())
    assert diary.lines == [("bar_lock_toggled", 1)]


def test_a_locked_bar_is_hatched(roll: PianoRoll) -> None:
    free = roll.grab().toImage()
    roll.set_locks(frozenset(), frozenset({1}))
    held = roll.grab().toImage()
    row = place(roll, 0, 66).y()
    changed = [x for x in range(60, 700) if free.pixelColor(x, row) != held.pixelColor(x, row)]
    assert changed
    assert min(changed) >= place(roll, 4.0, 66).x() - 1


def test_by_keyboard_a_note_is_put_in_and_taken_out(roll: PianoRoll, diary: Diary) -> None:
    roll.setFocus(Qt.FocusReason.TabFocusReason)
    press(roll, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert diary.lines == [("note_added", 0.25, 68, 0.5)]
    press(roll, Qt.Key.Key_Right, modifiers=CONTROL)
    assert [note.pitch for note in roll.selected] == [76]
    assert "E5, bar 1, step 5: 2 steps, velocity 80" in roll.accessibleDescription()
    press(roll, Qt.Key.Key_Return)
    assert diary.lines[-1] == ("notes_deleted", (1,))


def test_by_keyboard_chosen_notes_move_lengthen_and_change_velocity(roll: PianoRoll, diary: Diary) -> None:
    roll.setFocus(Qt.FocusReason.TabFocusReason)
    press(roll, Qt.Key.Key_Right, modifiers=CONTROL)
    press(roll, Qt.Key.Key_Right, modifiers=SHIFT)
    press(roll, Qt.Key.Key_Plus)
    press(roll, Qt.Key.Key_Up, modifiers=SHIFT)
    assert diary.lines == [
        ("note_resized", 0, 0.75),
        ("velocity_committed", 0, 105),
        ("notes_moved", (0,), 0.0, 12),
    ]


def test_by_keyboard_a_bar_is_locked_and_readers_are_told(roll: PianoRoll, diary: Diary) -> None:
    roll.setFocus(Qt.FocusReason.TabFocusReason)
    press(roll, Qt.Key.Key_L)
    assert diary.lines == [("bar_lock_toggled", 0)]
    roll.set_locks(frozenset(), frozenset({0}))
    press(roll, Qt.Key.Key_Right)
    assert roll.accessibleDescription().endswith("no note, locked")


def test_the_wheel_scrolls_and_zooms(roll: PianoRoll) -> None:
    middle = place(roll, 4.0, 70)
    before = roll.geometry_now()
    turn_wheel(roll, middle, 1)
    assert roll.geometry_now().pitches.top == before.pitches.top + 3
    turn_wheel(roll, middle, 2, CONTROL)
    assert roll.geometry_now().view.span < before.view.span
    first = roll.geometry_now().view.first
    turn_wheel(roll, middle, -1, SHIFT)
    assert roll.geometry_now().view.first > first
    turn_wheel(roll, middle, 2, CONTROL | SHIFT)
    assert roll.geometry_now().pitches.rows < before.pitches.rows


def test_all_notes_of_another_line_are_in_sight(roll: PianoRoll) -> None:
    low = Pattern((Note(0.0, 1.0, 28, 100), Note(2.0, 1.0, 40, 100)), role=Role.BASS)
    roll.set_pattern(low, low.notes)
    for note in roll.notes:
        assert roll.geometry_now().field.contains(roll.geometry_now().note_box(note))


def test_a_choice_survives_what_does_not_touch_it_and_nothing_else(roll: PianoRoll, tune: Pattern) -> None:
    QTest.mouseClick(roll, LEFT, pos=place(roll, 4.5, 60))
    longer = tune.with_note(Note(0.5, 0.25, 64, 90))
    roll.set_pattern(longer, longer.notes)
    assert [note.index for note in roll.selected] == [4]
    other = Pattern((Note(0.0, 1.0, 60, 90),), role=Role.MELODY)
    roll.set_pattern(other, other.notes)
    assert roll.selected == ()


def test_other_meters_are_ruled_by_their_bars(roll: PianoRoll) -> None:
    waltz = Pattern((Note(0.0, 1.0, 72, 90),), 6.0, Meter(3, 4), Role.MELODY)
    roll.set_pattern(waltz, waltz.notes)
    assert list(roll.geometry_now().axis.bars(waltz.meter)) == [0, 1]


def test_the_key_shades_rows_and_chords_stand_in_the_ruler(roll: PianoRoll) -> None:
    plain = roll.grab().toImage()
    roll.set_key(read_key("E major"))
    keyed = roll.grab().toImage()
    at = place(roll, 5.1, 66)
    assert plain.pixelColor(at) != keyed.pixelColor(at)
    roll.set_chords(read_progression("E | C#m"))
    assert roll.grab().toImage() != keyed


def test_the_playhead_turns_the_page_and_lights_what_sounds(roll: PianoRoll, tune: Pattern) -> None:
    turn_wheel(roll, place(roll, 0.5, 70), 6, CONTROL)
    roll.set_playhead(6.0)
    assert roll.geometry_now().axis.shows(6.0)
    roll.set_playhead(4.5)
    lit = roll.grab().toImage()
    roll.set_playhead(None)
    assert lit != roll.grab().toImage()


def test_two_thousand_notes_are_drawn_within_a_few_frames(roll: PianoRoll) -> None:
    notes = tuple(Note(index * 0.25, 0.25, 48 + index * 7 % 36, 40 + index % 80) for index in range(2000))
    many = Pattern(notes, 500.0, role=Role.MELODY)
    roll.set_pattern(many, many.notes)
    turn_wheel(roll, place(roll, 0.5, 70), -40, CONTROL)
    assert roll.geometry_now().view.is_whole
    start = perf_counter()
    roll.set_pattern(many, many.notes)
    roll.grab()
    assert perf_counter() - start < 1.0  # a quarter of it on an idle machine
    start = perf_counter()
    for time in range(10):
        roll.set_playhead(time / 10)
        QApplication.processEvents()
    assert perf_counter() - start < 1.0


@pytest.mark.parametrize("tokens", [DARK, LIGHT])
@pytest.mark.parametrize("role", [Role.MELODY, Role.BASS, Role.KEYS])
def test_names_are_read_on_notes_and_keys(tokens: Colors, role: Role) -> None:
    color = part_voice(role).mark(tokens.panel)
    for velocity in (1, 64, 127):
        for is_chosen in (True, False):
            fill = note_fill(tokens.panel.rgba(), color.rgba(), tokens.text.rgba(), velocity, is_chosen)
            assert contrast(name_color(fill), fill) >= TEXT_CONTRAST
            assert contrast(fill, tokens.panel) >= 1.5
    white, black = key_colors(tokens)
    assert contrast(tokens.text, white) >= TEXT_CONTRAST
    assert contrast(white, black) >= 1.3


def test_an_empty_roll_says_what_to_do(roll: PianoRoll) -> None:
    empty = Pattern(role=Role.MELODY)
    roll.set_pattern(empty, ())
    words = roll.grab(roll.geometry_now().field.toRect()).toImage()
    middle = [words.pixelColor(x, words.height() // 2) for x in range(words.width())]
    assert max(contrast(color, DARK.panel) for color in middle) >= TEXT_CONTRAST


def test_chord_tones_are_lit_in_their_bars(roll: PianoRoll) -> None:
    plain = roll.grab().toImage()
    roll.set_chords(read_progression("F | C"))
    lit = roll.grab().toImage()
    for time, pitch, is_tone in ((3.6, 65, True), (7.6, 65, False), (7.6, 67, True), (3.6, 67, False)):
        at = place(roll, time, pitch)
        assert (plain.pixelColor(at) != lit.pixelColor(at)) is is_tone


def test_escape_gives_lengths_velocities_and_choices_back(roll: PianoRoll, diary: Diary) -> None:
    box = roll.geometry_now().note_box(roll.notes[1])
    edge = QPoint(int(box.right()) - 2, int(box.center().y()))
    where = roll.geometry_now()
    head = QPoint(int(where.axis.x_of(1.0)) + 3, int(where.velocity_y(80)))
    for start, end in ((edge, edge + QPoint(120, 0)), (head, head - QPoint(0, 10))):
        QTest.mousePress(roll, LEFT, NONE, start)
        move(roll, end)
        press(roll, Qt.Key.Key_Escape)
        QTest.mouseRelease(roll, LEFT, NONE, end)
    assert [line for line in diary.lines if line[0] in ("note_resized", "velocity_committed")] == [
        ("note_resized", 1, 0.5),
        ("velocity_committed", 1, 80),
    ]
    QTest.mouseClick(roll, LEFT, NONE, place(roll, 4.5, 60))
    QTest.mousePress(roll, LEFT, SHIFT, place(roll, 0.8, 80))
    move(roll, place(roll, 2.5, 75), SHIFT)
    assert len(roll.selected) == 3
    press(roll, Qt.Key.Key_Escape)
    assert [note.pitch for note in roll.selected] == [60]


def test_another_pattern_ends_a_gesture(roll: PianoRoll, diary: Diary, tune: Pattern) -> None:
    QTest.mousePress(roll, LEFT, NONE, place(roll, 1.1, 76))
    move(roll, place(roll, 2.1, 76))
    other = replace(tune, name="another")
    roll.set_pattern(other, other.notes)
    move(roll, place(roll, 3.1, 76))
    QTest.mouseRelease(roll, LEFT, NONE, place(roll, 3.1, 76))
    assert diary.lines == [("notes_moving", (1,), 1.0, 0)]


def test_the_pointer_says_what_it_would_do(roll: PianoRoll, tune: Pattern) -> None:
    box = roll.geometry_now().note_box(roll.notes[1])
    QTest.mouseMove(roll, QPoint(int(box.right()) - 2, int(box.center().y())))
    assert roll.cursor().shape() is Qt.CursorShape.SizeHorCursor
    assert roll.toolTip() == "E5, bar 1, step 5: 2 steps, velocity 80"
    where = roll.geometry_now()
    QTest.mouseMove(roll, QPoint(int(where.axis.x_of(2.0)) + 3, int(where.velocity_y(60))))
    assert roll.cursor().shape() is Qt.CursorShape.SizeVerCursor
    QTest.mouseMove(roll, where.axis.lock_box(1, tune.meter).center().toPoint())
    assert roll.toolTip().startswith("Lock bar 2")
    QTest.mouseMove(roll, place(roll, 7.1, 64))
    assert roll.cursor().shape() is Qt.CursorShape.ArrowCursor
    assert roll.toolTip() == ""


def test_notes_dim_while_newer_ones_are_computed(roll: PianoRoll) -> None:
    at = place(roll, 4.5, 60)
    bright = roll.grab().toImage().pixelColor(at)
    roll.set_stale(True)
    assert contrast(roll.grab().toImage().pixelColor(at), DARK.panel) < contrast(bright, DARK.panel)


def test_a_note_that_is_played_late_leaves_a_ghost_where_it_is_written(roll: PianoRoll, tune: Pattern) -> None:
    late = [replace(note, start=note.start + 0.1) for note in tune.notes]
    roll.set_pattern(tune, late)
    written, played = (roll.geometry_now().axis.x_of(time) for time in (4.0, 4.1))
    image, row = roll.grab().toImage(), place(roll, 4.0, 60).y()
    middle = QPoint(int((written + played) / 2), row)
    assert image.pixelColor(middle) != image.pixelColor(QPoint(int(played) + 12, row))
    assert image.pixelColor(QPoint(int(written), row)) != image.pixelColor(middle)


def test_the_scroll_bars_follow_and_lead(roll: PianoRoll) -> None:
    turn_wheel(roll, place(roll, 4.0, 70), 3, CONTROL)
    across, along = (
        next(bar for bar in roll.findChildren(QScrollBar) if bar.orientation() is way)
        for way in (Qt.Orientation.Horizontal, Qt.Orientation.Vertical)
    )
    assert across.isVisible()
    across.setValue(across.maximum())
    assert roll.geometry_now().view.end == pytest.approx(8.0)
    along.setValue(along.maximum())
    assert roll.geometry_now().pitches.bottom == pytest.approx(0.0)
