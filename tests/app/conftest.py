"""The real window with the real models, off the screen."""

from collections.abc import Callable, Iterator
from functools import cache, partialmethod
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from groovescape.composition import Program
    from groovescape_models.engines.studio import Studio

LOAD_MS = 30_000
MakeProgram = Callable[[], "Program"]


@cache
def shared_studio() -> "Studio":
    """The shipped models, read once for all tests."""
    from groovescape_models.engines.studio import open_studio

    return open_studio()


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait longer than five seconds before a busy machine fails a test."""
    from pytestqt.qtbot import QtBot

    monkeypatch.setattr(QtBot, "waitUntil", partialmethod(QtBot.waitUntil, timeout=LOAD_MS))


@pytest.fixture
def make_program(qtbot: "QtBot", qapp: "QApplication", tmp_path: Path) -> Iterator[MakeProgram]:
    """Make programs that share their settings and their state, as one start after the other does."""
    from groovescape.composition import build_window

    made: list[Program] = []

    def make() -> "Program":
        program = build_window(qapp, tmp_path / "config", tmp_path / "state", shared_studio, seed=0)
        made.append(program)
        return program

    yield make
    for program in made:
        program.window.close()
        program.window.deleteLater()


@pytest.fixture
def program(make_program: MakeProgram, qtbot: "QtBot") -> "Program":
    """A window that is shown, has its models and corners, and has told that there is no sound device."""
    from groovescape.controllers.sound import OPEN

    made = make_program()
    made.window.show()
    qtbot.waitUntil(lambda: len(made.document.project.corners) == 4, timeout=LOAD_MS)
    qtbot.waitUntil(lambda: not made.jobs.is_busy(OPEN), timeout=LOAD_MS)
    return made
