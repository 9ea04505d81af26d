"""WAV files, 16 or 24 bits a sample."""

import os
import tempfile
import wave
from pathlib import Path
from typing import Literal

import numpy as np

from groovescape.audio.level import FloatArray
from groovescape.audio.tempo_line import SAMPLE_RATE

Bits = Literal[16, 24]


def write_wav(path: Path, sound: FloatArray, sample_rate: int = SAMPLE_RATE, bits: Bits = 24) -> None:
    """Write float32 (frames, channels), full scale at 1.0, as a PCM file; the file is there whole or not at all.

    Louder values are clipped. Raises ValueError if bits is neither 16 nor 24, OSError if the file cannot be written.
    """
    data = pcm_bytes(sound, bits)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file, wave.open(file, "wb") as wav:
            wav.setnchannels(sound.shape[1])
            wav.setsampwidth(bits // 8)
            wav.setframerate(sample_rate)
            wav.writeframes(data)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def pcm_bytes(sound: FloatArray, bits: Bits) -> bytes:
    """Return float32 samples as little-endian signed integers, rounded to the nearest."""
    if bits not in (16, 24):
        raise ValueError(f"bits must be 16 or 24, got {bits}")
    scale = 2 ** (bits - 1) - 1
    whole = np.rint(np.clip(sound, -1.0, 1.0).astype(np.float64) * scale).astype("<i4")
    # A little-endian number keeps its value when its highest bytes, all sign, are left out.
    return bytes(whole.reshape(-1, 1).view(np.uint8)[:, : bits // 8].tobytes())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
