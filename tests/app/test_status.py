"""The line at the bottom: messages, problems and long work."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from groovescape.controllers.status import LONG_MS, StatusController
from groovescape.jobs import Jobs, Task
from groovescape.problems import Problem, sound_problem, unsaved_work
from groovescape_widgets.status_line import StatusLine

LACKS = Problem("Something lacks.", "Help", "help")


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def line(qtbot: QtBot) -> StatusLine:
    made = StatusLine()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def status(line: StatusLine, jobs: Jobs) -> StatusController:
    made = StatusController(line, jobs)
    made._back.setInterval(30)  # nobody reads here
    return made


def test_a_problem_that_can_be_helped_comes_back_after_a_message(
    status: StatusController, line: StatusLine, qtbot: QtBot
) -> None:
    status.show_problem(LACKS)
    status.show("Saved.")
    assert line.message.text == "Saved."

    qtbot.waitUntil(lambda: line.message.text == "Something lacks.")
    assert line.action.isVisible()


def test_an_error_is_read_before_an_offer_takes_its_place(
    status: StatusController, line: StatusLine, qtbot: QtBot
) -> None:
    status.show_problem("broken.mid is no MIDI file.")
    status.show_problem(LACKS)
    assert line.message.text == "broken.mid is no MIDI file."

    qtbot.waitUntil(lambda: line.message.text == "Something lacks.")


def test_its_button_runs_its_action_and_it_is_gone(status: StatusController, line: StatusLine, qtbot: QtBot) -> None:
    done: list[str] = []
    status.add_action("help", lambda: done.append("help"))
    status.show_problem(LACKS)

    line.action.click()

    assert done == ["help"]
    qtbot.wait(60)
    assert line.message.text == ""


def test_a_problem_without_help_gives_way_to_the_next_message(
    status: StatusController, line: StatusLine, qtbot: QtBot
) -> None:
    status.show_problem("broken.mid is no MIDI file.")
    assert line.is_problem
    assert not line.action.isVisible()

    status.show("Opened other.mid.")
    qtbot.wait(60)

    assert line.message.text == "Opened other.mid."
    assert not line.is_problem


def test_an_offer_has_a_button_but_does_not_look_like_an_error(status: StatusController, line: StatusLine) -> None:
    status.show_problem(unsaved_work())

    assert line.action.isVisible()
    assert line.action.text() == "Restore"
    assert not line.is_problem


def test_several_problems_take_turns_until_they_are_solved(
    status: StatusController, line: StatusLine, qtbot: QtBot
) -> None:
    other = Problem("Another thing lacks.", "Help too", "other")
    status.show_problem(LACKS)
    status.show_problem(other)

    qtbot.waitUntil(lambda: line.message.text == LACKS.text)
    qtbot.waitUntil(lambda: line.message.text == other.text)
    status.solved("other")
    assert line.message.text == LACKS.text
    status.solved("help")
    assert line.message.text == ""


def test_a_missing_soundfont_is_chosen_and_a_missing_device_tried_again() -> None:
    from groovescape.audio.problems import NO_DEVICE, NO_SOUNDFONT

    assert sound_problem(NO_SOUNDFONT).action == "choose_soundfont"
    assert sound_problem(NO_DEVICE).action == "retry_sound"


def test_long_work_shows_a_way_out_that_works(
    status: StatusController, line: StatusLine, jobs: Jobs, qtbot: QtBot
) -> None:
    stopped = threading.Event()
    answers: list[object] = []
    cancelled: list[bool] = []
    status.cancelled.connect(lambda: cancelled.append(True))

    def long_work(task: Task) -> None:
        while not task.should_stop():
            stopped.wait(0.01)
        stopped.set()

    jobs.submit("open", long_work, answers.append)
    assert not line.cancel.isVisible()
    qtbot.waitUntil(line.cancel.isVisible, timeout=LONG_MS + 2000)
    line.cancel.click()

    qtbot.waitUntil(stopped.is_set)
    assert not line.cancel.isVisible()
    assert cancelled == [True]
    qtbot.wait(50)
    assert answers == []


def test_short_work_shows_nothing(status: StatusController, line: StatusLine, jobs: Jobs, qtbot: QtBot) -> None:
    done: list[object] = []

    jobs.submit("generate", lambda _task: 1, done.append)
    qtbot.waitUntil(lambda: done == [1])
    qtbot.wait(LONG_MS + 50)

    assert not line.progress.isVisible()
