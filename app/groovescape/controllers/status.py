"""The one line at the bottom: what just happened, what is wrong and what helps, progress and cancel."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from groovescape.controllers.busy import BusySign
from groovescape.controllers.corners import CORNER_KINDS, FIRST_KINDS
from groovescape.jobs import Jobs
from groovescape.problems import Problem
from groovescape_widgets.status_line import StatusLine

READ_MS: Final = 6000
"""How long a message stands before an offer of help comes back."""


LONG_MS: Final = 500
"""Work that takes longer is shown with a way out."""
LONG_WORK: Final = frozenset(
    {"open", "save", "generate", "feel", "vary", "infill", "extend", "drummer", "restyle", "controls", "map"}
    | {"add_model", "try_groove", "take", "take_groove", "share_groove"}
    | {*FIRST_KINDS.values(), *CORNER_KINDS}
)
UNKNOWN_SHARE: Final = -1.0


class StatusController(QObject):
    """Shows messages and problems. A problem that offers help comes back until it is answered or solved."""

    cancelled = Signal()
    """The user has had enough of what took so long."""

    def __init__(self, line: StatusLine, jobs: Jobs) -> None:
        """Speak through a status line."""
        super().__init__(line)
        self._line, self._jobs = line, jobs
        self._actions: dict[str, Callable[[], object]] = {}
        self._offers: dict[str, Problem] = {}
        self._shown: Problem | None = None
        self._back = QTimer(self, interval=READ_MS, singleShot=True)
        self._back.timeout.connect(self._offer)
        line.action_clicked.connect(self._on_action)
        line.cancel_clicked.connect(self._on_cancel)
        jobs.failed.connect(self.show_problem)
        jobs.progressed.connect(self._on_progress)
        BusySign(jobs, LONG_WORK, self._on_long, LONG_MS, self)

    def add_action(self, name: str, action: Callable[[], object]) -> None:
        """Make an action available to problems."""
        self._actions[name] = action

    def show(self, text: str) -> None:
        """Say what happened or what can be done."""
        self._shown = None
        self._line.show_message(text)
        self._come_back()

    def show_problem(self, problem: Problem | str) -> None:
        """Say what is wrong. One that offers help waits until an error that offers none has been read."""
        problem = problem if isinstance(problem, Problem) else Problem(problem)
        if problem.action is not None:
            self._offers[problem.action] = problem
        if problem.action is None or self._shown is None or self._shown.action is not None:
            self._shown = problem
            self._say(problem)
        self._come_back()

    def solved(self, action: str) -> None:
        """Take a problem away that needs this action no more."""
        problem = self._offers.pop(action, None)
        if problem is not None and problem is self._shown:
            self._offer()

    def _come_back(self) -> None:
        if self._offers:
            self._back.start()

    def _offer(self) -> None:
        """Show the next problem that can be helped; several take turns."""
        offers = list(self._offers.values())
        at = offers.index(self._shown) + 1 if self._shown in offers else 0
        self._shown = offers[at % len(offers)] if offers else None
        if self._shown is None:
            self._line.show_message("")
        else:
            self._say(self._shown)
        if len(offers) > 1:
            self._back.start()

    def _say(self, problem: Problem) -> None:
        if problem.is_error:
            self._line.show_problem(problem.text, problem.action_text)
        else:
            self._line.show_message(problem.text)
            self._line.action.setText(problem.action_text or "")
            self._line.action.setVisible(problem.action_text is not None)

    def _on_action(self) -> None:
        name = self._shown.action if self._shown is not None else None
        if name is not None:
            self.solved(name)
            self._actions[name]()

    def _on_progress(self, kind: str, share: float) -> None:
        if kind in LONG_WORK:
            self._line.set_progress(share)

    def _on_long(self, busy: bool) -> None:
        self._line.set_progress(UNKNOWN_SHARE if busy else None)

    def _on_cancel(self) -> None:
        for kind in LONG_WORK:
            self._jobs.cancel(kind)
        self._line.set_progress(None)
        self.cancelled.emit()
