"""Processes of one test session: each with its log, all of them ended at the end, whatever happened."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar

_Value = TypeVar("_Value")

_ENDS_WITH_US: Final = ("setpriv", "--pdeathsig", "TERM")
"""So that nothing is left where the tests themselves are killed."""


class GaveUpWaitingError(AssertionError):
    """Something that had to happen did not happen in time."""


def wait_for(what: str, look: Callable[[], _Value | None], seconds: float, every: float = 0.05) -> _Value:
    """Return the first true value that look returns. Raises GaveUpWaitingError, naming what was waited for."""
    deadline = time.monotonic() + seconds
    while True:
        value = look()
        if value:
            return value
        if time.monotonic() > deadline:
            raise GaveUpWaitingError(f"waited {seconds:g} s for {what}")
        time.sleep(every)


class Processes:
    """Child processes by name, each the leader of its own process group."""

    def __init__(self, folder: Path) -> None:
        """Keep the logs in folder."""
        self._folder = folder
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: Sequence[str | Path], environment: Mapping[str, str]) -> None:
        """Start a command; its output goes to the log of that name."""
        with self._log_path(name).open("wb") as log:
            self._running[name] = subprocess.Popen(
                [*_ENDS_WITH_US, *(str(part) for part in command)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=dict(environment),
                start_new_session=True,
            )

    def log(self, name: str) -> str:
        """Return what a process has printed so far."""
        return self._log_path(name).read_text("utf-8", "replace")

    def pid(self, name: str) -> int:
        """Return the process id of a running process."""
        return self._running[name].pid

    def check_running(self, name: str) -> None:
        """Raise AssertionError with the end of the log if a process has ended."""
        status = self._running[name].poll()
        if status is not None:
            raise AssertionError(f"{name} ended with status {status}: {self.log(name)[-2000:]}")

    def end(self, name: str) -> None:
        """End a process and its children: asked first, then forced."""
        process = self._running.pop(name, None)
        if process is None:
            return
        for sign, patience_s in ((signal.SIGTERM, 2.0), (signal.SIGKILL, 5.0)):
            try:
                os.killpg(process.pid, sign)
            except ProcessLookupError:
                break
            try:
                process.wait(patience_s)
            except subprocess.TimeoutExpired:
                continue
        process.wait(1.0)

    def end_all(self) -> None:
        """End everything, the last started first."""
        for name in reversed(tuple(self._running)):
            self.end(name)

    def _log_path(self, name: str) -> Path:
        return self._folder / f"{name}.log"
