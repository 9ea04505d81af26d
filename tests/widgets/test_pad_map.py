from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from groovescape_models.latent.map import MapDot
from groovescape_widgets.latent_pad import LatentPad
from groovescape_widgets.pad_map import dot_words, legend_places

LEFT = Qt.MouseButton.LeftButton
DOTS = (MapDot(0.2, 0.2, "rock", "Beat 1"), MapDot(0.8, 0.3, "jazz", "Ride jazz"), MapDot(0.5, 0.8, "latin"))


@pytest.fixture
def pad(shown: Callable[..., LatentPad]) -> LatentPad:
    widget = shown(LatentPad(), 400, 464)
    widget.set_corner_names(["A", "B", "C", "D"])
    widget.set_map(DOTS)
    widget.set_mode("map")
    return widget


def place(pad: LatentPad, x: float, y: float) -> QPoint:
    return pad.geometry_now().position(x, y).toPoint()


def test_setting_the_mode_says_nothing_and_the_switch_does(pad: LatentPad) -> None:
    modes: list[str] = []
    pad.mode_chosen.connect(modes.append)
    pad.set_mode("corners")
    assert (pad.mode, pad.modes.key, modes) == ("corners", "corners", [])
    QTest.mouseClick(pad.modes.parts["map"], LEFT)
    assert (pad.mode, modes) == ("map", ["map"])


def test_the_point_moves_as_between_corners(pad: LatentPad) -> None:
    lines: list[object] = []
    pad.gesture_started.connect(lambda: lines.append("started"))
    pad.point_moved.connect(lambda x, y: lines.append((round(x, 2), round(y, 2))))
    pad.gesture_finished.connect(lambda: lines.append("finished"))
    QTest.mousePress(pad, LEFT, pos=place(pad, 0.25, 0.75))
    QTest.mouseRelease(pad, LEFT, pos=place(pad, 0.25, 0.75))
    assert lines == ["started", (0.25, 0.75), "finished"]


def test_a_map_has_no_corners_to_click_or_to_drop_on(pad: LatentPad) -> None:
    corners: list[int] = []
    pad.corner_clicked.connect(corners.append)
    QTest.mouseDClick(pad, LEFT, pos=place(pad, 0.0, 0.0))
    assert corners == []
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp/a.mid")])
    event = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(pad, event)
    assert not event.isAccepted()


def test_a_dot_under_the_pointer_is_named(pad: LatentPad) -> None:
    plain = pad.grab().toImage()
    QTest.mouseMove(pad, place(pad, 0.8, 0.3))
    assert pad.grab().toImage() != plain
    QTest.mouseMove(pad, place(pad, 0.65, 0.55))
    assert pad.grab().toImage() == plain


def test_a_dots_name_says_its_style_once() -> None:
    assert [dot_words(dot) for dot in DOTS] == ["Beat 1, rock", "Ride jazz", "latin"]


def test_readers_are_told_what_the_point_is_near(pad: LatentPad) -> None:
    pad.set_point(0.75, 0.3)
    assert "near Ride jazz" in pad.accessibleDescription()
    pad.set_mode("corners")
    assert "between A, B, C, D" in pad.accessibleDescription()


def test_each_style_has_a_place_in_the_legend_and_is_shown_alone_from_there(pad: LatentPad) -> None:
    places = dict(legend_places(pad.geometry_now(), ("rock", "jazz", "latin")))
    assert list(places) == ["rock", "jazz", "latin"]
    plain = pad.grab().toImage()
    QTest.mouseMove(pad, places["jazz"].center().toPoint())
    hushed = pad.grab().toImage()
    rock, jazz = place(pad, 0.2, 0.2), place(pad, 0.8, 0.3)
    assert plain.pixelColor(rock) != hushed.pixelColor(rock)
    assert plain.pixelColor(jazz) == hushed.pixelColor(jazz)


def test_a_legend_of_many_styles_stays_within_the_pad(pad: LatentPad) -> None:
    where = pad.geometry_now()
    places = legend_places(where, [f"a style {number}" for number in range(60)])
    assert 12 <= len(places) < 60
    for _, box in places:
        assert box.top() >= 0
        assert box.bottom() <= pad.height()
        assert not box.intersects(where.plane)
        assert box.right() <= where.plane.right() + 9
    for (_, one), (_, other) in zip(places, places[1:], strict=False):
        assert not one.intersects(other)


def test_without_dots_the_map_says_so(pad: LatentPad) -> None:
    pad.set_map(())
    assert "without dots" in pad.accessibleDescription()
    pad.grab()
    QTest.mouseMove(pad, QPointF(200, 200).toPoint())


def test_the_densities_between_corners_are_not_those_of_the_map(pad: LatentPad) -> None:
    plain = pad.grab().toImage()
    pad.set_density(np.linspace(0, 1, 25, dtype=np.float32).reshape(5, 5))
    assert pad.grab().toImage() == plain
    pad.set_mode("corners")
    dense = pad.grab().toImage()
    pad.set_density(None)
    assert pad.grab().toImage() != dense
