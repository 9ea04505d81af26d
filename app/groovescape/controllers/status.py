"""The one line at the bottom: what just happened, what is wrong and what helps, progress and cancel."""

from collections.abc import Callable

from groovescape_widgets.status_line import StatusLine
from PySide6.QtCore import QObject

from groovescape.jobs import Jobs
from groovescape.problems import Problem


class StatusController(QObject):
    """Shows messages and problems; the button of a problem runs the action that it names."""

    def __init__(self, line: StatusLine, jobs: Jobs) -> None:
        """Speak through a status line."""
        super().__init__(line)
        self._line, self._jobs = line, jobs
        self._actions: dict[str, Callable[[], None]] = {}
        self._offered: str | None = None
        self._cancellable: str | None = None
        line.action_clicked.connect(self._on_action)
        line.cancel_clicked.connect(self._on_cancel)
        jobs.failed.connect(self.show_problem)
        jobs.progressed.connect(self._on_progress)
        jobs.busy_changed.connect(self._on_busy)

    def add_action(self, name: str, action: Callable[[], None]) -> None:
        """Make an action available to problems."""
        self._actions[name] = action

    def show(self, text: str) -> None:
        """Say what happened or what can be done. A problem that offers help stays until it is answered."""
        if self._offered is None:
            self._line.show_message(text)

    def show_problem(self, problem: Problem | str) -> None:
        """Say what is wrong."""
        state = problem if isinstance(problem, Problem) else Problem(problem)
        self._offered = state.action
        self._line.show_problem(state.text, state.action_text)

    def solved(self, action: str) -> None:
        """Take a problem away whose action was successful."""
        if self._offered == action:
            self._offered = None
            self._line.show_message("")

    def _on_action(self) -> None:
        name, self._offered = self._offered, None
        self._line.show_message("")
        if name is not None:
            self._actions[name]()

    def _on_progress(self, kind: str, fraction: float) -> None:
        self._cancellable = kind
        self._line.set_progress(fraction)

    def _on_busy(self, kind: str, busy: bool) -> None:
        if not busy and kind == self._cancellable:
            self._cancellable = None
            self._line.set_progress(None)

    def _on_cancel(self) -> None:
        if self._cancellable is not None:
            self._jobs.cancel(self._cancellable)
