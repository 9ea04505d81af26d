"""Drums, melody, bass and trio in the real window: what is shown, made, heard and undone."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from groovescape.composition import Program
from groovescape_models.music.key import read_key
from groovescape_models.music.pattern import Role
from groovescape_models.music.project import Project

LEFT = Qt.MouseButton.LeftButton


def show(program: Program, qtbot: QtBot, role: str) -> Project:
    """Click the role switch and wait until its parts are made."""
    QTest.mouseClick(program.window.role.parts[role], LEFT)
    count = 3 if role == "trio" else 1
    qtbot.waitUntil(lambda: sum(bool(pattern.notes) for pattern in program.document.project.heard_parts) == count)
    return program.document.project


def make(program: Program, qtbot: QtBot) -> Project:
    """Ask for a new pattern and wait for it."""
    before = program.document.project
    program.actions["generate"].trigger()
    qtbot.waitUntil(lambda: program.document.project.seed != before.seed)
    return program.document.project


def test_a_melody_is_made_when_it_is_first_shown_and_the_drums_stay(program: Program, qtbot: QtBot) -> None:
    drums = program.document.project.pattern

    project = show(program, qtbot, "melody")

    assert project.role is Role.MELODY
    assert program.window.roll.isVisible()
    assert not program.window.grid.isVisible()
    assert show(program, qtbot, "drums").pattern == drums


def test_a_new_melody_keeps_to_the_key_that_was_chosen(program: Program, qtbot: QtBot) -> None:
    show(program, qtbot, "melody")
    program.window.harmony.harmony_chosen.emit("E minor", "Em | C", True)

    project = make(program, qtbot)

    assert project.role is Role.MELODY
    assert all(read_key("E minor").holds(note.pitch) for note in project.pattern.notes)


def test_undoing_an_edit_of_the_drums_brings_them_back_to_the_stage(program: Program, qtbot: QtBot) -> None:
    start = program.document.project.pattern
    program.window.grid.hit_toggled.emit(1, 7)
    show(program, qtbot, "bass")

    program.undo()

    assert program.document.project.role is Role.DRUMS
    assert program.document.project.pattern == start
    assert program.window.role.role == "drums"


def test_a_trio_is_one_edit_and_three_parts_that_are_heard_together(program: Program, qtbot: QtBot) -> None:
    before = show(program, qtbot, "trio")
    steps = len(program.document.history.past)

    after = make(program, qtbot)

    roles = {pattern.role for pattern in after.heard_parts}
    assert roles == {Role.DRUMS, Role.MELODY, Role.BASS}
    assert len(program.document.history.past) == steps + 1
    assert program.window.trio.isVisible()
    program.undo()
    assert program.document.project.heard_parts == before.heard_parts


def test_the_seed_that_is_typed_is_the_seed_that_is_made(program: Program, qtbot: QtBot) -> None:
    program.window.seed.seed_chosen.emit(4711)
    qtbot.waitUntil(lambda: program.document.project.seed == 4711)
    first = program.document.project.pattern

    make(program, qtbot)
    program.window.seed.seed_chosen.emit(4711)
    qtbot.waitUntil(lambda: program.document.project.seed == 4711)

    assert program.document.project.pattern == first


def test_chords_that_are_not_understood_are_said_and_change_nothing(program: Program, qtbot: QtBot) -> None:
    show(program, qtbot, "melody")
    before = program.document.project.harmony

    program.window.harmony.harmony_chosen.emit("C major", "C | H", True)

    assert program.document.project.harmony == before
    assert "H" in program.window.harmony.problem.text
