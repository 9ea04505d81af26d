"""LMMS itself loads our project files and turns them into sound."""

import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile
from lmms_driver import prepare_home
from lmms_patterns import GROOVED

from groovescape.export.lmms_version import LmmsVersion
from groovescape.export.lmms_xml import project_xml
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.pattern import Note, Pattern

KIT = Pattern(tuple(Note(drum.value * 0.75, 0.25, drum.pitch, 110) for drum in Drum), 8.0, name="All nine <drums>")


def render(folder: Path, project: str) -> tuple[np.ndarray, int]:
    """Return the sound as (frames, channels) float and its sample rate."""
    home = folder / "home"
    prepare_home(home, None)
    (folder / "song.mmp").write_text(project, "utf-8")
    command = ["lmms", "--allowroot", "render", folder / "song.mmp", "-o", folder / "song.wav", "-f", "wav"]
    environment = os.environ | {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(home)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return soundfile.read(folder / "song.wav", always_2d=True)


def loudness(sound: np.ndarray, rate: int, start_s: float, seconds: float = 0.1) -> float:
    """Return the root mean square of a part of the sound."""
    part = sound[round(start_s * rate) : round((start_s + seconds) * rate)]
    return float(np.sqrt(np.mean(part**2)))


def test_a_project_sounds_with_the_users_soundfont(soundfont: Path, tmp_path: Path) -> None:
    sound, rate = render(tmp_path, project_xml(GROOVED, LmmsVersion.V1_2, GROOVED.name, soundfont, tempo_bpm=120.0))
    assert 3.9 <= len(sound) / rate <= 8.0
    assert loudness(sound, rate, 0.0) > 0.01


def test_a_project_without_a_soundfont_sounds_with_lmms_own_samples(tmp_path: Path) -> None:
    sound, rate = render(tmp_path, project_xml(KIT, LmmsVersion.V1_2, KIT.name, None, tempo_bpm=120.0))
    for drum in Drum:
        assert loudness(sound, rate, start_s=drum.value * 0.375) > 0.005, drum


@pytest.mark.parametrize("tempo_bpm", [60.0, 180.0])
def test_a_project_plays_at_its_tempo(soundfont: Path, tmp_path: Path, tempo_bpm: float) -> None:
    kick = Pattern((Note(4.0, 0.25, 36, 127),), 8.0)
    sound, rate = render(tmp_path, project_xml(kick, LmmsVersion.V1_2, "Kick", soundfont, tempo_bpm))
    loud = np.flatnonzero(np.abs(sound).max(axis=1) > 0.02)
    assert loud[0] / rate == pytest.approx(4.0 * 60 / tempo_bpm, abs=0.03)
