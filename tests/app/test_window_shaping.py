"""What the window tells of a pattern: where its sliders stand, and why nothing can be made anew."""

from pytestqt.qtbot import QtBot

from groovescape.commands import ReplacePattern
from groovescape.composition import Program
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import Meter


def test_sliders_tell_where_the_pattern_stands(program: Program, qtbot: QtBot) -> None:
    studio = program.door.studio
    assert studio is not None
    expected = studio.slider_values(program.document.project.pattern)

    shown = program.window.controls.sliders
    qtbot.waitUntil(lambda: all(abs(shown[name].value / 100.0 - value) < 0.02 for name, value in expected.items()))


def test_with_every_bar_locked_the_window_says_what_to_do(program: Program) -> None:
    start = program.document.project.pattern
    for bar in range(start.bars):
        program.window.grid.bar_lock_toggled.emit(bar)

    program.actions["infill"].trigger()

    assert "unlock one" in program.window.status.message.text
    assert program.document.project.pattern == start


def test_a_new_pattern_keeps_what_is_locked(program: Program, qtbot: QtBot) -> None:
    grid = program.window.grid
    grid.bar_lock_toggled.emit(1)
    before = program.document.project.pattern
    program.actions["generate"].trigger()
    qtbot.waitUntil(lambda: program.document.project.seed == 1)

    after = program.document.project.pattern
    assert [note for note in after.notes if note.start >= 4.0] == [note for note in before.notes if note.start >= 4.0]
    assert [note for note in after.notes if note.start < 4.0] != [note for note in before.notes if note.start < 4.0]


def test_a_slider_over_silence_says_what_to_do_and_goes_back(program: Program) -> None:
    document = program.document
    document.apply(ReplacePattern(document.project.pattern.with_notes(()), None))
    strip = program.window.controls
    before = strip.sliders["density"].value

    strip.changing.emit("density", 0.9)
    strip.committed.emit("density", 0.9)

    assert "no notes to shape" in program.window.status.message.text
    assert strip.sliders["density"].value == before
    assert not document.project.pattern.notes


def test_the_pad_says_that_it_leaves_another_meter(program: Program, qtbot: QtBot) -> None:
    document = program.document
    waltz = Pattern((Note(0.0, 0.25, 36, 100),), 6.0, Meter(3, 4))
    document.apply(ReplacePattern(waltz, None))
    pad = program.window.pad

    pad.gesture_started.emit()
    pad.point_moved.emit(0.2, 0.3)
    assert "3/4" in program.window.status.message.text
    pad.gesture_finished.emit()
    qtbot.waitUntil(lambda: not program.jobs.is_busy("pad") and not document.previewing)
    assert document.project.pattern.meter == Meter()
    program.undo()
    assert document.project.pattern == waltz


def test_another_model_makes_new_patterns_in_its_own_styles(program: Program, qtbot: QtBot) -> None:
    menu = [name for name in program.actions if name.startswith("engine:")]
    assert menu == ["engine:model", "engine:drums_4bar", "engine:algorithm"]

    program.actions["engine:algorithm"].trigger()
    assert "by rule" in program.window.status.message.text
    assert [name for name in program.actions if name.startswith("style:")] == [
        "style:",
        "style:euclidean",
        "style:markov",
    ]
    program.actions["style:euclidean"].trigger()
    program.actions["generate"].trigger()
    qtbot.waitUntil(lambda: program.document.project.pattern.name.startswith("Euclidean"))

    for _ in range(3):
        program.undo()
    assert program.document.project.engine == "model"
    assert program.actions["engine:model"].isChecked()
    assert "style:rock" in program.actions
