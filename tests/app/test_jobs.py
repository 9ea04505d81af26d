"""Work off the GUI thread."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from groovescape.jobs import Jobs, Task
from groovescape_models.errors import Cancelled, MidiError

WAIT_S = 5.0


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


class Gate:
    """Work that tells that it began and waits until it may go on."""

    def __init__(self, answer: object) -> None:
        self.answer = answer
        self.began = threading.Event()
        self.may_end = threading.Event()
        self.thread: threading.Thread | None = None
        self.task: Task | None = None

    def __call__(self, task: Task) -> object:
        self.task, self.thread = task, threading.current_thread()
        self.began.set()
        assert self.may_end.wait(WAIT_S)
        return self.answer


def test_work_runs_on_a_worker_and_its_answer_comes_to_this_thread(qtbot: QtBot, jobs: Jobs) -> None:
    threads: list[threading.Thread] = []
    gate = Gate(7)
    answers: list[object] = []

    jobs.submit("pad", gate, lambda answer: (answers.append(answer), threads.append(threading.current_thread())))
    gate.may_end.set()
    qtbot.waitUntil(lambda: answers == [7])

    assert gate.thread is not threading.current_thread()
    assert threads == [threading.current_thread()]


def test_of_many_requests_only_the_running_and_the_newest_are_done(qtbot: QtBot, jobs: Jobs) -> None:
    first = Gate(0)
    done: list[object] = []
    begun: list[int] = []

    def move(number: int) -> None:
        def work(_task: Task) -> int:
            begun.append(number)
            return number

        jobs.submit("pad", work, done.append)

    jobs.submit("pad", first, done.append)
    assert first.began.wait(WAIT_S)
    for number in range(1, 50):
        move(number)
    first.may_end.set()
    qtbot.waitUntil(lambda: 49 in done)

    assert done == [0, 49]
    assert begun == [49]


def test_kinds_do_not_wait_for_each_other(qtbot: QtBot, jobs: Jobs) -> None:
    slow = Gate("slow")
    done: list[object] = []

    jobs.submit("density", slow, done.append)
    jobs.submit("pad", lambda _task: "quick", done.append)
    qtbot.waitUntil(lambda: done == ["quick"])

    slow.may_end.set()
    qtbot.waitUntil(lambda: done == ["quick", "slow"])


def test_cancelled_work_is_told_and_its_late_answer_dropped(qtbot: QtBot, jobs: Jobs) -> None:
    gate = Gate("late")
    done: list[object] = []
    jobs.submit("feel", gate, done.append)
    assert gate.began.wait(WAIT_S)

    jobs.cancel("feel")
    assert gate.task is not None
    assert gate.task.should_stop()
    assert not jobs.is_busy("feel")
    jobs.submit("feel", lambda _task: "next", done.append)
    gate.may_end.set()
    qtbot.waitUntil(lambda: done != [])

    assert done == ["next"]


def test_work_that_stops_itself_is_no_error(qtbot: QtBot, jobs: Jobs) -> None:
    told: list[str] = []
    jobs.failed.connect(told.append)

    def stopped(_task: Task) -> None:
        raise Cancelled

    with qtbot.waitSignal(jobs.busy_changed, check_params_cb=lambda kind, busy: not busy):
        jobs.submit("feel", stopped, lambda _answer: told.append("answered"))

    assert told == []


def test_a_known_error_is_told_in_its_own_sentence(qtbot: QtBot, jobs: Jobs) -> None:
    def broken(_task: Task) -> None:
        raise MidiError("song.mid ends at byte 3.")

    with qtbot.waitSignal(jobs.failed) as failed:
        jobs.submit("open", broken, lambda _answer: None)

    assert failed.args == ["song.mid ends at byte 3."]


def test_any_other_error_is_told_too_and_the_kind_goes_on(qtbot: QtBot, jobs: Jobs) -> None:
    told: list[str] = []
    done: list[int] = []

    def wrong(_task: Task) -> int:
        return 1 // 0

    jobs.submit("pad", wrong, done.append, told.append)
    qtbot.waitUntil(lambda: len(told) == 1)
    jobs.submit("pad", lambda _task: 5, done.append)
    qtbot.waitUntil(lambda: done == [5])

    assert "ZeroDivisionError" in told[0]


def test_progress_is_told_by_kind(qtbot: QtBot, jobs: Jobs) -> None:
    with qtbot.waitSignal(jobs.progressed) as progressed:
        jobs.submit("generate", lambda task: task.report(0.25), lambda _answer: None)

    assert progressed.args == ["generate", 0.25]


def test_busy_is_told_once_for_a_row_of_requests(qtbot: QtBot, jobs: Jobs) -> None:
    told: list[tuple[str, bool]] = []
    jobs.busy_changed.connect(lambda kind, busy: told.append((kind, busy)))
    gate = Gate(0)
    done: list[object] = []

    jobs.submit("pad", gate, done.append)
    jobs.submit("pad", lambda _task: 1, done.append)
    gate.may_end.set()
    qtbot.waitUntil(lambda: done == [0, 1] and not jobs.is_busy("pad"))

    assert told == [("pad", True), ("pad", False)]


def test_after_close_nothing_runs_and_nothing_answers(qtbot: QtBot) -> None:
    jobs = Jobs()
    done: list[object] = []
    gate = Gate(1)
    jobs.submit("pad", gate, done.append)
    gate.may_end.set()

    jobs.close()
    jobs.submit("pad", lambda _task: 2, done.append)
    qtbot.wait(50)

    assert done == []
