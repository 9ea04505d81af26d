"""The pad of the real window, moved by a mouse and by keys."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from groovescape.composition import Program
from groovescape.controllers.density import picture, row_points
from groovescape.controllers.pad import CORNER_POINTS
from groovescape_models.engines.engine import MorphRequest, Setting
from groovescape_models.music.midi_patterns import song_of
from groovescape_models.music.midi_write import write_midi
from groovescape_models.music.pattern import Note, Pattern

LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
Point = tuple[float, float]


def place(program: Program, point: Point) -> QPoint:
    """Return where a point of the plane is in the pad."""
    return program.window.pad.geometry_now().position(*point).toPoint()


def settled(program: Program) -> bool:
    return not program.jobs.is_busy("pad") and not program.document.previewing


def drag(program: Program, qtbot: QtBot, *points: Point) -> None:
    pad = program.window.pad
    QTest.mousePress(pad, LEFT, NO_KEYS, place(program, points[0]))
    for point in points[1:]:
        QTest.mouseMove(pad, place(program, point))
        qtbot.wait(5)
    QTest.mouseRelease(pad, LEFT, NO_KEYS, place(program, points[-1]))
    qtbot.waitUntil(lambda: settled(program))


def test_the_window_begins_with_four_named_corners_and_a_pattern(program: Program) -> None:
    project = program.document.project

    assert len({corner.name for corner in project.corners}) == 4
    assert project.pattern.notes
    assert not program.document.dirty
    assert program.document.history.undo_title is None


def test_a_mouse_on_the_pad_changes_the_pattern_in_one_undo_step(program: Program, qtbot: QtBot) -> None:
    before = program.document.project

    drag(program, qtbot, (0.5, 0.5), (0.4, 0.4), (0.3, 0.2), (0.2, 0.15), (0.12, 0.1))

    after = program.document.project
    assert after.pattern != before.pattern
    assert after.pad == pytest.approx((0.12, 0.1), abs=0.01)
    program.undo()
    assert program.document.project == before
    assert program.document.history.undo_title is None
    program.redo()
    assert program.document.project == after


def test_the_pattern_morphs_under_the_finger(program: Program, qtbot: QtBot) -> None:
    pad = program.window.pad
    seen = [program.document.project.pattern]
    QTest.mousePress(pad, LEFT, NO_KEYS, place(program, (0.5, 0.5)))

    for step in range(1, 9):
        QTest.mouseMove(pad, place(program, (0.5 - step * 0.055, 0.5)))
        qtbot.waitUntil(lambda: not program.jobs.is_busy("pad"))
        if program.document.project.pattern != seen[-1]:
            seen.append(program.document.project.pattern)

    assert len(seen) >= 3
    assert program.document.previewing
    assert program.document.history.undo_title is None
    QTest.mouseRelease(pad, LEFT, NO_KEYS, place(program, (0.06, 0.5)))
    assert program.document.history.undo_title == "Move on the pad"


@pytest.mark.parametrize("corner", range(4))
def test_a_corner_gives_exactly_its_own_pattern(program: Program, qtbot: QtBot, corner: int) -> None:
    chip = program.window.pad.geometry_now().chip(corner).center().toPoint()

    QTest.mouseClick(program.window.pad, LEFT, NO_KEYS, chip)
    qtbot.waitUntil(lambda: settled(program))

    assert program.document.project.pad == CORNER_POINTS[corner]
    assert program.document.project.pattern.notes == program.document.project.corners[corner].pattern.notes


def test_what_the_pad_shows_is_what_the_models_say(program: Program, qtbot: QtBot) -> None:
    drag(program, qtbot, (0.5, 0.5), (0.7, 0.3))

    project, studio = program.document.project, program.door.studio
    assert studio is not None
    top_left, top_right, bottom_left, bottom_right = (corner.pattern for corner in project.corners)
    request = MorphRequest((top_left, top_right, bottom_left, bottom_right), (project.pad,), Setting(project.tempo_bpm))
    assert project.pattern == studio.morph(request)[0]


def test_arrow_keys_move_the_point(program: Program, qtbot: QtBot) -> None:
    pad = program.window.pad
    pad.setFocus()

    for _ in range(5):
        QTest.keyClick(pad, Qt.Key.Key_Left)
        QTest.keyClick(pad, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: settled(program))

    assert program.document.project.pad == pytest.approx((0.25, 0.45))


def test_escape_gives_an_edited_pattern_back(program: Program, qtbot: QtBot) -> None:
    program.window.grid.hit_toggled.emit(3, 6)
    edited = program.document.project
    pad = program.window.pad
    pad.setFocus()

    QTest.mousePress(pad, LEFT, NO_KEYS, place(program, (0.2, 0.2)))
    qtbot.waitUntil(lambda: program.document.project != edited)
    QTest.keyClick(pad, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: settled(program))

    assert program.document.project == edited


def test_undo_while_a_move_is_decoded_is_not_overtaken_by_it(program: Program, qtbot: QtBot) -> None:
    before = program.document.project
    drag(program, qtbot, (0.5, 0.5), (0.3, 0.3))

    QTest.mouseClick(program.window.pad, LEFT, NO_KEYS, place(program, (0.9, 0.9)))
    program.undo()
    program.undo()
    qtbot.wait(300)

    assert program.document.project == before
    assert program.window.pad.point == before.pad


def test_a_storm_of_moves_ends_where_the_hand_ended(program: Program, qtbot: QtBot) -> None:
    pad = program.window.pad
    QTest.mousePress(pad, LEFT, NO_KEYS, place(program, (0.1, 0.1)))
    for step in range(300):
        pad.point_moved.emit(step / 300, 1 - step / 300)
    QTest.mouseMove(pad, place(program, (0.8, 0.6)))
    QTest.mouseRelease(pad, LEFT, NO_KEYS, place(program, (0.8, 0.6)))
    qtbot.waitUntil(lambda: settled(program))

    assert program.document.project.pad == pad.point
    assert len(program.document.history.past) == 1


def test_a_midi_file_dropped_on_a_corner_becomes_it(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    mine = Pattern(tuple(Note(step * 0.5, 0.25, 36 if step % 4 else 38, 100) for step in range(32)), 16.0)
    write_midi(song_of(mine, 100.0), tmp_path / "mine.mid")
    before = program.document.project
    pad = program.window.pad
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "mine.mid"))])
    position = QPointF(place(program, (0.95, 0.95)))

    pad.dropEvent(QDropEvent(position, Qt.DropAction.CopyAction, mime, LEFT, NO_KEYS))
    qtbot.waitUntil(lambda: program.document.project.corners[3].name == "mine")

    corner = program.document.project.corners[3].pattern
    assert [(n.start, n.pitch, n.velocity) for n in corner.notes] == [
        (n.start, n.pitch, n.velocity) for n in mine.notes if n.start < 8.0
    ]
    drag(program, qtbot, (0.5, 0.5), (1.0, 1.0))
    assert program.document.project.pattern.notes == corner.notes
    program.undo()
    program.undo()
    assert program.document.project == before


def test_another_style_is_put_into_a_corner_by_its_menu(program: Program, qtbot: QtBot) -> None:
    menu = program.corners.menu(0)
    assert menu is not None
    entry = menu.actions()[5]

    entry.trigger()
    qtbot.waitUntil(lambda: program.document.project.corners[0].name == entry.text())

    studio = program.door.studio
    assert studio is not None
    assert program.document.project.corners[0].pattern == studio.style_pattern(studio.styles()[5])


@pytest.mark.parametrize("content", [b"", b"MThd", b"RIFF" * 100, b"MThd\x00\x00\x00\x06\x00\x01\xff\xff\x01\xe0"])
def test_a_broken_file_on_a_corner_is_a_sentence(
    program: Program, qtbot: QtBot, tmp_path: Path, content: bytes
) -> None:
    before = program.document.project
    (tmp_path / "broken.mid").write_bytes(content)

    program.window.pad.corner_dropped.emit(1, str(tmp_path / "broken.mid"))
    qtbot.waitUntil(lambda: "broken.mid" in program.window.status.message.text)

    assert program.window.status.is_problem
    assert program.document.project == before


def test_the_plane_gets_a_picture_of_its_densities(program: Program, qtbot: QtBot) -> None:
    pictures: list[object] = []
    program.window.pad.set_density = pictures.append  # type: ignore[method-assign, assignment]

    program.density.restart()
    qtbot.waitUntil(lambda: any(image is not None for image in pictures), timeout=20_000)

    drawn = pictures[-1]
    assert isinstance(drawn, np.ndarray)
    assert drawn.shape == (9, 9)
    assert (drawn.min(), drawn.max()) == (0.0, 1.0)


def test_the_picture_goes_from_the_sparsest_to_the_busiest_point() -> None:
    assert picture([[4, 8], [6, 4]]).tolist() == [[0.0, 1.0], [0.5, 0.0]]
    assert picture([[5, 5], [5, 5]]).tolist() == [[0.0, 0.0], [0.0, 0.0]]
    assert [row_points(0)[0], row_points(0)[-1], row_points(8)[-1]] == [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]
