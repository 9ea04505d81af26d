"""The pad between four grooves, in the real window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from groovescape.composition import Program
from groovescape.contrast import contrasting
from groovescape.feeling import FOLLOW_DRUMS, feel_for, mix_for
from groovescape_models.engines.groove_library import shipped_grooves
from groovescape_models.music.midi_patterns import song_of
from groovescape_models.music.midi_write import write_midi
from groovescape_models.music.pattern import Note, Pattern

LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def wandering(program: Program, qtbot: QtBot) -> Program:
    qtbot.waitUntil(lambda: program.groove_pad.corners is not None)
    program.actions["pad_grooves"].trigger()
    qtbot.waitUntil(lambda: settled(program))
    return program


def place(program: Program, point: tuple[float, float]) -> QPoint:
    return program.window.pad.geometry_now().position(*point).toPoint()


def settled(program: Program) -> bool:
    is_busy = any(map(program.jobs.is_busy, ("groove_pad", "groove_change", "groove_corner", "feel")))
    return not is_busy and not program.document.previewing


def drag(program: Program, qtbot: QtBot, *points: tuple[float, float]) -> None:
    pad = program.window.pad
    QTest.mousePress(pad, LEFT, NO_KEYS, place(program, points[0]))
    for point in points[1:]:
        QTest.mouseMove(pad, place(program, point))
    QTest.mouseRelease(pad, LEFT, NO_KEYS, place(program, points[-1]))
    qtbot.waitUntil(lambda: settled(program))


def test_the_first_four_grooves_are_unlike_each_other() -> None:
    chosen = contrasting(shipped_grooves())
    facts = [groove.facts for groove in shipped_grooves() if groove.facts.id in chosen]
    assert len(set(chosen)) == 4
    assert max(each.feel_ms for each in facts) - min(each.feel_ms for each in facts) > 15
    assert max(each.swing_percent for each in facts) - min(each.swing_percent for each in facts) > 8
    assert all(groove.table.steps_per_quarter == 4 for groove in shipped_grooves() if groove.facts.id in chosen)
    assert contrasting(()) == ()


def test_entering_the_mode_names_the_grooves_and_changes_nothing(wandering: Program) -> None:
    assert wandering.document.project.groove.pad is None
    assert wandering.document.history.undo_title is None
    assert wandering.window.pad.mode == "grooves"
    described = wandering.window.pad.accessibleDescription()
    assert described.count(",") >= 4


def test_wandering_keeps_the_notes_and_mixes_their_feel_in_one_undo_step(wandering: Program, qtbot: QtBot) -> None:
    before = wandering.document.project

    drag(wandering, qtbot, (0.5, 0.5), (0.6, 0.4), (0.75, 0.25))

    after = wandering.document.project
    assert after.pattern == before.pattern
    assert after.groove.pad is not None
    assert after.groove.pad.point == pytest.approx((0.75, 0.25), abs=0.01)
    studio = wandering.door.studio
    assert studio is not None
    assert after.feel == mix_for(studio, after.pattern, after.groove.pad, after, lambda: False)
    assert wandering.document.history.undo_title == "Wander between grooves"
    wandering.undo()
    assert wandering.document.project == before
    assert wandering.window.pad.point == (0.5, 0.5)


def test_a_corner_is_exactly_its_groove(wandering: Program, qtbot: QtBot) -> None:
    pad, studio, corners = wandering.window.pad, wandering.door.studio, wandering.groove_pad.corners
    for corner, groove in enumerate(corners):
        QTest.mouseClick(pad, LEFT, NO_KEYS, pad.geometry_now().chip(corner).center().toPoint())
        qtbot.waitUntil(lambda: settled(wandering))
        project = wandering.document.project
        alone = feel_for(studio, project.pattern, groove, project, lambda: False)
        assert project.feel.starts == pytest.approx(alone.starts)
        assert project.feel.velocities == pytest.approx(alone.velocities)


def test_once_felt_each_move_is_heard_without_any_work(wandering: Program, qtbot: QtBot) -> None:
    drag(wandering, qtbot, (0.5, 0.5), (0.4, 0.4))
    asked: list[str] = []
    wandering.jobs.busy_changed.connect(lambda kind, busy: asked.append(kind) if busy else None)
    pad, seen = wandering.window.pad, set()
    QTest.mousePress(pad, LEFT, NO_KEYS, place(wandering, (0.4, 0.4)))
    for step in range(1, 6):
        QTest.mouseMove(pad, place(wandering, (0.4 + step * 0.1, 0.4)))
        seen.add(wandering.document.project.feel)
    assert len(seen) == 5
    assert asked == []
    QTest.mouseRelease(pad, LEFT, NO_KEYS, place(wandering, (0.9, 0.4)))


def test_escape_takes_the_gesture_back(wandering: Program, qtbot: QtBot) -> None:
    before = wandering.document.project
    pad = wandering.window.pad
    pad.setFocus()
    QTest.mousePress(pad, LEFT, NO_KEYS, place(wandering, (0.2, 0.2)))
    qtbot.waitUntil(lambda: wandering.document.project != before)
    QTest.keyClick(pad, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: settled(wandering))
    assert wandering.document.project == before


@pytest.mark.parametrize("name", ["undo", "generate", "melody", "pad_corners", "no_groove"])
def test_what_happens_in_the_middle_of_a_gesture_does_no_harm(wandering: Program, qtbot: QtBot, name: str) -> None:
    pad = wandering.window.pad
    QTest.mousePress(pad, LEFT, NO_KEYS, place(wandering, (0.3, 0.3)))
    wandering.actions[name].trigger()
    QTest.mouseMove(pad, place(wandering, (0.6, 0.3)))
    QTest.mouseRelease(pad, LEFT, NO_KEYS, place(wandering, (0.7, 0.3)))
    kinds = ("pad", "groove_pad", "generate", "feel", "first_melody")
    qtbot.waitUntil(lambda: not any(map(wandering.jobs.is_busy, kinds)))
    project = wandering.document.project
    assert not wandering.document.previewing
    assert project.feel is None or len(project.feel.starts) == len(project.pattern.notes)


def test_arrow_keys_wander_too(wandering: Program, qtbot: QtBot) -> None:
    pad = wandering.window.pad
    pad.setFocus()
    for _ in range(3):
        QTest.keyClick(pad, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: settled(wandering) and wandering.document.project.groove.pad is not None)
    qtbot.waitUntil(lambda: wandering.document.project.groove.pad.point == pytest.approx((0.65, 0.5)))


def test_another_groove_is_put_into_a_corner_by_its_menu(wandering: Program, qtbot: QtBot) -> None:
    menu = wandering.groove_pad.menu(2)
    assert menu is not None
    funk = next(action.menu() for action in menu.actions() if action.text() == "Funk")
    funk.actions()[0].trigger()
    qtbot.waitUntil(lambda: settled(wandering) and wandering.document.project.groove.pad is not None)
    pad = wandering.document.project.groove.pad
    assert pad.corners[2].startswith("funk")
    assert pad.point == wandering.window.pad.point
    assert wandering.document.history.undo_title == "Change a corner"


def test_a_file_that_is_dropped_on_a_corner_brings_its_groove(
    wandering: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = Pattern(tuple(Note(step * 0.5 + 0.06, 0.25, 36 if step % 4 else 38, 100) for step in range(32)), 16.0)
    write_midi(song_of(late, 100.0), tmp_path / "late.mid")
    library = wandering.door.studio.groove_library
    monkeypatch.setattr(library, "_folder", tmp_path / "grooves")
    patterns = wandering.document.project.corners
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "late.mid"))])
    position = QPointF(place(wandering, (0.95, 0.95)))
    wandering.window.pad.dropEvent(QDropEvent(position, Qt.DropAction.CopyAction, mime, LEFT, NO_KEYS))
    qtbot.waitUntil(lambda: wandering.document.project.groove.pad is not None)

    pad = wandering.document.project.groove.pad
    assert library.named(pad.corners[3]).facts.feel_ms > 20
    assert wandering.document.project.corners == patterns
    qtbot.waitUntil(lambda: wandering.window.groove.presets.rows.knows(pad.corners[3]))
    library.remove(pad.corners[3])


def test_the_mix_stays_when_the_mode_is_left_and_a_groove_takes_its_place(wandering: Program, qtbot: QtBot) -> None:
    drag(wandering, qtbot, (0.5, 0.5), (0.75, 0.25))
    mixed = wandering.document.project
    wandering.actions["pad_corners"].trigger()
    assert wandering.document.project.groove == mixed.groove
    assert wandering.document.project.feel == mixed.feel
    assert wandering.window.pad.point == mixed.pad
    wandering.groove.choose("humanize")
    qtbot.waitUntil(lambda: wandering.document.project.groove.pad is None)


def test_a_new_pattern_is_played_with_the_mix(wandering: Program, qtbot: QtBot) -> None:
    drag(wandering, qtbot, (0.5, 0.5), (0.75, 0.25))
    before = wandering.document.project
    wandering.actions["generate"].trigger()
    qtbot.waitUntil(lambda: wandering.document.project.pattern != before.pattern)
    qtbot.waitUntil(lambda: settled(wandering))
    after = wandering.document.project
    assert after.groove.pad == before.groove.pad
    assert after.feel == mix_for(wandering.door.studio, after.pattern, after.groove.pad, after, lambda: False)
    drag(wandering, qtbot, (0.75, 0.25), (0.2, 0.2))
    assert len(wandering.document.project.feel.starts) == len(after.pattern.notes)


def test_two_corners_changed_at_once_are_both_changed(wandering: Program, qtbot: QtBot) -> None:
    before = wandering.groove_pad.corners
    assert before is not None
    first, second = [groove.facts.id for groove in shipped_grooves() if groove.facts.id not in before][:2]

    wandering.groove_pad.set_corner(0, first)
    wandering.groove_pad.set_corner(3, second)
    qtbot.waitUntil(lambda: settled(wandering))

    assert wandering.groove_pad.corners == (first, before[1], before[2], second)
    assert wandering.document.project.groove.pad is not None


def test_each_role_has_corners_of_its_own(wandering: Program, qtbot: QtBot) -> None:
    drums = wandering.groove_pad.corners
    assert drums is not None
    wandering.actions["bass"].trigger()
    wandering.actions["generate"].trigger()
    qtbot.waitUntil(lambda: bool(wandering.document.project.pattern.notes))
    wandering.groove_pad.set_corner(0, FOLLOW_DRUMS)
    qtbot.waitUntil(lambda: settled(wandering))
    assert wandering.groove_pad.corners == (FOLLOW_DRUMS, *drums[1:])

    wandering.actions["drums"].trigger()
    assert wandering.groove_pad.corners == drums


def test_a_corner_changed_while_a_new_pattern_comes_is_changed(wandering: Program, qtbot: QtBot) -> None:
    before = wandering.groove_pad.corners
    assert before is not None
    other = next(groove.facts.id for groove in shipped_grooves() if groove.facts.id not in before)
    wandering.groove_pad.set_corner(1, other)
    wandering.actions["generate"].trigger()
    qtbot.waitUntil(lambda: not wandering.jobs.is_busy("generate") and settled(wandering))

    assert wandering.groove_pad.corners == (before[0], other, *before[2:])
    feel = wandering.document.project.feel
    assert feel is not None
    assert len(feel.starts) == len(wandering.document.project.pattern.notes)
