"""The drummer in the window: drums to the rhythm on the stage, closed hats beside what is there; an undo step each."""

from pytestqt.qtbot import QtBot

from groovescape.commands import ReplacePattern
from groovescape.composition import Program
from groovescape.controllers.tapping import REPEAT_S, TapController
from groovescape_models.music.drumkit import Drum, drum_of
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import nearest_step

CLAVE = tuple(
    Note(start, 0.25, 75, velocity) for start, velocity in ((0.0, 110), (1.5, 80), (3.0, 96), (5.0, 70), (6.0, 90))
)


def show(program: Program, pattern: Pattern) -> None:
    program.document.apply(ReplacePattern(pattern, None))


def press(program: Program, qtbot: QtBot, action: str) -> None:
    before = program.document.project
    program.actions[action].trigger()
    qtbot.waitUntil(lambda: not program.jobs.is_busy("drummer") and program.document.project != before)


def test_drums_strike_on_every_tap_and_undo_brings_the_rhythm_back(program: Program, qtbot: QtBot) -> None:
    rhythm = Pattern(CLAVE, 8.0)
    show(program, rhythm)

    press(program, qtbot, "tap_drums")

    drums = program.document.project.pattern
    assert {nearest_step(note.start) for note in CLAVE} <= {nearest_step(note.start) for note in drums.notes}
    assert {drum_of(note.pitch) for note in drums.notes} >= {Drum.KICK, Drum.SNARE}
    program.undo()
    assert program.document.project.pattern == rhythm


def test_asked_once_more_the_drummer_plays_other_drums_to_the_same_rhythm(program: Program, qtbot: QtBot) -> None:
    show(program, Pattern(CLAVE, 8.0))
    press(program, qtbot, "tap_drums")
    first = program.document.project.pattern

    press(program, qtbot, "tap_drums")

    second = program.document.project.pattern
    assert second != first
    assert {nearest_step(note.start) for note in CLAVE} <= {nearest_step(note.start) for note in second.notes}


def test_a_bass_line_gets_drums_and_stays_itself(program: Program, qtbot: QtBot) -> None:
    program.role.choose("bass")
    line = Pattern(tuple(Note(start, 0.5, 40, 100) for start in (0.0, 1.5, 2.5, 4.0, 5.5)), 8.0, role=Role.BASS)
    show(program, line)

    press(program, qtbot, "tap_drums")

    project = program.document.project
    assert project.role is Role.DRUMS
    assert project.part_of(Role.BASS).pattern == line
    assert {0, 6, 10, 16, 22} <= {nearest_step(note.start) for note in project.pattern.notes}


def test_closed_hats_come_beside_notes_that_stay_as_they_are(program: Program, qtbot: QtBot) -> None:
    beat = Pattern(
        tuple(Note(start, 0.25, pitch, 100) for start, pitch in ((0.0, 36), (1.0, 38), (2.5, 36), (3.0, 38))), 4.0
    )
    show(program, beat)

    press(program, qtbot, "add_hats")

    notes = program.document.project.pattern.notes
    assert set(beat.notes) < set(notes)
    assert {drum_of(note.pitch) for note in set(notes) - set(beat.notes)} == {Drum.CLOSED_HAT}
    assert "hats added" in program.window.status.message.text


def test_what_the_drummer_cannot_do_is_said(program: Program) -> None:
    message = program.window.status.message
    show(program, Pattern((), 8.0))
    program.actions["tap_drums"].trigger()
    assert "no rhythm" in message.text

    program.window.grid.lane_lock_toggled.emit(int(Drum.CLOSED_HAT))
    program.actions["add_hats"].trigger()
    assert "locked" in message.text
    show(program, Pattern(CLAVE, 8.0))
    program.actions["tap_drums"].trigger()
    assert "unlock it first" in message.text

    program.role.choose("melody")
    program.actions["add_hats"].trigger()
    assert "choose the drums first" in message.text


def test_taps_on_a_key_become_drums_once_the_hand_rests(program: Program, qtbot: QtBot) -> None:
    """Four bars' worth of time at 120 bpm: half a second a beat, each tap a little late or early."""
    now = [100.0]
    tapping = TapController(program.document, lambda: None, program.window, lambda: now[0])
    tapping.rhythm_tapped.connect(program.drummer.play_to)
    for beat, miss in ((0.0, 0.0), (0.75, 0.02), (1.5, -0.02), (3.0, 0.03), (4.5, 0.01)):
        now[0] = 100.0 + beat * 0.5 + miss
        tapping.tap()
        now[0] += 0.03
        tapping.tap()  # the key is held: the keyboard repeats it

    tapping.finish()
    qtbot.waitUntil(lambda: program.document.history.undo_title == "Drums from this rhythm")

    drums = program.document.project.pattern
    assert drums.length == 8.0
    assert {0, 3, 6, 12, 18} <= {nearest_step(note.start) for note in drums.notes}


def test_taps_along_with_the_loop_lie_where_it_is_heard(program: Program) -> None:
    """Taps of two rounds come together in one."""
    places, now, found = [0.02, 1.0, 3.9, 1.98], [0.0], []
    tapping = TapController(program.document, lambda: places.pop(0), program.window, lambda: now[0])
    tapping.rhythm_tapped.connect(found.append)
    show(program, Pattern((), 4.0))

    for _ in range(4):
        now[0] += 1.0
        tapping.tap()
    tapping.finish()
    tapping.finish()

    (rhythm,) = found
    assert rhythm.length == 4.0
    assert [note.start for note in rhythm.notes] == [0.0, 1.0, 2.0]


def test_the_key_takes_a_tap_and_says_what_comes(program: Program) -> None:
    assert program.actions["tap"].shortcut().toString() == "T"

    program.actions["tap"].trigger()

    assert program.window.status.message.text.startswith("1 tap: ")


def test_taps_are_dropped_when_another_pattern_or_part_comes(program: Program, qtbot: QtBot) -> None:
    rhythms: list[Pattern] = []
    program.tapping.rhythm_tapped.connect(rhythms.append)
    for leave in (program.new, program.undo, program.redo, lambda: program.role.choose("melody")):
        program.tapping.tap()
        leave()
        program.tapping.finish()
        qtbot.wait(round(REPEAT_S * 1000) + 10)
    assert rhythms == []
    program.tapping.tap()
    program.tapping.finish()
    assert len(rhythms) == 1
