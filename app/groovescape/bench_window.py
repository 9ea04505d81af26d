"""What the window costs, measured in processes of its own without a screen: see bench_session.py for what they do."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

from groovescape.bench import Figure, percentile_95
from groovescape_models.errors import GroovescapeError

STARTS = 5
TIMEOUT_S = 120


def bench_window(runs: int) -> tuple[Figure, ...]:
    """Measure first paint (after a start that does not count), pad moves to repaint, and memory."""
    with tempfile.TemporaryDirectory() as compiled:
        _session("paint", 0, compiled)
        paints = [_session("paint", 0, compiled) for _ in range(STARTS)]
        pad = _session("pad", runs, compiled)
    return (
        _figure("pad move to repaint", "CPU ms", pad["cpu_ms"]),
        _figure("pad move to repaint", "ms", pad["wall_ms"]),
        _figure("first paint of a warm start", "CPU ms", [paint["first_paint_cpu_ms"] for paint in paints]),
        _figure("first paint of a warm start", "ms", [paint["first_paint_ms"] for paint in paints]),
        Figure("memory, window open and models loaded", "MB", pad["memory_mb"], pad["memory_mb"]),
    )


def _figure(name: str, unit: str, values: list[float]) -> Figure:
    return Figure(name, unit, statistics.median(values), percentile_95(values), len(values))


def _session(what: str, runs: int, compiled: str) -> dict[str, Any]:
    """Run bench_session.py in a new process and return what it printed.

    compiled is a folder for its bytecode: an installed program has its own, whatever this process is told to write.
    """
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "PYTHONPYCACHEPREFIX": compiled,
        "PYTHONDONTWRITEBYTECODE": "",
    }
    words = [sys.executable, "-m", "groovescape.bench_session", what, str(runs), repr(time.time())]
    try:
        done = subprocess.run(  # noqa: S603  # our own module, with our own words
            words, env=environment, capture_output=True, text=True, timeout=TIMEOUT_S, check=True
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        last = str(error.stderr or error).strip().splitlines()[-1]
        raise GroovescapeError(f"The window could not be measured ({last}); try bench --no-window.") from error
    facts: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return facts
