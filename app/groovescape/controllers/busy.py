"""Whether work of some kinds is under way, told once it takes longer than a moment."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from groovescape.controllers.corners import CORNER_KINDS, FIRST_KINDS
from groovescape.jobs import Jobs

PAD_WORK = frozenset({"pad", *FIRST_KINDS.values(), *CORNER_KINDS})
"""Kinds of jobs that the pad's point waits for; the pad itself shows it after a tenth of a second."""
PATTERN_WORK = PAD_WORK | {"generate", "open", "controls", "restyle", "infill", "extend", "drummer"}
"""Kinds of jobs that a new pattern comes from."""


class BusySign(QObject):
    """Calls show(True) after some time of work of some kinds, and show(False) at its end."""

    def __init__(
        self, jobs: Jobs, kinds: frozenset[str], show: Callable[[bool], None], after_ms: int, parent: QObject
    ) -> None:
        """Watch kinds of work."""
        super().__init__(parent)
        self.kinds, self._show = kinds, show
        self._under_way: set[str] = set()
        self._timer = QTimer(self, interval=after_ms, singleShot=True)
        self._timer.timeout.connect(lambda: self._show(True))
        jobs.busy_changed.connect(self._on_busy_changed)

    def _on_busy_changed(self, kind: str, busy: bool) -> None:
        if kind not in self.kinds:
            return
        (self._under_way.add if busy else self._under_way.discard)(kind)
        if not self._under_way:
            self._timer.stop()
            self._show(False)
        elif len(self._under_way) == 1 and busy:
            self._timer.start()
