"""Roles, lines, trios and all that is done with them, in the real window with the real models."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from groovescape.composition import Program
from groovescape.session_file import load_session, save_session
from groovescape_models.music.key import Key
from groovescape_models.music.midi_read import read_midi
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.project import PadMode, Project


def settled(program: Program, qtbot: QtBot, *kinds: str) -> Project:
    """Wait until nothing of these kinds is under way; return the project."""
    kinds = kinds or ("pad", "corner", "first_melody", "first_bass", "generate", "feel", "map")
    qtbot.waitUntil(lambda: not any(program.jobs.is_busy(kind) for kind in kinds))
    return program.document.project


def show(program: Program, qtbot: QtBot, role: str) -> Project:
    """Choose a role as its key does, and wait until its first part is there."""
    program.actions[role].trigger()
    roles = (Role.MELODY, Role.BASS, Role.DRUMS) if role == "trio" else (Role(role),)
    qtbot.waitUntil(lambda: all(program.document.project.part_of(each).corners for each in roles))
    return settled(program, qtbot)


@pytest.mark.parametrize("role", ["melody", "bass"])
def test_a_role_that_is_first_shown_has_a_line_in_key_and_no_undo_step(
    program: Program, qtbot: QtBot, role: str
) -> None:
    drums = program.document.project
    project = show(program, qtbot, role)

    assert project.role is Role(role)
    assert project.pattern.notes
    assert all(Key().holds(note.pitch) for note in project.pattern.notes)
    assert len(project.corners) == 4
    assert program.window.editors.currentWidget() is program.window.roll
    assert program.document.history.undo_title is None
    assert not program.document.dirty
    assert show(program, qtbot, "drums").part == drums.part


def test_lines_have_grooves_too_and_harmony_is_theirs_alone(program: Program, qtbot: QtBot) -> None:
    window = program.window
    shown = [part.isVisible() for part in (window.feel_panel, window.groove_panel, window.harmony)]
    show(program, qtbot, "melody")

    assert shown == [True, True, False]
    assert [part.isVisible() for part in (window.feel_panel, window.groove_panel, window.harmony)] == [True] * 3


def test_undo_brings_the_part_back_that_was_edited(program: Program, qtbot: QtBot) -> None:
    start = program.document.project.pattern
    program.window.grid.hit_toggled.emit(3, 6)
    show(program, qtbot, "melody")

    program.undo()
    assert program.document.project.pattern == start
    assert program.window.editors.currentWidget() is program.window.grid


def test_notes_of_the_roll_are_edited_in_steps_that_can_be_undone(program: Program, qtbot: QtBot) -> None:
    start = show(program, qtbot, "melody").pattern
    roll = program.window.roll

    def index() -> int:
        """Return where the new note is; no other is that high."""
        return max(range(len(notes())), key=lambda each: notes()[each].pitch)

    def notes() -> tuple[Note, ...]:
        return program.document.project.pattern.notes

    roll.note_added.emit(7.5, 100, 0.5)
    at = index()
    for by in (-0.25, -0.5):
        roll.notes_moving.emit((at,), by, 2)
    roll.notes_moved.emit((at,), -0.5, 2)
    roll.note_resized.emit(index(), 0.75)
    roll.velocity_committed.emit(index(), 33)
    assert notes()[index()] == Note(7.0, 0.75, 102, 33)
    roll.notes_deleted.emit((index(),))
    assert program.document.project.pattern == start

    titles = []
    while program.document.history.undo_title:
        titles.append(program.document.history.undo_title)
        program.undo()
    assert titles == ["Delete notes", "Change a velocity", "Change a length", "Move notes", "Add a note"]


def test_new_lines_follow_the_key_that_was_chosen(program: Program, qtbot: QtBot) -> None:
    show(program, qtbot, "bass")
    program.window.harmony.harmony_chosen.emit("E minor", "Em | C", True)
    assert program.document.history.undo_title == "Change key and chords"

    program.actions["generate"].trigger()
    qtbot.waitUntil(lambda: program.document.project.seed == 1)
    key = program.document.project.harmony.key
    assert key == Key(4, "minor")
    assert all(key.holds(note.pitch) for note in program.document.project.pattern.notes)


def test_chords_that_are_not_understood_are_a_sentence_and_change_nothing(program: Program, qtbot: QtBot) -> None:
    before = show(program, qtbot, "melody").harmony
    program.window.harmony.harmony_chosen.emit("C major", "C | Xyz", True)

    assert "Xyz" in program.window.harmony.problem.text
    assert program.document.project.harmony == before


@pytest.mark.parametrize("role", ["drums", "melody"])
def test_a_slider_is_one_undo_step_and_the_newest_value_wins(program: Program, qtbot: QtBot, role: str) -> None:
    start = show(program, qtbot, role).pattern
    strip = program.window.controls
    qtbot.waitUntil(lambda: "density" in strip.sliders)

    for value in (0.6, 0.8, 0.95):
        strip.changing.emit("density", value)
    strip.committed.emit("density", 0.97)
    settled(program, qtbot, "controls")
    qtbot.waitUntil(lambda: not program.document.previewing)

    assert len(program.document.project.pattern.notes) > len(start.notes)
    assert program.document.history.undo_title == "Change the density"
    program.undo()
    assert program.document.project.pattern == start
    assert program.document.history.undo_title is None


def test_a_style_pulls_the_pattern_and_zero_gives_it_back(program: Program, qtbot: QtBot) -> None:
    start = program.document.project.pattern
    assert not program.window.strength.isEnabled()
    program.aims.choose_style("jazz")
    assert program.window.strength.isEnabled()

    program.window.strength.changing.emit(60.0)
    program.window.strength.committed.emit(100.0)
    settled(program, qtbot, "restyle")
    qtbot.waitUntil(lambda: not program.document.previewing)

    assert program.document.project.pattern != start
    assert program.document.history.undo_title == "Move towards Jazz"
    program.undo()
    program.window.strength.changing.emit(60.0)
    program.window.strength.committed.emit(0.0)
    settled(program, qtbot, "restyle")
    assert program.document.project.pattern == start


def test_a_variation_is_heard_without_being_kept_and_kept_in_one_step(program: Program, qtbot: QtBot) -> None:
    start = program.document.project
    program.window.variations.asked.emit()
    qtbot.waitUntil(lambda: len(program.variations.variations) == 8)

    program.window.variations.auditioned.emit(2)
    assert program.document.project == start
    program.window.variations.kept.emit(2)
    assert program.document.project.pattern == program.variations.variations[2].pattern
    program.undo()
    assert program.document.project == start
    show(program, qtbot, "bass")
    assert program.variations.variations == ()


def test_the_map_decodes_where_it_is_touched(program: Program, qtbot: QtBot) -> None:
    start = program.document.project
    program.actions["pad_map"].trigger()
    assert program.document.project.pad_mode is PadMode.MAP
    settled(program, qtbot)

    pad = program.window.pad
    pad.gesture_started.emit()
    pad.point_moved.emit(0.2, 0.7)
    pad.gesture_finished.emit()
    settled(program, qtbot)
    qtbot.waitUntil(lambda: not program.document.previewing)

    assert program.document.project.map_point == (0.2, 0.7)
    assert program.document.history.undo_title == "Move on the map"
    program.undo()
    assert program.document.project.pattern == start.pattern


def test_what_is_locked_stays_when_the_rest_is_made_anew(program: Program, qtbot: QtBot) -> None:
    grid = program.window.grid
    grid.lane_lock_toggled.emit(1)
    grid.bar_lock_toggled.emit(1)
    before = program.document.project.pattern
    program.actions["infill"].trigger()
    qtbot.waitUntil(lambda: program.document.project.seed == 1)

    after = program.document.project.pattern
    locked = [note for note in before.notes if note.start >= 4.0 or note.pitch == 38]
    assert [note for note in after.notes if note.start >= 4.0 or note.pitch == 38] == locked
    for _ in range(3):
        program.undo()
    assert not program.document.project.locks
    assert program.document.history.undo_title is None


def test_a_pattern_goes_on_by_some_bars(program: Program, qtbot: QtBot) -> None:
    start = program.document.project.pattern
    program.extend.extend(2)
    qtbot.waitUntil(lambda: program.document.project.pattern.bars == 4)

    assert [note for note in program.document.project.pattern.notes if note.start < 8.0] == list(start.notes)
    program.undo()
    assert program.document.project.pattern == start


def test_a_seed_that_is_typed_makes_its_own_pattern_again(program: Program, qtbot: QtBot) -> None:
    def pattern_of(seed: int) -> Pattern:
        program.window.seed.seed_chosen.emit(seed)
        qtbot.waitUntil(lambda: program.document.project.seed == seed)
        return program.document.project.pattern

    made = [pattern_of(seed) for seed in (7, 8, 7)]

    assert made[0] == made[2] != made[1]
    program.undo()
    assert program.window.seed.seed == 8


def test_a_trio_is_one_undo_step_heard_and_exported_whole(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    start = show(program, qtbot, "trio")
    assert [part.role for part in program.views.heard] == [Role.MELODY, Role.BASS, Role.DRUMS]

    program.actions["generate"].trigger()
    qtbot.waitUntil(lambda: program.document.project.seed == 1)
    made = program.document.project
    assert all(part.pattern != start.part_of(part.role).pattern for part in made.parts)
    assert program.document.history.undo_title == "New trio"

    (url,) = program.drag.mime("midi").urls()
    song = read_midi(Path(url.toLocalFile()))
    assert [track.is_drums for track in song.tracks if track.notes] == [False, False, True]
    save_session(made, tmp_path / "trio.json")
    assert load_session(tmp_path / "trio.json") == made
    program.undo()
    assert program.document.project == start


def test_a_part_of_a_trio_comes_to_the_stage_and_all_are_heard_on(program: Program, qtbot: QtBot) -> None:
    show(program, qtbot, "trio")
    program.window.trio.part_chosen.emit("bass")
    project = settled(program, qtbot)

    assert (project.role, project.ensemble) == (Role.BASS, True)
    assert len(program.views.heard) == 3
    assert "register" in program.window.controls.sliders


def test_a_foreign_file_is_no_model_and_is_said_to_be_none(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "song.npz"
    path.write_bytes(b"no network")
    with qtbot.waitSignal(program.models.failed, timeout=10_000) as failed:
        program.models.add(path)
    assert failed.args[0].endswith(".")


def test_an_undo_within_a_trio_brings_the_part_and_its_sliders_back(program: Program, qtbot: QtBot) -> None:
    program.role.choose("trio")
    qtbot.waitUntil(lambda: sum(bool(part.pattern.notes) for part in program.document.project.parts) == 3)
    program.window.trio.part_chosen.emit("melody")
    program.window.roll.note_added.emit(1.0, 72, 0.5)
    program.window.trio.part_chosen.emit("drums")
    qtbot.waitUntil(lambda: "complexity" in program.window.controls.sliders)

    program.undo()

    assert program.document.project.role is Role.MELODY
    assert "register" in program.window.controls.sliders


def test_the_last_seed_is_followed_by_the_first(program: Program, qtbot: QtBot) -> None:
    program.window.seed.seed_chosen.emit(2**31 - 1)
    qtbot.waitUntil(lambda: program.document.project.seed == 2**31 - 1)
    program.actions["generate"].trigger()
    qtbot.waitUntil(lambda: program.document.project.seed == 0)


def test_styles_follow_the_role_and_a_foreign_one_is_not_asked_for(program: Program, qtbot: QtBot) -> None:
    program.aims.choose_style("funk")
    program.role.choose("trio")
    qtbot.waitUntil(lambda: sum(bool(part.pattern.notes) for part in program.document.project.parts) == 3)
    program.role.choose("melody")
    before = program.document.project.seed
    program.actions["generate"].trigger()
    qtbot.waitUntil(lambda: program.document.project.seed != before)

    program.aims.choose_style("hymn")
    program.role.choose("drums")
    assert {name for name in program.actions if name.startswith("style:")} >= {"style:funk"}
    assert "style:hymn" not in program.actions
