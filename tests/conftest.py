"""Plumbing of every suite: no screen, a private home folder for settings, no clock in property tests."""

import importlib.util
import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_PRIVATE_HOME = tempfile.TemporaryDirectory(prefix="groovescape-tests-")
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
    _folder = Path(_PRIVATE_HOME.name) / _name.lower()
    _folder.mkdir()
    os.environ[_name] = str(_folder)

if importlib.util.find_spec("hypothesis") is not None:
    from hypothesis import settings

    # A busy machine must not fail a property, and the same tree must give the same verdict twice.
    settings.register_profile("groovescape", deadline=None, derandomize=True, database=None)
    settings.load_profile("groovescape")
