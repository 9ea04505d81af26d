"""The real window with a real sound device: a JACK server without a card."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sound_jack import SAMPLE_RATE, JackServer, Recording

from groovescape.composition import Program, build_window

LOAD_MS = 60_000


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    made = build_window(qapp, tmp_path / "config", tmp_path / "state")
    made.window.show()
    qtbot.waitUntil(lambda: len(made.document.project.corners) == 4, timeout=LOAD_MS)
    yield made
    made.window.close()


def play_or_stop(program: Program, qtbot: QtBot) -> None:
    playing = program.sound.is_playing
    QTest.keyClick(program.window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: program.sound.is_playing != playing)


def test_a_device_that_comes_later_is_found_by_trying_again(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    status = program.window.status
    QTest.keyClick(program.window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: status.is_problem and status.action.text() == "Try again", timeout=20_000)

    with JackServer("groovescape-window"):
        with qtbot.waitSignal(program.sound.recovered, timeout=20_000):
            status.action.click()
        assert not status.is_problem
        hit = Recording(tmp_path / "hit.wav", 1)
        program.window.grid.hit_toggled.emit(5, 1)
        qtbot.wait(1300)
        assert np.abs(hit.sound()).max() > 0.01
        play_or_stop(program, qtbot)
        heads = watch_playhead(program, qtbot, seconds=1.0)
        recording = Recording(tmp_path / "loop.wav", 3)
        program.groove.choose("humanize")
        program.window.pad.point_moved.emit(0.2, 0.3)
        qtbot.wait(3500)
        sound = recording.sound()
        play_or_stop(program, qtbot)
        assert not program.window.transport.play.isChecked()
        program.sound.close()

    assert len({round(head, 2) for head in heads}) > 20
    assert np.abs(sound).max() > 0.01
    assert loudest_gap_s(sound) < 1.0


def watch_playhead(program: Program, qtbot: QtBot, seconds: float) -> list[float]:
    seen: list[float] = []
    for _ in range(round(seconds / 0.02)):
        qtbot.wait(20)
        position = program.sound.position()
        if position is not None:
            seen.append(position)
    return seen


def loudest_gap_s(sound: np.ndarray) -> float:
    """Return the longest time without any sound, in seconds."""
    heard = np.flatnonzero(np.abs(sound).max(axis=1) > 1e-4)
    return float(np.diff(heard, prepend=0, append=len(sound)).max()) / SAMPLE_RATE
