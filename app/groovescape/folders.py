"""Where the program keeps its files (XDG on Linux, the usual places elsewhere)."""

import os
import sys
from pathlib import Path

NAME = "groovescape"


def config_folder() -> Path:
    """Return the folder of the settings."""
    return _below("XDG_CONFIG_HOME", "GenericConfigLocation")


def state_folder() -> Path:
    """Return the folder of the log and of the work kept for recovery."""
    return _below("XDG_STATE_HOME", "GenericDataLocation")


def data_folder() -> Path:
    """Return the folder of what the user adds: models/ID and styles/ROLE. It needs no Qt, as commands read it too."""
    base = os.environ.get("XDG_DATA_HOME", "")
    return (Path(base) if Path(base).is_absolute() else _usual_data_folder()) / NAME


def _usual_data_folder() -> Path:
    """Return what Qt calls GenericDataLocation."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    return Path.home() / ("Library/Application Support" if sys.platform == "darwin" else ".local/share")


def _below(variable: str, place: str) -> Path:
    from PySide6.QtCore import QStandardPaths

    base = os.environ.get(variable, "")
    location = QStandardPaths.StandardLocation[place]
    return Path(base if Path(base).is_absolute() else QStandardPaths.writableLocation(location)) / NAME
