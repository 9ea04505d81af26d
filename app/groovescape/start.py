"""Opening the window: the application, its log, and what happens to an error that nobody foresaw."""

import logging
import os
import signal
import socket
import sys
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QWidget

from groovescape.composition import build_window
from groovescape.folders import state_folder

if TYPE_CHECKING:
    from groovescape.composition import Program

log: Final = logging.getLogger("groovescape")
LOG_BYTES: Final = 512 * 1024


def run_window() -> int:
    """Show the window until it is closed; return the exit code. Prints nothing: what goes wrong is in the log."""
    keep_log(state_folder())
    application = QApplication(sys.argv[:1])
    application.setApplicationName("groovescape")
    application.setApplicationDisplayName("Groovescape")
    application.setDesktopFileName("groovescape")
    program = build_window(application)
    tell_errors(program)
    close_on_signals(program.window)
    _probe(program)
    program.window.show()
    return application.exec()


def keep_log(folder: Path) -> None:
    """Write warnings and errors to a file, or nowhere if it cannot be written."""
    handler: logging.Handler = logging.NullHandler()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / "groovescape.log", maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8")
    except OSError:
        pass
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def tell_errors(program: "Program") -> None:
    """Say an unforeseen error in the status line and write it to the log; the program goes on."""

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.error("unforeseen", exc_info=(kind, error, trace))
        sentence = f"Something went wrong ({kind.__name__}: {error}); your work is kept, the details are in the log."
        program.status.show_problem(sentence)

    sys.excepthook = tell


def close_on_signals(window: QWidget) -> None:
    """Close the window, as its own button does, when the terminal or the session asks the process to end.

    Qt's loop does not return to Python by itself when a signal comes: the byte written to the socket makes it.
    """
    ear, mouth = socket.socketpair()  # both as long as the process
    ear.setblocking(False)
    mouth.setblocking(False)
    signal.set_wakeup_fd(mouth.fileno(), warn_on_full_buffer=False)
    notifier = QSocketNotifier(ear.fileno(), QSocketNotifier.Type.Read, window)
    notifier.activated.connect(partial(_hear, ear, mouth))
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: window.close())


def _hear(ear: socket.socket, _mouth: socket.socket) -> None:
    """Take the byte away; that Python runs at all lets it call its signal handler. The mouth is kept open by us."""
    ear.recv(1)


def _probe(program: "Program") -> None:
    path = os.environ.get("GROOVESCAPE_PROBE")
    if path:
        from groovescape.probe import Probe

        Probe(program, Path(path))
