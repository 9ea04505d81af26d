"""Sliders, variations, locks, continuation and style transfer in the real window."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from groovescape.composition import Program
from groovescape_models.music.drumkit import Drum, drum_of
from groovescape_models.music.pattern import Note, Pattern

Wait = Callable[[Callable[[], bool]], None]


def kicks(pattern: Pattern) -> tuple[Note, ...]:
    return tuple(note for note in pattern.notes if drum_of(note.pitch) is Drum.KICK)


@pytest.fixture
def wait(program: Program, qtbot: QtBot) -> Wait:
    """Wait for something, and then for all work upon the pattern."""

    def until(done: Callable[[], bool]) -> None:
        qtbot.waitUntil(done)
        qtbot.waitUntil(lambda: not program.document.previewing)

    return until


def steps(program: Program) -> int:
    return len(program.document.history.past)


def test_a_gesture_of_a_slider_is_one_edit_that_makes_the_pattern_busier(program: Program, wait: Wait) -> None:
    start, done = program.document.project, steps(program)
    strip = program.window.controls

    for value in (0.6, 0.8, 0.95):
        strip.changing.emit("density", value)
    strip.committed.emit("density", 0.97)
    wait(lambda: steps(program) == done + 1)

    assert len(program.document.project.pattern.notes) > len(start.pattern.notes)
    program.undo()
    assert program.document.project.pattern == start.pattern


def test_sliders_tell_where_the_pattern_stands(program: Program, qtbot: QtBot) -> None:
    studio = program.door.studio
    assert studio is not None
    expected = studio.slider_values(program.document.project.pattern)

    shown = program.window.controls.sliders
    qtbot.waitUntil(lambda: all(abs(shown[name].value / 100.0 - value) < 0.02 for name, value in expected.items()))


def test_a_variation_is_no_edit_until_it_is_kept(program: Program, wait: Wait) -> None:
    start, done = program.document.project, steps(program)
    program.actions["variations"].trigger()
    wait(lambda: len(program.variations.variations) == 8)

    program.window.variations.auditioned.emit(2)
    assert program.document.project == start
    program.window.variations.kept.emit(2)

    assert program.document.project.pattern == program.variations.variations[2].pattern
    assert steps(program) == done + 1
    program.undo()
    assert program.document.project.pattern == start.pattern


def test_what_is_locked_stays_when_the_rest_is_made_anew(program: Program, wait: Wait) -> None:
    start = program.document.project.pattern
    program.window.grid.lane_lock_toggled.emit(int(Drum.KICK))
    done = steps(program)

    program.actions["infill"].trigger()
    wait(lambda: steps(program) == done + 1)

    assert kicks(program.document.project.pattern) == kicks(start)
    assert program.document.project.pattern != start


def test_with_every_bar_locked_the_window_says_what_to_do(program: Program) -> None:
    start = program.document.project.pattern
    for bar in range(start.bars):
        program.window.grid.bar_lock_toggled.emit(bar)

    program.actions["infill"].trigger()

    assert "unlock one" in program.window.status.message.text
    assert program.document.project.pattern == start


def test_a_pattern_goes_on_for_two_bars(program: Program, wait: Wait) -> None:
    start, done = program.document.project.pattern, steps(program)

    program.actions["continue"].trigger()
    wait(lambda: steps(program) == done + 1)

    longer = program.document.project.pattern
    assert longer.bars == start.bars + 2
    assert tuple(note for note in longer.notes if note.start < start.length) == start.notes


def test_the_map_gives_a_pattern_at_every_point(program: Program, qtbot: QtBot) -> None:
    before, pad = program.document.project.pattern, program.window.pad
    program.actions["pad_map"].trigger()
    qtbot.waitUntil(lambda: not program.jobs.is_busy("map"))

    pad.gesture_started.emit()
    pad.point_moved.emit(0.2, 0.3)
    pad.gesture_finished.emit()
    qtbot.waitUntil(lambda: program.document.project.pattern != before and not program.document.previewing)

    assert program.document.project.pattern.notes
    program.undo()
    assert program.document.project.pattern == before


def test_a_style_pulls_the_pattern_as_far_as_the_hand_goes(program: Program, wait: Wait) -> None:
    program.aims.choose_style("jazz")
    start, done = program.document.project.pattern, steps(program)

    program.window.strength.changing.emit(50.0)
    program.window.strength.committed.emit(100.0)
    wait(lambda: steps(program) == done + 1)

    assert program.document.project.pattern != start
