"""What the window tells of a pattern: where its sliders stand, and why nothing can be made anew."""

from pytestqt.qtbot import QtBot

from groovescape.composition import Program


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
