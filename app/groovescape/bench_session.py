"""One measured life of the real window: python -m groovescape.bench_session paint|pad RUNS STARTED.

paint ends with the first paint, counted from STARTED (seconds of time.time() in the process that asked); pad drags the
point over the pad and waits for the grid to be painted with each new pattern. Both print one line of JSON.
"""

import json
import math
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from groovescape.bench_process import WARM_UP_RUNS, resident_mb
from groovescape.composition import Program, build_window
from groovescape_widgets.latent_pad import LatentPad

READY_MS = 60_000
REPAINT_MS = 2_000
SETTLE_MS = 1_500
"""How long the density picture and the sound are given to be done before anything is measured."""


class Painted(QObject):
    """Calls back when all of a paint of a widget is done: a timer of 0 ms that is set while it paints fires then."""

    def __init__(self, widget: QWidget, then: Callable[[], None], awaited: bool = True) -> None:
        """Watch a widget; nothing counts before it is awaited."""
        super().__init__(widget)
        self._then, self._awaited = then, awaited
        widget.installEventFilter(self)

    def await_paint(self) -> None:
        """Count paints from now on."""
        self._awaited = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice paint events and let them through."""
        if event.type() == QEvent.Type.Paint and self._awaited:
            self._awaited = False
            QTimer.singleShot(0, self._then)
        return False


def first_paint(program: Program, started_s: float) -> dict[str, float]:
    """Show the window and return the ms from started_s until its first paint is done, and the CPU ms that it took."""
    loop = QEventLoop()
    facts: dict[str, float] = {}

    def painted() -> None:
        facts["first_paint_ms"] = (time.time() - started_s) * 1e3
        facts["first_paint_cpu_ms"] = time.process_time() * 1e3
        loop.quit()

    Painted(program.window, painted)
    program.window.show()
    loop.exec()
    return facts


def pad_moves(program: Program, runs: int) -> dict[str, object]:
    """Return CPU and wall ms of moves of the pad's point until the grid is painted with the new pattern."""
    wait(lambda quit_loop: program.corners.filled.connect(quit_loop), program.window.show, READY_MS)
    wait(lambda quit_loop: None, lambda: None, SETTLE_MS)
    mouse(program.window.pad, QEvent.Type.MouseButtonPress, 0.5, 0.5)
    spent = [move(program, run) for run in range(runs + WARM_UP_RUNS)][WARM_UP_RUNS:]
    mouse(program.window.pad, QEvent.Type.MouseButtonRelease, 0.5, 0.5)
    repainted = [each for each in spent if each is not None]
    cpu_ms, wall_ms = ([times[i] for times in repainted] for i in (0, 1))
    if program.door.studio is not None:
        program.door.studio.warm_up_all()
    return {"cpu_ms": cpu_ms, "wall_ms": wall_ms, "memory_mb": resident_mb()}


def move(program: Program, run: int) -> tuple[float, float] | None:
    """Move the point along a spiral and return (CPU ms, ms); None if the pattern stayed the same."""
    radius, angle = 0.1 + 0.35 * ((run * 0.37) % 1.0), run * 2.4
    started = time.process_time(), time.perf_counter()
    x, y = 0.5 + radius * math.cos(angle), 0.5 + radius * math.sin(angle)
    repainted = wait(
        lambda quit_loop: new_pattern_painted(program, quit_loop),
        lambda: mouse(program.window.pad, QEvent.Type.MouseMove, x, y),
        REPAINT_MS,
    )
    spent = (time.process_time() - started[0]) * 1e3, (time.perf_counter() - started[1]) * 1e3
    return spent if repainted else None


def new_pattern_painted(program: Program, then: Callable[[], None]) -> Painted:
    """Call back when the grid has painted the next pattern that it is given."""
    painted = Painted(program.window.grid, then, awaited=False)
    program.views.played_changed.connect(painted.await_paint)
    return painted


def wait(prepare: Callable[[Callable[[], None]], object], act: Callable[[], None], limit_ms: int) -> bool:
    """Act, and run the event loop until what prepare() was given is called; False if that took too long."""
    loop = QEventLoop()
    kept = prepare(lambda: loop.exit(0))
    QTimer.singleShot(limit_ms, loop, lambda: loop.exit(1))
    act()
    in_time = loop.exec() == 0
    if isinstance(kept, QObject):
        kept.deleteLater()
    return in_time


def mouse(pad: LatentPad, kind: QEvent.Type, x: float, y: float) -> None:
    """Send the pad a mouse event with the left button, at a point of its plane in 0..1."""
    plane = pad.geometry_now().plane
    place = QPointF(plane.left() + x * plane.width(), plane.top() + y * plane.height())
    released = kind == QEvent.Type.MouseButtonRelease
    held = Qt.MouseButton.NoButton if released else Qt.MouseButton.LeftButton
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, place, pad.mapToGlobal(place), button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(pad, event)


def main(what: str, runs: int, started_s: float) -> None:
    """Measure and print."""
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        program = build_window(application, Path(folder), Path(folder))
        facts = first_paint(program, started_s) if what == "paint" else pad_moves(program, runs)
        program.window.close()
    sys.stdout.write(json.dumps(facts) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
