"""The window and LMMS beside each other. The drivers are those of tests/lmms."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "lmms"))

from lmms_driver import LmmsSession, missing_programs
from window_driver import Window

SOUNDFONT_FOLDERS = (Path("/usr/share/sounds/sf2"), Path("/usr/share/soundfonts"))


@pytest.fixture(scope="module")
def lmms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LmmsSession]:
    assert not missing_programs(), f"the end-to-end tests need {missing_programs()}"
    soundfonts = sorted(path for folder in SOUNDFONT_FOLDERS for path in folder.glob("*.sf2"))
    assert soundfonts, "the end-to-end tests need a SoundFont: apt-get install timgm6mb-soundfont"
    with LmmsSession(tmp_path_factory.mktemp("e2e"), soundfont=soundfonts[0]) as session:
        yield session


@pytest.fixture(scope="module")
def window(lmms: LmmsSession) -> Window:
    window = Window(lmms)
    window.open()
    return window
