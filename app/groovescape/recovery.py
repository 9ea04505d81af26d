"""Work that outlives a crash: the project is kept in a file of its own while the program runs.

Each run owns one file and its lock. A file whose lock is free was left behind by a run that ended without saving.
"""

import logging
import os
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLockFile, QObject, QTimer

from groovescape.document import Document
from groovescape.jobs import Jobs
from groovescape.session_file import load_session, save_session
from groovescape_models.errors import GroovescapeError
from groovescape_models.music.project import Project

log: Final = logging.getLogger(__name__)
DELAY_MS: Final = 1000
KIND: Final = "autosave"
SUFFIX: Final = ".session.json"
KEEP_LOCK_MS: Final = 0
KEPT: Final = 5
"""Files of earlier runs that are kept, should nobody ever ask for them."""


class Recovery(QObject):
    """Keeps the edited project on disk, and finds what earlier runs left behind."""

    def __init__(self, document: Document, jobs: Jobs, folder: Path, parent: QObject | None = None) -> None:
        """Watch a document; folder is made where it is missing."""
        super().__init__(parent)
        self._document, self._jobs, self._folder = document, jobs, folder
        self.path = folder / f"{os.getpid()}-{os.urandom(4).hex()}{SUFFIX}"
        self._lock = _lock_of(self.path)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._save_on_worker)
        document.history_changed.connect(self._on_edited)
        document.dirty_changed.connect(self._on_dirty)

    def start(self) -> None:
        """Claim this run's file. A folder that cannot be written costs the recovery only."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            log.warning("no recovery: %s", error)
            return
        self._lock.tryLock(0)

    def left_behind(self) -> Path | None:
        """Return the newest file that another run left behind, None if there is none; very old ones are removed."""
        files = [path for path in self._folder.glob(f"*{SUFFIX}") if path != self.path and _is_free(path)]
        files.sort(key=_written_s, reverse=True)
        for path in files[KEPT:]:
            path.unlink(missing_ok=True)
        return files[0] if files else None

    def take(self, path: Path) -> Project:
        """Read a file that was left behind and make it this run's own, so that a second crash leaves it behind again.

        Raises SessionError if it is damaged; then it is gone.
        """
        try:
            project = load_session(path)
        except GroovescapeError:
            path.unlink(missing_ok=True)
            raise
        try:
            path.replace(self.path)
        except OSError as error:
            log.warning("%s stays: %s", path, error)
        return project

    def finish(self) -> None:
        """End the run: unsaved work stays for the next start, anything else is removed."""
        self._timer.stop()
        if self._document.dirty:
            self._save(self._document.committed)
        else:
            self.path.unlink(missing_ok=True)
        self._lock.unlock()

    def _on_edited(self) -> None:
        if self._document.dirty and not self._timer.isActive():
            self._timer.start()

    def _on_dirty(self, dirty: bool) -> None:
        """Drop the file once its work is saved elsewhere: after a crash there is then nothing to offer."""
        if not dirty:
            self._timer.stop()
            self._jobs.submit(KIND, lambda _task: self.path.unlink(missing_ok=True), lambda _none: None, log.warning)

    def _save_on_worker(self) -> None:
        project = self._document.committed
        self._jobs.submit(KIND, lambda _task: save_session(project, self.path), lambda _none: None, log.warning)

    def _save(self, project: Project) -> None:
        try:
            save_session(project, self.path)
        except GroovescapeError as error:
            log.warning("%s", error)


def _lock_of(path: Path) -> QLockFile:
    lock = QLockFile(str(path.with_name(path.name + ".lock")))
    lock.setStaleLockTime(KEEP_LOCK_MS)
    return lock


def _is_free(path: Path) -> bool:
    lock = _lock_of(path)
    free = lock.tryLock(0)
    if free:
        lock.unlock()
    return free


def _written_s(path: Path) -> float:
    """Return when a file was written; 0 if another run has just taken it away."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
