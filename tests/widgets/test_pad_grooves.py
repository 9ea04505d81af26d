from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from groovescape_widgets.latent_pad import LatentPad

PATTERNS, GROOVES = ["Rock", "Funk", "Jazz", "Latin"], ["Hip-hop 110", "Rock 130", "Second line", "Swing 124"]


@pytest.fixture
def pad(shown: Callable[..., LatentPad]) -> LatentPad:
    widget = shown(LatentPad(), 400, 464)
    widget.set_corner_names(PATTERNS)
    widget.set_groove_names(GROOVES)
    return widget


def test_corners_have_the_names_of_what_the_mode_is_between(pad: LatentPad) -> None:
    assert all(name in pad.accessibleDescription() for name in PATTERNS)
    pad.set_mode("grooves")
    assert all(name in pad.accessibleDescription() for name in GROOVES)
    pad.set_mode("map")
    pad.set_mode("corners")
    assert all(name in pad.accessibleDescription() for name in PATTERNS)


def test_names_that_come_while_another_mode_is_shown_wait_for_theirs(pad: LatentPad) -> None:
    pad.set_groove_names(["A", "B", "C", "D"])
    assert "Rock" in pad.accessibleDescription()
    pad.set_mode("grooves")
    pad.set_corner_names(["1", "2", "3", "4"])
    assert "between A, B, C, D" in pad.accessibleDescription()


def test_the_plane_between_grooves_has_no_densities_and_says_what_to_do(pad: LatentPad) -> None:
    pad.set_density(np.linspace(0, 1, 81, dtype=np.float32).reshape(9, 9))
    dense = pad.grab().toImage()
    pad.set_mode("grooves")
    plain = pad.grab().toImage()
    corner = pad.geometry_now().plane.bottomRight().toPoint() - QPoint(20, 20)
    assert plain.pixelColor(corner) != dense.pixelColor(corner)
    pad.set_groove_hint("Drag between the grooves.")
    assert pad.grab().toImage() != plain
    pad.set_groove_hint("")
    assert pad.grab().toImage() == plain


def test_a_mix_that_is_not_heard_shows_no_shares_and_a_hollow_point(pad: LatentPad) -> None:
    pad.set_mode("grooves")
    at = pad.geometry_now().position(*pad.point).toPoint() + QPoint(3, 3)
    chip = pad.geometry_now().chip(0).adjusted(0, 0, -100, 0).toRect()
    heard, bar = pad.grab().toImage().pixelColor(at), pad.grab(chip).toImage()
    pad.set_groove_hint("Drag between the grooves.")
    assert pad.grab().toImage().pixelColor(at) != heard
    assert pad.grab(chip).toImage() != bar


def test_a_corner_tells_by_tooltip_what_it_takes(pad: LatentPad, qtbot: QtBot) -> None:
    pad.set_mode("grooves")
    at = pad.geometry_now().chip(3).center().toPoint()
    QApplication.sendEvent(pad, QHelpEvent(QEvent.Type.ToolTip, at, pad.mapToGlobal(at)))
    qtbot.waitUntil(lambda: QToolTip.text().startswith("Swing 124\nDouble click (key 4), or drop a file with a groove"))


def test_a_number_asks_for_another_groove_in_a_corner(pad: LatentPad) -> None:
    asked: list[int] = []
    pad.corner_clicked.connect(asked.append)
    pad.set_mode("grooves")
    for key in (Qt.Key.Key_1, Qt.Key.Key_4):
        QTest.keyClick(pad, key)
    pad.set_mode("map")
    QTest.keyClick(pad, Qt.Key.Key_2)
    assert asked == [0, 3]


def test_the_switch_offers_the_three_modes(pad: LatentPad, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pad.mode_chosen, timeout=1000) as chosen:
        pad.modes.parts["grooves"].click()
    assert chosen.args == ["grooves"]
    assert pad.mode == "grooves"
    with pytest.raises(ValueError, match="must be one of corners, map, grooves"):
        pad.set_mode("nowhere")
