from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QContextMenuEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent, QHelpEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from groovescape_widgets.latent_pad import LatentPad
from groovescape_widgets.midi_drop import dropped_midi
from groovescape_widgets.pad_geometry import LEAST_PLANE

NAMES = ["Rock", "Funk", "Jazz", "Afro-Cuban"]
LEFT = Qt.MouseButton.LeftButton


class Diary:
    """What a pad said, in order."""

    def __init__(self, pad: LatentPad) -> None:
        self.lines: list[object] = []
        pad.gesture_started.connect(lambda: self.lines.append("started"))
        pad.gesture_finished.connect(lambda: self.lines.append("finished"))
        pad.point_moved.connect(lambda x, y: self.lines.append((round(x, 2), round(y, 2))))
        pad.corner_clicked.connect(lambda corner: self.lines.append(f"corner {corner}"))
        pad.corner_dropped.connect(lambda corner, path: self.lines.append((corner, path)))


@pytest.fixture
def pad(shown: Callable[..., LatentPad]) -> LatentPad:
    widget = shown(LatentPad(), 400, 464)
    widget.set_corner_names(NAMES)
    return widget


@pytest.fixture
def diary(pad: LatentPad) -> Diary:
    return Diary(pad)


def place(pad: LatentPad, x: float, y: float) -> QPoint:
    return pad.geometry_now().position(x, y).toPoint()


