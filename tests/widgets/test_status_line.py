from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from groovescape_widgets.status_line import StatusLine

LONG = "Zwischen Rockschlagzeug und Afrokubanischer Rhythmusgruppe übergeblendet; das Muster wurde neu berechnet."


@pytest.fixture
def line(shown: Callable[..., StatusLine]) -> StatusLine:
    return shown(StatusLine(), 600, 32)


def test_it_starts_silent(line: StatusLine) -> None:
    assert line.message.text == ""
    assert not line.is_problem
    assert not line.progress.isVisible()
    assert not line.cancel.isVisible()


def test_a_problem_offers_one_action(line: StatusLine, qtbot: QtBot) -> None:
    line.show_problem("No sound device was found.", "Try again")
    assert line.is_problem
    assert line.action.text() == "Try again"
    with qtbot.waitSignal(line.action_clicked):
        QTest.mouseClick(line.action, Qt.MouseButton.LeftButton)


def test_a_problem_without_help_has_no_button(line: StatusLine) -> None:
    line.show_problem("The file is damaged at byte 12.")
    assert line.is_problem
    assert not line.action.isVisible()


def test_a_message_takes_a_problems_place(line: StatusLine) -> None:
    line.show_problem("No sound device was found.", "Try again")
    line.show_message("Playing.")
    assert line.message.text == "Playing."
    assert not line.is_problem
    assert not line.action.isVisible()


def test_progress_can_be_cancelled(line: StatusLine, qtbot: QtBot) -> None:
    line.set_progress(0.25)
    assert line.progress.value() == line.progress.maximum() // 4
    with qtbot.waitSignal(line.cancel_clicked):
        QTest.mouseClick(line.cancel, Qt.MouseButton.LeftButton)
    line.set_progress(-1.0)
    assert line.progress.maximum() == 0
    line.set_progress(None)
    assert not line.progress.isVisible()
    assert not line.cancel.isVisible()


def test_a_text_that_is_cut_is_told_by_its_tooltip(line: StatusLine) -> None:
    line.show_message("Short.")
    assert line.message.toolTip() == ""
    line.show_message(LONG)
    assert line.message.toolTip() == LONG
    line.resize(1400, 32)
    assert line.message.toolTip() == ""
