"""The real FluidSynth on a real SoundFont."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from groovescape.audio.problems import SoundFontError
from groovescape.audio.soundfont import Kit, list_kits
from groovescape.audio.synth import Synth


def test_a_drum_sounds_and_dies_away(soundfont: Path) -> None:
    with Synth(soundfont) as synth:
        assert not synth.render(4800).any()
        synth.note_on(38, 100)
        assert synth.voices > 0
        sound = synth.render(48_000)
        assert sound.dtype == np.float32
        assert sound.shape == (48_000, 2)
        assert 0.05 < np.abs(sound[:9600]).max() < 1.0
        synth.render(10 * 48_000)
        assert np.abs(synth.render(4800)).max() < 1e-3


def test_louder_strikes_are_louder(soundfont: Path) -> None:
    peaks = []
    for velocity in (30, 70, 127):
        with Synth(soundfont) as synth:
            synth.note_on(36, velocity)
            peaks.append(float(np.abs(synth.render(9600)).max()))
    assert peaks == sorted(peaks)
    assert peaks[2] > 4 * peaks[0]


def test_the_same_notes_give_the_same_samples(soundfont: Path) -> None:
    sounds = []
    for _ in range(2):
        with Synth(soundfont) as synth:
            synth.note_on(36, 100)
            synth.note_on(49, 100)
            sounds.append(synth.render(9600))
    assert np.array_equal(*sounds)


def test_rendering_in_pieces_of_the_grid_changes_no_sample(soundfont: Path) -> None:
    with Synth(soundfont) as whole, Synth(soundfont) as pieces:
        for synth in (whole, pieces):
            synth.note_on(38, 100)
        out = np.ones((6400, 2), np.float32)
        for start in range(0, 6400, 640):
            pieces.render_into(out, start, 640)
        assert np.array_equal(out, whole.render(6400))


def test_every_kit_of_the_font_sounds(soundfont: Path) -> None:
    for kit in list_kits(soundfont):
        with Synth(soundfont, kit=kit) as synth:
            # Some kits have few drums: the marching ones of FluidR3 and MuseScore have no kick.
            for pitch in range(27, 90):
                synth.note_on(pitch, 127)
            assert np.abs(synth.render(9600)).max() > 0.01, kit


def test_kits_sound_different(soundfont: Path) -> None:
    first, *others = list_kits(soundfont)
    with Synth(soundfont, kit=first) as one:
        one.note_on(36, 100)
        sound = one.render(9600)
    different = 0
    for kit in others:
        with Synth(soundfont, kit=kit) as other:
            other.note_on(36, 100)
            different += not np.allclose(other.render(9600), sound, atol=1e-3)
    assert different > 0


def test_a_kit_that_is_not_there_is_a_sentence(soundfont: Path) -> None:
    with pytest.raises(SoundFontError, match="has no kit Nothing"):
        Synth(soundfont, kit=Kit("Nothing", 77, 5))


def test_a_file_that_is_no_soundfont_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "wrong.sf2"
    path.write_bytes(b"no soundfont")
    with pytest.raises(SoundFontError, match=r"wrong\.sf2 cannot be loaded"):
        Synth(path)


def test_a_buffer_that_does_not_fit_is_refused(soundfont: Path) -> None:
    with Synth(soundfont) as synth, pytest.raises(ValueError, match="contiguous float32"):
        synth.render_into(np.zeros((10, 2), np.float32), 5, 6)
    with Synth(soundfont) as synth, pytest.raises(ValueError, match="contiguous float32"):
        synth.render_into(np.zeros((10, 2), np.float64), 0, 5)


def test_closing_twice_is_harmless(soundfont: Path) -> None:
    synth = Synth(soundfont)
    synth.close()
    synth.close()


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    path = ":".join(sys.path)
    return subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_libfluidsynth_the_error_names_the_command() -> None:
    code = """
import ctypes.util, pathlib
ctypes.util.find_library = lambda name: None
from groovescape.audio.synth import Synth
from groovescape_models.errors import DependencyError
try:
    Synth(pathlib.Path("any.sf2"))
except DependencyError as error:
    print(error)
"""
    result = python(code)
    assert "FluidSynth library is not installed" in result.stdout, result.stderr
    assert "install" in result.stdout


def test_importing_the_player_loads_neither_library() -> None:
    code = "import sys, groovescape.audio.player; print({'fluidsynth', 'sounddevice', 'PySide6'} & set(sys.modules))"
    assert python(code).stdout.strip() == "set()"


def test_loading_the_library_prints_nothing_on_a_build_server() -> None:
    code = "from groovescape.audio.fluidsynth_api import load_fluidsynth; load_fluidsynth()"
    assert python(code, CI="1").stdout == ""