def midi_data(path: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    return data


def test_a_drag_is_one_gesture_with_a_point_for_each_move(pad: LatentPad, diary: Diary) -> None:
    QTest.mousePress(pad, LEFT, pos=place(pad, 0.25, 0.75))
    QTest.mouseMove(pad, place(pad, 0.5, 0.25))
    QTest.mouseRelease(pad, LEFT, pos=place(pad, 0.5, 0.25))
    assert diary.lines == ["started", (0.25, 0.75), (0.5, 0.25), "finished"]
    assert pad.point == pytest.approx((0.5, 0.25), abs=0.005)


def test_a_drag_past_the_edge_stays_on_it(pad: LatentPad) -> None:
    QTest.mousePress(pad, LEFT, pos=place(pad, 0.5, 0.5))
    QTest.mouseMove(pad, QPoint(399, 250))
    QTest.mouseRelease(pad, LEFT, pos=QPoint(399, 250))
    assert pad.point[0] == 1.0


def test_moving_without_a_button_says_nothing(pad: LatentPad, diary: Diary) -> None:
    QTest.mouseMove(pad, place(pad, 0.1, 0.1))
    assert diary.lines == []


def test_a_corners_name_takes_the_point_exactly_there(pad: LatentPad, diary: Diary) -> None:
    QTest.mouseClick(pad, LEFT, pos=pad.geometry_now().chip(1).center().toPoint())
    assert diary.lines == ["started", (1.0, 0.0), "finished"]
    assert pad.point == (1.0, 0.0)


def test_beside_the_plane_nothing_is_taken(shown: Callable[..., LatentPad]) -> None:
    pad = shown(LatentPad(), 700, 464)
    diary = Diary(pad)
    QTest.mouseClick(pad, LEFT, pos=QPoint(5, 200))
    assert diary.lines == []


@pytest.mark.parametrize(
    ("key", "point"),
    [
        (Qt.Key.Key_Left, (0.45, 0.5)),
        (Qt.Key.Key_Right, (0.55, 0.5)),
        (Qt.Key.Key_Up, (0.5, 0.45)),
        (Qt.Key.Key_Down, (0.5, 0.55)),
    ],
)
def test_arrows_move_the_point(pad: LatentPad, diary: Diary, key: Qt.Key, point: tuple[float, float]) -> None:
    QTest.keyClick(pad, key)
    assert diary.lines == ["started", point, "finished"]


def test_shift_makes_arrows_fine(pad: LatentPad) -> None:
    QTest.keyClick(pad, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert pad.point == pytest.approx((0.51, 0.5))


def test_a_held_arrow_is_one_gesture(pad: LatentPad, diary: Diary) -> None:
    for _ in range(3):
        QTest.keyPress(pad, Qt.Key.Key_Right)
    QTest.keyRelease(pad, Qt.Key.Key_Right)
    assert diary.lines == ["started", (0.55, 0.5), (0.6, 0.5), (0.65, 0.5), "finished"]


def test_escape_takes_a_drag_back(pad: LatentPad, diary: Diary) -> None:
    QTest.mousePress(pad, LEFT, pos=place(pad, 0.25, 0.75))
    QTest.keyClick(pad, Qt.Key.Key_Escape)
    QTest.mouseRelease(pad, LEFT, pos=place(pad, 0.25, 0.75))
    assert diary.lines == ["started", (0.25, 0.75), (0.5, 0.5), "finished"]


def test_losing_the_focus_ends_a_gesture(pad: LatentPad, diary: Diary) -> None:
    pad.setFocus()
    QTest.mousePress(pad, LEFT, pos=place(pad, 0.25, 0.75))
    pad.clearFocus()
    assert diary.lines[-1] == "finished"


def test_space_is_left_to_the_window(pad: LatentPad) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ")
    QApplication.sendEvent(pad, event)
    assert not event.isAccepted()


def test_set_point_is_silent_and_waits_for_a_hand(pad: LatentPad, diary: Diary) -> None:
    pad.set_point(0.2, 0.3)
    assert pad.point == (0.2, 0.3)
    assert diary.lines == []
    QTest.mousePress(pad, LEFT, pos=place(pad, 0.75, 0.75))
    pad.set_point(0.0, 0.0)
    assert pad.point == pytest.approx((0.75, 0.75), abs=0.005)
    QTest.mouseRelease(pad, LEFT, pos=place(pad, 0.75, 0.75))
    pad.set_point(0.0, 0.0)
    assert pad.point == (0.0, 0.0)


def test_a_right_click_in_a_corner_asks_for_another_pattern(pad: LatentPad, diary: Diary) -> None:
    for at in (place(pad, 0.02, 0.97), place(pad, 0.5, 0.5)):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, pad.mapToGlobal(at))
        QApplication.sendEvent(pad, event)
    assert diary.lines == ["corner 2"]


def test_a_double_click_on_a_name_asks_too(pad: LatentPad, diary: Diary) -> None:
    QTest.mouseDClick(pad, LEFT, pos=pad.geometry_now().chip(3).center().toPoint())
    assert "corner 3" in diary.lines
    assert diary.lines.count("started") == diary.lines.count("finished")


def test_a_midi_file_is_taken_by_the_corner_below(pad: LatentPad, diary: Diary, tmp_path: Path) -> None:
    data = midi_data(tmp_path / "My Beat.MID")
    at = pad.geometry_now().quadrant(2).center()
    enter = QDragEnterEvent(at.toPoint(), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(pad, enter)
    assert enter.isAccepted()
    before = pad.grab().toImage()
    move = QDragMoveEvent(at.toPoint(), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(pad, move)
    assert pad.grab().toImage() != before
    drop = QDropEvent(at, Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(pad, drop)
    assert diary.lines == [(2, str(tmp_path / "My Beat.MID"))]
    assert pad.grab().toImage() == before


def test_other_files_are_not_taken(pad: LatentPad, tmp_path: Path) -> None:
    data = midi_data(tmp_path / "song.wav")
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(pad, enter)
    assert not enter.isAccepted()
    assert dropped_midi(data) is None


def test_a_file_on_another_machine_is_not_taken() -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/beat.mid")])
    assert dropped_midi(data) is None


def test_the_tooltip_of_a_corner_has_its_whole_name(pad: LatentPad, qtbot: QtBot) -> None:
    pad.set_corner_names(["Rockschlagzeug mit zwei Bassdrums", "b", "c", "d"])
    at = pad.geometry_now().chip(0).center().toPoint()
    QApplication.sendEvent(pad, QHelpEvent(QEvent.Type.ToolTip, at, pad.mapToGlobal(at)))
    qtbot.waitUntil(lambda: "Rockschlagzeug mit zwei Bassdrums" in QToolTip.text())


def test_the_densities_are_drawn_and_taken_away(pad: LatentPad) -> None:
    plain = pad.grab().toImage()
    pad.set_density(np.eye(9, dtype=np.float32))
    assert pad.grab().toImage() != plain
    at = place(pad, 0.05, 0.05)
    assert QColor(pad.grab().toImage().pixel(at)).blue() > QColor(plain.pixel(at)).blue()
    pad.set_density(None)
    assert pad.grab().toImage() == plain


def test_corners_without_a_name_are_empty(pad: LatentPad) -> None:
    pad.set_corner_names([])
    empty = pad.grab().toImage()
    pad.set_corner_names(["Rock"])
    assert pad.grab().toImage() != empty


def test_densities_must_be_square(pad: LatentPad) -> None:
    with pytest.raises(ValueError, match=r"\(n, n\), got \(3, 4\)"):
        pad.set_density(np.zeros((3, 4), np.float32))


def test_busy_is_drawn_and_ends(pad: LatentPad) -> None:
    still = pad.grab().toImage()
    pad.set_busy(True)
    assert pad.grab().toImage() != still
    pad.set_busy(False)
    assert pad.grab().toImage() == still


def test_the_trail_is_gone_a_second_later(pad: LatentPad, qtbot: QtBot) -> None:
    for x in (0.1, 0.5, 0.9):
        QTest.mousePress(pad, LEFT, pos=place(pad, x, 0.2))
        QTest.mouseRelease(pad, LEFT, pos=place(pad, x, 0.2))
    pad.clearFocus()
    bright = QColor(pad.grab().toImage().pixel(place(pad, 0.7, 0.2) + QPoint(0, 1)))
    qtbot.wait(1100)
    assert QColor(pad.grab().toImage().pixel(place(pad, 0.7, 0.2) + QPoint(0, 1))) != bright


def test_readers_are_told_where_the_point_is(pad: LatentPad) -> None:
    pad.set_point(0.25, 1.0)
    assert pad.accessibleName() == "Latent pad"
    assert "25 % right, 100 % down" in pad.accessibleDescription()
    assert "Afro-Cuban" in pad.accessibleDescription()


def test_the_ring_is_for_those_who_come_by_keyboard(pad: LatentPad) -> None:
    pad.clearFocus()
    plain = pad.grab().toImage()
    pad.setFocus(Qt.FocusReason.MouseFocusReason)
    assert pad.grab().toImage() == plain
    pad.clearFocus()
    pad.setFocus(Qt.FocusReason.TabFocusReason)
    assert pad.grab().toImage() != plain


def test_the_pad_asks_for_a_square_plane(pad: LatentPad) -> None:
    assert pad.heightForWidth(500) - pad.heightForWidth(400) == 100
    assert pad.minimumSizeHint().width() == LEAST_PLANE
    assert pad.geometry_now().position(0.0, 0.0) != QPointF(0.0, 0.0)
