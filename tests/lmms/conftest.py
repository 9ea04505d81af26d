"""The running LMMS of a module, and the driver made importable: `from lmms_driver import LmmsSession`."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from lmms_driver import LmmsSession, missing_programs

SOUNDFONT_FOLDERS = (Path("/usr/share/sounds/sf2"), Path("/usr/share/soundfonts"))


@pytest.fixture(scope="session")
def soundfont() -> Path:
    found = sorted(path for folder in SOUNDFONT_FOLDERS for path in folder.glob("*.sf2"))
    assert found, "the LMMS tests need a SoundFont: apt-get install timgm6mb-soundfont"
    return found[0]


@pytest.fixture(scope="module")
def lmms(tmp_path_factory: pytest.TempPathFactory, soundfont: Path) -> Iterator[LmmsSession]:
    assert not missing_programs(), f"the LMMS tests need {missing_programs()}"
    with LmmsSession(tmp_path_factory.mktemp("lmms"), soundfont=soundfont) as session:
        yield session
