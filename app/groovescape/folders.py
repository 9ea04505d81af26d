"""Where the program keeps its files (XDG on Linux, the usual places elsewhere)."""

import os
from pathlib import Path

from PySide6.QtCore import QStandardPaths

NAME = "groovescape"


def config_folder() -> Path:
    """Return the folder of the settings."""
    return _below("XDG_CONFIG_HOME", QStandardPaths.StandardLocation.GenericConfigLocation)


def state_folder() -> Path:
    """Return the folder of the log and of the work kept for recovery."""
    return _below("XDG_STATE_HOME", QStandardPaths.StandardLocation.GenericDataLocation)


def _below(variable: str, place: QStandardPaths.StandardLocation) -> Path:
    base = os.environ.get(variable, "")
    return Path(base if Path(base).is_absolute() else QStandardPaths.writableLocation(place)) / NAME
