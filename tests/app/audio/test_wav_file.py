"""WAV files, read back with libsndfile."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from groovescape.audio.wav_file import Bits, pcm_bytes, write_wav


@pytest.mark.parametrize(("bits", "step", "subtype"), [(16, 2.0**-15, "PCM_16"), (24, 2.0**-23, "PCM_24")])
def test_the_file_holds_the_sound(tmp_path: Path, bits: Bits, step: float, subtype: str) -> None:
    rng = np.random.default_rng(7)
    sound = rng.uniform(-1, 1, (1001, 2)).astype(np.float32)
    path = tmp_path / "beat.wav"
    write_wav(path, sound, 44_100, bits)
    info = soundfile.info(path)
    assert (info.samplerate, info.channels, info.frames, info.subtype) == (44_100, 2, 1001, subtype)
    found, _ = soundfile.read(path)
    assert np.abs(found - sound).max() <= 2 * step


def test_louder_than_full_scale_is_clipped_not_wrapped() -> None:
    assert pcm_bytes(np.array([[2.0, -2.0]], np.float32), 16) == b"\xff\x7f\x01\x80"
    assert pcm_bytes(np.array([[2.0, -2.0]], np.float32), 24) == b"\xff\xff\x7f\x01\x00\x80"


def test_other_depths_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="bits must be 16 or 24, got 8"):
        write_wav(tmp_path / "x.wav", np.zeros((1, 2), np.float32), bits=8)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_nothing_and_the_old_file_whole(tmp_path: Path) -> None:
    target = tmp_path / "beat.wav"
    target.mkdir()  # a folder cannot be replaced by a file
    with pytest.raises(OSError, match=r"beat\.wav"):
        write_wav(target, np.zeros((10, 2), np.float32))
    assert [path.name for path in tmp_path.iterdir()] == ["beat.wav"]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_wav(tmp_path / "none/beat.wav", np.zeros((10, 2), np.float32))
