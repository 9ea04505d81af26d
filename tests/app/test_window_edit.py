"""Grid, groove panel and new patterns of the real window."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from groovescape.composition import Program
from groovescape.feeling import HUMANIZE, feel_for
from groovescape_models.encoding.drums import to_hits
from groovescape_models.music.feel import GrooveAmount
from groovescape_models.music.pattern import Pattern

LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def pitches(pattern: Pattern) -> list[int]:
    return sorted(note.pitch for note in pattern.notes)


def choose(program: Program, qtbot: QtBot, row: int) -> str:
    """Click a row of the groove list as a hand does; return its id."""
    presets = program.window.groove.presets
    qtbot.waitUntil(lambda: presets.shown.rowCount() > row)
    index = presets.shown.index(row, 0)
    presets.scrollTo(index)
    preset = presets.shown.preset(index).id
    QTest.mouseClick(presets.viewport(), LEFT, NO_KEYS, presets.visualRect(index).center())
    qtbot.waitUntil(lambda: program.document.project.groove.preset == preset)
    return str(preset)


def cell(program: Program, step: int, lane: int) -> QPoint:
    """Return the middle of a grid cell."""
    return program.window.grid.geometry_now().cell_box(step, lane).center().toPoint()


def test_a_click_adds_a_hit_a_click_removes_it_and_undo_brings_all_back(program: Program) -> None:
    start, grid = program.document.project, program.window.grid
    empty = next(step for step in range(32) if not to_hits(start.pattern)[step, 7])
    crash = 0

    QTest.mouseClick(grid, LEFT, NO_KEYS, cell(program, empty, crash))
    assert to_hits(program.document.project.pattern)[empty, 7]
    QTest.mouseClick(grid, LEFT, NO_KEYS, cell(program, empty, crash))
    assert program.document.project.pattern == start.pattern

    program.undo()
    program.undo()
    assert program.document.project == start


def test_a_velocity_drag_previews_and_is_one_step(program: Program) -> None:
    start, grid = program.document.project, program.window.grid
    note = start.pattern.notes[0]

    grid.velocity_changing.emit(0, 90)
    grid.velocity_changing.emit(0, 55)
    assert program.views.played.notes[0].velocity == 55
    grid.velocity_committed.emit(0, 54)

    assert program.document.project.pattern.notes[0].velocity == 54
    assert program.document.project.pattern.notes[0].start == note.start
    program.undo()
    assert program.document.project == start


def test_there_are_forty_grooves_of_real_drummers_and_more(program: Program, qtbot: QtBot) -> None:
    presets = program.window.groove.presets.shown
    qtbot.waitUntil(lambda: presets.rowCount() > 2)
    rows = [presets.preset(presets.index(row, 0)) for row in range(presets.rowCount())]
    told = {f"{row.name} {row.detail}" for row in rows}

    assert sum(row.is_performance for row in rows) >= 40
    assert len(told) == len(rows)


def test_a_groove_moves_the_hits_and_keeps_every_note(program: Program, qtbot: QtBot) -> None:
    straight = program.document.project

    choose(program, qtbot, 3)

    project = program.document.project
    assert project.pattern == straight.pattern
    assert pitches(project.played) == pitches(straight.played)
    assert any(abs(a.start - b.start) > 0.004 for a, b in zip(project.played.notes, straight.played.notes, strict=True))
    program.undo()
    assert program.document.project == straight
    assert program.window.groove.choice is None


def test_grooves_differ_and_none_gives_the_pattern_back(program: Program, qtbot: QtBot) -> None:
    played = [program.views.played]
    for row in (2, 4, 6):
        choose(program, qtbot, row)
        played.append(program.views.played)

    assert len(set(played)) == 4
    program.actions["no_groove"].trigger()
    assert program.views.played == played[0]


def test_humanise_gives_a_feel_without_a_preset(program: Program, qtbot: QtBot) -> None:
    assert choose(program, qtbot, 1) == HUMANIZE

    assert program.views.played != program.document.project.pattern


def test_sliders_preview_and_commit_once(program: Program, qtbot: QtBot) -> None:
    choose(program, qtbot, 3)
    full = program.document.project
    panel = program.window.groove

    for intensity in (0.9, 0.5, 0.1, 0.0):
        panel.amount_changing.emit(GrooveAmount(intensity))
    assert program.views.played == full.pattern
    panel.amount_committed.emit(GrooveAmount(0.0))

    program.undo()
    assert program.document.project == full
    assert panel.amount == GrooveAmount()


def test_an_edit_under_a_groove_gets_its_feel_and_loses_no_note(program: Program, qtbot: QtBot) -> None:
    choose(program, qtbot, 3)
    count = len(program.document.project.pattern.notes)
    empty = next(step for step in range(32) if not to_hits(program.document.project.pattern)[step, 6])

    program.window.grid.hit_toggled.emit(empty, 6)
    assert len(program.views.played.notes) == count + 1
    qtbot.waitUntil(lambda: not program.jobs.is_busy("feel"))

    project, studio = program.document.project, program.door.studio
    assert len(project.played.notes) == count + 1
    assert studio is not None
    program.undo()
    assert len(program.document.project.played.notes) == count


def test_the_pad_keeps_the_groove(program: Program, qtbot: QtBot) -> None:
    preset = choose(program, qtbot, 5)
    pad = program.window.pad

    QTest.mouseClick(pad, LEFT, NO_KEYS, pad.geometry_now().chip(1).center().toPoint())
    qtbot.waitUntil(lambda: program.document.project.pad == (1.0, 0.0))

    project = program.document.project
    assert project.groove.preset == preset
    assert project.feel is not None
    assert project.played != project.pattern


def test_a_new_pattern_is_another_one_and_undoable(program: Program, qtbot: QtBot) -> None:
    start = program.document.project
    seen = {start.pattern.notes}

    for seed in range(1, 4):
        program.actions["generate"].trigger()
        qtbot.waitUntil(lambda seed=seed: program.document.project.seed == seed)
        seen.add(program.document.project.pattern.notes)

    assert len(seen) == 4
    for _ in range(3):
        program.undo()
    assert program.document.project == start


def test_the_same_seed_and_style_give_the_same_pattern(program: Program, qtbot: QtBot) -> None:
    program.aims.choose_style(program.window.style_choice.itemData(2))
    program.actions["generate"].trigger()
    qtbot.waitUntil(lambda: program.document.project.seed == 1)
    first = program.document.project.pattern

    program.undo()
    program.actions["generate"].trigger()
    qtbot.waitUntil(lambda: program.document.project.seed == 1)

    assert program.document.project.pattern == first


def test_menu_and_field_show_the_same_style(program: Program) -> None:
    style = program.window.style_choice.itemData(3)

    program.actions[f"style:{style}"].trigger()

    assert program.window.style_choice.currentData() == style
    assert program.document.project.style == style


def test_a_tempo_is_one_step(program: Program) -> None:
    program.window.transport.tempo.setValue(97.5)

    assert program.document.project.tempo_bpm == 97.5
    program.undo()
    assert program.document.project.tempo_bpm == 120.0
    assert program.window.transport.tempo.value() == 120.0


def test_steps_of_the_tempo_that_follow_each_other_are_one(program: Program, qtbot: QtBot) -> None:
    for tempo_bpm in (121.0, 122.0, 123.0):
        program.window.transport.tempo.setValue(tempo_bpm)
    qtbot.waitUntil(lambda: not program.document.previewing, timeout=2000)
    program.window.transport.tempo.setValue(150.0)

    program.undo()
    assert program.document.project.tempo_bpm == 123.0
    program.undo()
    assert program.document.project.tempo_bpm == 120.0


def test_undo_and_redo_name_what_they_do(program: Program) -> None:
    assert not program.actions["undo"].isEnabled()

    program.window.transport.tempo.setValue(97.5)
    program.document.commit()
    assert program.actions["undo"].text() == "&Undo Change the tempo"
    program.actions["undo"].trigger()

    assert not program.actions["undo"].isEnabled()
    assert program.actions["redo"].text() == "&Redo Change the tempo"
    assert program.window.redo_button.isEnabled()


def test_new_begins_anew_and_can_be_taken_back(program: Program, qtbot: QtBot) -> None:
    start = program.document.project
    choose(program, qtbot, 3)
    program.window.transport.tempo.setValue(80.0)
    program.document.commit()
    qtbot.waitUntil(lambda: not program.jobs.is_busy("feel"))
    worked = program.document.project

    program.actions["new"].trigger()
    qtbot.waitUntil(lambda: program.document.project == start)

    program.undo()
    assert program.document.project == worked


@pytest.mark.parametrize("name", ["undo", "redo", "generate", "new", "no_groove"])
def test_actions_in_the_middle_of_a_gesture_do_no_harm(program: Program, qtbot: QtBot, name: str) -> None:
    pad = program.window.pad
    QTest.mousePress(pad, LEFT, NO_KEYS, pad.rect().center() + QPoint(30, 30))
    program.window.grid.hit_toggled.emit(1, 1)

    program.actions[name].trigger()
    QTest.mouseRelease(pad, LEFT, NO_KEYS, pad.rect().center() + QPoint(60, 60))
    qtbot.waitUntil(lambda: not any(program.jobs.is_busy(kind) for kind in ("pad", "generate", "corner", "feel")))

    project = program.document.project
    assert project.feel is None or len(project.feel.starts) == len(project.pattern.notes)
    assert program.window.pad.point == pytest.approx(project.pad, abs=1e-9)


def test_another_tempo_is_played_with_another_feel(program: Program, qtbot: QtBot) -> None:
    choose(program, qtbot, 1)
    slow = program.document.project

    program.window.transport.tempo_committed.emit(200.0)
    qtbot.waitUntil(lambda: program.document.project.feel != slow.feel)

    assert program.document.project.tempo_bpm == 200.0
    assert pitches(program.document.project.played) == pitches(slow.played)
    program.undo()
    assert program.document.project == slow


def test_a_groove_chosen_while_a_pattern_is_made_plays_that_pattern(program: Program, qtbot: QtBot) -> None:
    before = program.document.project.pattern
    program.actions["generate"].trigger()
    preset = program.door.studio.grooves()[0].facts.id
    program.groove.choose(preset)
    qtbot.waitUntil(lambda: program.document.project.pattern != before)
    qtbot.waitUntil(lambda: program.document.project.groove.preset == preset)
    qtbot.waitUntil(lambda: program.document.project.feel is not None)
    qtbot.waitUntil(lambda: not program.jobs.is_busy("feel"))

    project = program.document.project
    assert project.feel == feel_for(program.door.studio, project.pattern, preset, project, lambda: False)
