"""What is being computed is drawn as such: after a tenth of a second the old pattern dims, after more a bar fills."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from groovescape.jobs import Jobs

DIM_AFTER_MS: Final = 100


class BusySign(QObject):
    """Shows that work of some kinds is under way, once it takes longer than a moment."""

    def __init__(
        self,
        jobs: Jobs,
        kinds: frozenset[str],
        show: Callable[[bool], None],
        parent: QObject,
        delay_ms: int = DIM_AFTER_MS,
    ) -> None:
        """Call show(True) after a tenth of a second of work, and show(False) at its end."""
        super().__init__(parent)
        self._kinds, self._show = kinds, show
        self._under_way: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DIM_AFTER_MS)
        self._timer.timeout.connect(lambda: self._show(True))
        jobs.busy_changed.connect(self._on_busy_changed)

    def _on_busy_changed(self, kind: str, busy: bool) -> None:
        if kind not in self._kinds:
            return
        (self._under_way.add if busy else self._under_way.discard)(kind)
        if not self._under_way:
            self._timer.stop()
            self._show(False)
        elif not self._timer.isActive():
            self._timer.start()
