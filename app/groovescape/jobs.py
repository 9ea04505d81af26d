"""Work off the GUI thread: latest wins, cancel, progress, and errors as messages.

Jobs have a kind ("pad", "feel", ...). At most one of a kind runs; of those that wait only the newest is kept and runs
next. Work that was cancelled is told so, and what it answers late is dropped. Answers arrive on the GUI thread.
"""

import itertools
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from groovescape_models.errors import Cancelled, GroovescapeError

log: Final = logging.getLogger(__name__)
T = TypeVar("T")
THREADS: Final = 4
CLOSE_WAIT_MS: Final = 5000


class Task:
    """What running work sees of the outside: whether to stop, and where to tell how far it is."""

    def __init__(self, report: Callable[[float], None]) -> None:
        """Report fractions in 0..1 through a callable that any thread may call."""
        self._stop = threading.Event()
        self._report = report

    def should_stop(self) -> bool:
        """Return whether nobody wants the answer any more."""
        return self._stop.is_set()

    def report(self, fraction: float) -> None:
        """Tell how much of the work is done, in 0..1."""
        self._report(fraction)

    def stop(self) -> None:
        """Ask the work to stop."""
        self._stop.set()


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """Work of a kind, and who takes its answer or its error."""

    id: int
    kind: str
    task: Task
    work: Callable[[Task], Any]
    done: Callable[[Any], None]
    failed: Callable[[str], None] | None
    priority: int


@dataclass(slots=True)
class Lane:
    """The jobs of one kind: the one that runs and the one that runs next."""

    running: Job | None = None
    waiting: Job | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: its answer, or a sentence on what went wrong."""

    answer: object = None
    problem: str | None = field(default=None)


class Jobs(QObject):
    """Runs jobs on a thread pool and hands their answers back on the thread that it lives in."""

    busy_changed = Signal(str, bool)
    """Kind, and whether work of that kind is under way."""
    progressed = Signal(str, float)
    """Kind, and the fraction that is done."""
    failed = Signal(str)
    """A sentence to show, for jobs that have no handler of their own."""
    _ended = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start with no work."""
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(THREADS)
        self._lanes: dict[str, Lane] = {}
        self._ids = itertools.count(1)
        self._closed = False
        self._ended.connect(self._on_ended)

    def submit(
        self,
        kind: str,
        work: Callable[[Task], T],
        done: Callable[[T], None],
        failed: Callable[[str], None] | None = None,
        priority: int = 0,
    ) -> int:
        """Run work on a worker and pass its answer to done; return the job's id.

        If a job of the kind runs already, this one waits and takes the place of an older one that waits.
        """
        task = Task(lambda fraction: self.progressed.emit(kind, fraction))
        job = Job(next(self._ids), kind, task, work, done, failed, priority)
        lane = self._lanes.setdefault(kind, Lane())
        if self._closed:
            return job.id
        if lane.running is None:
            self._start(lane, job)
            self.busy_changed.emit(kind, True)
        else:
            lane.waiting = job
        return job.id

    def cancel(self, kind: str) -> None:
        """Drop the job of a kind that waits, tell the running one to stop and drop its answer."""
        lane = self._lanes.get(kind, Lane())
        lane.waiting = None
        if lane.running is not None:
            lane.running.task.stop()

    def is_busy(self, kind: str) -> bool:
        """Return whether an answer of a kind is still to come."""
        lane = self._lanes.get(kind, Lane())
        return lane.waiting is not None or (lane.running is not None and not lane.running.task.should_stop())

    def close(self) -> None:
        """Cancel everything and wait for the workers, a few seconds at most."""
        self._closed = True
        for kind in self._lanes:
            self.cancel(kind)
        self._pool.waitForDone(CLOSE_WAIT_MS)

    def _start(self, lane: Lane, job: Job) -> None:
        lane.running = job
        self._pool.start(_Worker(job, self._tell_end), job.priority)

    def _tell_end(self, job: Job, outcome: Outcome) -> None:
        try:
            self._ended.emit(job, outcome)
        except RuntimeError:
            log.info("job %s ended after the window was gone", job.kind)

    def _on_ended(self, job: Job, outcome: Outcome) -> None:
        lane = self._lanes[job.kind]
        lane.running = None
        if lane.waiting is not None:
            following, lane.waiting = lane.waiting, None
            self._start(lane, following)
        try:
            if not job.task.should_stop():
                self._deliver(job, outcome)
        finally:
            if lane.running is None:
                self.busy_changed.emit(job.kind, False)

    def _deliver(self, job: Job, outcome: Outcome) -> None:
        if outcome.problem is None:
            job.done(outcome.answer)
        elif job.failed is not None:
            job.failed(outcome.problem)
        else:
            self.failed.emit(outcome.problem)


class _Worker(QRunnable):
    """Runs one job on a pool thread."""

    def __init__(self, job: Job, tell_end: Callable[[Job, Outcome], None]) -> None:
        super().__init__()
        self._job = job
        self._tell_end = tell_end

    def run(self) -> None:
        """Do the work: the thread boundary, so nothing may escape it."""
        self._tell_end(self._job, _outcome_of(self._job))


def _outcome_of(job: Job) -> Outcome:
    try:
        return Outcome(job.work(job.task))
    except Cancelled:
        job.task.stop()
        return Outcome()
    except GroovescapeError as error:
        return Outcome(problem=str(error))
    except Exception as error:
        log.exception("job %s failed", job.kind)
        return Outcome(problem=f"Something went wrong ({type(error).__name__}: {error}); the details are in the log.")
